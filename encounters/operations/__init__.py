"""The verbs of registration and visits."""

from encounters.operations.addenda import CannotAppend, append_addendum
from encounters.operations.coverage import CannotCorrect, correct_member_id, set_authorization
from encounters.operations.log_ins import CannotLink, link_provider
from encounters.operations.visits import (
    CannotClose,
    CannotDischarge,
    NewVisit,
    UnknownReference,
    close_encounter,
    close_encounters,
    create_encounter,
    create_encounters,
    hand_on,
    set_discharge_status,
)

__all__ = [
    "CannotAppend",
    "CannotClose",
    "CannotCorrect",
    "CannotDischarge",
    "CannotLink",
    "NewVisit",
    "UnknownReference",
    "append_addendum",
    "close_encounter",
    "close_encounters",
    "correct_member_id",
    "create_encounter",
    "create_encounters",
    "hand_on",
    "link_provider",
    "set_authorization",
    "set_discharge_status",
]
