"""The page of one claim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from claims.domain.scrub import BINDING
from claims.domain.status import WITH_PAYER, ClaimStatus, Frequency
from claims.models import Claim, ClaimFinding
from claims.queries.record import LineRow, Record, claim_record
from claims.queries.timeline import Happening, timeline
from claims.views.trail import trail_of
from coding.domain.edits.findings import is_for_front_desk
from compliance.access import allows, needs, record_views
from pages.parts import TimelineEvent

WHERE = {
    "patient.birth_date": "Date of birth",
    "coverage.rank": "Payer order",
    "coverage.effective": "Coverage",
    "coverage.member_id": "Member ID",
    "claim.filing_deadline": "Filing limit",
    "claim.control_number": "Payer’s number",
}
SETTLED = (ClaimStatus.ADJUDICATED, ClaimStatus.CLOSED)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a person typed and the page refused: kept in its field with the reason. Line 0 is the claim itself."""

    line: int
    field: str
    value: str
    says: str
    again_url: str = ""  # takes the value in spite of what changed meanwhile


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A field that is edited in place."""

    name: str
    label: str
    value: str
    url: str
    wrong: str = ""  # id of the element that says what is wrong
    size: int = 6


@dataclass(frozen=True)
class FindingView:
    """A finding under its field; `number` is the key of its fix."""

    finding: ClaimFinding
    shape: str
    where: str
    number: int | None
    may_override: bool
    next_step: str


@dataclass(frozen=True)
class LineView:
    """A service line with its fields and what is wrong with them."""

    row: LineRow
    modifiers: Cell
    pointers: Cell
    units: Cell
    findings: Sequence[FindingView]
    typed: Typed | None

    @property
    def noted(self) -> bool:
        return bool(self.findings or self.row.refusals or self.typed)


@require_GET
@needs("claims.read")
def claim_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim: money that proves itself, lines with their findings, and everything that happened."""
    context = record_context(request, pk)
    claim = context["claim"]
    assert isinstance(claim, Claim)
    record_views(request, page="claim", subjects=[(claim.practice_id, "claims.claim", claim.pk, claim.patient_id)])
    return render(request, "claims/claim_detail.html", context)


def record_answer(
    request: HttpRequest, pk: int, *, status: int = 200, typed: Typed | None = None, sending: bool = False
) -> HttpResponse:
    """The record as it is now, for htmx to put in place; a browser without it gets the whole page.

    `sending`: a person told the claim to go out, so that the page watches it leave.
    """
    context = record_context(request, pk, typed)
    claim = context["claim"]
    if sending and isinstance(claim, Claim) and claim.status == ClaimStatus.READY:
        context |= {"sending": True, "verbs": ()}
    fragment = bool(request.headers.get("HX-Request"))
    context["fragment"] = fragment
    name = "claims/claim_detail.html#record" if fragment else "claims/claim_detail.html"
    return render(request, name, context, status=status)


def refused(request: HttpRequest, pk: int, reason: Exception | str) -> HttpResponse:
    """The record with the reason above it; nothing was changed."""
    messages.error(request, str(reason))
    return record_answer(request, pk, status=422)


def existing(pk: int) -> Claim:
    """The claim, when this person may see it; its page does not exist otherwise."""
    claim = Claim.objects.with_parties().filter(pk=pk).first()
    if claim is None:
        raise Http404
    return claim


def record_context(request: HttpRequest, pk: int, typed: Typed | None = None) -> dict[str, object]:
    """Everything the record's template reads."""
    try:
        record = claim_record(pk)
    except Claim.DoesNotExist:
        raise Http404 from None
    may_fix = record.editable and allows(request, "claims.fix") and record.claim.frequency != Frequency.VOID
    may_release = allows(request, "claims.release")
    numbers = count(1)
    happenings = timeline(record.claim)
    own = [_finding(each, numbers, may_fix) for each in record.findings]
    return {
        "record": record,
        "claim": record.claim,
        "findings": own,
        "lines": [_line(record, row, numbers, may_fix, typed) for row in record.lines],
        "cells": _cells(record, typed),
        "typed": typed if typed and not typed.line else None,
        "fixes": range(1, min(next(numbers), 10)),
        "events": [_event(each) for each in happenings],
        "sent": [each for each in happenings if each.submission],
        "trail": trail_of(request, pk),
        "today": timezone.localdate(),
        "may_fix": may_fix,
        "may_note": allows(request, "work.act"),
        "verbs": verbs(record) if may_release else (),
        "sees": {
            "encounters": allows(request, "encounters.read"),
            "remits": allows(request, "remits.read"),
            "denials": allows(request, "denials.read"),
        },
    }


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A button of the head: posts to `url`, or asks first in the dialog or in a field."""

    label: str
    url: str
    key: str = ""
    dialog: bool = False
    asks: str = ""
    danger: bool = False
    main: bool = False


def verbs(record: Record) -> tuple[Verb, ...]:
    """What can be done with a claim in its state, the likeliest first."""
    claim = record.claim
    send, ask, replace, void, hold = (
        reverse(name, args=[claim.pk])
        for name in ("claim_send", "claim_ask", "claim_replace", "claim_void", "claim_hold")
    )
    holding = Verb(label="Hold", key="H", url=hold, asks="Why is it held?")
    withdraw = Verb(label="Void claim", url=void, dialog=True, danger=True)
    match claim.status:
        case ClaimStatus.DRAFT:
            return (holding, withdraw)
        case ClaimStatus.HELD:
            release = Verb(label="Release", key="S", url=send, main=not record.errors)
            return (release, withdraw) if claim.held_by_person else (release, holding, withdraw)
        case ClaimStatus.READY:
            return (Verb(label="Send now", key="S", url=send, main=True), holding, withdraw)
        case ClaimStatus.REJECTED:
            return (Verb(label="Send again", key="S", url=send, main=not record.errors), withdraw)
        case status if status in WITH_PAYER:
            asking = Verb(label="Ask status", key="Q", url=ask)
            return (asking, withdraw) if status in (ClaimStatus.ACCEPTED, ClaimStatus.PENDED) else (asking,)
        case status if status in SETTLED and claim.frequency != Frequency.VOID:
            correct = Verb(label="Correct and replace", key="S", url=replace, dialog=True, main=claim.denied_amount > 0)
            return (correct, withdraw)
    return ()


def _finding(finding: ClaimFinding, numbers: Iterator[int], may_fix: bool) -> FindingView:
    stops = finding.severity == "stop"
    asked = is_for_front_desk(family=finding.family, severity=finding.severity, has_fix=bool(finding.fix))
    return FindingView(
        finding=finding,
        shape="stop" if stops else "you",
        where=_where(finding.at),
        number=next(numbers) if may_fix and finding.fix else None,
        may_override=may_fix and stops and finding.code not in BINDING,
        next_step="With the front desk" if asked else finding.fix_label,
    )


def _where(at: str) -> str:
    """The field that a finding of the claim points at, in words; lines show theirs under the line."""
    if at.startswith("line.") or at == "claim":
        return ""
    subject, _, name = at.partition(".")
    name = name.partition(".")[0].replace("_", " ")
    return WHERE.get(at) or (name or subject).capitalize()


def _line(record: Record, row: LineRow, numbers: Iterator[int], may_fix: bool, typed: Typed | None) -> LineView:
    line = row.line
    own = typed if typed and typed.line == line.number else None
    url = reverse("claim_line_edit", args=[record.claim.pk, line.number])
    pointed = {finding.at.rpartition(".")[2] for finding in row.findings}

    def cell(name: str, label: str, value: str, size: int) -> Cell:
        kept = own.value if own and own.field == name else value
        wrong = name in pointed or bool(own and own.field == name)
        return Cell(
            name=name,
            label=f"{label}, line {line.number}",
            value=kept,
            url=url,
            wrong=f"wrong-{line.number}" if wrong else "",
            size=max(size, len(kept)),
        )

    return LineView(
        row=row,
        modifiers=cell("modifiers", "Modifiers", " ".join(line.modifiers), 4),
        pointers=cell("pointers", "Diagnoses pointed at", row.letters, 4),
        units=cell("units", "Units", str(line.units), 2),
        findings=[_finding(each, numbers, may_fix) for each in row.findings],
        typed=own,
    )


def _cells(record: Record, typed: Typed | None) -> dict[str, Cell]:
    """The claim's own fields that are edited in place."""
    claim = record.claim
    url = reverse("claim_edit", args=[claim.pk])
    pointed = {finding.at for finding in record.findings}
    values = {
        "diagnoses": ("Diagnoses in order", " ".join(claim.diagnoses), "claim.diagnoses"),
        "authorization_number": ("Authorization number", claim.authorization_number, "claim.authorization"),
        "member_id": ("Member ID", claim.coverage.member_id, "coverage.member_id"),
    }
    own = typed if typed and not typed.line else None
    return {
        name: Cell(
            name=name,
            label=label,
            value=own.value if own and own.field == name else value,
            url=url,
            wrong="wrong-0" if (own and own.field == name) or any(at.startswith(where) for at in pointed) else "",
            size=max(8, len(value)),
        )
        for name, (label, value, where) in values.items()
    }


def _event(happening: Happening) -> TimelineEvent:
    event = happening.event
    return TimelineEvent(
        at=timezone.localtime(event.at),
        says=_with_links(happening),
        shape=event.tone,
        who=str(event.actor) if event.actor and str(event.actor) not in event.says else "",
        raw_name=event.raw_kind,
        raw=happening.raw,
    )


def _with_links(happening: Happening) -> str:
    """The sentence, its batch a link, and the way to what changed since the submission before."""
    says, sent = happening.event.says, happening.submission
    if sent is None:
        return says
    name = f"batch {sent.batch.control_number}"
    before, _, after = says.partition(name)
    linked = format_html(
        '{}<a class="link" href="{}">{}</a>{}', before, reverse("batch_detail", args=[sent.batch_id]), name, after
    )
    if happening.earlier is None:
        return linked
    return format_html(
        '{} <a class="link" href="{}">What changed since batch {}</a>',
        linked,
        reverse("submission_compare", args=[sent.pk]),
        happening.earlier.batch.control_number,
    )
