"""Everything that needs a person: one table, one queue screen."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q

from compliance.domain.permissions import Role
from compliance.models import TenantModel, User
from worklist.domain.kinds import KINDS, PERSONAL, Kind, kinds_open_to


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    def open(self) -> "WorkItemQuerySet":
        return self.filter(closed_at__isnull=True)

    def awake(self, today: object) -> "WorkItemQuerySet":
        return self.open().filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=today))

    def open_to(self, roles: Mapping[int, frozenset[Role]], user: User) -> "WorkItemQuerySet":
        """Work about records that this person, with these roles by practice, may open."""
        groups: defaultdict[tuple[Kind, ...], list[int]] = defaultdict(list)
        for practice_id, held in roles.items():
            groups[kinds_open_to(held)].append(practice_id)
        allowed = (Q(practice_id__in=practices, kind__in=kinds) for kinds, practices in groups.items())
        own = ~Q(kind__in=PERSONAL) | Q(assigned_to=user)
        return self.filter(reduce(or_, allowed, Q(pk__in=())), own)

    def for_roles(self, roles: Collection[str]) -> "WorkItemQuerySet":
        return self.filter(role__in=roles)


class WorkItem(TenantModel):
    """One thing a person must do. Opened and closed by stages; assigned, snoozed and noted by people.

    The words on the row (patient, payer, reason) are copied here when it opens, so that the queue of
    all kinds reads one table. `subject_*` says what it is about; `claim_id` and `patient_id` are plain
    numbers because those rows live downstream.
    """

    kind = models.CharField(max_length=32, choices=[(k.value, KINDS[k].label) for k in Kind])
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    claim_id = models.BigIntegerField(null=True, blank=True)
    patient_id = models.BigIntegerField(null=True, blank=True)
    patient_name = models.CharField(max_length=80, blank=True)
    payer_name = models.CharField(max_length=60, blank=True)
    service_date = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)  # dollars at stake
    clock_date = models.DateField(null=True, blank=True)
    clock_kind = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=20)  # a display state of pages.presentation
    category = models.CharField(max_length=24, blank=True)
    reason = models.CharField(max_length=120)  # plain words, aim at 40 characters
    next_step = models.CharField(max_length=60, blank=True)
    has_fix = models.BooleanField(default=False)  # F applies `next_step`
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    snoozed_until = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    outcome = models.CharField(max_length=120, blank=True)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "kind", "subject_type", "subject_id"],
                condition=Q(closed_at__isnull=True),
                name="workitem_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "role", "clock_date", "id"],
                condition=Q(closed_at__isnull=True),
                name="workitem_queue",
            ),
            models.Index(
                fields=["practice", "assigned_to", "clock_date"],
                condition=Q(closed_at__isnull=True),
                name="workitem_mine",
            ),
            models.Index(
                fields=["practice", "claim_id"],
                condition=Q(claim_id__isnull=False),
                name="workitem_claim",
            ),
            models.Index(fields=["practice", "closed_at"], name="workitem_closed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"


class WorkNote(TenantModel):
    """A note on a record (claim, denial, remittance, case), shown wherever that record is."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["practice", "subject_type", "subject_id", "-at"],
                name="worknote_subject",
            )
        ]

    def __str__(self) -> str:
        return f"Note {self.pk}"


class SavedView(models.Model):
    """A person's named filter on a list page: the query string, nothing else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="savedview_once")]
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
