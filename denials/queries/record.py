"""What the pages of one denial and of one appeal show, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, QuerySet, Sum

from claims.models import ClaimLine
from claims.queries.facts import authorization_facts, coverage_facts
from compliance.models import AuditEvent
from denials.domain.categories import Category
from denials.domain.letter import QUOTED_HEADINGS
from denials.domain.remedies import Denied, Line, Remedy, remedies
from denials.domain.status import WAITING_FOR_US
from denials.models import Appeal, Denial
from encounters.domain.note import NoteSection, note_sections
from pages.paging import PAGE, Numbered
from payments.domain.rows import adjustments_of
from payments.domain.words import line_words
from payments.models import RemitLine
from payments.queries.posting import stored_split
from worklist.domain.kinds import Kind
from worklist.models import WorkItem, WorkNote
from worklist.queries import notes_on

DENIAL, CLAIM = "denials.denial", "claims.claim"
ZERO = Decimal("0.00")
NEAR = 2000  # how much of the queue is looked through for a denial's neighbours


@dataclass(frozen=True)
class DecidedLine:
    """A line of the claim as the payer decided it; `denied` marks the one that the page is about."""

    line: RemitLine
    says: str
    denied: bool


@dataclass(frozen=True)
class Neighbours:
    """The rows before and after this one in the worklist; `at` counts from 1, 0 when it is not in it."""

    before: int | None
    after: int | None
    at: int
    of: int


@dataclass(frozen=True)
class DenialRecord:
    """One denial with its evidence, money, history and what may be done.

    What the payer refused in the same decision is worked together: `together` is all of it, `denial` among it.
    """

    denial: Denial
    together: Sequence[Denial]
    lines: Sequence[DecidedLine]
    siblings: Sequence[Denial]  # of other decisions on the claim
    appeals: Sequence[Appeal]
    work: WorkItem | None
    notes: Sequence[WorkNote]
    trail: Sequence[AuditEvent]
    remedies: Sequence[Remedy]
    note: Sequence[NoteSection]

    @property
    def waiting(self) -> list[Denial]:
        """What waits for us."""
        return [each for each in self.together if each.closed_at is None and each.status in WAITING_FOR_US]

    @property
    def amount(self) -> Decimal:
        return sum((each.amount for each in self.together), ZERO)

    @property
    def expected_amount(self) -> Decimal:
        return sum((each.expected_amount for each in self.together), ZERO)

    @property
    def expected_recovery(self) -> Decimal:
        return sum((each.expected_recovery for each in self.together), ZERO)

    @property
    def recovered_amount(self) -> Decimal:
        return sum((each.recovered_amount for each in self.together), ZERO)

    @property
    def open_amount(self) -> Decimal:
        return open_amount(self.together)

    @property
    def first_due(self) -> Denial:
        """The denial whose clock runs out first, of those that wait for us when any does."""
        return min(self.waiting or self.together, key=lambda each: (each.deadline, each.pk))


def denial_row(pk: int) -> Denial:
    """A denial with everything of its claim that a page reads. Raises Denial.DoesNotExist."""
    return denial_rows().get(pk=pk)


def denial_rows() -> QuerySet[Denial]:
    """Denials with their claim's parties."""
    return Denial.objects.select_related(
        "claim__practice",
        "claim__encounter",
        "claim__coverage",
        "claim__rendering",
        "claim_line",
        "patient",
        "payer",
        "remit_claim__remit",
    )


def denial_record(pk: int) -> DenialRecord:
    """One denial and all around it: ten queries. Raises Denial.DoesNotExist."""
    denial = denial_row(pk)
    claim = denial.claim
    decided = RemitLine.objects.filter(remit_claim=denial.remit_claim).select_related("claim_line")
    together = list(denial_rows().filter(remit_claim=denial.remit_claim).order_by("line_number", "pk"))
    ids = sorted(each.pk for each in together)
    work = WorkItem.objects.open().filter(subject_type=DENIAL, subject_id=ids[0]).select_related("assigned_to")
    return DenialRecord(
        denial=denial,
        together=together,
        lines=[_decided(line, together) for line in decided.order_by("position")],
        siblings=list(claim.denials.exclude(pk__in=ids).order_by("line_number", "pk")),
        appeals=list(claim.appeals.defer("pdf", "letter").order_by("-level", "-pk")),
        work=work.first(),
        notes=[*_notes(ids)[:5], *notes_on(CLAIM, claim.pk)[:3]],
        trail=_once(_trail(DENIAL, *ids)),
        remedies=_remedies(denial, together),
        note=told(claim.encounter.note),
    )


def _notes(ids: Sequence[int]) -> QuerySet[WorkNote]:
    notes = WorkNote.objects.filter(subject_type=DENIAL, subject_id__in=ids)
    return notes.select_related("author").order_by("-at", "-pk")


def _once(trail: Iterable[AuditEvent]) -> list[AuditEvent]:
    """What was done to several lines at once is told once."""
    return list({(each.at, each.verb, each.note): each for each in trail}.values())


def _decided(line: RemitLine, together: Sequence[Denial]) -> DecidedLine:
    number, denied = line.claim_line.number if line.claim_line else 0, {each.line_number for each in together}
    return DecidedLine(
        line=line,
        says=line_words(stored_split(line), adjustments_of(line.adjustments)),
        denied=number in denied or 0 in denied,
    )


def _trail(kind: str, *ids: int) -> QuerySet[AuditEvent]:
    events = AuditEvent.objects.filter(subject_type=kind, subject_id__in=ids).exclude(verb__endswith=".viewed")
    return events.select_related("actor").order_by("-at", "-pk")


def open_amount(denials: Sequence[Denial]) -> Decimal:
    """Dollars that are still open on these denials of one claim: never more than its lines, or the claim, have left."""
    by_line: defaultdict[int, Decimal] = defaultdict(Decimal)
    left: dict[int, Decimal] = {}
    for each in denials:
        line = each.claim_line
        by_line[each.line_number] += each.amount
        if line is not None:
            settled = line.contractual_amount + line.paid_amount + line.patient_amount + line.written_off_amount
            left[each.line_number] = line.charge_amount - settled
    total = sum((min(amount, left.get(number, amount)) for number, amount in by_line.items()), ZERO)
    balance = denials[0].claim.balance_amount if denials else ZERO
    return max(min(total, balance), ZERO)


def _remedies(denial: Denial, together: Sequence[Denial]) -> list[Remedy]:
    """What would put right each of what was refused together, every remedy once, that of `denial` first."""
    claim = denial.claim
    lines = [
        Line(line.number, line.code, tuple(line.modifiers), line.service_date)
        for line in ClaimLine.objects.filter(claim=claim).order_by("number")
    ]
    approvals = [authorization_facts(row) for row in denial.patient.authorizations.order_by("-valid_from")]
    plans = denial.patient.coverages.select_related("payer").order_by("rank", "-effective_from")
    coverages = [coverage_facts(row, row.payer) for row in plans]
    found = [
        remedy
        for each in (denial, *(other for other in together if other.pk != denial.pk))
        for remedy in remedies(
            Denied(
                category=Category(each.category),
                carc=each.carc,
                line_number=each.line_number,
                lines=lines,
                payer_id=each.payer_id,
                coverage_id=claim.coverage_id,
                authorization_number=claim.authorization_number,
                authorizations=approvals,
                coverages=coverages,
            )
        )
    ]
    return [remedy for at, remedy in enumerate(found) if remedy not in found[:at]]


def told(note: str) -> list[NoteSection]:
    """The part of a note that carries the case: assessment and plan, or all of it when it has no such heading."""
    sections = note_sections(note)
    part = [each for each in sections if any(word in each.heading.lower() for word in QUOTED_HEADINGS)]
    return part or list(sections)


def neighbours(denial_id: int) -> Neighbours:
    """The rows before and after one in the worklist, soonest clock first; a row is its first denial: one query."""
    rows = WorkItem.objects.open().filter(
        subject_type=DENIAL, kind__in=[Kind.DENIAL_NEW.value, Kind.DENIAL_APPEAL_DUE.value]
    )
    order = rows.order_by(F("clock_date").asc(nulls_last=True), "-amount", "pk").values_list("subject_id", flat=True)
    ids = list(order[:NEAR])
    if denial_id not in ids:
        return Neighbours(None, ids[0] if ids else None, 0, len(ids))
    at = ids.index(denial_id)
    return Neighbours(ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None, at + 1, len(ids))


@dataclass(frozen=True)
class AppealRecord:
    """One appeal with its denials, the note and its history."""

    appeal: Appeal
    denials: Sequence[Denial]
    note: Sequence[NoteSection]
    trail: Sequence[AuditEvent]

    @property
    def expected(self) -> Decimal:
        return sum((each.expected_recovery for each in self.denials), ZERO)


def appeal_record(pk: int) -> AppealRecord:
    """One appeal and all around it: three queries. Raises Appeal.DoesNotExist."""
    appeal = (
        Appeal.objects.select_related(
            "claim__practice", "claim__patient", "claim__encounter", "claim__coverage", "claim__rendering", "payer",
            "drafted_by",
        )
        .defer("pdf")
        .get(pk=pk)
    )  # fmt: skip
    return AppealRecord(
        appeal=appeal,
        denials=list(
            Denial.objects.filter(appealed__appeal=appeal).select_related("claim_line").order_by("line_number", "pk")
        ),
        note=note_sections(appeal.claim.encounter.note),
        trail=list(_trail("denials.appeal", pk)),
    )


@dataclass(frozen=True)
class AppealPage(Numbered):
    """One page of appeals with the counts of its facet."""

    rows: Sequence[Appeal]
    number: int
    total: int
    amount: Decimal
    states: Sequence[tuple[str, int]]


def appeal_page(state: str, number: int) -> AppealPage:
    """Appeals, those that wait for the payer longest first: three queries."""
    rows = Appeal.objects.all()
    chosen = rows.filter(status=state) if state else rows
    sums = chosen.aggregate(n=Count("pk"), amount=Sum("amount"))
    number = max(1, min(number, -(-sums["n"] // PAGE)))
    start = (number - 1) * PAGE
    shown = chosen.select_related("claim__patient", "payer", "drafted_by").defer("pdf", "letter")
    return AppealPage(
        rows=list(shown.order_by("-drafted_at", "-pk")[start : start + PAGE]),
        number=number,
        total=sums["n"],
        amount=sums["amount"] or ZERO,
        states=list(rows.values_list("status").annotate(n=Count("pk")).order_by("status")),
    )


def stored_pdf(appeal: Appeal) -> bytes:
    """The PDF as it was fixed; empty for a draft."""
    return bytes(Appeal.objects.values_list("pdf", flat=True).get(pk=appeal.pk))
