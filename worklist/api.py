"""The work queue over the API: what waits for a person, and the verbs on it."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, ConfigDict, StringConstraints
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from compliance.api import Filters, Refused, Unprocessable, body_of
from compliance.models import ApiToken, Membership, User
from compliance.queries import roles_by_practice
from worklist import operations
from worklist.domain.kinds import Kind, opened_by
from worklist.models import WorkItem, WorkItemQuerySet


class WorkItemSerializer(serializers.ModelSerializer[WorkItem]):
    assigned_to = serializers.CharField(source="assigned_to.username", default=None, allow_null=True)
    kind = serializers.CharField()
    role = serializers.CharField()

    class Meta:
        model = WorkItem
        fields = (
            "id",
            "practice",
            "kind",
            "role",
            "subject_type",
            "subject_id",
            "claim_id",
            "patient_id",
            "patient_name",
            "payer_name",
            "service_date",
            "amount",
            "clock_date",
            "clock_kind",
            "state",
            "category",
            "reason",
            "next_step",
            "assigned_to",
            "snoozed_until",
            "opened_at",
            "closed_at",
            "outcome",
        )


class WorkItemFilter(Filters):
    kind = filters.CharFilter()
    role = filters.CharFilter()
    assigned_to = filters.CharFilter("assigned_to__username")
    open = filters.BooleanFilter("closed_at", "isnull")
    due_by = filters.DateFilter("clock_date", "lte")

    class Meta:
        model = WorkItem
        fields: tuple[str, ...] = ()


def open_to(request: Request, rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """The work whose records both the key's user and the key's scopes may open."""
    scopes = cast(ApiToken, request.auth).scopes
    kinds = [kind for kind in Kind if opened_by(kind) in scopes]
    user = cast(User, request.user)
    return cast(WorkItemQuerySet, rows).open_to(roles_by_practice(user), user).filter(kind__in=kinds)


class WorkItemList(generics.ListAPIView[WorkItem]):
    """Work, newest first; `open=true` leaves out what is done."""

    scopes = {"GET": "work.read"}
    serializer_class = WorkItemSerializer
    filterset_class = WorkItemFilter
    patient_of = "patient_id"
    queryset = WorkItem.objects.select_related("assigned_to")

    def get_queryset(self) -> QuerySet[WorkItem]:
        return open_to(self.request, super().get_queryset())


class WorkItemDetail(generics.RetrieveAPIView[WorkItem]):
    """One work item."""

    scopes = {"GET": "work.read"}
    serializer_class = WorkItemSerializer
    queryset = WorkItem.objects.select_related("assigned_to")

    def get_queryset(self) -> QuerySet[WorkItem]:
        return open_to(self.request, super().get_queryset())


class AssignBody(BaseModel):
    """Whose work it becomes: a user name of the practice, or null for nobody."""

    model_config = ConfigDict(extra="forbid")
    username: Annotated[str, StringConstraints(max_length=150)] | None


class SnoozeBody(BaseModel):
    """The day until which the item rests."""

    model_config = ConfigDict(extra="forbid")
    until: date


class CloseBody(BaseModel):
    """What was done."""

    model_config = ConfigDict(extra="forbid")
    outcome: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class _Verb(APIView):
    """A verb on one item: refused with 409 when the item is closed."""

    scopes = {"POST": "work.act"}

    def carry_out(self, pk: int, verb: Callable[[WorkItem], WorkItem]) -> Response:
        item = get_object_or_404(open_to(self.request, WorkItem.objects.all()), pk=pk)
        try:
            done = verb(item)
        except operations.CannotAct as reason:
            raise Refused(str(reason)) from None
        return Response(WorkItemSerializer(done).data)


class WorkItemAssign(_Verb):
    @extend_schema(request=AssignBody, responses=WorkItemSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Give the item to a person who serves its practice, or to nobody."""
        name = body_of(request, AssignBody).username

        def assign(item: WorkItem) -> WorkItem:
            serving = Membership.objects.filter(practice_id=item.practice_id, user__username=name)
            member = serving.select_related("user").first() if name else None
            if name and member is None:
                raise Unprocessable("Nobody of this name serves the practice. Check the user name.")
            return operations.assign_item(
                item_id=item.pk,
                to=member.user if member else None,
                actor=cast(User, request.user),
                now=timezone.now(),
            )

        return self.carry_out(pk, assign)


class WorkItemSnooze(_Verb):
    @extend_schema(request=SnoozeBody, responses=WorkItemSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Put the item away until a day."""
        until, actor = body_of(request, SnoozeBody).until, cast(User, request.user)
        return self.carry_out(
            pk,
            lambda item: operations.snooze_item(item_id=item.pk, until=until, actor=actor, now=timezone.now()),
        )


class WorkItemClose(_Verb):
    @extend_schema(request=CloseBody, responses=WorkItemSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Close the item by hand."""
        outcome, actor = body_of(request, CloseBody).outcome, cast(User, request.user)
        return self.carry_out(
            pk,
            lambda item: operations.close_item(item_id=item.pk, outcome=outcome, actor=actor, now=timezone.now()),
        )
