"""The audit trail, for the compliance officer."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from compliance.access import needs
from compliance.forms import TrailForm
from compliance.models import LISTED, AuditEvent
from compliance.queries import trail_page

RECORDS = {
    "claims.claim": "claim_detail",
    "claims.batch": "batch_detail",
    "claims.inboundfile": "inbound_file",
    "coding.codingcase": "case_detail",
    "encounters.encounter": "encounter_detail",
    "encounters.patient": "patient_detail",
    "payments.remit": "remit_detail",
    "denials.denial": "denial_detail",
    "worklist.workitem": "work_item",
}
WORDS = {
    "codingcase": "coding case",
    "inboundfile": "inbound file",
    "workitem": "work item",
    "remitclaim": "remit claim",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """An event with its record in words and, where the record has a page, its address."""

    event: AuditEvent
    record: str
    url: str


def _row(event: AuditEvent) -> Row:
    if event.verb.endswith(LISTED):
        rows = len(event.detail["rows"])
        return Row(event=event, record=f"list of {rows} row{'' if rows == 1 else 's'}", url="")
    kind = event.subject_type.rpartition(".")[2]
    name = RECORDS.get(event.subject_type)
    return Row(
        event=event,
        record=f"{WORDS.get(kind, kind)} {event.subject_id}",
        url=reverse(name, args=[event.subject_id]) if name else "",
    )


@needs("audit.read")
def audit_trail(request: HttpRequest) -> HttpResponse:
    """Who did and saw what, newest first; filtered by person, act, patient and day."""
    form = TrailForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = trail_page(**chosen)
    earlier = request.GET.copy()
    if page.next_before:
        earlier["before"] = str(page.next_before)
    return render(
        request,
        "compliance/audit_trail.html",
        {
            "form": form,
            "page": page,
            "rows": [_row(event) for event in page.rows],
            "narrowed": any(value for name, value in chosen.items() if name != "before"),
            "today": timezone.localdate(),
            "earlier": earlier.urlencode(),
        },
    )
