"""A claim from draft to closed, what was sent for it, and what came back."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from claims.domain.status import CannotMove, ClaimStatus, Frequency, can_move, sources_of, stands
from coding.models import CodingCase
from compliance.models import TenantModel
from encounters.models import Coverage, Encounter, Location, Patient, Payer, Provider
from ledger.fields import MoneyField


class ClaimQuerySet(models.QuerySet["Claim"]):
    def in_state(self, *states: ClaimStatus) -> "ClaimQuerySet":
        return self.filter(status__in=[s.value for s in states])

    def move_to(self, to: ClaimStatus, at: datetime, **fields: Any) -> int:
        """Move every claim of the set that may go there, in one statement; returns how many moved."""
        allowed = [state.value for state in sources_of(to)]
        return self.filter(status__in=allowed).update(status=to.value, status_at=at, **fields)

    def with_parties(self) -> "ClaimQuerySet":
        """Everything that a claim row or an 837P needs beside its lines."""
        return self.select_related(
            "practice",
            "patient",
            "payer",
            "coverage",
            "rendering",
            "referring",
            "location",
            "encounter",
            "original",
        )


class Claim(TenantModel):
    """A professional claim to one payer. Money columns mirror the ledger and are written with it."""

    number = models.CharField(max_length=20)  # CLM01
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="claims")
    coding_case = models.ForeignKey(CodingCase, on_delete=models.PROTECT, related_name="claims")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="claims")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="claims")
    coverage = models.ForeignKey(Coverage, on_delete=models.PROTECT, related_name="claims")
    payer_order = models.CharField(max_length=1, default="P")  # SBR01
    rendering = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    referring = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    frequency = models.CharField(
        max_length=1,
        default=Frequency.ORIGINAL,
        choices=[(f.value, f.name.capitalize()) for f in Frequency],
    )  # CLM05-3
    original = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replacements",
    )
    payer_control_number = models.CharField(max_length=50, blank=True)  # 277CA REF*1K, CLP07; REF*F8 when sent
    status = models.CharField(
        max_length=12,
        default=ClaimStatus.DRAFT,
        choices=[(s.value, s.value.capitalize()) for s in ClaimStatus],
    )
    status_at = models.DateTimeField()
    held_by_person = models.BooleanField(default=False)
    place_of_service = models.CharField(max_length=2)  # CLM05-1
    service_from = models.DateField()
    service_to = models.DateField()
    diagnoses = ArrayField(models.CharField(max_length=8), default=list)  # HI
    authorization_number = models.CharField(max_length=30, blank=True)  # REF*G1
    charge_amount = MoneyField()  # CLM02
    allowed_amount = MoneyField(default=0)
    contractual_amount = MoneyField(default=0)
    paid_amount = MoneyField(default=0)
    patient_amount = MoneyField(default=0)
    denied_amount = MoneyField(default=0)  # still open with the payer because it refused
    written_off_amount = MoneyField(default=0)
    filing_deadline = models.DateField()
    created_at = models.DateTimeField()
    scrubbed_at = models.DateTimeField(null=True, blank=True)
    clean_at_first = models.BooleanField(null=True, blank=True)  # passed every edit untouched
    touched = models.BooleanField(default=False)  # a person acted after coding
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    poll_due_at = models.DateTimeField(null=True, blank=True)
    adjudicated_at = models.DateTimeField(null=True, blank=True)
    first_denied = models.BooleanField(null=True, blank=True)  # on its first adjudication
    closed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)  # guards against two people's lost updates

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="claim_number_once"),
            models.UniqueConstraint(
                fields=["coding_case", "payer_order"],
                condition=Q(original__isnull=True),
                name="claim_built_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in ClaimStatus]),
                name="claim_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "status", "id"], name="claim_status"),
            models.Index(fields=["practice", "-service_from", "-id"], name="claim_recent"),
            models.Index(fields=["patient", "service_from"], name="claim_patient_day"),
            models.Index(
                fields=["practice", "poll_due_at"],
                condition=Q(poll_due_at__isnull=False),
                name="claim_poll_due",
            ),
            models.Index(fields=["practice", "payer_control_number"], name="claim_payer_number"),
            models.Index(fields=["practice", "adjudicated_at"], name="claim_adjudicated"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def balance_amount(self) -> Decimal:
        """Dollars still open with the payer; of a withdrawn claim, below zero until its payment is taken back."""
        charged = self.charge_amount if stands(self.status, self.frequency) else Decimal("0.00")
        settled = self.contractual_amount + self.paid_amount + self.patient_amount + self.written_off_amount
        balance: Decimal = charged - settled
        return balance

    def move_to(self, to: ClaimStatus, at: datetime) -> None:
        """Change the state of this row, which the caller has locked and saves. Raises CannotMove."""
        if not can_move(self.status, to):
            raise CannotMove(f"A {self.status} claim cannot become {to.value}.")
        self.status, self.status_at = to.value, at


class ClaimLine(TenantModel):
    """A service line. Money columns mirror the ledger."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()  # LX01, echoed in REF*6R
    code = models.CharField(max_length=5)  # SV101-2
    modifiers = ArrayField(models.CharField(max_length=2), default=list, blank=True)  # SV101-3…6
    units = models.PositiveSmallIntegerField(default=1)  # SV104
    pointers = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)  # SV107
    charge_amount = MoneyField()  # SV102
    service_date = models.DateField()  # DTP*472
    allowed_amount = MoneyField(default=0)
    contractual_amount = MoneyField(default=0)
    paid_amount = MoneyField(default=0)
    patient_amount = MoneyField(default=0)
    denied_amount = MoneyField(default=0)
    written_off_amount = MoneyField(default=0)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="line_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.code}"


class ClaimFinding(TenantModel):
    """What an edit found on a claim: open until the claim passes or a person overrides it."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=8)
    family = models.CharField(max_length=24)
    severity = models.CharField(max_length=8)  # stop, warn, repair
    at = models.CharField(max_length=24)  # the field it points at, e.g. line.1.modifiers
    says = models.CharField(max_length=240)
    fix_label = models.CharField(max_length=60, blank=True)
    fix = models.JSONField(default=dict, blank=True)  # what one keystroke applies; empty: a person must
    found_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["claim"],
                condition=Q(resolved_at__isnull=True),
                name="finding_open",
            ),
            models.Index(fields=["practice", "code", "found_at"], name="finding_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.at}"


class ClaimEvent(TenantModel):
    """One line of a claim's history: a plain sentence, with the raw X12 that says the same."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    tone = models.CharField(max_length=8)  # idle, move, done, you, stop, hold: the shape beside it
    says = models.CharField(max_length=400)
    raw_kind = models.CharField(max_length=8, blank=True)  # 837P, 999, 277CA, 277, 835
    raw = models.TextField(blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        indexes = [models.Index(fields=["claim", "-at", "-id"], name="claimevent_recent")]

    def __str__(self) -> str:
        return self.says


class ControlNumber(TenantModel):
    """The last number given out per practice and series (claim, interchange, trace)."""

    series = models.CharField(max_length=20)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "series"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.last}"


class BatchStatus(models.TextChoices):
    STORED = "stored", "Ready"  # bytes are kept, not sent yet
    SENT = "sent", "Sent"
    RECEIVED = "received", "Accepted"  # TA1 or 999 accepted
    PARTIAL = "partial", "Accepted in part"  # 999 accepted some transaction sets
    REJECTED = "rejected", "Rejected"


class Batch(TenantModel):
    """One interchange we send: its exact bytes and control numbers, stored before it leaves."""

    kind = models.CharField(max_length=4, choices=[("837P", "Claims"), ("276", "Status inquiries")])
    control_number = models.PositiveIntegerField()  # ISA13, GS06
    status = models.CharField(max_length=8, choices=BatchStatus.choices, default=BatchStatus.STORED)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    claim_count = models.PositiveIntegerField()
    charge_amount = MoneyField(default=0)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "control_number"], name="batch_control_once")]
        indexes = [
            models.Index(fields=["practice", "kind", "-stored_at"], name="batch_recent"),
            models.Index(fields=["practice", "status"], name="batch_status"),
        ]

    def __str__(self) -> str:
        return f"Batch {self.control_number}"


class Submission(TenantModel):
    """One claim inside one batch: the byte-exact snapshot of what the payer was told."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="submissions")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="submissions")
    set_control = models.CharField(max_length=9)  # ST02
    position = models.PositiveSmallIntegerField()
    content = models.TextField()
    charge_amount = MoneyField()
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, blank=True)  # received, accepted, rejected

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "claim"], name="submission_once")]
        indexes = [models.Index(fields=["claim", "-id"], name="submission_recent")]

    def __str__(self) -> str:
        return f"{self.claim_id} in {self.batch_id}"


class StatusInquiry(TenantModel):
    """A 276 question about one claim and the payer's 277 answer."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="inquiries")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="inquiries")
    trace = models.CharField(max_length=30)  # TRN02
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    category = models.CharField(max_length=3, blank=True)  # STC01-1
    status_code = models.CharField(max_length=4, blank=True)  # STC01-2

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "trace"], name="inquiry_trace_once")]
        indexes = [models.Index(fields=["claim", "-asked_at"], name="inquiry_recent")]

    def __str__(self) -> str:
        return self.trace


class InboundStatus(models.TextChoices):
    NEW = "new", "New"
    READ = "read", "Read"
    REFUSED = "refused", "Refused"


class InboundFile(TenantModel):
    """A file that came from the clearinghouse, kept byte for byte; the same bytes are kept once."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)  # TA1, 999, 277CA, 277, 835, letter, other
    status = models.CharField(max_length=8, choices=InboundStatus.choices, default=InboundStatus.NEW)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    repeats = models.PositiveSmallIntegerField(default=0)  # how often the same bytes came again
    problem = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "sha256"], name="inbound_bytes_once")]
        indexes = [
            models.Index(
                fields=["practice", "kind", "id"],
                condition=Q(status="new"),
                name="inbound_new",
            ),
            models.Index(fields=["practice", "-received_at"], name="inbound_recent"),
        ]

    def __str__(self) -> str:
        return self.name


class BatchAnswer(TenantModel):
    """What one inbound file said about one of our batches, in plain words; the file has the raw text."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="answers")
    inbound = models.ForeignKey(InboundFile, on_delete=models.PROTECT, related_name="batch_answers")
    kind = models.CharField(max_length=8)  # TA1, 999, 277CA, 277
    at = models.DateTimeField()
    tone = models.CharField(max_length=8)  # as ClaimEvent.tone
    says = models.CharField(max_length=400)

    class Meta:
        ordering = ("at", "pk")
        constraints = [models.UniqueConstraint(fields=["batch", "inbound"], name="batchanswer_once")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.batch_id}"
