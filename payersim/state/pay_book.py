"""Money on its way: what the next 835 holds, the 835s that went out, and balances carried forward."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payersim.state.claim_book import cents, dollars
from payersim.state.store import Store


@dataclass(frozen=True, slots=True)
class PayItem:
    """One thing for an 835. `kind`: claim, reversal, takeback and recoup (amount taken),
    interest (amount paid)."""

    id: int
    claim: int
    kind: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class RemitRow:
    id: int
    practice: str
    payer_id: str
    paid_on: date
    trace: str
    amount: Decimal
    content: bytes


class PayBook:
    """Reads and writes payments inside the store's transaction."""

    def __init__(self, store: Store) -> None:
        self._db = store.db

    def add(
        self,
        *,
        practice: str,
        payer_id: str,
        pay_on: date,
        claim: int,
        kind: str,
        amount: Decimal = Decimal(0),
    ) -> None:
        """Put something into the 835 of a pay day."""
        self._db.execute(
            "INSERT INTO pay_item (practice, payer_id, pay_on, claim, kind, amount) VALUES (?, ?, ?, ?, ?, ?)",
            (practice, payer_id, pay_on.isoformat(), claim, kind, cents(amount)),
        )

    def open_items(self, practice: str, payer_id: str, pay_on: date) -> list[PayItem]:
        """What has to be paid or taken by this day and is in no 835 yet, in the order it came up."""
        rows = self._db.execute(
            "SELECT * FROM pay_item WHERE practice = ? AND payer_id = ? AND pay_on <= ? AND remit IS NULL ORDER BY id",
            (practice, payer_id, pay_on.isoformat()),
        )
        return [PayItem(row["id"], row["claim"], row["kind"], dollars(row["amount"])) for row in rows]

    def hurry(self, claim: int, pay_on: date) -> None:
        """Move a claim's open items to another pay day."""
        self._db.execute(
            "UPDATE pay_item SET pay_on = ? WHERE claim = ? AND remit IS NULL", (pay_on.isoformat(), claim)
        )

    def add_remit(
        self, *, practice: str, payer_id: str, paid_on: date, trace: str, amount: Decimal, content: bytes
    ) -> int:
        """Keep an 835 that goes out; returns its id."""
        cursor = self._db.execute(
            "INSERT INTO remit (practice, payer_id, paid_on, trace, amount, content) VALUES (?, ?, ?, ?, ?, ?)",
            (practice, payer_id, paid_on.isoformat(), trace, cents(amount), content),
        )
        return int(cursor.lastrowid or 0)

    def settle(self, items: list[PayItem], remit: int) -> None:
        """Mark items as sent in an 835, and the claims they decided."""
        self._db.executemany("UPDATE pay_item SET remit = ? WHERE id = ?", [(remit, each.id) for each in items])
        self._db.executemany(
            "UPDATE claim SET remit = ? WHERE id = ?",
            [(remit, each.claim) for each in items if each.kind == "claim"],
        )

    def remit(self, number: int) -> RemitRow:
        """An 835 by its id."""
        row = self._db.execute("SELECT * FROM remit WHERE id = ?", (number,)).fetchone()
        return RemitRow(
            row["id"],
            row["practice"],
            row["payer_id"],
            date.fromisoformat(row["paid_on"]),
            row["trace"],
            dollars(row["amount"]),
            row["content"],
        )

    def forward(self, practice: str, payer_id: str) -> tuple[Decimal, str]:
        """Dollars the practice owes from an earlier 835, and that 835's trace number."""
        sql = "SELECT owed, reference FROM forward_balance WHERE practice = ? AND payer_id = ?"
        row = self._db.execute(sql, (practice, payer_id)).fetchone()
        return (dollars(row["owed"]), row["reference"]) if row else (Decimal(0), "")

    def carry(self, practice: str, payer_id: str, owed: Decimal, reference: str) -> None:
        """Carry a balance to the next 835."""
        self._db.execute(
            "INSERT OR REPLACE INTO forward_balance VALUES (?, ?, ?, ?)",
            (practice, payer_id, cents(owed), reference),
        )
