"""ICD-10-PCS procedures of inpatient stays have seven characters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0006_suggestions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="caseprocedure",
            name="code",
            field=models.CharField(max_length=7),
        ),
    ]
