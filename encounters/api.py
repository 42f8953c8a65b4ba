"""Visits over the API: what other systems send in, and what became of it."""

from datetime import date
from typing import Annotated, Any, ClassVar, Self, cast

from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from compliance.access import record_views
from compliance.api import IDEMPOTENCY_KEY, Filters, Unprocessable, body_of, once, one_practice
from compliance.models import User
from encounters import operations
from encounters.models import Coverage, Encounter, Patient
from encounters.queries import encounter_record, encounter_rows

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Npi = Annotated[str, StringConstraints(pattern=r"^\d{10}$")]


class NewVisitBody(BaseModel):
    """A visit as another system sends it, by the identifiers that both sides know."""

    model_config = ConfigDict(extra="forbid")

    practice: int | None = None  # needed when the key serves several
    external_id: Text
    mrn: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
    provider_npi: Npi
    location: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    service_date: date
    reason: Annotated[str, StringConstraints(max_length=120)] = ""
    note: Annotated[str, StringConstraints(max_length=100_000)] = ""
    authorization_number: Annotated[str, StringConstraints(max_length=30)] = ""
    referring_npi: Npi | None = None
    admitted_date: date | None = None  # of an inpatient stay, whose service_date is its discharge
    discharge_status: Annotated[str, StringConstraints(pattern=r"^(\d{2})?$")] = ""  # UB-04 patient status
    signed: bool = True

    @model_validator(mode="after")
    def _discharged_after_admission(self) -> Self:
        if self.admitted_date and self.admitted_date > self.service_date:
            raise ValueError("admitted_date is after service_date, the day of discharge")
        if self.discharge_status and not self.admitted_date:
            raise ValueError("discharge_status belongs to a stay: send admitted_date, too")
        return self


class PatientSerializer(serializers.ModelSerializer[Patient]):
    class Meta:
        model = Patient
        fields = ("id", "mrn", "last_name", "first_name", "birth_date", "sex")


class CoverageSerializer(serializers.ModelSerializer[Coverage]):
    payer_id = serializers.CharField(source="payer.payer_id")
    payer_name = serializers.CharField(source="payer.name")

    class Meta:
        model = Coverage
        fields = ("id", "rank", "payer_id", "payer_name", "member_id", "effective_from", "effective_to")


class EncounterSerializer(serializers.ModelSerializer[Encounter]):
    """A visit without its note."""

    patient = PatientSerializer()
    provider_npi = serializers.CharField(source="provider.npi")
    location = serializers.CharField(source="location.name")
    status = serializers.CharField()
    coding_status = serializers.CharField(source="coding_case.status", default=None, allow_null=True)

    class Meta:
        model = Encounter
        fields: ClassVar[tuple[str, ...]] = (
            "id",
            "practice",
            "external_id",
            "patient",
            "provider_npi",
            "location",
            "service_date",
            "admitted_date",
            "discharge_status",
            "reason",
            "status",
            "coding_status",
            "created_at",
            "closed_at",
        )


class EncounterRecordSerializer(EncounterSerializer):
    """A visit with its note and who pays."""

    coverages = CoverageSerializer(source="patient.coverages", many=True)
    authorization_number = serializers.CharField(source="authorization.number", default="")
    referring_npi = serializers.CharField(source="referring.npi", default="")

    class Meta(EncounterSerializer.Meta):
        fields = (*EncounterSerializer.Meta.fields, "note", "authorization_number", "referring_npi", "coverages")


class EncounterFilter(Filters):
    external_id = filters.CharFilter()
    mrn = filters.CharFilter("patient__mrn")
    status = filters.CharFilter()
    service_from = filters.DateFilter("service_date", "gte")
    service_to = filters.DateFilter("service_date", "lte")

    class Meta:
        model = Encounter
        fields: tuple[str, ...] = ()


class EncounterList(generics.ListAPIView[Encounter]):
    """Visits, newest first; POST takes one in."""

    scopes = {"GET": "encounters.read", "POST": "encounters.write"}
    serializer_class = EncounterSerializer
    filterset_class = EncounterFilter
    patient_of = "patient_id"
    queryset = encounter_rows()

    @extend_schema(
        request=NewVisitBody,
        responses={201: EncounterSerializer, 200: EncounterSerializer},
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """Take in a visit. 201: it is new; 200: the external id is known, and that visit is unchanged."""
        body = body_of(request, NewVisitBody)
        practice = one_practice(str(body.practice) if body.practice is not None else None)

        def take_in() -> tuple[int, dict[str, Any]]:
            given = body.model_dump(exclude={"practice"}) | {"referring_npi": body.referring_npi or ""}
            try:
                visit, is_new = operations.create_encounter(
                    practice_id=practice,
                    visit=operations.NewVisit(**given),
                    actor=cast(User, request.user),
                    now=timezone.now(),
                )
            except (operations.UnknownReference, operations.CannotClose) as reason:
                raise Unprocessable(str(reason)) from None
            return (201 if is_new else 200), dict(EncounterSerializer(encounter_rows().get(pk=visit.pk)).data)

        return once(request, practice, take_in)


class EncounterDetail(generics.RetrieveAPIView[Encounter]):
    """One visit with its note, coverage and authorization."""

    scopes = {"GET": "encounters.read"}
    serializer_class = EncounterRecordSerializer
    queryset = Encounter.objects.all()

    def get_object(self) -> Encounter:
        found = super().get_object()
        subject = (found.practice_id, "encounters.encounter", found.pk, found.patient_id)
        record_views(self.request, page="api.encounter", subjects=[subject])
        return encounter_record(found.pk)
