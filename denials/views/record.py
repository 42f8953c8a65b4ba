"""The page of one denial, and the plays that a person may make on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from compliance.access import allows, needs, record_views
from compliance.models import AuditEvent, User
from denials import operations
from denials.domain.categories import CATEGORIES, Category, Play
from denials.domain.status import WAITING_FOR_US, AppealStatus, DenialStatus, can_move
from denials.domain.words import code_of, group_says, remarks_say, says
from denials.forms import CorrectionForm, LinesForm, NoteForm
from denials.models import Denial
from denials.queries.record import DenialRecord, denial_record, denial_row, neighbours, open_amount
from pages.parts import TimelineEvent

CORRECTING = (Play.CORRECT, Play.OTHER_PAYER)
APPEALING = (Play.APPEAL, Play.SEND_RECORDS)
UNDER_WAY = (AppealStatus.DRAFT, AppealStatus.STORED, AppealStatus.SENT)
DECIDED = (AppealStatus.OVERTURNED, AppealStatus.UPHELD)
# Verb of the trail → (shape, sentence); {note} is the event's own.
TOLD: dict[str, tuple[str, str]] = {
    "denial.corrected": ("move", "{note}."),
    "denial.overturned": ("done", "{note}."),
    "denial.upheld": ("stop", "{note}."),
    "denial.moot": ("done", "{note}."),
    "denial.written_off": ("done", "Written off: {note}"),
    "denial.patient": ("done", "Moved to the patient: {note}"),
    "appeal.drafted": ("idle", "Appeal drafted."),
    "appeal.stored": ("move", "Appeal put into the outgoing mail."),
    "appeal.sent": ("move", "Appeal handed over to the payer."),
    "appeal.withdrawn": ("idle", "Appeal withdrawn: {note}"),
    "appeal.overturned": ("done", "Won: {note}"),
    "appeal.upheld": ("stop", "Lost: {note}"),
    "appeal.edited": ("idle", "Letter edited."),
}


@dataclass(frozen=True)
class PlayView:
    """A play as a numbered button: with what it does; `first` is the likeliest."""

    number: int
    label: str
    says: str
    url: str
    first: bool
    opens: str = "dialog"  # or a link, or a post


@needs("denials.read")
def denial_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One denial: what was refused, what our records say, what can be done."""
    record = _record(pk)
    denial = record.denial
    subject = (denial.practice_id, "denials.denial", denial.pk, denial.patient_id)
    record_views(request, page="denial", subjects=[subject])
    return render(request, "denials/denial_detail.html", _context(request, record))


def _record(pk: int) -> DenialRecord:
    try:
        return denial_record(pk)
    except Denial.DoesNotExist:
        raise Http404 from None


def _context(request: HttpRequest, record: DenialRecord) -> dict[str, object]:
    denial = record.denial
    may_work = allows(request, "denials.work")
    waits = bool(record.waiting)
    near = neighbours(min(each.pk for each in record.together))
    labels = dict.fromkeys(CATEGORIES[Category(each.category)].label for each in (denial, *record.together))
    return {
        "record": record,
        "denial": denial,
        "claim": denial.claim,
        "due": record.first_due,
        "refused": [_refused(each) for each in record.together],
        "reasons": "; ".join(labels),
        "plays": _plays(record) if may_work and waits else (),
        "may_work": may_work,
        "waits": waits,
        "events": [*(_event(each) for each in record.trail if each.verb in TOLD), _opened(record)],
        "near": near,
        "previous_url": reverse("denial_detail", args=[near.before]) if near.before else "",
        "next_url": reverse("denial_detail", args=[near.after]) if near.after else "",
        "today": timezone.localdate(),
        "sees_remits": allows(request, "remits.read"),
    }


@dataclass(frozen=True)
class Refused:
    """What the payer refused, in words."""

    denial: Denial
    where: str
    says: str
    code: str
    remarks: Sequence[tuple[str, str]]
    group_says: str


def _refused(denial: Denial) -> Refused:
    return Refused(
        denial,
        f"line {denial.line_number}" if denial.line_number else "the whole claim",
        says(denial.carc),
        code_of(denial.group, denial.carc),
        remarks_say(denial.remarks),
        group_says(denial.group),
    )


def _plays(record: DenialRecord) -> list[PlayView]:
    denial = record.denial if record.denial in record.waiting else record.waiting[0]
    key = [denial.pk]
    closing, moving = denial.play == Play.CLOSE, denial.play == Play.PATIENT
    plays = [
        PlayView(
            1, "Correct and replace", _remedy(record), reverse("denial_correct", args=key), denial.play in CORRECTING
        ),
        _appeal_play(record, denial),
        PlayView(3, "Write off", "Give the amount up, with a reason.", reverse("denial_write_off", args=key), closing),
    ]
    if _billable(record):
        words = f"{denial.payer} says the patient bears it; check that before you bill."
        plays.append(PlayView(4, "Bill patient", words, reverse("denial_bill_patient", args=key), moving))
    return plays


def _billable(record: DenialRecord) -> list[Denial]:
    """What may be moved to the patient: the contract does not forbid it."""
    return [each for each in record.waiting if each.group != "CO" and can_move(each.status, DenialStatus.PATIENT)]


def _remedy(record: DenialRecord) -> str:
    if record.remedies:
        more = len(record.remedies) - 1
        return record.remedies[0].says + (f" And {more} more." if more else "")
    if record.denial.play == Play.OTHER_PAYER:
        return "Check coverage first; then bill the right payer, or send the claim again."
    return "Change what was wrong; the claim goes out as a replacement."


def _appeal_play(record: DenialRecord, denial: Denial) -> PlayView:
    for each in record.appeals:
        if each.status in UNDER_WAY:
            go = reverse("appeal_detail", args=[each.pk])
            return PlayView(2, "Open the appeal", "A letter is under way already.", go, True, "link")
    level = max((each.level for each in record.appeals if each.status in DECIDED), default=0) + 1
    channel = denial.payer.appeal_channel.lower()
    words = f"Write a level {level} letter from the note. {denial.payer} takes it by {channel}."
    return PlayView(2, "Appeal", words, reverse("denial_appeal", args=[denial.pk]), denial.play in APPEALING, "post")


def _event(event: AuditEvent) -> TimelineEvent:
    shape, sentence = TOLD[event.verb]
    note = event.note.rstrip(".") if sentence.endswith("{note}.") else event.note
    return TimelineEvent(
        timezone.localtime(event.at), sentence.format(note=note), shape, str(event.actor) if event.actor else ""
    )


def _opened(record: DenialRecord) -> TimelineEvent:
    denial = record.denial
    lines = sorted({each.line_number for each in record.together if each.line_number})
    numbers = ", ".join(str(number) for number in lines)
    what = f"line{'s' if len(lines) > 1 else ''} {numbers}" if lines else "the whole claim"
    return TimelineEvent(
        timezone.localtime(denial.posted_at),
        f"{denial.payer} refused ${record.amount:,.2f} of {what}.",
        "stop",
        raw_name="835",
        raw=denial.remit_claim.raw,
    )


@needs("denials.work")
def denial_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what the corrected claim should say (GET), then replace the claim (POST)."""
    record = _record(pk)
    claim = record.denial.claim
    form = CorrectionForm(
        claim,
        list(claim.lines.all()),
        list(record.denial.patient.coverages.select_related("payer")),
        [each.fix for each in record.remedies],
        request.POST or None,
    )
    context = {"denial": record.denial, "claim": claim, "form": form, "remedies": record.remedies}
    if request.method != "POST":
        return render(request, "denials/correct.html", context)
    if not form.is_valid():
        return render(request, "denials/correct.html", context, status=422)
    try:
        new = operations.correct_and_replace(
            denial_id=pk, actor=cast(User, request.user), now=timezone.now(), fixes=form.fixes()
        )
    except operations.CannotWork as refusal:
        form.add_error(None, str(refusal))
        return render(request, "denials/correct.html", context, status=422)
    messages.success(request, f"Claim {new} replaces claim {claim}; it goes out when its edits pass")
    return _go(request, reverse("claim_detail", args=[new.pk]))


@require_POST
@needs("denials.work")
def denial_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a letter against this denial and the others of its claim that wait for us."""
    denial = _denial(pk)
    together = list(denial.claim.denials.open().filter(status__in=WAITING_FOR_US).values_list("pk", flat=True))
    try:
        appeal = operations.draft_appeal(
            denial_ids=together or [pk], actor=cast(User, request.user), now=timezone.now()
        )
    except operations.CannotWork as refusal:
        messages.error(request, str(refusal))
        return _go(request, reverse("denial_detail", args=[pk]))
    return _go(request, reverse("appeal_detail", args=[appeal.pk]))


@needs("denials.work")
def denial_write_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why (GET), then give up what is open on the chosen lines of the decision (POST)."""

    def act(reason: str, chosen: Sequence[int]) -> object:
        return operations.write_off_denials(
            denial_ids=chosen,
            reason=reason,
            actor=cast(User, request.user),
            now=timezone.now(),
            may_write_off=allows(request, "ledger.write_off"),
        )

    record = _record(pk)
    return _with_reason(request, record, record.waiting, "denials/write_off.html", act, "Written off")


@needs("denials.work")
def denial_bill_patient(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why (GET), then move what is open on the chosen lines of the decision to the patient (POST)."""

    def act(reason: str, chosen: Sequence[int]) -> object:
        return operations.bill_patient_for(
            denial_ids=chosen, reason=reason, actor=cast(User, request.user), now=timezone.now()
        )

    record = _record(pk)
    return _with_reason(request, record, _billable(record), "denials/bill_patient.html", act, "Moved to the patient")


@require_POST
@needs("denials.work")
def denial_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a note to the denial."""
    _denial(pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        operations.note_denial(
            denial_id=pk, actor=cast(User, request.user), now=timezone.now(), text=form.cleaned_data["text"]
        )
        messages.success(request, "Note added")
    else:
        messages.error(request, "A note needs some words.")
    return _go(request, reverse("denial_detail", args=[pk]))


def _with_reason(
    request: HttpRequest,
    record: DenialRecord,
    offered: Sequence[Denial],
    template: str,
    act: Callable[[str, Sequence[int]], object],
    done: str,
) -> HttpResponse:
    """Ask about the lines offered (without any, the operation says why there is none), then act on the chosen ones."""
    denial = record.denial
    offered = offered or [denial]
    form = LinesForm(offered, request.POST or None)
    context = {"denial": denial, "amount": open_amount(offered), "form": form, "claim": denial.claim, "lines": offered}
    if request.method != "POST" or not form.is_valid():
        return render(request, template, context, status=422 if request.method == "POST" else 200)
    try:
        act(form.cleaned_data["reason"], form.chosen)
    except operations.CannotWork as refusal:
        form.add_error(None, str(refusal))
        return render(request, template, context, status=422)
    messages.success(request, done)
    return _go(request, reverse("denial_detail", args=[denial.pk]))


def _denial(pk: int) -> Denial:
    try:
        return denial_row(pk)
    except Denial.DoesNotExist:
        raise Http404 from None


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """On to a page: htmx is told to load it whole."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)
