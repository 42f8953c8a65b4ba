"""Practices, people, and the trail of everything they did. The bottom of the house."""

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from compliance.domain.permissions import ROLE_LABELS, Role


class PostalAddress(models.Model):
    """A US postal address; ZIP as 5 or 9 digits without a hyphen."""

    street = models.CharField(max_length=55, blank=True)  # N301
    city = models.CharField(max_length=30, blank=True)  # N401
    state = models.CharField(max_length=2, blank=True)  # N402
    zip_code = models.CharField(max_length=9, blank=True)  # N403

    class Meta:
        abstract = True


class Practice(PostalAddress):
    """A billing provider: the tenant that owns every other row."""

    name = models.CharField(max_length=60)  # 2010AA NM103
    slug = models.SlugField(unique=True)
    npi = models.CharField(max_length=10)  # 2010AA NM109
    tax_id = models.CharField(max_length=9)  # 2010AA REF*EI
    taxonomy = models.CharField(max_length=10)  # 2000A PRV03
    phone = models.CharField(max_length=10, blank=True)  # 1000A PER04
    submitter_id = models.CharField(max_length=15)  # ISA06, GS02, 1000A NM109
    clearinghouse_id = models.CharField(max_length=15)  # ISA08, GS03
    clearinghouse_name = models.CharField(max_length=60, blank=True)  # 1000B NM103

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class TenantModel(models.Model):
    """A row that belongs to one practice; row-level security (compliance.row_security) guards it."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        abstract = True


class User(AbstractUser):
    """A person or client that signs in. Rights come from memberships, never from Django's groups."""

    theme = models.CharField(
        max_length=6,
        default="system",
        choices=[("system", "System"), ("light", "Light"), ("dark", "Dark")],
    )
    single_keys = models.BooleanField(default=True, help_text="Single-letter keys (WCAG 2.1.4)")

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Membership(TenantModel):
    """A user's role in a practice; several rows for several roles."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, ROLE_LABELS[r]) for r in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "practice", "role"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


LISTED = ".listed"  # how the verb of an event ends whose `detail` names the patients that a list showed


class AuditEvent(TenantModel):
    """Who did or saw what, when and why. Written in the change's own transaction; never changed.

    Source: 45 CFR 164.312(b). `actor` empty means that a pipeline stage acted.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    patient_id = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["practice", "-at"], name="audit_recent"),
            models.Index(fields=["practice", "subject_type", "subject_id"], name="audit_subject"),
            models.Index(
                fields=["practice", "patient_id", "-at"],
                name="audit_patient",
                condition=models.Q(patient_id__isnull=False),
            ),
            GinIndex(
                fields=["detail"],
                name="audit_listed",
                opclasses=["jsonb_path_ops"],
                condition=models.Q(verb__endswith=LISTED),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class ApiToken(models.Model):
    """A client's key to the API. Only its SHA-256 is kept; scopes are permission names."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=60)
    key_sha256 = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class IdempotencyKey(TenantModel):
    """An API request that was carried out once: the same key gives the same answer again."""

    key = models.CharField(max_length=80)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
