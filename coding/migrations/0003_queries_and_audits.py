"""Questions to providers, and audits by a second coder."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coding.domain.audits
import coding.domain.provider_queries
import ledger.fields
from compliance.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0002_row_security"),
        ("compliance", "0002_row_security"),
        ("encounters", "0003_addenda"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditedCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("procedure", models.BooleanField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("exact", "Exact match"),
                            ("specificity", "Wrong specificity"),
                            ("missed", "Missed"),
                            ("added", "Not supported by the note"),
                            ("sequencing", "Sequence"),
                            ("modifier", "Modifier"),
                            ("units", "Units"),
                            ("level_high", "Visit level too high"),
                            ("level_low", "Visit level too low"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(max_length=8)),
                ("first", models.CharField(blank=True, max_length=8)),
                ("second", models.CharField(blank=True, max_length=8)),
                ("first_says", models.CharField(blank=True, max_length=60)),
                ("second_says", models.CharField(blank=True, max_length=60)),
                ("agreed", models.BooleanField()),
                ("overturned", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="AuditPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "random_percent",
                    models.PositiveSmallIntegerField(
                        default=5, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "high_value_percent",
                    models.PositiveSmallIntegerField(
                        default=25, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "high_level_percent",
                    models.PositiveSmallIntegerField(
                        default=15, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "modifier_percent",
                    models.PositiveSmallIntegerField(
                        default=15, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "low_confidence_percent",
                    models.PositiveSmallIntegerField(
                        default=25, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "new_coder_percent",
                    models.PositiveSmallIntegerField(
                        default=30, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "auto_completed_percent",
                    models.PositiveSmallIntegerField(
                        default=20, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                ("high_value", ledger.fields.MoneyField(decimal_places=2, default=500, max_digits=12)),
                ("new_coder_days", models.PositiveSmallIntegerField(default=90)),
                ("since", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CodingAudit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("fixed", "Fixed"),
                            ("noted", "Noted"),
                            ("disputed", "Disputed"),
                            ("closed", "Closed"),
                        ],
                        default=coding.domain.audits.AuditStatus["OPEN"],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Agreed"),
                            ("accepted", "Accepted"),
                            ("upheld", "Upheld"),
                            ("overturned", "Overturned"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("random", "at random"),
                                ("high_value", "high charge"),
                                ("high_level", "high visit level"),
                                ("modifier", "modifier 25, 59 or X"),
                                ("low_confidence", "low confidence accepted"),
                                ("new_coder", "new coder"),
                                ("auto_completed", "completed without a coder"),
                            ],
                            max_length=16,
                        ),
                        size=None,
                    ),
                ),
                ("first", models.JSONField()),
                ("second", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("sampled_at", models.DateTimeField()),
                ("due_date", models.DateField()),
                ("fixed_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("noted_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("ruling", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ProviderQuery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("specificity", "specificity"),
                            ("laterality", "laterality"),
                            ("acuity", "acuity"),
                            ("conflict", "conflict"),
                            ("cause", "cause"),
                            ("finding", "finding"),
                            ("present_on_admission", "present on admission"),
                            ("procedure", "procedure"),
                            ("necessity", "necessity"),
                        ],
                        max_length=24,
                    ),
                ),
                ("title", models.CharField(max_length=60)),
                ("question", models.CharField(max_length=600)),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160), blank=True, default=list, size=None
                    ),
                ),
                ("indicators", models.JSONField(default=list)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default=coding.domain.provider_queries.QueryStatus["ASKED"],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_date", models.DateField()),
                ("asked_again_at", models.DateTimeField(blank=True, null=True)),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("choice", models.CharField(blank=True, max_length=160)),
                ("words", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_for", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name="codingcase",
            name="drawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="codingcase",
            index=models.Index(
                condition=models.Q(("drawn_at__isnull", True), ("finalized_at__isnull", False)),
                fields=["practice", "finalized_at"],
                name="case_to_draw",
            ),
        ),
        migrations.AddIndex(
            model_name="codingcase",
            index=models.Index(fields=["coder", "finalized_at"], name="case_coder"),
        ),
        migrations.AddField(
            model_name="auditedcode",
            name="practice",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="compliance.practice"
            ),
        ),
        migrations.AddField(
            model_name="auditplan",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="auditplan",
            name="practice",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="compliance.practice"
            ),
        ),
        migrations.AddField(
            model_name="codingaudit",
            name="auditor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="codingaudit",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="audits", to="coding.codingcase"
            ),
        ),
        migrations.AddField(
            model_name="codingaudit",
            name="coder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="codingaudit",
            name="practice",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="compliance.practice"
            ),
        ),
        migrations.AddField(
            model_name="codingaudit",
            name="ruled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="auditedcode",
            name="audit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="coding.codingaudit"
            ),
        ),
        migrations.AddField(
            model_name="providerquery",
            name="addendum",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="provider_query",
                to="encounters.addendum",
            ),
        ),
        migrations.AddField(
            model_name="providerquery",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="providerquery",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="providerquery",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="provider_queries", to="coding.codingcase"
            ),
        ),
        migrations.AddField(
            model_name="providerquery",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="providerquery",
            name="practice",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="compliance.practice"
            ),
        ),
        migrations.AddField(
            model_name="providerquery",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="encounters.provider"
            ),
        ),
        migrations.AddConstraint(
            model_name="auditplan",
            constraint=models.UniqueConstraint(fields=("practice",), name="audit_plan_once"),
        ),
        migrations.AddIndex(
            model_name="codingaudit",
            index=models.Index(fields=["practice", "status", "due_date"], name="audit_status"),
        ),
        migrations.AddIndex(
            model_name="codingaudit",
            index=models.Index(fields=["practice", "fixed_at"], name="audit_fixed"),
        ),
        migrations.AddIndex(
            model_name="codingaudit",
            index=models.Index(fields=["coder", "status"], name="audit_coder"),
        ),
        migrations.AddConstraint(
            model_name="codingaudit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", coding.domain.audits.AuditStatus["CLOSED"]), _negated=True),
                fields=("case",),
                name="audit_open_once",
            ),
        ),
        migrations.AddIndex(
            model_name="auditedcode",
            index=models.Index(fields=["practice", "code"], name="audited_code"),
        ),
        migrations.AddConstraint(
            model_name="auditedcode",
            constraint=models.UniqueConstraint(fields=("audit", "position"), name="audited_code_once"),
        ),
        migrations.AddIndex(
            model_name="providerquery",
            index=models.Index(fields=["practice", "status", "-asked_at"], name="query_status"),
        ),
        migrations.AddIndex(
            model_name="providerquery",
            index=models.Index(fields=["case", "status"], name="query_case"),
        ),
        migrations.AddIndex(
            model_name="providerquery",
            index=models.Index(fields=["provider", "status", "due_date"], name="query_provider"),
        ),
        migrations.AddIndex(
            model_name="providerquery",
            index=models.Index(
                condition=models.Q(("status", coding.domain.provider_queries.QueryStatus["ASKED"])),
                fields=["practice", "asked_at"],
                name="query_waiting",
            ),
        ),
        SecureRows("ProviderQuery"),
        SecureRows("AuditPlan"),
        SecureRows("CodingAudit"),
        SecureRows("AuditedCode"),
    ]
