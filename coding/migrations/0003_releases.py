import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0002_row_security"),
    ]

    operations = [
        # Codes belong to a release from here on. Nothing refers to these rows; `load_codes`, which runs at every
        # start, brings the built-in ones back in their release.
        migrations.RunSQL("DELETE FROM coding_code", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="AddOnEdit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("add_on", models.CharField(max_length=5)),
                ("primary", models.CharField(max_length=5)),
                ("edit_type", models.CharField(max_length=1)),
                ("effective_from", models.DateField(null=True)),
                ("deleted_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AnesthesiaFactor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contractor", models.CharField(max_length=5)),
                ("locality", models.CharField(max_length=2)),
                ("name", models.CharField(max_length=120)),
                ("factor", models.DecimalField(decimal_places=4, max_digits=8)),
            ],
        ),
        migrations.CreateModel(
            name="CoveragePolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("policy", models.CharField(max_length=20)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("contractor", models.CharField(blank=True, max_length=5)),
                ("procedure", models.CharField(max_length=5)),
                ("diagnosis", models.CharField(max_length=8)),
                ("rule", models.CharField(choices=[("covered", "Covered"), ("excluded", "Excluded")], max_length=8)),
                ("effective_from", models.DateField(null=True)),
                ("effective_to", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DrgWeight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("drg", models.CharField(max_length=3)),
                ("mdc", models.CharField(blank=True, max_length=3)),
                ("type", models.CharField(blank=True, max_length=4)),
                ("title", models.CharField(max_length=200)),
                ("weight", models.DecimalField(decimal_places=4, max_digits=8)),
                ("geometric_days", models.DecimalField(decimal_places=1, max_digits=6)),
                ("arithmetic_days", models.DecimalField(decimal_places=1, max_digits=6)),
            ],
        ),
        migrations.CreateModel(
            name="Gpci",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contractor", models.CharField(max_length=5)),
                ("locality", models.CharField(max_length=2)),
                ("state", models.CharField(blank=True, max_length=2)),
                ("name", models.CharField(max_length=120)),
                ("work", models.DecimalField(decimal_places=3, max_digits=6)),
                ("practice_expense", models.DecimalField(decimal_places=3, max_digits=6)),
                ("malpractice", models.DecimalField(decimal_places=3, max_digits=6)),
            ],
        ),
        migrations.CreateModel(
            name="Locality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contractor", models.CharField(max_length=5)),
                ("locality", models.CharField(max_length=2)),
                ("state", models.CharField(max_length=40)),
                ("area", models.CharField(max_length=120)),
                ("counties", models.TextField()),
            ],
            options={
                "verbose_name_plural": "localities",
            },
        ),
        migrations.CreateModel(
            name="PairEdit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("column_one", models.CharField(max_length=5)),
                ("column_two", models.CharField(max_length=5)),
                ("effective_from", models.DateField(null=True)),
                ("deleted_on", models.DateField(null=True)),
                ("modifier_indicator", models.CharField(max_length=1)),
                ("rationale", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="RelativeValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5)),
                ("modifier", models.CharField(blank=True, max_length=2)),
                ("status", models.CharField(max_length=1)),
                ("work", models.DecimalField(decimal_places=2, max_digits=8)),
                ("pe_nonfacility", models.DecimalField(decimal_places=2, max_digits=8)),
                ("pe_facility", models.DecimalField(decimal_places=2, max_digits=8)),
                ("nonfacility_na", models.BooleanField(default=False)),
                ("facility_na", models.BooleanField(default=False)),
                ("malpractice", models.DecimalField(decimal_places=2, max_digits=8)),
                ("pctc", models.CharField(max_length=1)),
                ("global_days", models.CharField(max_length=3)),
                ("preoperative", models.DecimalField(decimal_places=2, max_digits=4)),
                ("intraoperative", models.DecimalField(decimal_places=2, max_digits=4)),
                ("postoperative", models.DecimalField(decimal_places=2, max_digits=4)),
                ("multiple", models.CharField(max_length=1)),
                ("bilateral", models.CharField(max_length=1)),
                ("assistant", models.CharField(max_length=1)),
                ("co_surgeon", models.CharField(max_length=1)),
                ("team", models.CharField(max_length=1)),
                ("endoscopic_base", models.CharField(blank=True, max_length=5)),
                ("conversion_factor", models.DecimalField(decimal_places=4, max_digits=8)),
                ("supervision", models.CharField(blank=True, max_length=2)),
                ("imaging_family", models.CharField(blank=True, max_length=2)),
            ],
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("icd10cm", "ICD-10-CM"),
                            ("icd10cm-tabular", "ICD-10-CM tabular instructions"),
                            ("icd10cm-index", "ICD-10-CM alphabetic index"),
                            ("icd10cm-neoplasm", "ICD-10-CM neoplasm table"),
                            ("icd10cm-drug", "ICD-10-CM table of drugs"),
                            ("icd10cm-external", "ICD-10-CM index of external causes"),
                            ("icd10pcs", "ICD-10-PCS"),
                            ("hcpcs", "HCPCS Level II"),
                            ("cpt", "CPT"),
                            ("modifier", "Modifiers"),
                            ("pos", "Places of service"),
                            ("revenue", "Revenue codes"),
                            ("bill-type", "Types of bill"),
                            ("taxonomy", "Provider taxonomy"),
                            ("ms-drg", "MS-DRG weights"),
                            ("rvu", "Relative values"),
                            ("gpci", "Cost indices (GPCI)"),
                            ("locality", "Fee schedule localities"),
                            ("anesthesia", "Anesthesia factors"),
                            ("ptp-practitioner", "NCCI pairs, practitioner"),
                            ("ptp-outpatient", "NCCI pairs, outpatient hospital"),
                            ("mue-practitioner", "NCCI units, practitioner"),
                            ("mue-outpatient", "NCCI units, outpatient hospital"),
                            ("mue-dme", "NCCI units, equipment supplier"),
                            ("add-on", "NCCI add-on codes"),
                            ("coverage", "Coverage determinations"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("effective_from", models.DateField()),
                ("effective_to", models.DateField(blank=True, null=True)),
                ("source", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("loaded_at", models.DateTimeField()),
                ("built_in", models.BooleanField(default=False)),
                ("changes", models.JSONField(blank=True, default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("icd10cm", "ICD-10-CM"),
                            ("cpt", "CPT"),
                            ("hcpcs", "HCPCS"),
                            ("icd10pcs", "ICD-10-PCS"),
                            ("modifier", "Modifier"),
                            ("place", "Place of service"),
                            ("revenue", "Revenue code"),
                            ("bill", "Type of bill"),
                            ("taxonomy", "Provider taxonomy"),
                        ],
                        default="icd10cm",
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
                ("code", models.CharField(blank=True, max_length=10)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inclusion", "Inclusion term of the tabular list"),
                            ("index", "Alphabetic index"),
                            ("neoplasm", "Neoplasm table"),
                            ("drug", "Table of drugs and chemicals"),
                            ("external", "Index of external causes"),
                        ],
                        max_length=12,
                    ),
                ),
                ("optional", models.TextField(blank=True)),
                ("see", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="UnitLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5)),
                ("units", models.PositiveIntegerField()),
                ("adjudication", models.CharField(max_length=1)),
                ("rationale", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="code",
            name="code_once",
        ),
        migrations.AlterField(
            model_name="code",
            name="system",
            field=models.CharField(
                choices=[
                    ("icd10cm", "ICD-10-CM"),
                    ("cpt", "CPT"),
                    ("hcpcs", "HCPCS"),
                    ("icd10pcs", "ICD-10-PCS"),
                    ("modifier", "Modifier"),
                    ("place", "Place of service"),
                    ("revenue", "Revenue code"),
                    ("bill", "Type of bill"),
                    ("taxonomy", "Provider taxonomy"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="code",
            name="wording",
            field=models.TextField(),
        ),
        migrations.RemoveIndex(model_name="code", name="code_search"),
        migrations.RemoveField(model_name="code", name="search"),
        migrations.AddIndex(
            model_name="release",
            index=models.Index(fields=["kind", "-effective_from"], name="release_by_day"),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(fields=("kind", "name"), name="release_once"),
        ),
        migrations.AddField(
            model_name="relativevalue",
            name="release",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="values", to="coding.release"
            ),
        ),
        migrations.AddField(
            model_name="pairedit",
            name="release",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pairs",
                to="coding.release",
            ),
        ),
        migrations.AddField(
            model_name="locality",
            name="release",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="localities",
                to="coding.release",
            ),
        ),
        migrations.AddField(
            model_name="gpci",
            name="release",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="gpcis", to="coding.release"
            ),
        ),
        migrations.AddField(
            model_name="drgweight",
            name="release",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drg_weights",
                to="coding.release",
            ),
        ),
        migrations.AddField(
            model_name="coveragepolicy",
            name="release",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="policies",
                to="coding.release",
            ),
        ),
        migrations.AddField(
            model_name="anesthesiafactor",
            name="release",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="anesthesia",
                to="coding.release",
            ),
        ),
        migrations.AddField(
            model_name="addonedit",
            name="release",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="add_ons", to="coding.release"
            ),
        ),
        migrations.AddField(
            model_name="code",
            name="release",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="codes",
                to="coding.release",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(fields=("release", "system", "code"), name="code_once"),
        ),
        migrations.AddField(
            model_name="term",
            name="release",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="coding.release"
            ),
        ),
        migrations.AddField(
            model_name="unitlimit",
            name="release",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="unit_limits",
                to="coding.release",
            ),
        ),
        migrations.AddConstraint(
            model_name="relativevalue",
            constraint=models.UniqueConstraint(fields=("release", "code", "modifier"), name="relative_value_once"),
        ),
        migrations.AddIndex(
            model_name="pairedit",
            index=models.Index(fields=["release", "column_one", "column_two"], name="pair_of_codes"),
        ),
        migrations.AddIndex(
            model_name="locality",
            index=models.Index(fields=["release", "contractor", "locality"], name="locality_by_number"),
        ),
        migrations.AddConstraint(
            model_name="gpci",
            constraint=models.UniqueConstraint(fields=("release", "contractor", "locality"), name="gpci_once"),
        ),
        migrations.AddConstraint(
            model_name="drgweight",
            constraint=models.UniqueConstraint(fields=("release", "drg"), name="drg_weight_once"),
        ),
        migrations.AddIndex(
            model_name="coveragepolicy",
            index=models.Index(fields=["release", "procedure", "diagnosis"], name="policy_of_codes"),
        ),
        migrations.AddConstraint(
            model_name="anesthesiafactor",
            constraint=models.UniqueConstraint(fields=("release", "contractor", "locality"), name="anesthesia_once"),
        ),
        migrations.AddIndex(
            model_name="addonedit",
            index=models.Index(fields=["release", "add_on"], name="add_on_of_code"),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(fields=["release", "code"], name="term_of_code"),
        ),
        migrations.AddConstraint(
            model_name="unitlimit",
            constraint=models.UniqueConstraint(fields=("release", "code"), name="unit_limit_once"),
        ),
    ]
