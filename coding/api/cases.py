"""Coding cases over the API: to read."""

from django_filters import rest_framework as filters
from rest_framework import generics, serializers

from coding.models import CaseDiagnosis, CaseProcedure, CodingCase
from coding.queries import case_rows
from compliance.access import record_views
from compliance.api import Filters


class CaseProcedureSerializer(serializers.ModelSerializer[CaseProcedure]):
    class Meta:
        model = CaseProcedure
        fields = ("position", "code", "modifiers", "units", "pointers")


class CaseDiagnosisSerializer(serializers.ModelSerializer[CaseDiagnosis]):
    class Meta:
        model = CaseDiagnosis
        fields = ("position", "code")


class CaseSerializer(serializers.ModelSerializer[CodingCase]):
    """A case with its codes; pointers are positions of diagnoses."""

    external_id = serializers.CharField(source="encounter.external_id")
    service_date = serializers.DateField(source="encounter.service_date")
    patient_mrn = serializers.CharField(source="encounter.patient.mrn")
    coder = serializers.CharField(source="coder.username", default=None, allow_null=True)
    status = serializers.CharField()
    diagnoses = CaseDiagnosisSerializer(many=True)
    procedures = CaseProcedureSerializer(many=True)

    class Meta:
        model = CodingCase
        fields = (
            "id",
            "practice",
            "encounter",
            "external_id",
            "patient_mrn",
            "service_date",
            "status",
            "coder",
            "opened_at",
            "finalized_at",
            "revision",
            "diagnoses",
            "procedures",
        )


class CaseFilter(Filters):
    status = filters.CharFilter()
    finalized_since = filters.IsoDateTimeFilter("finalized_at", "gte")

    class Meta:
        model = CodingCase
        fields: tuple[str, ...] = ()


class CaseList(generics.ListAPIView[CodingCase]):
    """Coding cases, newest first."""

    scopes = {"GET": "coding.read"}
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    patient_of = "encounter.patient_id"
    queryset = case_rows().prefetch_related("diagnoses", "procedures")


class CaseDetail(generics.RetrieveAPIView[CodingCase]):
    """One case with its codes."""

    scopes = {"GET": "coding.read"}
    serializer_class = CaseSerializer
    queryset = case_rows().prefetch_related("diagnoses", "procedures")

    def get_object(self) -> CodingCase:
        found = super().get_object()
        subject = (found.practice_id, "coding.codingcase", found.pk, found.encounter.patient_id)
        record_views(self.request, page="api.case", subjects=[subject])
        return found
