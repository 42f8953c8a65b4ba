"""Audits of finished cases by a second coder, and how often a practice asks for them."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models

from coding.domain.audits import (
    CATEGORY_WORDS,
    REASON_WORDS,
    AuditStatus,
    Category,
    Outcome,
    Reason,
    answer_due_on,
)
from coding.models.cases import CodingCase
from compliance.models import TenantModel
from ledger.fields import MoneyField

PERCENT = [MaxValueValidator(100)]


class AuditPlan(TenantModel):
    """How many in a hundred finished cases of each kind are audited. A practice without one audits nothing."""

    random_percent = models.PositiveSmallIntegerField(default=5, validators=PERCENT)
    high_value_percent = models.PositiveSmallIntegerField(default=25, validators=PERCENT)
    high_level_percent = models.PositiveSmallIntegerField(default=15, validators=PERCENT)
    modifier_percent = models.PositiveSmallIntegerField(default=15, validators=PERCENT)
    low_confidence_percent = models.PositiveSmallIntegerField(default=25, validators=PERCENT)
    new_coder_percent = models.PositiveSmallIntegerField(default=30, validators=PERCENT)
    auto_completed_percent = models.PositiveSmallIntegerField(default=20, validators=PERCENT)
    high_value = MoneyField(default=500)  # dollars charged
    new_coder_days = models.PositiveSmallIntegerField(default=90)
    since = models.DateTimeField()  # cases finished before are never sampled
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice"], name="audit_plan_once")]

    def __str__(self) -> str:
        return f"Audit plan {self.pk}"


class CodingAudit(TenantModel):
    """One finished case before a second coder. `first` is the coding as it was sampled; `second` the auditor's own."""

    case = models.ForeignKey(CodingCase, on_delete=models.PROTECT, related_name="audits")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # empty: completed without a coder
    auditor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        max_length=10, default=AuditStatus.OPEN, choices=[(s.value, s.value.capitalize()) for s in AuditStatus]
    )
    outcome = models.CharField(max_length=12, blank=True, choices=[(o.value, o.value.capitalize()) for o in Outcome])
    reasons = ArrayField(models.CharField(max_length=16, choices=[(r.value, REASON_WORDS[r]) for r in Reason]))
    first = models.JSONField()
    second = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)  # of `second`, while it is being written
    sampled_at = models.DateTimeField()
    due_date = models.DateField()
    fixed_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)  # education note to the coder
    noted_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)  # the coder's
    answered_at = models.DateTimeField(null=True, blank=True)
    ruling = models.TextField(blank=True)  # the supervisor's, on a dispute
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=~models.Q(status=AuditStatus.CLOSED), name="audit_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "status", "due_date"], name="audit_status"),
            models.Index(fields=["practice", "fixed_at"], name="audit_fixed"),
            models.Index(fields=["coder", "status"], name="audit_coder"),
        ]

    def __str__(self) -> str:
        return f"Audit {self.pk}"

    @property
    def clock(self) -> tuple[date, str]:
        """The day by which the next one acts, and what that is."""
        if self.status == AuditStatus.NOTED and self.noted_at:
            return answer_due_on(self.noted_at), "reply"
        if self.status == AuditStatus.DISPUTED and self.answered_at:
            return answer_due_on(self.answered_at), "decide"
        return self.due_date, "audit"


class AuditedCode(TenantModel):
    """One code as both coders have it. What agrees is kept too: it is the denominator of every rate."""

    audit = models.ForeignKey(CodingAudit, on_delete=models.CASCADE, related_name="codes")
    position = models.PositiveSmallIntegerField()
    procedure = models.BooleanField()
    category = models.CharField(max_length=12, choices=[(c.value, CATEGORY_WORDS[c]) for c in Category])
    code = models.CharField(max_length=8)  # what it counts under
    first = models.CharField(max_length=8, blank=True)
    second = models.CharField(max_length=8, blank=True)
    first_says = models.CharField(max_length=60, blank=True)
    second_says = models.CharField(max_length=60, blank=True)
    agreed = models.BooleanField()  # nothing differs, or a ruling found the first coder right
    overturned = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["audit", "position"], name="audited_code_once")]
        indexes = [models.Index(fields=["practice", "code"], name="audited_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.category}"

    @property
    def field_name(self) -> str:
        """The field of a form that is about this code."""
        return f"reason_{self.position}"
