"""Denials and appeals over the API: to read."""

from django_filters import rest_framework as filters
from rest_framework import generics, serializers

from compliance.access import record_views
from compliance.api import Filters
from denials.models import Appeal, Denial


class DenialSerializer(serializers.ModelSerializer[Denial]):
    """Money that a payer refused, with the reason, the deadline and what came of it; dollars."""

    claim_number = serializers.CharField(source="claim.number")
    payer_id = serializers.CharField(source="payer.payer_id")
    payer_name = serializers.CharField(source="payer.name")
    status = serializers.CharField()

    class Meta:
        model = Denial
        fields = (
            "id",
            "practice",
            "claim",
            "claim_number",
            "line_number",
            "payer_id",
            "payer_name",
            "amount",
            "expected_amount",
            "group",
            "carc",
            "remarks",
            "category",
            "play",
            "avoidable",
            "odds",
            "status",
            "deadline",
            "opened_at",
            "closed_at",
            "recovered_amount",
        )


class AppealSerializer(serializers.ModelSerializer[Appeal]):
    """A letter to a payer at one level."""

    claim_number = serializers.CharField(source="claim.number")
    payer_id = serializers.CharField(source="payer.payer_id")
    status = serializers.CharField()
    denials = serializers.SlugRelatedField[Denial](
        source="appealed", slug_field="denial_id", many=True, read_only=True, help_text="Numbers of the denials."
    )

    class Meta:
        model = Appeal
        fields: tuple[str, ...] = (
            "id",
            "practice",
            "claim",
            "claim_number",
            "payer_id",
            "level",
            "status",
            "amount",
            "deadline",
            "drafted_at",
            "sent_at",
            "answer_due",
            "decided_at",
            "decision",
            "denials",
        )


class AppealRecordSerializer(AppealSerializer):
    """An appeal with its letter."""

    class Meta(AppealSerializer.Meta):
        fields = (*AppealSerializer.Meta.fields, "letter")


class DenialFilter(Filters):
    status = filters.CharFilter()
    category = filters.CharFilter()
    carc = filters.CharFilter()
    payer_id = filters.CharFilter("payer__payer_id")
    claim_number = filters.CharFilter("claim__number")
    due_by = filters.DateFilter("deadline", "lte")

    class Meta:
        model = Denial
        fields: tuple[str, ...] = ()


class AppealFilter(Filters):
    status = filters.CharFilter()
    payer_id = filters.CharFilter("payer__payer_id")
    claim_number = filters.CharFilter("claim__number")

    class Meta:
        model = Appeal
        fields: tuple[str, ...] = ()


class DenialList(generics.ListAPIView[Denial]):
    """Denials, newest first."""

    scopes = {"GET": "denials.read"}
    serializer_class = DenialSerializer
    filterset_class = DenialFilter
    patient_of = "patient_id"
    queryset = Denial.objects.select_related("claim", "payer")


class DenialDetail(generics.RetrieveAPIView[Denial]):
    """One denial."""

    scopes = {"GET": "denials.read"}
    serializer_class = DenialSerializer
    queryset = Denial.objects.select_related("claim", "payer")

    def get_object(self) -> Denial:
        found = super().get_object()
        subject = (found.practice_id, "denials.denial", found.pk, found.patient_id)
        record_views(self.request, page="api.denial", subjects=[subject])
        return found


class AppealList(generics.ListAPIView[Appeal]):
    """Appeals, newest first."""

    scopes = {"GET": "denials.read"}
    serializer_class = AppealSerializer
    filterset_class = AppealFilter
    patient_of = "claim.patient_id"
    queryset = Appeal.objects.select_related("claim", "payer").prefetch_related("appealed").defer("letter", "pdf")


class AppealDetail(generics.RetrieveAPIView[Appeal]):
    """One appeal with its letter."""

    scopes = {"GET": "denials.read"}
    serializer_class = AppealRecordSerializer
    queryset = Appeal.objects.select_related("claim", "payer").prefetch_related("appealed").defer("pdf")

    def get_object(self) -> Appeal:
        found = super().get_object()
        subject = (found.practice_id, "denials.appeal", found.pk, found.claim.patient_id)
        record_views(self.request, page="api.appeal", subjects=[subject])
        return found
