"""What the engine proposed for a case, what a practice's coders taught it, and how far it may go alone."""

from django.conf import settings
from django.db import models

from coding.domain.suggestions import Decision
from coding.models.cases import CodingCase
from coding.models.codes import CodeSystem
from compliance.models import TenantModel


class Suggestion(TenantModel):
    """A code that the engine found in a note, where it found it, and what a person made of it."""

    case = models.ForeignKey(CodingCase, on_delete=models.CASCADE, related_name="suggestions")
    system = models.CharField(max_length=8, choices=CodeSystem.choices)
    code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()  # in the proposed sequence, within diagnoses and procedures
    confidence = models.PositiveSmallIntegerField()  # 0–100
    spans = models.JSONField(default=list, blank=True)  # [[start, end], …]: characters of the note
    reason = models.CharField(max_length=400)
    modifiers = models.JSONField(default=list, blank=True)
    units = models.PositiveSmallIntegerField(default=1)
    pointers = models.JSONField(default=list, blank=True)  # positions of proposed diagnoses
    withheld = models.BooleanField(default=False)  # found, but not to be coded; `reason` says why
    decision = models.CharField(
        max_length=10, default=Decision.PROPOSED, choices=[(d.value, d.value.capitalize()) for d in Decision]
    )
    replaced_by = models.CharField(max_length=10, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    engine_version = models.CharField(max_length=20)
    learned_version = models.PositiveIntegerField(null=True, blank=True)  # LearnedModel.version; None: nothing learned

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.code} ({self.confidence})"


class LearnedModel(TenantModel):
    """What one practice's finalized cases taught the engine. Versions stay, so that each can be gone back to."""

    version = models.PositiveIntegerField()
    trained_at = models.DateTimeField()
    cases = models.PositiveIntegerField()  # finalized cases it was learned from
    payload = models.BinaryField()  # coding.suggestion's own format; never a pickle
    metrics = models.JSONField(default=dict, blank=True)
    active = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "version"], name="learned_version_once"),
            models.UniqueConstraint(fields=["practice"], condition=models.Q(active=True), name="learned_active_once"),
        ]

    def __str__(self) -> str:
        return f"Learned {self.version}"


class CodingPolicy(TenantModel):
    """How far a practice lets suggestions go without a person. No row: not at all."""

    auto_complete_from = models.PositiveSmallIntegerField(null=True, blank=True)  # confidence 0–100; empty: off

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice"], name="coding_policy_once")]

    def __str__(self) -> str:
        return f"Coding policy of {self.practice_id}"


class CoderSpecialty(TenantModel):
    """A specialty whose visits a coder knows how to code."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    specialty = models.CharField(max_length=40)  # encounters.Provider.specialty

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "user", "specialty"], name="coder_specialty_once")]

    def __str__(self) -> str:
        return self.specialty
