"""Work about denials and appeals, with what the queue's row shows of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from compliance.models import User
from denials.domain.categories import CATEGORIES, STEPS, Category, Play
from denials.domain.deadline import APPEAL, CORRECT
from denials.domain.status import WAITING_FOR_US, DenialStatus
from denials.domain.words import LIMIT, brief
from denials.models import Appeal, Denial
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.operations import NewItem, close_items, escalate_items, open_items

DENIAL, APPEAL_ROW = "denials.denial", "denials.appeal"
DENIAL_KINDS = (Kind.DENIAL_NEW, Kind.DENIAL_APPEAL_DUE)
TURNS = (
    (Kind.DENIAL_APPEAL_DUE, Kind.DENIAL_NEW, "Its deadline comes near"),
    (Kind.DENIAL_NEW, Kind.DENIAL_APPEAL_DUE, "Another clock runs"),
)
SHOWN_CLOCK = {APPEAL: "appeal", CORRECT: "correct"}


@dataclass(frozen=True)
class Decision:
    """What one decision of a payer refused on one claim. Its work is one row, kept under its first denial."""

    denials: Sequence[Denial]  # in the order they were opened

    @property
    def subject(self) -> Denial:
        return self.denials[0]

    @cached_property
    def waiting(self) -> list[Denial]:
        """What waits for us, the denial to begin with first: lost ones, then by the money to win."""
        ours = [each for each in self.denials if each.closed_at is None and each.status in WAITING_FOR_US]
        return sorted(ours, key=_weight, reverse=True)

    @property
    def kind(self) -> Kind:
        """A deadline that was warned of makes it deadline work."""
        warned = any(each.warned_at is not None for each in self.waiting)
        return Kind.DENIAL_APPEAL_DUE if warned else Kind.DENIAL_NEW


def _weight(denial: Denial) -> tuple[bool, Decimal, Decimal, int]:
    return denial.status == DenialStatus.UPHELD, denial.expected_amount, denial.amount, -denial.pk


def refresh_work(
    practice_id: int,
    decisions: Iterable[int],
    *,
    now: datetime,
    opens: bool = False,
    outcome: str = "",
    outcomes: Mapping[int, str] | None = None,
    actor: User | None = None,
) -> None:
    """Bring the rows of these decisions (remittance claims) to what their denials say, once those are stored.

    A row shows what still waits for us: the sum, the earliest clock, every reason. It closes when nothing waits,
    with `outcome`, or its own of `outcomes`. `opens`: rows that are not there are opened, too; else a row that a
    person closed stays closed. A row that changes its kind keeps its owner. The number of statements does not
    grow with decisions; each different outcome costs one.
    """
    found = _decisions(practice_id, decisions)
    kinds = _open_kinds(practice_id, [each.subject.pk for each in found])
    wanted = [each for each in found if each.waiting and (opens or each.subject.pk in kinds)]
    turned = [each for each in wanted if kinds.get(each.subject.pk, each.kind) != each.kind]
    open_items(items=[decision_item(each) for each in wanted if each not in turned], now=now)
    for kind, before, says in TURNS:
        items = [decision_item(each) for each in turned if each.kind == kind]
        escalate_items(items=items, instead_of=before, outcome=says, now=now)
    done: defaultdict[str, list[int]] = defaultdict(list)
    for each in found:
        if not each.waiting:
            done[(outcomes or {}).get(each.subject.remit_claim_id, outcome)].append(each.subject.pk)
    for says, ids in sorted(done.items()):
        close_items(
            practice_id=practice_id,
            kinds=DENIAL_KINDS,
            subject_type=DENIAL,
            subject_ids=ids,
            outcome=says,
            now=now,
            actor=actor,
        )


def _decisions(practice_id: int, ids: Iterable[int]) -> list[Decision]:
    rows = Denial.objects.filter(practice_id=practice_id, remit_claim_id__in=set(ids))
    by_decision: defaultdict[int, list[Denial]] = defaultdict(list)
    for each in rows.select_related("claim", "patient", "payer").order_by("remit_claim_id", "pk"):
        by_decision[each.remit_claim_id].append(each)
    return [Decision(denials) for denials in by_decision.values()]


def _open_kinds(practice_id: int, subjects: Sequence[int]) -> dict[int, Kind]:
    rows = WorkItem.objects.open().filter(
        practice_id=practice_id, kind__in=DENIAL_KINDS, subject_type=DENIAL, subject_id__in=subjects
    )
    return {pk: Kind(kind) for pk, kind in rows.values_list("subject_id", "kind")}


def decision_item(decision: Decision) -> NewItem:
    """A decision as a row of the queue: the money is what there is to win back, the clock the earliest."""
    lead = decision.waiting[0]
    first = min(decision.waiting, key=lambda each: (each.deadline, each.pk))
    lost = lead.status == DenialStatus.UPHELD
    return NewItem(
        practice_id=lead.practice_id,
        kind=decision.kind,
        subject_type=DENIAL,
        subject_id=decision.subject.pk,
        reason="Lost on appeal: decide the next step" if lost else _reason(decision.waiting),
        next_step="Next level or write off" if lost else STEPS[Play(lead.play)],
        category=CATEGORIES[Category(lead.category)].topic,
        state="upheld" if lost else "denied",
        amount=sum((each.expected_amount for each in decision.waiting), Decimal("0.00")),
        clock_date=first.deadline,
        clock_kind=SHOWN_CLOCK[first.deadline_kind],
        claim_id=lead.claim_id,
        patient_id=lead.patient_id,
        patient_name=str(lead.patient),
        payer_name=lead.payer.name,
        service_date=lead.claim.service_from,
    )


def _reason(waiting: Sequence[Denial]) -> str:
    """The lead's reason with its lines, and how many other reasons there are, as far as a row has room."""
    lead = waiting[0]
    words = brief(lead.carc, lead.category)
    others = len({each.category for each in waiting}) - 1
    more = f" +{others}" if others else ""
    lines = sorted({each.line_number for each in waiting if each.line_number})
    which = f"{'Line' if len(lines) == 1 else 'Lines'} {', '.join(str(line) for line in lines)}: " if lines else ""
    short = f"{len(lines)} lines: " if len(lines) > 1 else ""
    return next((say for where in (which, short) if len(say := where + words + more) <= LIMIT), words + more)


def open_for_silence(appeals: Iterable[Appeal], *, now: datetime) -> None:
    """Appeals whose payer let its time pass. The rows carry claim, patient and payer."""
    open_items(
        items=[
            NewItem(
                practice_id=each.practice_id,
                kind=Kind.DENIAL_NO_ANSWER,
                subject_type=APPEAL_ROW,
                subject_id=each.pk,
                reason=f"No answer to the appeal of {each.sent_at:%m/%d/%y}",
                next_step="Ask the payer",
                category="Appeal",
                amount=each.amount,
                clock_date=each.answer_due,
                claim_id=each.claim_id,
                patient_id=each.claim.patient_id,
                patient_name=str(each.claim.patient),
                payer_name=each.payer.name,
                service_date=each.claim.service_from,
            )
            for each in appeals
        ],
        now=now,
    )


def close_for_appeals(
    practice_id: int, ids: Sequence[int], *, outcome: str, now: datetime, actor: User | None = None
) -> None:
    """The payer answered, or the appeal was withdrawn."""
    close_items(
        practice_id=practice_id,
        kinds=(Kind.DENIAL_NO_ANSWER,),
        subject_type=APPEAL_ROW,
        subject_ids=ids,
        outcome=outcome,
        now=now,
        actor=actor,
    )
