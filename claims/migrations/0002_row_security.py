"""Row-level security on every tenant-owned table."""

from django.db import migrations

from compliance.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial"), ("compliance", "0002_row_security")]

    operations = [
        SecureRows("Claim"),
        SecureRows("ClaimLine"),
        SecureRows("ClaimFinding"),
        SecureRows("ClaimEvent"),
        SecureRows("ControlNumber"),
        SecureRows("Batch"),
        SecureRows("Submission"),
        SecureRows("StatusInquiry"),
        SecureRows("InboundFile"),
        SecureRows("BatchAnswer"),
    ]
