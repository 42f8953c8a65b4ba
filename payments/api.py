"""Remittances over the API: to read, with every claim, line and adjustment as the payer sent it."""

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from rest_framework import generics, serializers

from compliance.access import record_views
from compliance.api import Filters
from payments.models import ProviderAdjustment, Remit, RemitClaim, RemitLine


class ProviderAdjustmentSerializer(serializers.ModelSerializer[ProviderAdjustment]):
    """Money moved outside the claims; a positive amount reduced the payment."""

    status = serializers.CharField()

    class Meta:
        model = ProviderAdjustment
        fields = ("id", "position", "reason", "reference", "amount", "claim", "status", "posted_at")


class RemitSerializer(serializers.ModelSerializer[Remit]):
    """One check or EFT; `amount` in dollars is what was paid."""

    payer_id = serializers.CharField(source="payer.payer_id", default=None, allow_null=True)
    status = serializers.CharField()

    class Meta:
        model = Remit
        fields: tuple[str, ...] = (
            "id",
            "practice",
            "payer_id",
            "payer_name",
            "payer_identifier",
            "trace_number",
            "method",
            "amount",
            "paid_date",
            "status",
            "problem",
            "received_at",
            "posted_at",
            "claim_count",
            "claims_amount",
            "adjustments_amount",
        )


class RemitRecordSerializer(RemitSerializer):
    """A remittance with its provider adjustments; its claims have pages of their own."""

    provider_adjustments = ProviderAdjustmentSerializer(many=True)

    class Meta(RemitSerializer.Meta):
        fields = (*RemitSerializer.Meta.fields, "provider_adjustments")


class RemitLineSerializer(serializers.ModelSerializer[RemitLine]):
    class Meta:
        model = RemitLine
        exclude = ("id", "practice", "remit_claim")


class RemitClaimSerializer(serializers.ModelSerializer[RemitClaim]):
    """One claim of a remittance; `claim` is ours, or null while nobody matched it."""

    status = serializers.CharField()
    lines = RemitLineSerializer(many=True)

    class Meta:
        model = RemitClaim
        fields = (
            "id",
            "position",
            "claim",
            "claim_number",
            "status_code",
            "charge_amount",
            "paid_amount",
            "patient_amount",
            "allowed_amount",
            "contractual_amount",
            "denied_amount",
            "interest_amount",
            "payer_control_number",
            "adjustments",
            "remarks",
            "reverses",
            "status",
            "problem",
            "posted_at",
            "lines",
        )


class RemitFilter(Filters):
    status = filters.CharFilter()
    payer_id = filters.CharFilter("payer__payer_id")
    trace_number = filters.CharFilter()
    paid_from = filters.DateFilter("paid_date", "gte")
    paid_to = filters.DateFilter("paid_date", "lte")

    class Meta:
        model = Remit
        fields: tuple[str, ...] = ()


class RemitList(generics.ListAPIView[Remit]):
    """Remittances, newest first."""

    scopes = {"GET": "remits.read"}
    serializer_class = RemitSerializer
    filterset_class = RemitFilter
    queryset = Remit.objects.select_related("payer")


class RemitDetail(generics.RetrieveAPIView[Remit]):
    """One remittance with its provider adjustments."""

    scopes = {"GET": "remits.read"}
    serializer_class = RemitRecordSerializer
    queryset = Remit.objects.select_related("payer").prefetch_related("provider_adjustments")


class RemitClaimList(generics.ListAPIView[RemitClaim]):
    """The claims of one remittance with their lines."""

    scopes = {"GET": "remits.read"}
    serializer_class = RemitClaimSerializer
    filter_backends = ()
    patient_of = "patient_id"
    queryset = RemitClaim.objects.none()

    def get_queryset(self) -> QuerySet[RemitClaim]:
        if getattr(self, "swagger_fake_view", False):  # the schema is drawn without a database row
            return self.queryset
        remit = get_object_or_404(Remit, pk=self.kwargs["pk"])
        record_views(self.request, page="api.remit", subjects=[(remit.practice_id, "payments.remit", remit.pk, None)])
        return (
            RemitClaim.objects.filter(remit=remit).annotate(patient_id=F("claim__patient_id")).prefetch_related("lines")
        )
