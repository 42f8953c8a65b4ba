"""The denials room: overview, worklist, denied claims, one denial, appeals."""

from denials.views.appeal import appeal_detail, appeal_pdf, appeal_save, appeal_send, appeal_withdraw
from denials.views.lists import appeal_list, denial_index, denial_list
from denials.views.overview import denial_overview
from denials.views.record import (
    denial_appeal,
    denial_bill_patient,
    denial_correct,
    denial_detail,
    denial_note,
    denial_write_off,
)

__all__ = [
    "appeal_detail",
    "appeal_list",
    "appeal_pdf",
    "appeal_save",
    "appeal_send",
    "appeal_withdraw",
    "denial_appeal",
    "denial_bill_patient",
    "denial_correct",
    "denial_detail",
    "denial_index",
    "denial_list",
    "denial_note",
    "denial_overview",
    "denial_write_off",
]
