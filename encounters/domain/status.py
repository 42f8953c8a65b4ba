"""States of a visit."""

from enum import StrEnum


class EncounterStatus(StrEnum):
    OPEN = "open"  # the note is not signed yet
    CLOSED = "closed"  # signed: coding may begin
    CANCELLED = "cancelled"


MOVES: dict[EncounterStatus, frozenset[EncounterStatus]] = {
    EncounterStatus.OPEN: frozenset({EncounterStatus.CLOSED, EncounterStatus.CANCELLED}),
    EncounterStatus.CLOSED: frozenset({EncounterStatus.CANCELLED}),
    EncounterStatus.CANCELLED: frozenset(),
}


class PayerKind(StrEnum):
    MEDICARE = "medicare"
    MEDICAID = "medicaid"
    COMMERCIAL = "commercial"


class Relationship(StrEnum):
    """Patient to subscriber, individual relationship code (SBR02, PAT01)."""

    SELF = "18"
    SPOUSE = "01"
    CHILD = "19"
    OTHER = "G8"


def can_move(now: str, to: EncounterStatus) -> bool:
    """Whether a visit may go from one state to another."""
    return to in MOVES[EncounterStatus(now)]
