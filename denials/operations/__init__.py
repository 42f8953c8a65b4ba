"""The verbs of denials that people use; the stages call the rest themselves."""

from denials.operations.appeal import draft_appeal, render_letter, save_letter, send_appeal, withdraw_appeal
from denials.operations.correct import correct_and_replace
from denials.operations.money import (
    FREE_LIMIT,
    bill_patient,
    bill_patient_for,
    note_denial,
    write_off_denial,
    write_off_denials,
)
from denials.operations.refusals import CannotWork

__all__ = [
    "FREE_LIMIT",
    "CannotWork",
    "bill_patient",
    "bill_patient_for",
    "correct_and_replace",
    "draft_appeal",
    "note_denial",
    "render_letter",
    "save_letter",
    "send_appeal",
    "withdraw_appeal",
    "write_off_denial",
    "write_off_denials",
]
