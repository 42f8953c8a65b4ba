"""Row-level security on every tenant-owned table."""

from django.db import migrations

from compliance.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [("coding", "0001_initial"), ("compliance", "0002_row_security")]

    operations = [
        SecureRows("CodingCase"),
        SecureRows("CaseDiagnosis"),
        SecureRows("CaseProcedure"),
    ]
