"""Audits by a second coder: the list, the blind coding, the comparison, and the talk about it."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from coding import operations
from coding.domain.audits import CATEGORY_WORDS, REASON_WORDS, AuditStatus, Category, Reason
from coding.forms import AnswerNoteForm, CodesForm, ExplainForm, SettleForm
from coding.models import AuditedCode, CodingAudit
from coding.queries import search_codes
from coding.queries.audits import VIEWS, audit_page, audit_record, known_to
from coding.views.acting import acted
from coding.views.second_coding import blind_options, second_coding
from compliance.access import SignedIn, needs, record_list, record_views
from compliance.domain.permissions import may
from compliance.models import User
from compliance.queries import practices_allowing
from encounters.domain.age import age_on
from encounters.domain.note import note_sections
from pages.links import Links, page_number
from pages.paging import pager
from pages.parts import TimelineEvent, View

WORDS = {"": "To audit", "explain": "To explain", "coder": "With the coder", "done": "Done"}
STATES = {
    AuditStatus.OPEN: "to_audit",
    AuditStatus.FIXED: "to_explain",
    AuditStatus.NOTED: "education",
    AuditStatus.DISPUTED: "disputed",
    AuditStatus.CLOSED: "done",
}
OUTCOMES = {"agreed": "Agreed", "accepted": "Coder agrees", "upheld": "Audit stands", "overturned": "Coder was right"}
REFUSED = 422


@needs("coding.read")
def audit_list(request: HttpRequest) -> HttpResponse:
    """Audits by where they stand: all for those who audit, their own for coders."""
    view = request.GET.get("view", "")
    view = view if view in VIEWS else ""
    user = cast(User, request.user)
    auditing = practices_allowing(cast(SignedIn, request).roles, "coding.audit")
    page = audit_page(view, known_to(user, auditing), page_number(request))
    record_list(
        request, page="audits", shown=[(one.practice_id, one.pk, one.case.encounter.patient_id) for one in page.rows]
    )
    links = Links(request, reverse("audit_list"))
    context = {
        "rows": [(one, STATES[AuditStatus(one.status)], OUTCOMES.get(one.outcome, ""), _why(one)) for one in page.rows],
        "view": view,
        "views": [View(WORDS[each], links.to(view=each), page.counts[each], each == view) for each in VIEWS],
        "pager": pager(page, links),
        "audits": bool(auditing),
        "today": timezone.localdate(),
    }
    return render(request, "coding/audit_list.html", context)


def _why(audit: CodingAudit) -> str:
    return ", ".join(REASON_WORDS[Reason(reason)] for reason in audit.reasons)


@needs("coding.read")
def audit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit as far as this person may see it."""
    audit = _audit(request, pk)
    _viewed(request, audit)
    return render(request, _template(audit), _context(request, audit))


def _template(audit: CodingAudit) -> str:
    return "coding/audit_blind.html" if audit.status == AuditStatus.OPEN else "coding/audit_compare.html"


def _audit(request: HttpRequest, pk: int) -> CodingAudit:
    """The audit, for those who audit; for the visit's coder once it is explained. Others find nothing."""
    try:
        audit = audit_record(pk)
    except CodingAudit.DoesNotExist:
        raise Http404 from None
    told = audit.status in (AuditStatus.NOTED, AuditStatus.DISPUTED, AuditStatus.CLOSED)
    is_coder = audit.coder_id == request.user.pk
    if (is_coder and not told) or (not is_coder and not _may(request, audit, "coding.audit")):
        raise Http404
    return audit


def _may(request: HttpRequest, audit: CodingAudit, permission: str) -> bool:
    return may(cast(SignedIn, request).roles.get(audit.practice_id, frozenset()), permission)


def _viewed(request: HttpRequest, audit: CodingAudit) -> None:
    subject = (audit.practice_id, "coding.codingaudit", audit.pk, audit.case.encounter.patient_id)
    record_views(request, page="audit", subjects=[subject])


def _context(request: HttpRequest, audit: CodingAudit) -> dict[str, object]:
    visit, user = audit.case.encounter, cast(User, request.user)
    rows = list(audit.codes.all())
    differences = [row for row in rows if not row.agreed]
    mine = audit.auditor_id == user.pk
    context: dict[str, object] = {
        "audit": audit,
        "visit": visit,
        "age": age_on(visit.service_date, visit.patient.birth_date),
        "sections": note_sections(visit.note),
        "state": STATES[AuditStatus(audit.status)],
        "outcome": OUTCOMES.get(audit.outcome, ""),
        "why": _why(audit),
        "mine": mine,
        "rows": [(row, CATEGORY_WORDS[Category(row.category)]) for row in rows],
        "agreed": sum(row.agreed for row in rows),
        "events": _history(audit),
        "today": timezone.localdate(),
    }
    return context | _forms(request, audit, differences)


def _forms(request: HttpRequest, audit: CodingAudit, differences: list[AuditedCode]) -> dict[str, object]:
    """What this person may do about the audit as it stands."""
    user = cast(User, request.user)
    match audit.status:
        case AuditStatus.OPEN if audit.auditor_id == user.pk:
            return {"second": second_coding(audit)}
        case AuditStatus.OPEN:
            return {"may_begin": audit.auditor_id is None}
        case AuditStatus.FIXED if audit.auditor_id == user.pk:
            return {"explain": ExplainForm(differences)}
        case AuditStatus.NOTED if audit.coder_id == user.pk:
            return {"answer": AnswerNoteForm()}
        case AuditStatus.DISPUTED if _may_settle(request, audit):
            return {"settle": SettleForm()}
    return {}


def _may_settle(request: HttpRequest, audit: CodingAudit) -> bool:
    return request.user.pk not in (audit.coder_id, audit.auditor_id) and _may(request, audit, "coding.audit_plan")


def _history(audit: CodingAudit) -> list[TimelineEvent]:
    told = (
        (audit.sampled_at, f"Drawn: {_why(audit)}.", "idle", ""),
        (audit.fixed_at, "Coded blind by a second coder.", "move", str(audit.auditor or "")),
        (audit.noted_at, "Differences explained.", "move", str(audit.auditor or "")),
        (
            audit.answered_at,
            "The coder disputes." if audit.ruling or audit.status == AuditStatus.DISPUTED else "The coder agrees.",
            "you" if audit.ruling or audit.status == AuditStatus.DISPUTED else "done",
            str(audit.coder or ""),
        ),
        (
            audit.closed_at,
            f"Closed: {OUTCOMES.get(audit.outcome, '').lower()}.",
            "done",
            str(audit.ruled_by or ""),
        ),
    )
    found = [TimelineEvent(timezone.localtime(at), says, shape, who) for at, says, shape, who in told if at]
    return sorted(found, key=lambda event: event.at)[::-1]


def _act(request: HttpRequest, pk: int, act: Callable[[], object], says: str) -> HttpResponse:
    """Carry an act out and go back to the audit with what happened."""
    try:
        act()
    except operations.CannotAudit as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, says)
    return _back(request, pk)


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    """To the audit's page: a form that saves itself is told so in htmx's way."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("audit_detail", args=[pk])})
    return redirect("audit_detail", pk=pk)


@require_POST
@needs("coding.audit")
def audit_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an audit."""
    _audit(request, pk)
    user = cast(User, request.user)
    return _act(
        request, pk, lambda: operations.take_audit(audit_id=pk, actor=user, now=timezone.now()), "Yours: code it blind"
    )


@needs("coding.audit")
def audit_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Codes for the combobox."""
    day = _audit(request, pk).case.encounter.service_date
    text = request.GET.get("q", "").strip()
    groups = blind_options(search_codes(text, day=day, limit=8)) if len(text) > 1 else []
    return render(request, "coding/options.html", {"groups": groups, "text": text, "asked": len(text) > 1, "day": day})


@require_POST
@needs("coding.audit")
def audit_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the second coding as it is on the page, after the act that a button asked for."""
    audit, form = _audit(request, pk), CodesForm(request.POST)
    refusal = _saved(audit, form, cast(User, request.user))
    if not request.headers.get("HX-Request"):
        if refusal:
            messages.error(request, refusal)
        return redirect("audit_detail", pk=pk)
    shown = (
        second_coding(audit, form if form.whole else None, refusal) if refusal else second_coding(_audit(request, pk))
    )
    return render(
        request, "coding/audit_codes.html", {"audit": audit, "second": shown}, status=REFUSED if refusal else 200
    )


def _saved(audit: CodingAudit, form: CodesForm, user: User) -> str:
    """Save the page's codes; returns why not, or nothing."""
    if not form.whole:
        return "The page did not send all its fields. Reload it, then make your change again."
    if not form.is_valid():
        return "Correct the marked field; nothing of this change is saved yet."
    codes, refusal = acted(form.codes(), form.act, audit.case.encounter.service_date)
    if refusal:
        return refusal
    try:
        operations.save_second(audit_id=audit.pk, codes=codes, revision=form.revision, actor=user, now=timezone.now())
    except operations.CannotAudit as reason:
        return str(reason)
    return ""


@require_POST
@needs("coding.audit")
def audit_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is on the page, fix it, and show both codings."""
    audit, form, user = _audit(request, pk), CodesForm(request.POST), cast(User, request.user)
    if refusal := _saved(audit, form, user) if form.whole else "":
        messages.error(request, refusal)
        return _back(request, pk)
    return _act(
        request, pk, lambda: operations.fix_second(audit_id=pk, actor=user, now=timezone.now()), "Your coding is fixed"
    )


@require_POST
@needs("coding.audit")
def audit_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the reasons and the education note to the coder."""
    audit = _audit(request, pk)
    form = ExplainForm([row for row in audit.codes.all() if not row.agreed], request.POST)
    if not form.is_valid():
        return render(
            request, "coding/audit_compare.html", _context(request, audit) | {"explain": form}, status=REFUSED
        )
    return _act(
        request,
        pk,
        lambda: operations.send_note(
            audit_id=pk,
            reasons=form.reasons(),
            note=form.cleaned_data["note"],
            actor=cast(User, request.user),
            now=timezone.now(),
        ),
        "Explained",
    )


@require_POST
@needs("coding.code")
def audit_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The coder agrees, or disputes with the words that support the first coding."""
    _audit(request, pk)
    form, agrees = AnswerNoteForm(request.POST), request.POST.get("answer") == "agree"
    if not form.is_valid():
        messages.error(request, "The answer is too long. Keep it under 4,000 letters.")
        return redirect("audit_detail", pk=pk)
    return _act(
        request,
        pk,
        lambda: operations.answer_note(
            audit_id=pk,
            agrees=agrees,
            words=form.cleaned_data["words"],
            actor=cast(User, request.user),
            now=timezone.now(),
        ),
        "Agreed" if agrees else "Sent to the supervisor",
    )


@require_POST
@needs("coding.audit_plan")
def audit_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The supervisor decides a dispute."""
    audit, form = _audit(request, pk), SettleForm(request.POST)
    if not form.is_valid():
        return render(request, "coding/audit_compare.html", _context(request, audit) | {"settle": form}, status=REFUSED)
    return _act(
        request,
        pk,
        lambda: operations.settle_dispute(
            audit_id=pk,
            coder_right=form.coder_right,
            words=form.cleaned_data["words"],
            actor=cast(User, request.user),
            now=timezone.now(),
        ),
        "Decided",
    )
