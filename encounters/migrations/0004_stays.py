"""Inpatient stays: when the patient was admitted, and how discharged."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0002_row_security"),
        ("encounters", "0003_addenda"),
    ]

    operations = [
        migrations.AddField(
            model_name="encounter",
            name="admitted_date",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="encounter",
            name="discharge_status",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddConstraint(
            model_name="encounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("admitted_date__isnull", True), ("admitted_date__lte", models.F("service_date")), _connector="OR"
                ),
                name="encounter_admitted_before_discharge",
            ),
        ),
    ]
