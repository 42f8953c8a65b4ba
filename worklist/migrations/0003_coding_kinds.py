"""Kinds of work about questions to providers and audits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0002_row_security"),
    ]

    operations = [
        migrations.AlterField(
            model_name="workitem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("coding.case", "Visit to code"),
                    ("coding.query_answered", "Provider answered"),
                    ("coding.query_late", "Provider has not answered"),
                    ("coding.audit", "Visit to audit"),
                    ("coding.education", "Audit of your coding"),
                    ("coding.dispute", "Disputed audit"),
                    ("registration.eligibility", "Coverage to check"),
                    ("registration.authorization", "Authorization to get"),
                    ("claim.held", "Claim to fix"),
                    ("claim.rejected", "Rejected claim"),
                    ("claim.no_response", "No answer"),
                    ("claim.coded_wrong", "Billed with wrong codes"),
                    ("claim.information_requested", "Payer asks for information"),
                    ("payment.unmatched", "Unmatched payment"),
                    ("payment.unbalanced", "Out of balance"),
                    ("payment.provider_adjustment", "Payer took money back"),
                    ("payment.credit_balance", "Credit balance"),
                    ("denial.new", "New denial"),
                    ("denial.appeal_due", "Appeal deadline near"),
                    ("denial.no_answer", "Appeal without answer"),
                    ("file.refused", "Unreadable file"),
                    ("stage.failed", "Needs a look"),
                ],
                max_length=32,
            ),
        ),
    ]
