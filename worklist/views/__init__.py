"""The queue screen that every room shares, and the verbs on its rows."""

from worklist.views.again import list_again
from worklist.views.queue import Screen, chosen_filter, queue_screen, work_list
from worklist.views.verbs import (
    note_add,
    view_delete,
    view_save,
    work_assign,
    work_close,
    work_item,
    work_note,
    work_peek,
    work_snooze,
)

__all__ = [
    "Screen",
    "chosen_filter",
    "list_again",
    "note_add",
    "queue_screen",
    "view_delete",
    "view_save",
    "work_assign",
    "work_close",
    "work_item",
    "work_list",
    "work_note",
    "work_peek",
    "work_snooze",
]
