"""Questions to providers about what their notes mean."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from coding.domain.provider_queries import QueryKind, QueryStatus
from coding.models.cases import CodingCase
from compliance.models import TenantModel, User
from encounters.models import Addendum, Provider


class ProviderQuerySet(models.QuerySet["ProviderQuery"]):
    def waiting(self) -> "ProviderQuerySet":
        """Asked, and not answered yet."""
        return self.filter(status=QueryStatus.ASKED)

    def asked_of(self, user: User) -> "ProviderQuerySet":
        """What the provider behind a log-in was asked."""
        return self.filter(provider__user=user)


class ProviderQuery(TenantModel):
    """One question about one visit, with the words of the note that it is about.

    `options` are the answers offered, empty for an open question. Each instant says when that happened; the
    answer stands in the visit's record as its addendum.
    """

    case = models.ForeignKey(CodingCase, on_delete=models.PROTECT, related_name="provider_queries")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=[(k.value, k.value.replace("_", " ")) for k in QueryKind])
    title = models.CharField(max_length=60)
    question = models.CharField(max_length=600)
    options = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    indicators = models.JSONField(default=list)  # [{start, end, text}] of the signed note
    status = models.CharField(
        max_length=10, default=QueryStatus.ASKED, choices=[(s.value, s.value.capitalize()) for s in QueryStatus]
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_date = models.DateField()
    asked_again_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    choice = models.CharField(max_length=160, blank=True)
    words = models.TextField(blank=True)
    addendum = models.OneToOneField(
        Addendum, null=True, blank=True, on_delete=models.PROTECT, related_name="provider_query"
    )
    closed_at = models.DateTimeField(null=True, blank=True)  # taken up, or withdrawn
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_for = models.CharField(max_length=200, blank=True)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["practice", "status", "-asked_at"], name="query_status"),
            models.Index(fields=["case", "status"], name="query_case"),
            models.Index(fields=["provider", "status", "due_date"], name="query_provider"),
            models.Index(
                fields=["practice", "asked_at"],
                condition=models.Q(status=QueryStatus.ASKED),
                name="query_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"
