"""The verbs of registration and visits."""

from encounters.operations.coverage import CannotCorrect, correct_member_id, set_authorization
from encounters.operations.visits import (
    CannotClose,
    NewVisit,
    UnknownReference,
    close_encounter,
    create_encounter,
)

__all__ = [
    "CannotClose",
    "CannotCorrect",
    "NewVisit",
    "UnknownReference",
    "close_encounter",
    "correct_member_id",
    "create_encounter",
    "set_authorization",
]
