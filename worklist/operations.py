"""Opening, closing and moving work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection, transaction

from compliance.domain.permissions import Role, may
from compliance.models import Membership, User
from compliance.operations import record_event
from worklist.domain.kinds import KINDS, Kind, opened_by
from worklist.models import SavedView, WorkItem, WorkNote


class CannotAct(Exception):
    """The item is closed already, the date makes no sense, or the person may not open it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewItem:
    """Work to open. One open row per (kind, subject): opening it again refreshes its words and clock."""

    practice_id: int
    kind: Kind
    subject_type: str
    subject_id: int
    reason: str
    next_step: str = ""
    has_fix: bool = False
    category: str = ""
    state: str = ""  # default: the kind's own
    amount: Decimal = Decimal("0.00")
    clock_date: date | None = None
    clock_kind: str = ""  # default: the kind's own
    claim_id: int | None = None
    patient_id: int | None = None
    patient_name: str = ""
    payer_name: str = ""
    service_date: date | None = None


COLUMNS = (
    "practice_id", "kind", "role", "subject_type", "subject_id", "claim_id", "patient_id", "patient_name",
    "payer_name", "service_date", "amount", "clock_date", "clock_kind", "state", "category", "reason",
    "next_step", "has_fix", "opened_at",
)  # fmt: skip
REFRESHED = ("amount", "clock_date", "clock_kind", "state", "category", "reason", "next_step", "has_fix")

# One statement for any number of items: the partial unique index decides between new and refreshed.
OPEN_SQL = f"""
    INSERT INTO worklist_workitem ({", ".join(COLUMNS)}, outcome) VALUES {{rows}}
    ON CONFLICT (practice_id, kind, subject_type, subject_id) WHERE closed_at IS NULL
    DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in REFRESHED)}
"""


def open_items(*, items: Sequence[NewItem], now: datetime) -> None:
    """Open work, or refresh what is open already, in one statement, in the caller's transaction."""
    unique = {(i.practice_id, i.kind, i.subject_type, i.subject_id): i for i in items}
    if not unique:
        return
    values: list[str | int | Decimal | date | bool | None] = []
    for item in unique.values():
        facts = KINDS[item.kind]
        values += [
            item.practice_id, item.kind.value, facts.role.value, item.subject_type, item.subject_id, item.claim_id,
            item.patient_id, item.patient_name[:80], item.payer_name[:60], item.service_date, item.amount,
            item.clock_date, item.clock_kind or facts.clock, item.state or facts.state, item.category[:24],
            item.reason[:120], item.next_step[:60], item.has_fix, now,
        ]  # fmt: skip
    row = "(" + ", ".join(["%s"] * len(COLUMNS)) + ", '')"
    with connection.cursor() as cursor:
        cursor.execute(OPEN_SQL.format(rows=", ".join([row] * len(unique))), values)


def close_items(
    *,
    practice_id: int,
    kinds: Iterable[Kind],
    subject_type: str,
    subject_ids: Iterable[int],
    outcome: str,
    now: datetime,
    actor: User | None = None,
) -> int:
    """Close the open work of these kinds on these subjects; returns how many rows closed."""
    return (
        WorkItem.objects.open()
        .filter(
            practice_id=practice_id,
            kind__in=list(kinds),
            subject_type=subject_type,
            subject_id__in=list(subject_ids),
        )
        .update(closed_at=now, closed_by=actor, outcome=outcome[:120])
    )


def reopen_items(
    *,
    practice_id: int,
    kinds: Iterable[Kind],
    subject_type: str,
    subject_id: int,
    closed_at: datetime | None,
    to: User,
) -> int:
    """Put work that was closed at that very moment back with its old clock, for a person; returns how many rows."""
    rows = WorkItem.objects.filter(practice_id=practice_id, kind__in=list(kinds), subject_type=subject_type)
    return rows.filter(subject_id=subject_id, closed_at=closed_at, closed_at__isnull=False).update(
        closed_at=None, closed_by=None, outcome="", assigned_to=to
    )


def rest_items(
    *, practice_id: int, kinds: Iterable[Kind], subject_type: str, subject_ids: Iterable[int], state: str, until: date
) -> int:
    """Put open work away until a day because somebody else has to act first; `state` says so on its row."""
    rows = WorkItem.objects.open().filter(practice_id=practice_id, kind__in=list(kinds))
    return rows.filter(subject_type=subject_type, subject_id__in=list(subject_ids)).update(
        state=state, snoozed_until=until
    )


def wake_items(*, practice_id: int, kind: Kind, subject_type: str, subject_ids: Iterable[int]) -> int:
    """Bring open work back that `rest_items` put away, in its kind's own state."""
    rows = WorkItem.objects.open().filter(practice_id=practice_id, kind=kind)
    return rows.filter(subject_type=subject_type, subject_id__in=list(subject_ids)).update(
        state=KINDS[kind].state, snoozed_until=None
    )


def give_items(
    *, practice_id: int, kind: Kind, subject_type: str, subject_id: int, to: User | None, instead: bool = False
) -> int:
    """Give open work that nobody has to a person; with `instead`, also what somebody else has."""
    rows = WorkItem.objects.open().filter(
        practice_id=practice_id, kind=kind, subject_type=subject_type, subject_id=subject_id
    )
    return (rows if instead else rows.filter(assigned_to__isnull=True)).update(assigned_to=to)


PRICE_SQL = """
    UPDATE worklist_workitem AS w SET amount = p.amount
    FROM unnest(%s::bigint[], %s::numeric[]) AS p(subject_id, amount)
    WHERE w.practice_id = %s AND w.kind = ANY(%s) AND w.subject_type = %s AND w.closed_at IS NULL
      AND w.subject_id = p.subject_id
"""


def price_items(*, practice_id: int, kinds: Iterable[Kind], subject_type: str, amounts: Mapping[int, Decimal]) -> None:
    """Say what open work is worth, dollars by subject, in one statement in the caller's transaction."""
    if amounts:
        named = [kind.value for kind in kinds]
        with connection.cursor() as cursor:
            cursor.execute(PRICE_SQL, [list(amounts), list(amounts.values()), practice_id, named, subject_type])


# The one who had the work keeps it under its new kind.
HAND_ON_SQL = """
    UPDATE worklist_workitem AS n SET assigned_to_id = o.assigned_to_id
    FROM worklist_workitem AS o
    WHERE n.practice_id = %s AND n.kind = %s AND n.closed_at IS NULL AND n.assigned_to_id IS NULL
      AND o.practice_id = n.practice_id AND o.kind = %s AND o.closed_at IS NULL
      AND o.subject_type = n.subject_type AND o.subject_id = n.subject_id AND n.subject_id = ANY(%s)
"""


def escalate_items(*, items: Sequence[NewItem], instead_of: Kind, outcome: str, now: datetime) -> None:
    """Open work of one kind in the place of open work of another on the same subjects, and keep its owner.

    The items are of one practice, one kind and one type of subject. Three statements for any number of them.
    """
    if not items:
        return
    first, ids = items[0], [item.subject_id for item in items]
    open_items(items=items, now=now)
    with connection.cursor() as cursor:
        cursor.execute(HAND_ON_SQL, [first.practice_id, first.kind.value, instead_of.value, ids])
    close_items(
        practice_id=first.practice_id,
        kinds=[instead_of],
        subject_type=first.subject_type,
        subject_ids=ids,
        outcome=outcome,
        now=now,
    )


def _open_item(item_id: int) -> WorkItem:
    item = WorkItem.objects.select_for_update().get(pk=item_id)
    if item.closed_at is not None:
        raise CannotAct("This is done already. Reload the list to see what is left.")
    return item


@transaction.atomic
def assign_item(*, item_id: int, to: User | None, actor: User, now: datetime) -> WorkItem:
    """Give an item to a person (or to nobody). Raises CannotAct when it is closed, or not theirs to open."""
    item = _open_item(item_id)
    if to is not None:
        held = Membership.objects.filter(practice_id=item.practice_id, user=to).values_list("role", flat=True)
        if not may(frozenset(Role(role) for role in held), opened_by(Kind(item.kind))):
            raise CannotAct(f"{to} may not open this: {item.get_kind_display().lower()}.")
    item.assigned_to = to
    item.save(update_fields=["assigned_to"])
    record_event(
        actor=actor,
        now=now,
        verb="work.assigned",
        subject=item,
        note=f"to {to.username}" if to else "to nobody",
    )
    return item


@transaction.atomic
def snooze_item(*, item_id: int, until: date, actor: User, now: datetime) -> WorkItem:
    """Put an item away until a day. Raises CannotAct when it is closed or the day is not ahead."""
    item = _open_item(item_id)
    if until <= now.date():
        raise CannotAct("Choose a day after today.")
    item.snoozed_until = until
    item.save(update_fields=["snoozed_until"])
    record_event(actor=actor, now=now, verb="work.snoozed", subject=item, note=f"until {until:%m/%d/%Y}")
    return item


@transaction.atomic
def close_item(*, item_id: int, outcome: str, actor: User, now: datetime) -> WorkItem:
    """Close an item by hand, with the outcome kept. Raises CannotAct when it is closed."""
    item = _open_item(item_id)
    item.closed_at, item.closed_by, item.outcome = now, actor, outcome[:120]
    item.save(update_fields=["closed_at", "closed_by", "outcome"])
    record_event(actor=actor, now=now, verb="work.closed", subject=item, note=outcome)
    return item


@transaction.atomic
def add_note(
    *, practice_id: int, subject_type: str, subject_id: int, text: str, actor: User, now: datetime
) -> WorkNote:
    """Add a note to a record."""
    note = WorkNote.objects.create(
        practice_id=practice_id,
        subject_type=subject_type,
        subject_id=subject_id,
        author=actor,
        text=text,
        at=now,
    )
    record_event(actor=actor, now=now, verb="note.added", subject=note)
    return note


def save_view(*, actor: User, page: str, name: str, query: str) -> SavedView:
    """Keep a person's filter of a page under a name; the same name again replaces it."""
    return SavedView.objects.update_or_create(user=actor, page=page, name=name, defaults={"query": query})[0]


def delete_view(*, actor: User, view_id: int) -> str:
    """Forget one of the person's own views; returns its page. Raises SavedView.DoesNotExist for another's."""
    view = SavedView.objects.get(pk=view_id, user=actor)
    view.delete()
    return view.page
