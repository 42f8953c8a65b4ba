"""What every step of the clock works with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from payersim.answers.envelope import Header
from payersim.plans import Network, Payer, Practice
from payersim.state import ClaimBook, PayBook, Store

DECIDES_AT = time(5, tzinfo=UTC)
PAYS_AT = time(7, tzinfo=UTC)


@dataclass(frozen=True)
class Desk:
    """The state and the payers, inside one transaction."""

    store: Store
    claims: ClaimBook
    pay: PayBook
    network: Network
    practices: Mapping[str, Practice]

    @property
    def seed(self) -> int:
        """The seed that every draw starts from."""
        return self.network.seed

    def payer(self, payer_id: str) -> Payer:
        """A payer by id. Raises KeyError when the payers file does not have it any more."""
        return self.network.payers[payer_id]

    def header(self, practice: str, at: datetime, usage: str = "") -> Header:
        """The envelope of the next file to a practice, with a fresh control number."""
        return Header(
            sender=self.network.clearinghouse_id,
            receiver=self.practices[practice].submitter_id,
            control=self.store.next_number("control"),
            at=at,
            usage=usage or self.store.remembered(f"usage:{practice}", "P"),
        )

    def post(self, practice: str, at: datetime, label: str, extension: str, content: bytes) -> None:
        """Leave a file for delivery at the end of the tick."""
        self.store.post(practice=practice, at=at, label=label, extension=extension, content=content)


def pay_day(payer: Payer, on: date) -> date:
    """The payer's first pay day on or after a day: its weekday, or any day from Monday to Friday."""
    while (on.isoweekday() != payer.pay_weekday) if payer.pay_weekday else on.isoweekday() > 5:
        on += timedelta(days=1)
    return on


def plan_payment(desk: Desk, *, practice: str, payer_id: str, at: datetime) -> date:
    """Make sure that the payer's next pay run is on the agenda; returns its day."""
    on = pay_day(desk.payer(payer_id), at.date())
    desk.store.plan(max(at, datetime.combine(on, PAYS_AT)), "pay", f"{practice}|{payer_id}|{on}")
    return on
