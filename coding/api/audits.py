"""Audits by a second coder over the API: to read. Before the second coding is fixed, neither coding is shown."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import generics, serializers

from coding.models import AuditedCode, CodingAudit
from coding.queries.audits import audit_rows
from compliance.access import record_views
from compliance.api import Filters


class AuditedCodeSerializer(serializers.ModelSerializer[AuditedCode]):
    category = serializers.CharField()

    class Meta:
        model = AuditedCode
        fields = (
            "position",
            "procedure",
            "category",
            "code",
            "first",
            "second",
            "first_says",
            "second_says",
            "agreed",
            "overturned",
            "reason",
        )


class AuditSerializer(serializers.ModelSerializer[CodingAudit]):
    """An audit with every compared code; `codes` is empty until the second coding is fixed."""

    encounter = serializers.IntegerField(source="case.encounter_id")
    coder = serializers.CharField(source="coder.username", default=None, allow_null=True)
    auditor = serializers.CharField(source="auditor.username", default=None, allow_null=True)
    status = serializers.CharField()
    outcome = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    codes = AuditedCodeSerializer(many=True)

    class Meta:
        model = CodingAudit
        fields = (
            "id",
            "practice",
            "case",
            "encounter",
            "coder",
            "auditor",
            "status",
            "outcome",
            "reasons",
            "sampled_at",
            "due_date",
            "fixed_at",
            "noted_at",
            "answered_at",
            "closed_at",
            "codes",
        )


class AuditFilter(Filters):
    status = filters.CharFilter()
    outcome = filters.CharFilter()
    coder = filters.CharFilter("coder__username")
    fixed_since = filters.IsoDateTimeFilter("fixed_at", "gte")

    class Meta:
        model = CodingAudit
        fields: tuple[str, ...] = ()


def _rows() -> QuerySet[CodingAudit, Any]:
    return audit_rows().prefetch_related("codes")


class AuditList(generics.ListAPIView[CodingAudit]):
    """Audits, newest first."""

    scopes = {"GET": "coding.audit"}
    serializer_class = AuditSerializer
    filterset_class = AuditFilter
    patient_of = "case.encounter.patient_id"
    queryset = _rows()


class AuditDetail(generics.RetrieveAPIView[CodingAudit]):
    """One audit."""

    scopes = {"GET": "coding.audit"}
    serializer_class = AuditSerializer
    queryset = _rows()

    def get_object(self) -> CodingAudit:
        found = super().get_object()
        subject = (found.practice_id, "coding.codingaudit", found.pk, found.case.encounter.patient_id)
        record_views(self.request, page="api.audit", subjects=[subject])
        return found
