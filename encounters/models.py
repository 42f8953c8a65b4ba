"""Who was seen, by whom, where, and who pays for it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

from compliance.models import PostalAddress, TenantModel
from encounters.domain.status import EncounterStatus, PayerKind, Relationship
from ledger.fields import MoneyField

SEXES = [("F", "Female"), ("M", "Male"), ("U", "Unknown")]


class Provider(TenantModel):
    """A clinician who renders, refers or supervises. `user` is the log-in under which questions are answered."""

    npi = models.CharField(max_length=10)  # NM109
    last_name = models.CharField(max_length=60)
    first_name = models.CharField(max_length=35)
    credential = models.CharField(max_length=12, blank=True)
    taxonomy = models.CharField(max_length=10)  # PRV03
    specialty = models.CharField(max_length=40)
    renders = models.BooleanField(default=True)  # False: refers only
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "npi"], name="provider_npi_once"),
            models.UniqueConstraint(
                fields=["practice", "user"], condition=models.Q(user__isnull=False), name="provider_user_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name[:1]}. {self.last_name} {self.credential}".strip()


class Location(PostalAddress, TenantModel):
    """Where visits happen. `place_of_service` is the CMS two-digit code (CLM05-1)."""

    name = models.CharField(max_length=60)
    place_of_service = models.CharField(max_length=2)
    npi = models.CharField(max_length=10, blank=True)  # 2310C when it differs from the billing provider

    def __str__(self) -> str:
        return self.name


class FeeSchedule(TenantModel):
    """Prices by code: the practice's own charges, or what a payer's contract allows."""

    name = models.CharField(max_length=40)
    effective_from = models.DateField()

    def __str__(self) -> str:
        return self.name


class Fee(TenantModel):
    """One price in dollars per unit."""

    schedule = models.ForeignKey(FeeSchedule, on_delete=models.CASCADE, related_name="fees")
    code = models.CharField(max_length=5)
    amount = MoneyField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "code"], name="fee_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"


class Payer(TenantModel):
    """A health plan as this practice deals with it: identity, clocks and contract. All limits in days."""

    payer_id = models.CharField(max_length=20)  # 2010BB NM109
    name = models.CharField(max_length=60)  # 2010BB NM103
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in PayerKind])
    filing_indicator = models.CharField(max_length=2)  # SBR09
    filing_days = models.PositiveSmallIntegerField()  # from the last service date
    correction_days = models.PositiveSmallIntegerField()  # from the decision
    appeal_days = models.PositiveSmallIntegerField()  # from the decision, level 1
    silence_days = models.PositiveSmallIntegerField()  # usual days from submission to decision
    poll_days = models.PositiveSmallIntegerField()  # between two status inquiries
    appeal_answer_days = models.PositiveSmallIntegerField(default=45)
    appeal_channel = models.CharField(max_length=20, default="Mail")
    member_id_pattern = models.CharField(max_length=160, blank=True)  # regular expression, whole match
    contract = models.ForeignKey(FeeSchedule, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    authorization_codes = ArrayField(models.CharField(max_length=5), default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "payer_id"], name="payer_once")]
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Patient(PostalAddress, TenantModel):
    """A person who receives care."""

    mrn = models.CharField(max_length=20)
    last_name = models.CharField(max_length=60)  # NM103
    first_name = models.CharField(max_length=35)  # NM104
    middle_name = models.CharField(max_length=25, blank=True)  # NM105
    birth_date = models.DateField()  # DMG02
    sex = models.CharField(max_length=1, choices=SEXES)  # DMG03
    phone = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "mrn"], name="patient_mrn_once")]
        indexes = [
            models.Index(fields=["practice", "last_name", "first_name"], name="patient_name"),
            GinIndex(
                OpClass(Upper("last_name"), name="gin_trgm_ops"),
                name="patient_last_trgm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_name}, {self.first_name}"


class Coverage(TenantModel):
    """A patient's membership in a plan; rank 1 pays first. Subscriber fields stay empty for `self`."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="coverages")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="coverages")
    rank = models.PositiveSmallIntegerField(default=1)
    member_id = models.CharField(max_length=30)  # 2010BA NM109
    group_number = models.CharField(max_length=30, blank=True)  # SBR03
    relationship = models.CharField(
        max_length=2,
        default=Relationship.SELF,
        choices=[(r.value, r.name.capitalize()) for r in Relationship],
    )
    subscriber_last_name = models.CharField(max_length=60, blank=True)
    subscriber_first_name = models.CharField(max_length=35, blank=True)
    subscriber_birth_date = models.DateField(null=True, blank=True)
    subscriber_sex = models.CharField(max_length=1, blank=True, choices=SEXES)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["patient", "rank"], name="coverage_order"),
            models.Index(fields=["practice", "member_id"], name="coverage_member"),
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.rank}"


class Authorization(TenantModel):
    """A payer's approval of services for a patient; `units` left empty means unlimited."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="authorizations")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)  # REF*G1
    codes = ArrayField(models.CharField(max_length=5))
    valid_from = models.DateField()
    valid_to = models.DateField()
    units = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["practice", "patient"], name="authorization_patient")]

    def __str__(self) -> str:
        return self.number


class EncounterQuerySet(models.QuerySet["Encounter"]):
    def closed(self) -> "EncounterQuerySet":
        return self.filter(status=EncounterStatus.CLOSED)


class Encounter(TenantModel):
    """A visit and its clinical note; with a day of admission an inpatient stay, whose service date is its discharge."""

    external_id = models.CharField(max_length=40)  # the sending system's number
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="encounters")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="encounters")
    referring = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    authorization = models.ForeignKey(
        Authorization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="encounters",
    )
    service_date = models.DateField()
    admitted_date = models.DateField(null=True, blank=True)  # of an inpatient stay
    discharge_status = models.CharField(max_length=2, blank=True)  # CL103: 01 home … 20 died
    reason = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    status = models.CharField(
        max_length=10,
        default=EncounterStatus.OPEN,
        choices=[(s.value, s.value.capitalize()) for s in EncounterStatus],
    )
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)  # note signed
    handed_on_at = models.DateTimeField(null=True, blank=True)  # its coding case was opened

    objects = EncounterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "external_id"], name="encounter_external_once"),
            models.CheckConstraint(
                condition=models.Q(admitted_date__isnull=True) | models.Q(admitted_date__lte=models.F("service_date")),
                name="encounter_admitted_before_discharge",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "-service_date", "-id"], name="encounter_recent"),
            models.Index(fields=["patient", "-service_date"], name="encounter_patient"),
            models.Index(fields=["practice", "status", "closed_at"], name="encounter_status"),
            models.Index(  # what coding has not taken over yet: as long as the work, not as the history
                fields=["practice", "id"],
                condition=models.Q(status=EncounterStatus.CLOSED, handed_on_at__isnull=True),
                name="encounter_to_hand_on",
            ),
        ]

    def __str__(self) -> str:
        return f"Visit {self.external_id}"

    @property
    def is_stay(self) -> bool:
        """Whether the patient was admitted, so that the visit is an inpatient stay."""
        return self.admitted_date is not None


class Addendum(TenantModel):
    """What a clinician added to a visit's record after the note was signed. Signed itself, and never changed."""

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="addenda")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=120)  # the author's name as it was when signed
    text = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ("signed_at", "pk")
        indexes = [models.Index(fields=["encounter", "signed_at"], name="addendum_visit")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Addendum {self.pk}"
