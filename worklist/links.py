"""Where a work item leads: the page of what it is about."""

from django.urls import NoReverseMatch, reverse

PAGES: dict[str, str] = {
    "coding.codingcase": "case_detail",
    "coding.providerquery": "query_detail",
    "coding.codingaudit": "audit_detail",
    "encounters.encounter": "encounter_detail",
    "claims.claim": "claim_detail",
    "claims.batch": "batch_detail",
    "claims.inboundfile": "inbound_file",
    "payments.remit": "remit_detail",
    "payments.remitclaim": "remit_claim",
    "payments.provideradjustment": "remit_adjustment",
    "denials.denial": "denial_detail",
    "denials.appeal": "appeal_detail",
}


def subject_url(subject_type: str, subject_id: int, item_id: int | None = None) -> str:
    """The address of a record's page; the work item's own page when the record has none."""
    name = PAGES.get(subject_type.rpartition(":")[2])
    try:
        if name:
            return reverse(name, args=[subject_id])
    except NoReverseMatch:
        pass
    return reverse("work_item", args=[item_id]) if item_id else ""
