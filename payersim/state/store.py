"""The SQLite file: its transaction, counters, files seen, agenda, outbox and orders by hand."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from payersim.state.schema import SCHEMA


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done at an instant. `subject` is the kind's own key."""

    id: int
    at: datetime
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class InterchangeRow:
    id: int
    practice: str
    control: str
    usage: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file to be delivered; `name` is given when the tick ends."""

    id: int
    practice: str
    made_at: datetime
    label: str
    extension: str
    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Order:
    id: int
    kind: str
    practice: str  # slug; empty: whichever practice has the number
    claim_number: str
    days: int


class Store:
    """One connection to the state. Every write happens inside `transaction()`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(path, isolation_level=None, timeout=30)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.executescript(SCHEMA)

    def close(self) -> None:
        """Close the connection."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """All or nothing inside a transaction that goes on."""
        self.db.execute("SAVEPOINT step")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK TO step")
            self.db.execute("RELEASE step")
            raise
        self.db.execute("RELEASE step")

    def next_number(self, counter: str) -> int:
        """The next number of a named series, from 1."""
        row = self.db.execute(
            "INSERT INTO meta VALUES (?, '1') "
            "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value",
            (counter,),
        ).fetchone()
        return int(row["value"])

    def remembered(self, key: str, default: str = "") -> str:
        """A value kept by `remember`."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row["value"]) if row else default

    def remember(self, key: str, value: str) -> None:
        """Keep a value under a key."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # Files seen

    def was_taken(self, practice: str, name: str, digest: str) -> bool:
        """Whether a file of this name and content was dealt with."""
        sql = "SELECT 1 FROM taken WHERE practice = ? AND name = ? AND digest = ?"
        return self.db.execute(sql, (practice, name, digest)).fetchone() is not None

    def note_taken(self, practice: str, name: str, digest: str) -> None:
        """Note that a file of this name and content was dealt with."""
        self.db.execute("INSERT OR IGNORE INTO taken VALUES (?, ?, ?)", (practice, name, digest))

    def has_interchange(self, submitter: str, control: str) -> bool:
        """Whether this submitter's interchange control number was accepted before."""
        sql = "SELECT 1 FROM interchange WHERE submitter = ? AND control = ?"
        return self.db.execute(sql, (submitter, control)).fetchone() is not None

    def add_interchange(self, **columns: str) -> int:
        """Record an interchange whose envelope was accepted; returns its id."""
        names = ("practice", "submitter", "control", "name", "digest", "usage", "received_at")
        cursor = self.db.execute(
            "INSERT INTO interchange (practice, submitter, control, name, digest, usage, received_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [columns[name] for name in names],
        )
        return int(cursor.lastrowid or 0)

    def interchange(self, number: int) -> InterchangeRow:
        """An interchange by its id."""
        row = self.db.execute("SELECT * FROM interchange WHERE id = ?", (number,)).fetchone()
        return InterchangeRow(row["id"], row["practice"], row["control"], row["usage"], instant(row["received_at"]))

    # Agenda

    def plan(self, at: datetime, kind: str, subject: object) -> None:
        """Put something on the agenda; the same thing at the same instant stands there once."""
        self.db.execute(
            "INSERT OR IGNORE INTO agenda (due_at, kind, subject) VALUES (?, ?, ?)",
            (stamp(at), kind, str(subject)),
        )

    def next_due(self, now: datetime) -> Due | None:
        """The earliest thing due by now; it stays on the agenda until `done`."""
        sql = "SELECT * FROM agenda WHERE due_at <= ? ORDER BY due_at, id LIMIT 1"
        row = self.db.execute(sql, (stamp(now),)).fetchone()
        return Due(row["id"], instant(row["due_at"]), row["kind"], row["subject"]) if row else None

    def done(self, due: Due) -> None:
        """Take something off the agenda."""
        self.db.execute("DELETE FROM agenda WHERE id = ?", (due.id,))

    def cancel(self, kind: str, subject: object) -> None:
        """Take a thing of this kind and subject off the agenda, whenever it was due."""
        self.db.execute("DELETE FROM agenda WHERE kind = ? AND subject = ?", (kind, str(subject)))

    def due_instant(self, kind: str, subject: object) -> datetime | None:
        """When a thing of this kind and subject is due."""
        sql = "SELECT min(due_at) AS at FROM agenda WHERE kind = ? AND subject = ?"
        row = self.db.execute(sql, (kind, str(subject))).fetchone()
        return instant(row["at"]) if row["at"] else None

    # Outbox

    def post(self, *, practice: str, at: datetime, label: str, extension: str, content: bytes) -> None:
        """Put a file into the outbox; it is delivered after the transaction."""
        self.db.execute(
            "INSERT INTO outbox (practice, made_at, label, extension, content) VALUES (?, ?, ?, ?, ?)",
            (practice, stamp(at), label, extension, content),
        )

    def outbox(self) -> list[OutFile]:
        """Files not delivered yet, oldest first."""
        return [
            OutFile(
                row["id"],
                row["practice"],
                instant(row["made_at"]),
                row["label"],
                row["extension"],
                row["content"],
                row["name"],
            )
            for row in self.db.execute("SELECT * FROM outbox ORDER BY id")
        ]

    def name_file(self, number: int, name: str) -> None:
        """Fix the name under which an outbox file is delivered."""
        self.db.execute("UPDATE outbox SET name = ? WHERE id = ?", (name, number))

    def clear_outbox(self, last: int) -> None:
        """Forget delivered files up to and including `last`."""
        self.db.execute("DELETE FROM outbox WHERE id <= ?", (last,))

    # Orders by hand

    def order(self, kind: str, claim_number: str, days: int, practice: str = "") -> int:
        """Leave an order for the running process; returns its number."""
        sql = "INSERT INTO orders (kind, practice, claim_number, days) VALUES (?, ?, ?, ?)"
        return int(self.db.execute(sql, (kind, practice, claim_number, days)).lastrowid or 0)

    def open_orders(self) -> list[Order]:
        """Orders that nobody has carried out."""
        sql = "SELECT * FROM orders WHERE outcome IS NULL ORDER BY id"
        return [
            Order(row["id"], row["kind"], row["practice"], row["claim_number"], row["days"])
            for row in self.db.execute(sql)
        ]

    def close_order(self, number: int, outcome: str) -> None:
        """Say what became of an order."""
        self.db.execute("UPDATE orders SET outcome = ? WHERE id = ?", (outcome, number))


def stamp(at: datetime) -> str:
    """An instant as sortable text in UTC."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def instant(text: str) -> datetime:
    """The instant that `stamp` wrote."""
    return datetime.fromisoformat(text)
