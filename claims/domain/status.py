"""Life of a claim: the one table of its states and moves. Source: DOMAIN section 1."""

from enum import StrEnum


class ClaimStatus(StrEnum):
    DRAFT = "draft"
    HELD = "held"
    READY = "ready"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    PENDED = "pended"
    REJECTED = "rejected"
    ADJUDICATED = "adjudicated"
    REPLACED = "replaced"
    VOID = "void"
    CLOSED = "closed"


S = ClaimStatus
MOVES: dict[ClaimStatus, frozenset[ClaimStatus]] = {
    S.DRAFT: frozenset({S.HELD, S.READY, S.VOID}),
    S.HELD: frozenset({S.READY, S.VOID}),
    S.READY: frozenset({S.HELD, S.SUBMITTED, S.VOID}),
    S.SUBMITTED: frozenset({S.REJECTED, S.RECEIVED, S.ACCEPTED, S.ADJUDICATED}),
    S.RECEIVED: frozenset({S.REJECTED, S.ACCEPTED, S.ADJUDICATED}),
    S.ACCEPTED: frozenset({S.PENDED, S.ADJUDICATED, S.REJECTED, S.VOID}),
    S.PENDED: frozenset({S.ADJUDICATED, S.ACCEPTED, S.VOID}),
    S.REJECTED: frozenset({S.READY, S.VOID}),
    S.ADJUDICATED: frozenset({S.ADJUDICATED, S.CLOSED, S.REPLACED, S.VOID}),
    S.REPLACED: frozenset(),
    S.VOID: frozenset(),
    S.CLOSED: frozenset({S.ADJUDICATED}),
}

WITH_PAYER = (S.SUBMITTED, S.RECEIVED, S.ACCEPTED, S.PENDED)


class Frequency(StrEnum):
    """Claim frequency code (CLM05-3)."""

    ORIGINAL = "1"
    REPLACEMENT = "7"
    VOID = "8"


WITHDRAWN = (S.REPLACED, S.VOID)
EDITABLE = (S.DRAFT, S.HELD, S.READY, S.REJECTED)  # the payer does not have it


class CannotMove(Exception):
    """The table of moves does not allow this one."""


def sources_of(to: ClaimStatus) -> tuple[ClaimStatus, ...]:
    """The states from which a claim may go to this one."""
    return tuple(state for state, targets in MOVES.items() if to in targets)


def stands(status: str, frequency: str) -> bool:
    """Whether a claim's charges stand in the ledger: not once it is withdrawn, and never for a void notice."""
    return status not in WITHDRAWN and frequency != Frequency.VOID


def can_move(now: str, to: ClaimStatus) -> bool:
    """Whether a claim may go from one state to another."""
    return to in MOVES[ClaimStatus(now)]
