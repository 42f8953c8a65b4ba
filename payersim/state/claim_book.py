"""Claims as the payers hold them, the lines they decided, and the deductible each member has used."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from payersim.adjudicate import LineKey
from payersim.claims import Claim, Decision, claim_of, decision_of, to_json
from payersim.state.store import Store

# A claim's life at the payer: received, then rejected or accepted; accepted becomes decided, void (withdrawn) or
# replaced; decided becomes reversed (money taken back, correction to come), replaced or void.


@dataclass(frozen=True, slots=True)
class ClaimRow:
    id: int
    practice: str
    interchange: int | None
    claim: Claim
    control: str
    status: str
    received_on: date
    flags: Mapping[str, Any]
    decision: Decision | None
    decided_on: date | None
    original: int | None
    replaced_by: int | None
    recovered: Decimal
    remit: int | None


class ClaimBook:
    """Reads and writes claims inside the store's transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._db = store.db

    def add(
        self,
        claim: Claim,
        *,
        practice: str,
        interchange: int | None,
        received_on: date,
        original: int | None = None,
    ) -> int:
        """Record a claim as received; returns its id."""
        cursor = self._db.execute(
            "INSERT INTO claim (practice, interchange, payer_id, claim_number, frequency, status, received_on, "
            "body, original) VALUES (?, ?, ?, ?, ?, 'received', ?, ?, ?)",
            (
                practice,
                interchange,
                claim.payer_id,
                claim.claim_number,
                claim.frequency,
                received_on.isoformat(),
                to_json(claim),
                original,
            ),
        )
        return int(cursor.lastrowid or 0)

    def get(self, number: int) -> ClaimRow:
        """A claim by its id. Raises KeyError when there is none."""
        found = self._one("SELECT * FROM claim WHERE id = ?", number)
        if found is None:
            raise KeyError(number)
        return found

    def of_interchange(self, interchange: int, payer_id: str) -> list[ClaimRow]:
        """One payer's claims of an interchange, in file order."""
        sql = "SELECT * FROM claim WHERE interchange = ? AND payer_id = ? ORDER BY id"
        return list(self._rows(sql, interchange, payer_id))

    def by_control(self, payer_id: str, control: str, practice: str) -> ClaimRow | None:
        """The claim with this payer claim control number."""
        sql = "SELECT * FROM claim WHERE control = ? AND payer_id = ? AND practice = ?"
        return self._one(sql, control, payer_id, practice)

    def latest(self, claim_number: str, *, payer_id: str = "", practice: str = "") -> ClaimRow | None:
        """The last claim that came under this number, rejected ones only when there is no other."""
        return self._one(
            "SELECT * FROM claim WHERE claim_number = ?1 AND (?2 = '' OR payer_id = ?2) "
            "AND (?3 = '' OR practice = ?3) ORDER BY status = 'rejected', id DESC LIMIT 1",
            claim_number,
            payer_id,
            practice,
        )

    def practices_of(self, claim_number: str) -> list[str]:
        """The slugs of the practices that sent a claim under this number, by name."""
        sql = "SELECT DISTINCT practice FROM claim WHERE claim_number = ? ORDER BY practice"
        return [row["practice"] for row in self._db.execute(sql, (claim_number,))]

    def standing_first(self, claim: Claim, practice: str, before: int) -> ClaimRow | None:
        """An accepted first claim (frequency 1) of the same number that came before row `before`."""
        return self._one(
            "SELECT * FROM claim WHERE claim_number = ? AND payer_id = ? AND practice = ? AND frequency = '1' "
            "AND id < ? AND status NOT IN ('received', 'rejected', 'void') AND interchange IS NOT NULL LIMIT 1",
            claim.claim_number,
            claim.payer_id,
            practice,
            before,
        )

    def ordinal(self, row: ClaimRow) -> int:
        """How many claims of this number came to this payer before this one."""
        found = self._db.execute(
            "SELECT count(*) AS n FROM claim WHERE claim_number = ? AND payer_id = ? AND practice = ? AND id < ?",
            (row.claim.claim_number, row.claim.payer_id, row.practice, row.id),
        ).fetchone()
        return int(found["n"])

    def current(self, row: ClaimRow) -> ClaimRow:
        """The claim that stands in this one's place now."""
        while row.replaced_by is not None:
            row = self.get(row.replaced_by)
        return row

    def family(self, row: ClaimRow) -> set[int]:
        """Ids of the claim and of all it took the place of."""
        ids = {row.id}
        while row.original is not None:
            row = self.get(row.original)
            ids.add(row.id)
        return ids

    def set(self, number: int, **columns: object) -> None:
        """Set columns of a claim: control, status, decided_on, original, replaced_by, remit."""
        names = ", ".join(f"{name} = ?" for name in columns)
        self._db.execute(f"UPDATE claim SET {names} WHERE id = ?", (*columns.values(), number))

    def flag(self, row: ClaimRow, **flags: object) -> None:
        """Add to the claim's flags."""
        current = self.get(row.id).flags
        self.set(row.id, flags=json.dumps({**current, **flags}, sort_keys=True))

    def add_recovered(self, number: int, amount: Decimal) -> None:
        """Count dollars taken back (or, negative, given again) through PLB."""
        self._db.execute("UPDATE claim SET recovered = recovered + ? WHERE id = ?", (cents(amount), number))

    # Decisions and what they leave behind

    def record_decision(self, row: ClaimRow, decision: Decision, keys: Iterable[LineKey], on: date) -> None:
        """Write a decision down, remember its lines, and move the member's accumulators."""
        self.set(row.id, status="decided", decision=to_json(decision), decided_on=on.isoformat())
        claim = row.claim
        self._db.executemany(
            "INSERT INTO decided_line VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    row.id,
                    claim.payer_id,
                    claim.member_id,
                    key.billing_npi,
                    key.code,
                    key.modifiers,
                    key.day.isoformat(),
                )
                for key in keys
            ],
        )
        self._accumulate(claim, decision, 1)

    def undo_decision(self, row: ClaimRow, status: str) -> None:
        """Take a decision's lines and accumulations out of memory, because it was reversed."""
        self._db.execute("DELETE FROM decided_line WHERE claim = ?", (row.id,))
        if row.decision is not None:
            self._accumulate(row.claim, row.decision, -1)
        self.set(row.id, status=status)

    def decided_lines(self, claim: Claim, besides: Iterable[int]) -> frozenset[LineKey]:
        """Services the payer decided for this member on the claim's days, on other claims than `besides`."""
        own = set(besides)
        rows = self._db.execute(
            "SELECT * FROM decided_line WHERE payer_id = ? AND member_id = ? AND day BETWEEN ? AND ?",
            (claim.payer_id, claim.member_id, claim.first_day.isoformat(), claim.last_day.isoformat()),
        )
        return frozenset(
            LineKey(row["billing_npi"], row["code"], row["modifiers"], date.fromisoformat(row["day"]))
            for row in rows
            if row["claim"] not in own
        )

    def deductible_used(self, claim: Claim) -> dict[int, Decimal]:
        """Dollars of deductible the member has used, by calendar year."""
        sql = "SELECT year, used FROM deductible WHERE payer_id = ? AND member_id = ?"
        return {row["year"]: dollars(row["used"]) for row in self._db.execute(sql, (claim.payer_id, claim.member_id))}

    def _accumulate(self, claim: Claim, decision: Decision, sign: int) -> None:
        for year, amount in decision.deductible.items():
            self._db.execute(
                "INSERT INTO deductible VALUES (?, ?, ?, ?) "
                "ON CONFLICT (payer_id, member_id, year) DO UPDATE SET used = used + excluded.used",
                (claim.payer_id, claim.member_id, year, sign * cents(amount)),
            )

    def _one(self, sql: str, *values: object) -> ClaimRow | None:
        return next(self._rows(sql, *values), None)

    def _rows(self, sql: str, *values: object) -> Iterator[ClaimRow]:
        return (_claim_row(row) for row in self._db.execute(sql, values).fetchall())


def cents(amount: Decimal) -> int:
    """Dollars as whole cents."""
    return int((amount * 100).to_integral_value())


def dollars(amount: int) -> Decimal:
    """Whole cents as dollars."""
    return Decimal(amount).scaleb(-2)


def _claim_row(row: sqlite3.Row) -> ClaimRow:
    return ClaimRow(
        id=row["id"],
        practice=row["practice"],
        interchange=row["interchange"],
        claim=claim_of(row["body"]),
        control=row["control"] or "",
        status=row["status"],
        received_on=date.fromisoformat(row["received_on"]),
        flags=json.loads(row["flags"]),
        decision=decision_of(row["decision"]) if row["decision"] else None,
        decided_on=date.fromisoformat(row["decided_on"]) if row["decided_on"] else None,
        original=row["original"],
        replaced_by=row["replaced_by"],
        recovered=dollars(row["recovered"]),
        remit=row["remit"],
    )
