"""Row-level security on every tenant-owned table."""

from django.db import migrations

from compliance.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [("encounters", "0001_initial"), ("compliance", "0002_row_security")]

    operations = [
        SecureRows("Provider"),
        SecureRows("Location"),
        SecureRows("FeeSchedule"),
        SecureRows("Fee"),
        SecureRows("Payer"),
        SecureRows("Patient"),
        SecureRows("Coverage"),
        SecureRows("Authorization"),
        SecureRows("Encounter"),
    ]
