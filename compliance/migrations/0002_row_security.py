"""Row-level security on every tenant-owned table."""

from django.db import migrations

from compliance.row_security import DROP_SCOPE_SQL, IN_SCOPE, SCOPE_SQL, SecureRows


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial")]

    operations = [
        migrations.RunSQL(SCOPE_SQL, DROP_SCOPE_SQL),
        # A person may always see their own memberships: that is how a scope is found.
        SecureRows("Membership", using=f"{IN_SCOPE} OR user_id = (SELECT rcm_actor())"),
        SecureRows("AuditEvent"),
        SecureRows("IdempotencyKey"),
    ]
