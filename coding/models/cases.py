"""The codes a coder gave to a visit."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from coding.domain.codes import PCS_LENGTH
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
    suggested_at = models.DateTimeField(null=True, blank=True)
    lowest_confidence = models.PositiveSmallIntegerField(null=True, blank=True)  # 0–100, of the codes proposed
    auto_checked_at = models.DateTimeField(null=True, blank=True)  # looked at for auto-complete, and refused
    auto_completed_at = models.DateTimeField(null=True, blank=True)  # finalized without a person

    class Meta:
        indexes = [
            models.Index(fields=["practice", "status", "opened_at"], name="case_status"),
            models.Index(  # what has not taken part in the draw yet: as long as the work, not as the history
                fields=["practice", "finalized_at"],
                condition=models.Q(finalized_at__isnull=False, drawn_at__isnull=True),
                name="case_to_draw",
            ),
            models.Index(fields=["coder", "finalized_at"], name="case_coder"),
            models.Index(  # as long as the work, not as the history
                fields=["practice", "id"],
                condition=models.Q(status=CaseStatus.OPEN, suggested_at__isnull=True),
                name="case_to_suggest",
            ),
        ]

    def __str__(self) -> str:
        return f"Case {self.pk}"


class CaseVersion(TenantModel):
    """The codes of a case and the decisions on its proposals as they stood at a revision: to undo, merge and learn."""

    case = models.ForeignKey(CodingCase, on_delete=models.CASCADE, related_name="versions", db_index=False)
    revision = models.PositiveIntegerField()
    codes = models.JSONField()  # coding.domain.codes.to_data
    decisions = models.JSONField(default=dict, blank=True)  # number of a Suggestion → its decision
    says = models.CharField(max_length=80, blank=True)  # what was done, in words: "E11.65 dropped"
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField()
    undo_to = models.PositiveIntegerField(null=True, blank=True)  # the revision that undoing this one goes back to

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "revision"], name="case_revision_once")]

    def __str__(self) -> str:
        return f"Case {self.case_id}, revision {self.revision}"


class CasePresence(TenantModel):
    """Who has a case open, and when their browser last said so."""

    case = models.ForeignKey(CodingCase, on_delete=models.CASCADE, related_name="presences", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user_id} at case {self.case_id}"


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
    """A service of the case. `pointers` are positions of diagnoses (SV107).

    ICD-10-PCS procedures of a stay (seven characters) stand behind the services, without any of the rest.
    """

    case = models.ForeignKey(CodingCase, on_delete=models.CASCADE, related_name="procedures")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=7)
    modifiers = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    units = models.PositiveSmallIntegerField(default=1)
    pointers = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="procedure_position_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_line(self) -> bool:
        """Whether it becomes a line of a claim: ICD-10-PCS procedures do not."""
        return len(self.code) != PCS_LENGTH
