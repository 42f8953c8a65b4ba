"""Remittances: what payers said they paid, and what was posted of it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models import Claim, ClaimLine, InboundFile
from compliance.models import TenantModel
from encounters.models import Payer
from ledger.fields import MoneyField
from payments.domain.provider_money import source_prefix
from payments.domain.status import RemitClaimStatus, RemitStatus


class Remit(TenantModel):
    """One 835 transaction set: one check or EFT with the claims behind it."""

    inbound = models.ForeignKey(InboundFile, on_delete=models.PROTECT, related_name="remits")
    position = models.PositiveSmallIntegerField()  # which ST of the file
    payer = models.ForeignKey(Payer, null=True, blank=True, on_delete=models.PROTECT, related_name="remits")
    payer_name = models.CharField(max_length=60)  # 1000A N102
    payer_identifier = models.CharField(max_length=80)  # TRN03, or N104
    payee_name = models.CharField(max_length=60, blank=True)
    payee_npi = models.CharField(max_length=80, blank=True)
    trace_number = models.CharField(max_length=50)  # TRN02
    method = models.CharField(max_length=3)  # BPR04
    amount = MoneyField()  # BPR02, signed by BPR03
    account_ending = models.CharField(max_length=4, blank=True)
    paid_date = models.DateField()  # BPR16
    production_date = models.DateField(null=True, blank=True)  # DTM*405
    status = models.CharField(
        max_length=12,
        default=RemitStatus.READY,
        choices=[(s.value, s.value.capitalize()) for s in RemitStatus],
    )
    problem = models.CharField(max_length=240, blank=True)
    received_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True, blank=True)
    claim_count = models.PositiveIntegerField(default=0)
    line_count = models.PositiveIntegerField(default=0)
    claims_amount = MoneyField(default=0)  # sum of CLP04
    adjustments_amount = MoneyField(default=0)  # sum of PLB04: positive lowers the payment
    money_posted_at = models.DateTimeField(null=True, blank=True)  # cash and PLB are in the ledger

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "payer_identifier", "trace_number", "amount"],
                condition=~Q(status__in=["repeat", "unbalanced"]),  # a payer sends again what did not balance
                name="remit_once",
            ),
            models.UniqueConstraint(fields=["inbound", "position"], name="remit_position_once"),
        ]
        indexes = [
            models.Index(fields=["practice", "-paid_date", "-id"], name="remit_recent"),
            models.Index(fields=["practice", "status"], name="remit_status"),
            models.Index(
                fields=["practice", "id"],
                condition=Q(status="ready", money_posted_at__isnull=True),
                name="remit_money_due",
            ),
        ]

    def __str__(self) -> str:
        return self.trace_number

    @property
    def source_prefix(self) -> str:
        """What the sources of its ledger entries start with."""
        return source_prefix(self.payer_identifier, self.trace_number, self.amount)

    @property
    def imbalance_amount(self) -> Decimal:
        """Claims less provider adjustments less payment: zero in a sound file."""
        explained: Decimal = self.claims_amount - self.adjustments_amount
        paid: Decimal = self.amount
        return explained - paid

    @property
    def off_amount(self) -> Decimal:
        """By how much it does not balance, without a sign."""
        return abs(self.imbalance_amount)


class RemitClaim(TenantModel):
    """One claim of a remittance (loop 2100), matched to ours or waiting for a person."""

    remit = models.ForeignKey(Remit, on_delete=models.CASCADE, related_name="claims")
    position = models.PositiveIntegerField()
    claim = models.ForeignKey(
        Claim,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="remit_claims",
    )
    claim_number = models.CharField(max_length=38)  # CLP01
    status_code = models.CharField(max_length=2)  # CLP02
    charge_amount = MoneyField()  # CLP03
    paid_amount = MoneyField()  # CLP04
    patient_amount = MoneyField(default=0)  # by its adjustments; CLP05 may count a denial in
    payer_control_number = models.CharField(max_length=50, blank=True)  # CLP07
    patient_name = models.CharField(max_length=80, blank=True)
    member_id = models.CharField(max_length=80, blank=True)
    service_date = models.DateField(null=True, blank=True)
    adjustments = models.JSONField(default=list)  # CAS of the claim: [{group, carc, amount, quantity}]
    remarks = models.JSONField(default=list)  # MIA and MOA remark codes
    interest_amount = MoneyField(default=0)  # AMT*I
    allowed_amount = MoneyField(default=0)
    expected_amount = MoneyField(null=True, blank=True)  # payer's part by contract
    contractual_amount = MoneyField(default=0)
    denied_amount = MoneyField(default=0)
    status = models.CharField(
        max_length=12,
        default=RemitClaimStatus.READY,
        choices=[(s.value, s.value.replace("_", " ").capitalize()) for s in RemitClaimStatus],
    )
    problem_kind = models.CharField(max_length=20, blank=True)  # unmatched, unbalanced, reversal …
    problem = models.CharField(max_length=200, blank=True)
    suggestion = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # the likely claim of an unmatched one
    reverses = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reversals",
    )  # CLP02 22
    posted_at = models.DateTimeField(null=True, blank=True)
    followed_at = models.DateTimeField(null=True, blank=True)  # its refusals were taken up (follow_remit_claims)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    raw = models.TextField(blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["remit", "position"], name="remitclaim_position_once")]
        indexes = [
            models.Index(
                fields=["practice", "status", "id"],
                condition=Q(status="ready"),
                name="remitclaim_ready",
            ),
            models.Index(
                fields=["practice", "remit"],
                condition=Q(status="exception"),
                name="remitclaim_exception",
            ),
            models.Index(fields=["claim"], name="remitclaim_claim"),
            models.Index(
                fields=["practice", "id"],
                condition=Q(status="posted", followed_at__isnull=True),
                name="remitclaim_unfollowed",
            ),
        ]

    def __str__(self) -> str:
        return self.claim_number


class RemitLine(TenantModel):
    """One service of a remittance claim (loop 2110)."""

    remit_claim = models.ForeignKey(RemitClaim, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    claim_line = models.ForeignKey(
        ClaimLine,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="remit_lines",
    )
    qualifier = models.CharField(max_length=2)  # SVC01-1
    code = models.CharField(max_length=48)  # SVC01-2
    modifiers = models.JSONField(default=list)
    billed_code = models.CharField(max_length=48, blank=True)  # SVC06-2 when the payer changed it
    line_control = models.CharField(max_length=50, blank=True)  # REF*6R
    units = models.DecimalField(max_digits=9, decimal_places=2, default=1)  # SVC05
    service_date = models.DateField(null=True, blank=True)
    charge_amount = MoneyField()  # SVC02
    paid_amount = MoneyField()  # SVC03
    allowed_amount = MoneyField(default=0)
    contractual_amount = MoneyField(default=0)
    patient_amount = MoneyField(default=0)
    denied_amount = MoneyField(default=0)
    adjustments = models.JSONField(default=list)  # [{group, carc, amount, quantity}]
    remarks = models.JSONField(default=list)  # LQ*HE

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["remit_claim", "position"], name="remitline_position_once")]
        indexes = [models.Index(fields=["claim_line"], name="remitline_line")]

    def __str__(self) -> str:
        return f"{self.code} {self.paid_amount}"


class AdjustmentStatus(models.TextChoices):
    READY = "ready", "Ready"
    POSTED = "posted", "Posted"
    EXCEPTION = "exception", "Needs a decision"


class ProviderAdjustment(TenantModel):
    """Money that a remittance moves outside its claims (PLB). Positive reduces the payment, as sent."""

    remit = models.ForeignKey(Remit, on_delete=models.CASCADE, related_name="provider_adjustments")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=2)  # PLB03-1
    reference = models.CharField(max_length=50, blank=True)  # PLB03-2
    amount = MoneyField()  # PLB04
    claim = models.ForeignKey(
        Claim,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="provider_adjustments",
    )
    status = models.CharField(max_length=10, choices=AdjustmentStatus.choices)
    posted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["remit", "position"], name="plb_position_once")]
        indexes = [models.Index(fields=["practice", "status"], name="plb_status")]

    def __str__(self) -> str:
        return f"{self.reason} {self.amount}"
