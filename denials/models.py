"""Money that a payer refused, and what we did about it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models import Claim, ClaimLine
from compliance.models import TenantModel
from denials.domain.status import AppealStatus, CannotMove, DenialStatus, appeal_can_move, can_move
from encounters.models import Patient, Payer
from ledger.fields import MoneyField
from payments.models import RemitClaim

CENT = Decimal("0.01")


class DenialQuerySet(models.QuerySet["Denial"]):
    def open(self) -> "DenialQuerySet":
        return self.filter(closed_at__isnull=True)

    def to_work(self) -> "DenialQuerySet":
        """Open and waiting for us, not for the payer."""
        return self.open().filter(status__in=[DenialStatus.NEW, DenialStatus.UPHELD])


class Denial(TenantModel):
    """One refused amount: a line (or a whole claim) with the reason the payer gave."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="denials")
    claim_line = models.ForeignKey(
        ClaimLine,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="denials",
    )
    remit_claim = models.ForeignKey(RemitClaim, on_delete=models.PROTECT, related_name="denials")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="denials")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="denials")
    line_number = models.PositiveSmallIntegerField(default=0)  # 0: the whole claim
    amount = MoneyField()
    expected_amount = MoneyField(default=0)  # what the contract would have allowed
    group = models.CharField(max_length=2)  # CAS01
    carc = models.CharField(max_length=5)
    remarks = models.JSONField(default=list)
    category = models.CharField(max_length=24)
    station = models.CharField(max_length=16)  # where it could have been stopped
    play = models.CharField(max_length=16)  # correct, appeal, send_records, other_payer, patient, close
    avoidable = models.BooleanField()  # one of our own edits could have caught it
    odds = models.PositiveSmallIntegerField()  # chance to win it back, percent
    status = models.CharField(
        max_length=12,
        default=DenialStatus.NEW,
        choices=[(s.value, s.value.replace("_", " ").capitalize()) for s in DenialStatus],
    )
    first = models.BooleanField(default=False)  # it belongs to the claim's first decision
    decided_on = models.DateField()  # the payer's decision: BPR16, later that of its letter
    posted_at = models.DateTimeField()  # the decision's posting: what dashboards count by
    deadline = models.DateField()  # the earlier one of the clocks that its play runs on
    deadline_kind = models.CharField(max_length=8)  # appeal, correct
    appeal_deadline = models.DateField()
    warned_at = models.DateTimeField(null=True, blank=True)  # the nearing deadline was put to a person
    opened_at = models.DateTimeField()
    first_action_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=4, blank=True)  # what the payer said to our correction or appeal: won, lost
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # nothing is left to do here, whatever the status
    recovered_amount = MoneyField(default=0)  # paid or moved to the patient after all

    objects = DenialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["remit_claim", "line_number", "group", "carc"],
                name="denial_once",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "status", "deadline"], name="denial_status"),
            models.Index(
                fields=["claim"],
                condition=Q(closed_at__isnull=True),
                name="denial_open",
            ),
            models.Index(fields=["practice", "posted_at"], name="denial_posted"),
            models.Index(fields=["practice", "category", "answered_at"], name="denial_answered"),
        ]

    def __str__(self) -> str:
        return f"{self.group}-{self.carc}"

    @property
    def expected_recovery(self) -> Decimal:
        """Dollars to hope for: what the contract would have allowed, times the chance."""
        expected: Decimal = self.expected_amount
        return (expected * self.odds / 100).quantize(CENT)

    def move_to(self, to: DenialStatus) -> None:
        """Change the state of this row, which the caller has locked and saves. Raises CannotMove."""
        if not can_move(self.status, to):
            raise CannotMove(f"A denial that is {self.status.replace('_', ' ')} cannot become {to.value}.")
        self.status = to.value


class Appeal(TenantModel):
    """A letter to the payer against one or more denials of a claim, at one level."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appeals")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="appeals")
    level = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(
        max_length=12,
        default=AppealStatus.DRAFT,
        choices=[(s.value, s.value.capitalize()) for s in AppealStatus],
    )
    letter = models.TextField()
    pdf = models.BinaryField(blank=True, default=bytes)
    amount = MoneyField()
    deadline = models.DateField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    stored_at = models.DateTimeField(null=True, blank=True)  # letter and PDF are fixed
    sent_at = models.DateTimeField(null=True, blank=True)
    answer_due = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)  # the payer's silence was put to a person
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)  # date of the payer's letter
    decision = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "level"],
                condition=~Q(status="withdrawn"),
                name="appeal_level_once",
            ),
        ]
        indexes = [models.Index(fields=["practice", "status"], name="appeal_status")]

    def __str__(self) -> str:
        return f"Appeal {self.pk}"

    def move_to(self, to: AppealStatus) -> None:
        """Change the state of this row, which the caller has locked and saves. Raises CannotMove."""
        if not appeal_can_move(self.status, to):
            raise CannotMove(f"An appeal that is {self.status} cannot become {to.value}.")
        self.status = to.value


class AppealedDenial(TenantModel):
    """Which denials an appeal is about."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="appealed")
    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="appealed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "denial"], name="appealed_once")]

    def __str__(self) -> str:
        return f"{self.appeal_id}: {self.denial_id}"
