"""From a matched remittance claim to money: ledger entry, deltas of our lines, and the link of a reversal.

Legs follow the ledger convention: paid → remit_clearing, contractual and patient → their accounts, all against
payer_receivable by claim line; what was denied is not posted, it stays open with the payer.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ledger.domain.accounts import Account, Leg, NewEntry
from payments.domain.split import ZERO, Split, total

REVERSAL = "22"
PAID_CODES = frozenset({"1", "2", "3", "4", "19", "20", "21"})  # CLP02 that decide a claim
INFORMATION_CODES = frozenset({"23", "25"})  # forwarded without decision, predetermination
CLAIM_ITEM = 0  # money of the whole claim, on no line
NEVER_SENT = frozenset({"draft", "held", "ready", "rejected"})  # claim states in which no payer can have decided

Money = Mapping[int, Split]  # by our line number; CLAIM_ITEM for what no line carries


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """A claim line's columns as they stand. Dollars."""

    id: int
    number: int
    charge: Decimal
    contractual: Decimal = ZERO
    paid: Decimal = ZERO
    patient: Decimal = ZERO
    written_off: Decimal = ZERO
    denied: Decimal = ZERO

    @property
    def open(self) -> Decimal:
        """What the payer still owes."""
        return self.charge - self.contractual - self.paid - self.patient - self.written_off

    def plus(self, more: Split, denied: Decimal) -> "LineState":
        return replace(
            self,
            contractual=self.contractual + more.contractual,
            paid=self.paid + more.paid,
            patient=self.patient + more.patient,
            denied=denied,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimState:
    """A claim as it stands; `whole` holds what is on no line (a takeback, a claim-level adjustment)."""

    id: int
    number: str
    status: str
    original_id: int | None = None
    lines: tuple[LineState, ...] = ()
    whole: LineState = LineState(id=0, number=CLAIM_ITEM, charge=ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A remittance claim with its money laid on our lines: posted before, or about to be."""

    id: int  # of the RemitClaim
    source: str  # of its ledger entry
    claim_id: int
    status_code: str
    charge: Decimal  # CLP03
    paid: Decimal  # CLP04
    trace: str
    paid_date: date
    money: Money
    control_number: str = ""
    reversed: bool = False

    @property
    def is_reversal(self) -> bool:
        return self.status_code == REVERSAL


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDelta:
    """How a line's columns change, in signed dollars."""

    line_id: int | None
    line_number: int
    money: Split
    denied: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of one remittance claim: posted with an entry and deltas, or a problem for a person."""

    decision: Decision
    claim_id: int
    entry: NewEntry | None = None
    deltas: tuple[LineDelta, ...] = ()
    reverses: Decision | None = None
    problem_kind: str = ""
    problem: str = ""


def lay_on_lines(
    lines: Sequence[tuple[int | None, Split]], claim_level: Split, our_lines: Mapping[int, Decimal]
) -> dict[int, Split]:
    """Money by our line number. `lines` are the remittance's with the number each was matched to; `our_lines` are
    our charges by number.

    A claim-level amount goes to the only line there is; a claim decided without lines goes to its lines when one
    thing happened to all of it; else it stays with the claim as a whole.
    """
    money: dict[int, Split] = {}
    for number, split in lines:
        item = CLAIM_ITEM if number is None else number
        money[item] = money.get(item, Split()) + split
    if claim_level != Split():
        if len(our_lines) == 1:
            (only,) = our_lines
            money[only] = money.get(only, Split()) + claim_level
        elif not lines and (spread := _spread(claim_level, our_lines)):
            money = spread
        else:
            money[CLAIM_ITEM] = money.get(CLAIM_ITEM, Split()) + claim_level
    return money


def _spread(whole: Split, our_lines: Mapping[int, Decimal]) -> dict[int, Split]:
    """Each line's own charge where the one thing happened that happened to the claim; empty when that is not so."""
    sign = -1 if whole.charge < 0 else 1
    if abs(whole.charge) != sum(our_lines.values(), ZERO):
        return {}
    for name in ("contractual", "patient", "denied", "paid"):
        if getattr(whole, name) == whole.charge:
            amounts = {number: sign * charge for number, charge in our_lines.items()}
            owed = name in ("patient", "paid")
            return {
                number: Split(**{"charge": amount, name: amount, "allowed": amount if owed else ZERO})
                for number, amount in amounts.items()
            }
    return {}


def post_in_order(
    decisions: Sequence[Decision],
    claims: Mapping[int, ClaimState],
    posted: Iterable[Decision],
    *,
    refuse: Collection[str] = NEVER_SENT,
) -> list[Outcome]:
    """The outcome of each decision, one after another, as if each had been posted before the next.

    `claims` and `posted` cover every claim the decisions name and the claims those replaced or voided. A claim in a
    state of `refuse` takes no decision.
    """
    states = dict(claims)
    history: dict[int, list[Decision]] = {}
    for each in posted:
        history.setdefault(each.claim_id, []).append(each)
    outcomes = []
    for decision in decisions:
        outcome = _post(decision, states, history, refuse)
        if not outcome.problem:
            _remember(outcome, states, history)
        outcomes.append(outcome)
    return outcomes


def _post(
    decision: Decision,
    states: Mapping[int, ClaimState],
    history: dict[int, list[Decision]],
    refuse: Collection[str],
) -> Outcome:
    state = states[decision.claim_id]
    if decision.is_reversal:
        return _reverse(decision, state, states, history)
    if state.status in refuse:
        return Outcome(
            decision=decision,
            claim_id=state.id,
            problem_kind="not_sent",
            problem=f"Claim {state.number} is {state.status}: no payer can have decided it",
        )
    entry = entry_of(decision, claim_number=state.number, money=decision.money)
    later = [*history.get(state.id, ()), decision]
    return Outcome(decision=decision, claim_id=state.id, entry=entry, deltas=_deltas(state, decision.money, later))


def _reverse(
    decision: Decision,
    state: ClaimState,
    states: Mapping[int, ClaimState],
    history: dict[int, list[Decision]],
) -> Outcome:
    """Mirror the entry that the payer takes back, on the reversal's own check."""
    of_original = history.get(state.original_id, []) if state.original_id else []
    original = find_original(decision, history.get(state.id, [])) or find_original(decision, of_original)
    if original is None:
        return Outcome(
            decision=decision,
            claim_id=state.id,
            problem_kind="reversal",
            problem=f"Takes back ${-decision.paid:,.2f}, but no such payment of {state.number} is posted",
        )
    target = states[original.claim_id]
    money = {number: -split for number, split in original.money.items()}
    entry = entry_of(decision, claim_number=target.number, money=money, reverses=original)
    later = [replace(each, reversed=each.reversed or each.id == original.id) for each in history[target.id]]
    return Outcome(
        decision=decision,
        claim_id=target.id,
        entry=entry,
        deltas=_deltas(target, money, later),
        reverses=original,
    )


def find_original(reversal: Decision, posted: Sequence[Decision]) -> Decision | None:
    """What a reversal takes back: a posted decision of the opposite payment that still stands. The same charge and
    payer's number decide between several, then the oldest one: a correction may have come before its reversal."""
    standing = [each for each in posted if not each.reversed and not each.is_reversal and each.paid == -reversal.paid]
    return min(
        standing,
        key=lambda each: (
            each.charge != -reversal.charge,
            each.control_number != reversal.control_number,
            _shape(each.money) != _shape({n: -s for n, s in reversal.money.items()}),
            each.id,
        ),
        default=None,
    )


def _shape(money: Money) -> tuple[Decimal, Decimal, Decimal]:
    sums = total(money.values())
    return sums.contractual, sums.patient, sums.denied


def _remember(outcome: Outcome, states: dict[int, ClaimState], history: dict[int, list[Decision]]) -> None:
    state = states[outcome.claim_id]
    by_number = {delta.line_number: delta for delta in outcome.deltas}

    def moved(line: LineState) -> LineState:
        delta = by_number.get(line.number)
        return line.plus(delta.money, line.denied + delta.denied) if delta else line

    states[state.id] = replace(state, lines=tuple(moved(line) for line in state.lines), whole=moved(state.whole))
    taken = outcome.reverses
    kept = [
        replace(each, reversed=True) if taken and each.id == taken.id else each for each in history.get(state.id, ())
    ]
    history[state.id] = [*kept, replace(outcome.decision, claim_id=state.id)]


def _deltas(state: ClaimState, money: Money, history: Sequence[Decision]) -> tuple[LineDelta, ...]:
    """Changes by line. The denied column is not a sum: it is what the last decision that still stands refuses, and
    never more than what is open, so that a second denial of the same money doesn't count twice."""
    deltas = []
    for line in (*state.lines, state.whole):
        split = money.get(line.number, Split())
        open_then = line.open - split.contractual - split.paid - split.patient
        if line.number == CLAIM_ITEM:
            refused = max(_refused(history, CLAIM_ITEM), ZERO)
        else:
            refused = min(max(_refused(history, line.number), ZERO), max(open_then, ZERO))
        denied = refused - line.denied
        if split != Split() or denied:
            line_id = None if line.number == CLAIM_ITEM else line.id
            deltas.append(LineDelta(line_id=line_id, line_number=line.number, money=split, denied=denied))
    return tuple(deltas)


def _refused(history: Sequence[Decision], number: int) -> Decimal:
    for each in reversed(history):
        if not each.reversed and not each.is_reversal and number in each.money:
            return each.money[number].denied
    return ZERO


def entry_of(
    decision: Decision, *, claim_number: str, money: Money, reverses: Decision | None = None
) -> NewEntry | None:
    """The ledger entry of a decided claim; None when it moves no money (everything was denied)."""
    legs: list[Leg] = []
    for number, split in sorted(money.items()):
        moved = split.paid + split.contractual + split.patient
        legs += [
            Leg(account=Account.PAYER_RECEIVABLE, amount=-moved, document=claim_number, item=number),
            Leg(account=Account.CONTRACTUAL, amount=split.contractual, document=claim_number, item=number),
            Leg(account=Account.PATIENT_RECEIVABLE, amount=split.patient, document=claim_number, item=number),
        ]
    paid = total(money.values()).paid
    legs.append(Leg(account=Account.REMIT_CLEARING, amount=paid, document=decision.trace))
    legs = [leg for leg in legs if leg.amount]
    if not legs:
        return None
    return NewEntry(
        source=decision.source,
        kind="reversal" if decision.is_reversal else "remit_claim",
        effective_date=decision.paid_date,
        legs=tuple(legs),
        memo=f"Claim {claim_number}, remittance {decision.trace}",
        reverses=reverses.source if reverses and _has_entry(reverses) else "",
    )


def _has_entry(decision: Decision) -> bool:
    return any(s.paid or s.contractual or s.patient for s in decision.money.values())
