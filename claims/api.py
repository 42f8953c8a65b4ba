"""Claims over the API: to read with their history, and the verbs that a biller has."""

from collections.abc import Callable
from typing import Annotated, Any, cast

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.models import Claim, ClaimEvent, ClaimFinding, ClaimLine, Submission
from claims.operations.content import CannotCorrect
from claims.operations.correct import CannotReplace, CannotVoid, replace_claim, void_claim
from claims.operations.hold import CannotHold, CannotRelease, hold_claim, release_claim
from claims.operations.inquire import CannotAsk, ask_status
from coding.domain.edits.findings import Fix, FixKind
from compliance.access import record_views
from compliance.api import IDEMPOTENCY_KEY, Filters, Refused, body_of, once
from compliance.models import User

REFUSALS = (CannotAsk, CannotCorrect, CannotHold, CannotRelease, CannotReplace, CannotVoid)


class ClaimLineSerializer(serializers.ModelSerializer[ClaimLine]):
    class Meta:
        model = ClaimLine
        exclude = ("id", "practice", "claim")


class ClaimFindingSerializer(serializers.ModelSerializer[ClaimFinding]):
    class Meta:
        model = ClaimFinding
        fields = ("id", "code", "family", "severity", "at", "says", "fix_label", "fix", "found_at")


class ClaimEventSerializer(serializers.ModelSerializer[ClaimEvent]):
    actor = serializers.CharField(source="actor.username", default=None, allow_null=True)

    class Meta:
        model = ClaimEvent
        fields = ("at", "says", "actor", "raw_kind", "raw")


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    control_number = serializers.IntegerField(source="batch.control_number")
    sent_at = serializers.DateTimeField(source="batch.sent_at")

    class Meta:
        model = Submission
        fields = ("id", "control_number", "charge_amount", "created_at", "sent_at", "answered_at", "answer", "content")


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """A claim without its lines; amounts in dollars."""

    payer_id = serializers.CharField(source="payer.payer_id")
    payer_name = serializers.CharField(source="payer.name")
    patient_mrn = serializers.CharField(source="patient.mrn")
    patient_name = serializers.CharField(source="patient.__str__")
    rendering_npi = serializers.CharField(source="rendering.npi")
    status = serializers.CharField()
    frequency = serializers.CharField()
    balance_amount = serializers.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        model = Claim
        fields: tuple[str, ...] = (
            "id",
            "practice",
            "number",
            "encounter",
            "status",
            "status_at",
            "frequency",
            "original",
            "payer_id",
            "payer_name",
            "payer_control_number",
            "patient_mrn",
            "patient_name",
            "rendering_npi",
            "service_from",
            "service_to",
            "diagnoses",
            "authorization_number",
            "charge_amount",
            "allowed_amount",
            "contractual_amount",
            "paid_amount",
            "patient_amount",
            "denied_amount",
            "written_off_amount",
            "balance_amount",
            "filing_deadline",
            "submitted_at",
            "accepted_at",
            "adjudicated_at",
        )


class ClaimRecordSerializer(ClaimSerializer):
    """A claim with lines, open findings, history (newest first) and every submission byte for byte."""

    lines = ClaimLineSerializer(many=True)
    findings = ClaimFindingSerializer(many=True)
    events = ClaimEventSerializer(many=True)
    submissions = SubmissionSerializer(many=True)

    class Meta(ClaimSerializer.Meta):
        fields = (*ClaimSerializer.Meta.fields, "lines", "findings", "events", "submissions")


class ClaimFilter(Filters):
    number = filters.CharFilter()
    status = filters.CharFilter()
    payer_id = filters.CharFilter("payer__payer_id")
    updated_since = filters.IsoDateTimeFilter("status_at", "gte")
    service_from = filters.DateFilter("service_from", "gte")
    service_to = filters.DateFilter("service_to", "lte")

    class Meta:
        model = Claim
        fields: tuple[str, ...] = ()


def _rows() -> QuerySet[Claim]:
    return Claim.objects.select_related("payer", "patient", "rendering")


def _records() -> QuerySet[Claim]:
    return _rows().prefetch_related(
        "lines",
        Prefetch("findings", ClaimFinding.objects.filter(resolved_at__isnull=True).order_by("pk")),
        Prefetch("events", ClaimEvent.objects.select_related("actor").order_by("-at", "-pk")),
        Prefetch("submissions", Submission.objects.select_related("batch").order_by("-pk")),
    )


class ClaimList(generics.ListAPIView[Claim]):
    """Claims, newest first."""

    scopes = {"GET": "claims.read"}
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter
    patient_of = "patient_id"
    queryset = _rows()


class ClaimDetail(generics.RetrieveAPIView[Claim]):
    """One claim with everything that happened to it."""

    scopes = {"GET": "claims.read"}
    serializer_class = ClaimRecordSerializer
    queryset = _records()

    def get_object(self) -> Claim:
        found = super().get_object()
        subject = (found.practice_id, "claims.claim", found.pk, found.patient_id)
        record_views(self.request, page="api.claim", subjects=[subject])
        return found


class HoldBody(BaseModel):
    """Why the claim waits."""

    model_config = ConfigDict(extra="forbid")
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class ReleaseBody(BaseModel):
    """What to note."""

    model_config = ConfigDict(extra="forbid")
    note: Annotated[str, StringConstraints(max_length=200)] = ""


class FixBody(BaseModel):
    """One change to the claim's content, as an edit proposes it in `findings[].fix`."""

    model_config = ConfigDict(extra="forbid")
    kind: FixKind
    line: Annotated[int, Field(ge=0, le=50)] = 0
    value: Annotated[str, StringConstraints(max_length=80)] = ""
    values: Annotated[list[str], Field(max_length=12)] = []


class ReplaceBody(BaseModel):
    """The changes that the corrected claim carries."""

    model_config = ConfigDict(extra="forbid")
    fixes: Annotated[list[FixBody], Field(max_length=20)] = []


class _Verb(APIView):
    """A verb on one claim, carried out once per Idempotency-Key; refused with 409 when its state forbids it."""

    scopes = {"POST": "claims.release"}

    def carry_out(self, request: Request, pk: int, verb: Callable[[User], Claim | None]) -> Response:
        claim = get_object_or_404(Claim, pk=pk)

        def act() -> tuple[int, dict[str, Any]]:
            try:
                touched = verb(cast(User, request.user))
            except REFUSALS as reason:
                raise Refused(str(reason)) from None
            return 200, dict(ClaimSerializer(_rows().get(pk=touched.pk if touched else pk)).data)

        return once(request, claim.practice_id, act)


class ClaimHold(_Verb):
    @extend_schema(request=HoldBody, responses=ClaimSerializer, parameters=[IDEMPOTENCY_KEY])
    def post(self, request: Request, pk: int) -> Response:
        """Keep the claim from being sent until it is released."""
        reason = body_of(request, HoldBody).reason
        return self.carry_out(
            request, pk, lambda actor: hold_claim(claim_id=pk, reason=reason, actor=actor, now=timezone.now())
        )


class ClaimRelease(_Verb):
    @extend_schema(request=ReleaseBody, responses=ClaimSerializer, parameters=[IDEMPOTENCY_KEY])
    def post(self, request: Request, pk: int) -> Response:
        """Let a held claim go with the next batch; every edit runs again first."""
        note = body_of(request, ReleaseBody).note
        return self.carry_out(
            request, pk, lambda actor: release_claim(claim_id=pk, note=note, actor=actor, now=timezone.now())
        )


class ClaimVoid(_Verb):
    @extend_schema(request=HoldBody, responses=ClaimSerializer, parameters=[IDEMPOTENCY_KEY])
    def post(self, request: Request, pk: int) -> Response:
        """Withdraw the claim; answers with the void notice when the payer has it, else with the claim itself."""
        reason = body_of(request, HoldBody).reason
        return self.carry_out(
            request, pk, lambda actor: void_claim(claim_id=pk, reason=reason, actor=actor, now=timezone.now())
        )


class ClaimReplace(_Verb):
    @extend_schema(request=ReplaceBody, responses=ClaimSerializer, parameters=[IDEMPOTENCY_KEY])
    def post(self, request: Request, pk: int) -> Response:
        """Make a corrected claim (frequency 7) with the fixes applied; answers with the new claim."""
        fixes = [Fix.from_json(fix.model_dump(mode="json")) for fix in body_of(request, ReplaceBody).fixes]
        return self.carry_out(
            request, pk, lambda actor: replace_claim(claim_id=pk, fixes=fixes, actor=actor, now=timezone.now())
        )


class ClaimAskStatus(_Verb):
    @extend_schema(request=None, responses=ClaimSerializer, parameters=[IDEMPOTENCY_KEY])
    def post(self, request: Request, pk: int) -> Response:
        """Ask the payer about the claim at once (276)."""
        return self.carry_out(request, pk, lambda actor: ask_status(claim_id=pk, actor=actor, now=timezone.now()))
