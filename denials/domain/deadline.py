"""Until when a denial can be fought. All limits in days; Medicare's are law, the others' come from the contract."""

from dataclasses import dataclass
from datetime import date, timedelta

from denials.domain.categories import Play

MEDICARE = "medicare"
MAIL_DAYS = 5  # a Medicare notice counts as received five days after its date. Source: 42 CFR 405.942(a)(1)
MEDICARE_DAYS = {1: 120, 2: 180, 3: 60, 4: 60, 5: 60}  # redetermination … court. Source: 42 CFR 405.942–405.1136
HIGHEST_LEVEL = 5
CORRECT, APPEAL = "correct", "appeal"  # kinds of clock


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerClocks:
    """A payer's limits."""

    kind: str  # encounters.domain.status.PayerKind
    appeal_days: int
    correction_days: int


def appeal_deadline(payer: PayerClocks, decided_on: date, level: int = 1) -> date:
    """The last day for an appeal of this level, counted from the decision it is against."""
    if payer.kind == MEDICARE:
        return decided_on + timedelta(days=MEDICARE_DAYS[min(level, HIGHEST_LEVEL)] + MAIL_DAYS)
    return decided_on + timedelta(days=payer.appeal_days)


def deadline_of(payer: PayerClocks, play: str, decided_on: date) -> tuple[date, str]:
    """The clock that a new denial runs on: the appeal's, or the correction's when that is the play and ends earlier."""
    appeal = appeal_deadline(payer, decided_on)
    if play == Play.CORRECT:
        correction = decided_on + timedelta(days=payer.correction_days)
        if correction <= appeal:
            return correction, CORRECT
    return appeal, APPEAL
