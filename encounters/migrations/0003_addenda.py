"""What clinicians add to a record after signing, and the log-ins under which they do."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from compliance.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0002_row_security"),
        ("encounters", "0002_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Addendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signature", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("signed_at", "pk"),
            },
        ),
        migrations.AddField(
            model_name="provider",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="provider",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)), fields=("practice", "user"), name="provider_user_once"
            ),
        ),
        migrations.AddField(
            model_name="addendum",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="addendum",
            name="encounter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="encounters.encounter"
            ),
        ),
        migrations.AddField(
            model_name="addendum",
            name="practice",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="compliance.practice"
            ),
        ),
        migrations.AddIndex(
            model_name="addendum",
            index=models.Index(fields=["encounter", "signed_at"], name="addendum_visit"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addendum",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6210a427c828fd427905af7373df7bb237b5fda8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_576a0",
                    table="encounters_addendum",
                    when="BEFORE",
                ),
            ),
        ),
        SecureRows("Addendum"),
    ]
