"""What later decisions of the payer mean for a denial. Pure, and the same in whatever order they came."""

from dataclasses import dataclass
from decimal import Decimal

from denials.domain.status import WAITING_FOR_PAYER, DenialStatus

ZERO = Decimal("0.00")
WON, LOST = "won", "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """The newest decision that stands on the denied service. `earned`: paid and patient's part, in dollars."""

    earned: Decimal
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fight:
    """A denial as it stands: `before` is what its own decision paid or left to the patient on the service."""

    status: DenialStatus
    amount: Decimal
    before: Decimal
    recovered: Decimal = ZERO
    taken_back: bool = False  # the payer reversed the decision that refused
    later: Later | None = None
    claim_void: bool = False
    claim_replaced: bool = False
    claim_settled: bool = False  # nothing is open with the payer
    closed: bool = False  # nothing was left to do on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Where a denial goes, with the words that close its work. `answer` is set when the payer answered a fight."""

    status: DenialStatus
    says: str
    recovered: Decimal = ZERO
    answer: str = ""
    closed: bool = True


def outcome_of(fight: Fight) -> Outcome | None:
    """The state that later decisions give a denial; None when they change nothing."""
    if fight.status in (DenialStatus.WRITTEN_OFF, DenialStatus.PATIENT):
        return None
    if fight.later is not None:
        return _after_decision(fight, fight.later)
    if fight.closed:
        return None
    if fight.claim_void:
        return Outcome(status=DenialStatus.MOOT, says="The claim was withdrawn")
    if fight.status in WAITING_FOR_PAYER:
        return None
    if fight.claim_replaced:
        return Outcome(status=DenialStatus.CORRECTED, says="A corrected claim took its place", closed=False)
    if fight.taken_back:
        return Outcome(status=DenialStatus.MOOT, says="The payer took its decision back")
    if fight.claim_settled:
        return Outcome(status=DenialStatus.MOOT, says="Nothing is open with the payer any more")
    return None


def _after_decision(fight: Fight, later: Later) -> Outcome | None:
    gained = max(later.earned - fight.before, ZERO)
    fought = fight.status in WAITING_FOR_PAYER
    if gained > 0:
        recovered = min(gained, fight.amount) if fight.amount else gained
        if fight.status == DenialStatus.OVERTURNED and recovered == fight.recovered:
            return None
        answer = WON if fought or fight.status in (DenialStatus.UPHELD, DenialStatus.OVERTURNED) else ""
        says = "The payer paid after all"
        return Outcome(status=DenialStatus.OVERTURNED, says=says, recovered=recovered, answer=answer)
    if fight.closed:
        return None
    if later.refused and fought:
        return Outcome(status=DenialStatus.UPHELD, says="The payer refused it again", answer=LOST)
    words = "Decided anew and refused again" if later.refused else "The payer refuses it no more"
    return Outcome(status=DenialStatus.MOOT, says=words)
