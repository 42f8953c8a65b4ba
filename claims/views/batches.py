"""What went out and what came back: batches, inbound files, and two submissions side by side."""

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from claims.models import BatchStatus, InboundFile, Submission
from claims.queries import batches as queries
from claims.queries.timeline import SHOWN_SEGMENTS, compared, segments_of, submission_before
from compliance.access import allows, needs, record_views
from pages.links import Links, page_number
from pages.parts import Facet, FacetValue, Pager
from pages.presentation import state_word

PAGE = 25
SHOWN_CLAIMS = 200
KINDS = {"837P": "Claims", "276": "Status inquiries"}
FILE_KINDS = {
    "TA1": "Receipt of the interchange",
    "999": "Receipt of the file",
    "277CA": "Claim acknowledgment",
    "277": "Claim status",
    "835": "Remittance",
    "letter": "Letter",
    "other": "Unknown",
}


def state_of(status: str) -> str:
    """The display state of a batch."""
    return {BatchStatus.RECEIVED: "accepted", BatchStatus.PARTIAL: "accepted_in_part"}.get(BatchStatus(status), status)


@require_GET
@needs("claims.read")
def batch_list(request: HttpRequest) -> HttpResponse:
    """Every interchange that was written, newest first."""
    kind, status = (request.GET.get(name, "")[:20] for name in ("kind", "status"))
    number, links = page_number(request), Links(request, reverse("batch_list"))
    start = (number - 1) * PAGE
    found = list(queries.batches(kind, status)[start : start + PAGE + 1])
    context = {
        "rows": [
            (row, state_of(row.batch.status), KINDS.get(row.batch.kind, ""))
            for row in queries.with_counts(found[:PAGE])
        ],
        "facets": _facets(kind, status, links),
        "pager": Pager(
            first=start + 1,
            last=start + len(found[:PAGE]),
            previous_url=links.to(page=str(number - 1)) if number > 1 else "",
            next_url=links.to(page=str(number + 1)) if len(found) > PAGE else "",
        ),
        "files": [(each, FILE_KINDS.get(each.kind, each.kind)) for each in queries.inbound_files()[:10]],
        "today": timezone.localdate(),
        "narrowed": bool(kind or status),
    }
    return render(request, "claims/batch_list.html", context)


def _facets(kind: str, status: str, links: Links) -> list[Facet]:
    def counted(name: str, **others: str) -> list[tuple[str, int]]:
        rows = queries.batches(**others).order_by().values_list(name).annotate(n=Count("pk"))
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def value(name: str, label: str, choice: str, count: int, current: bool, state: str = "") -> FacetValue:
        return FacetValue(label, links.to(**{name: "" if current else choice}), count, current, state)

    kinds = [value("kind", KINDS.get(one, one), one, n, one == kind) for one, n in counted("kind", status=status)]
    states = [
        value("status", state_word(state_of(one)).word, one, n, one == status, state_of(one))
        for one, n in counted("status", kind=kind)
    ]
    facets = [Facet("What", kinds, inline=3), Facet("Status", states, inline=6, narrow=4)]
    return [facet for facet in facets if facet.values]


@require_GET
@needs("claims.read")
def batch_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One interchange: its claims with the answers, what came back on it, and its exact text."""
    detail = queries.batch_detail(pk)
    if detail is None:
        raise Http404
    batch = detail.row.batch
    claims = sorted(detail.submissions, key=lambda each: (each.answer != "rejected", each.position))[:SHOWN_CLAIMS]
    questions = detail.inquiries[:SHOWN_CLAIMS]
    seen = [*(each.claim for each in claims), *(each.claim for each in questions)]
    subjects: list[tuple[int, str, int, int | None]] = [
        (batch.practice_id, "claims.claim", claim.pk, claim.patient_id) for claim in seen
    ]
    record_views(request, page="batch", subjects=subjects)
    whole = request.GET.get("raw") == "all"
    segments, more = segments_of(bytes(batch.content), None) if whole else (detail.segments, detail.more)
    context = {
        "batch": batch,
        "row": detail.row,
        "state": state_of(batch.status),
        "kind": KINDS.get(batch.kind, batch.kind),
        "claims": claims,
        "questions": questions,
        "shown": SHOWN_CLAIMS,
        "answers": detail.answers,
        "raw": "\n".join(segments),
        "more": more,
        "segments": len(segments),
        "today": timezone.localdate(),
    }
    return render(request, "claims/batch_detail.html", context)


@require_GET
@needs("claims.read")
def inbound_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file from the clearinghouse: what it is, what it led to, and its exact text."""
    file = get_object_or_404(InboundFile.objects.select_related("practice"), pk=pk)
    record_views(request, page="file", subjects=[(file.practice_id, "claims.inboundfile", file.pk, None)])
    whole = request.GET.get("raw") == "all"
    segments, more = segments_of(bytes(file.content), None if whole else SHOWN_SEGMENTS)
    context = {
        "file": file,
        "kind": FILE_KINDS.get(file.kind, file.kind),
        "answers": file.batch_answers.select_related("batch").defer("batch__content"),
        "remits": file.remits.order_by("position") if allows(request, "remits.read") else (),
        "raw": "\n".join(segments),
        "more": more,
        "segments": len(segments),
        "today": timezone.localdate(),
    }
    return render(request, "claims/inbound_file.html", context)


@require_GET
@needs("claims.read")
def submission_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent for a claim, beside what was sent for it before."""
    rows = Submission.objects.select_related("claim__patient", "claim__payer", "batch").defer("batch__content")
    submission = rows.filter(pk=pk).first()
    if submission is None:
        raise Http404
    claim = submission.claim
    record_views(request, page="submission", subjects=[(claim.practice_id, "claims.claim", claim.pk, claim.patient_id)])
    before = submission_before(submission)
    differences = compared(before.content if before else "", submission.content)
    context = {
        "claim": claim,
        "submission": submission,
        "before": before,
        "differences": differences,
        "changed": sum(each.changed for each in differences) if before else 0,
    }
    return render(request, "claims/submission_compare.html", context)
