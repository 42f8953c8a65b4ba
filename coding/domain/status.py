"""States of a coding case."""

from datetime import timedelta
from enum import StrEnum

UNDO_FOR = timedelta(seconds=30)  # how long nothing is built on a person's finish, so that it can be taken back


class CaseStatus(StrEnum):
    OPEN = "open"  # waits for a coder
    FINALIZED = "finalized"  # codes are fixed; a claim may be built
    BILLED = "billed"  # a claim was built from it


MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.OPEN: frozenset({CaseStatus.FINALIZED}),
    CaseStatus.FINALIZED: frozenset({CaseStatus.OPEN, CaseStatus.BILLED}),
    CaseStatus.BILLED: frozenset(),
}


def can_move(now: str, to: CaseStatus) -> bool:
    """Whether a case may go from one state to another."""
    return to in MOVES[CaseStatus(now)]
