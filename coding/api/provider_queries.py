"""Questions to providers over the API: to read."""

from django_filters import rest_framework as filters
from rest_framework import generics, serializers

from coding.models import ProviderQuery
from coding.queries.provider_queries import query_rows
from compliance.access import record_views
from compliance.api import Filters


class QuerySerializer(serializers.ModelSerializer[ProviderQuery]):
    """A question to a visit's provider, with the words quoted from the note and the answer once it is signed."""

    encounter = serializers.IntegerField(source="case.encounter_id")
    provider_npi = serializers.CharField(source="provider.npi")
    kind = serializers.CharField()
    status = serializers.CharField()
    asked_by = serializers.CharField(source="asked_by.username")
    addendum = serializers.IntegerField(source="addendum_id", allow_null=True)

    class Meta:
        model = ProviderQuery
        fields = (
            "id",
            "practice",
            "case",
            "encounter",
            "provider_npi",
            "kind",
            "status",
            "title",
            "question",
            "options",
            "indicators",
            "asked_by",
            "asked_at",
            "due_date",
            "asked_again_at",
            "escalated_at",
            "answered_at",
            "choice",
            "words",
            "addendum",
            "closed_at",
            "withdrawn_for",
        )


class QueryFilter(Filters):
    status = filters.CharFilter()
    case = filters.NumberFilter("case_id")
    provider_npi = filters.CharFilter("provider__npi")
    due_by = filters.DateFilter("due_date", "lte")

    class Meta:
        model = ProviderQuery
        fields: tuple[str, ...] = ()


class QueryList(generics.ListAPIView[ProviderQuery]):
    """Questions to providers, newest first."""

    scopes = {"GET": "coding.read"}
    serializer_class = QuerySerializer
    filterset_class = QueryFilter
    patient_of = "case.encounter.patient_id"
    queryset = query_rows()


class QueryDetail(generics.RetrieveAPIView[ProviderQuery]):
    """One question."""

    scopes = {"GET": "coding.read"}
    serializer_class = QuerySerializer
    queryset = query_rows()

    def get_object(self) -> ProviderQuery:
        found = super().get_object()
        subject = (found.practice_id, "coding.providerquery", found.pk, found.case.encounter.patient_id)
        record_views(self.request, page="api.query", subjects=[subject])
        return found
