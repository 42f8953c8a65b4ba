"""States of a denial and of an appeal."""

from enum import StrEnum


class DenialStatus(StrEnum):
    NEW = "new"  # nobody acted yet
    CORRECTED = "corrected"  # a replacement claim went out
    APPEALED = "appealed"
    OVERTURNED = "overturned"  # the payer paid after all
    UPHELD = "upheld"  # the payer stays with its no: next level, write off, or patient
    WRITTEN_OFF = "written_off"
    PATIENT = "patient"  # moved to the patient's balance
    MOOT = "moot"  # the payer reversed the decision, or the claim was voided


WAITING_FOR_US = (DenialStatus.NEW, DenialStatus.UPHELD)
WAITING_FOR_PAYER = (DenialStatus.CORRECTED, DenialStatus.APPEALED)


class CannotMove(Exception):
    """The table of moves does not allow this one."""


D = DenialStatus
MOVES: dict[DenialStatus, frozenset[DenialStatus]] = {
    D.NEW: frozenset({D.CORRECTED, D.APPEALED, D.WRITTEN_OFF, D.PATIENT, D.OVERTURNED, D.MOOT}),
    D.CORRECTED: frozenset({D.OVERTURNED, D.UPHELD, D.MOOT, D.WRITTEN_OFF}),
    D.APPEALED: frozenset({D.OVERTURNED, D.UPHELD, D.MOOT, D.WRITTEN_OFF, D.NEW}),  # NEW: the appeal was withdrawn
    D.UPHELD: frozenset({D.APPEALED, D.CORRECTED, D.WRITTEN_OFF, D.PATIENT, D.OVERTURNED, D.MOOT}),
    D.OVERTURNED: frozenset(),
    D.WRITTEN_OFF: frozenset(),
    D.PATIENT: frozenset(),
    D.MOOT: frozenset({D.OVERTURNED}),  # taken back first, paid in a later remittance
}


class AppealStatus(StrEnum):
    DRAFT = "draft"
    STORED = "stored"  # letter is fixed, waits to be sent
    SENT = "sent"
    OVERTURNED = "overturned"
    UPHELD = "upheld"
    WITHDRAWN = "withdrawn"


A = AppealStatus
APPEAL_MOVES: dict[AppealStatus, frozenset[AppealStatus]] = {
    A.DRAFT: frozenset({A.STORED, A.WITHDRAWN}),
    A.STORED: frozenset({A.SENT}),
    A.SENT: frozenset({A.OVERTURNED, A.UPHELD, A.WITHDRAWN}),
    A.OVERTURNED: frozenset(),
    A.UPHELD: frozenset(),
    A.WITHDRAWN: frozenset(),
}


def can_move(now: str, to: DenialStatus) -> bool:
    """Whether a denial may go from one state to another."""
    return to in MOVES[DenialStatus(now)]


def appeal_can_move(now: str, to: AppealStatus) -> bool:
    """Whether an appeal may go from one state to another."""
    return to in APPEAL_MOVES[AppealStatus(now)]
