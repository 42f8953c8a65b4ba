"""The codes a coder gave to a visit."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from coding.domain.status import CaseStatus
from compliance.models import TenantModel
from encounters.models import Encounter


class CodingCase(TenantModel):
    """One visit to code. Its diagnoses and procedures become the claim."""

    encounter = models.OneToOneField(Encounter, on_delete=models.PROTECT, related_name="coding_case")
    status = models.CharField(
        max_length=10,
        default=CaseStatus.OPEN,
        choices=[(s.value, s.value.capitalize()) for s in CaseStatus],
    )
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    opened_at = models.DateTimeField()
    finalized_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)  # guards against two people's lost updates
    drawn_at = models.DateTimeField(null=True, blank=True)  # it took part in the draw of the audit sample

    class Meta:
        indexes = [
            models.Index(fields=["practice", "status", "opened_at"], name="case_status"),
            models.Index(  # what has not taken part in the draw yet: as long as the work, not as the history
                fields=["practice", "finalized_at"],
                condition=models.Q(finalized_at__isnull=False, drawn_at__isnull=True),
                name="case_to_draw",
            ),
            models.Index(fields=["coder", "finalized_at"], name="case_coder"),
        ]

    def __str__(self) -> str:
        return f"Case {self.pk}"


class CaseDiagnosis(TenantModel):
    """A diagnosis of the case in its sequence; position 1 is the first-listed one (HI01)."""

    case = models.ForeignKey(CodingCase, on_delete=models.CASCADE, related_name="diagnoses")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="diagnosis_position_once")]

    def __str__(self) -> str:
        return self.code


class CaseProcedure(TenantModel):
    """A service of the case. `pointers` are positions of diagnoses (SV107)."""

    case = models.ForeignKey(CodingCase, on_delete=models.CASCADE, related_name="procedures")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5)
    modifiers = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    units = models.PositiveSmallIntegerField(default=1)
    pointers = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="procedure_position_once")]

    def __str__(self) -> str:
        return self.code
