"""One tick: do what fell due, take what came in, write what is due now; then deliver."""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from payersim.chance import happens, share
from payersim.clock.acknowledge import acknowledge
from payersim.clock.aftermath import correct_claim, decide_appeal, reverse_claim, take_back
from payersim.clock.desk import Desk
from payersim.clock.intake import take
from payersim.clock.orders import carry_out, place
from payersim.clock.settle import decide_claim, pay, repeat_file
from payersim.clock.status import answer
from payersim.exchange import InFile, deliver, is_letter, move, waiting, was_moved
from payersim.plans import Network, PlanError, load_network
from payersim.state import ClaimBook, Due, OutFile, PayBook, Store

log = logging.getLogger("payersim")

STEPS: dict[str, Callable[[Desk, str, datetime], None]] = {
    "acknowledge": acknowledge,
    "decide": lambda desk, subject, at: decide_claim(desk, int(subject), at),
    "pay": pay,
    "repeat": lambda desk, subject, at: repeat_file(desk, int(subject), at),
    "reverse": lambda desk, subject, at: reverse_claim(desk, int(subject), at),
    "correct": lambda desk, subject, at: correct_claim(desk, int(subject), at),
    "takeback": lambda desk, subject, at: take_back(desk, int(subject), at),
    "appeal": decide_appeal,
    "status": answer,
}


class Clearinghouse:
    """The exchange folder, the payers file and the state; time comes in through `tick`."""

    def __init__(self, exchange: Path, payers: Path) -> None:
        """Raises PlanError when the payers file can't be used."""
        self._exchange = exchange
        self._payers = payers
        self._store = Store(exchange / ".payersim" / "state.sqlite")
        self._changed = -1
        self._desk = self._open_desk(load_network(payers))
        self._remember_change()

    def close(self) -> None:
        """Close the state."""
        self._store.close()

    def reload(self) -> None:
        """Read the payers file again; a file that can't be used leaves the plans as they were."""
        self._remember_change()
        try:
            self._desk = self._open_desk(load_network(self._payers))
        except PlanError as error:
            log.warning("payers file not reloaded: %s", error)

    def order(self, kind: str, claim_number: str, practice: str) -> int:
        """Leave an order for the next tick; returns its number. Raises CannotOrder for a claim that nobody sent."""
        return place(self._store, kind, claim_number, practice=practice)

    def tick(self, now: datetime) -> tuple[int, int]:
        """Take every new file as of `now` (UTC), write every answer due by then; returns files in and out."""
        now = now.astimezone(UTC)
        if self._payers_mtime() != self._changed:
            self.reload()
        files = self._waiting()
        fates: list[tuple[InFile, str]] = []
        orders = self._store.open_orders()
        if files or orders or self._store.next_due(now):
            with self._store.transaction():
                self._run_agenda(now)
                fates = [(file, self._take(file, now)) for file in files]
                for order in orders:
                    self._store.close_order(order.id, carry_out(self._desk, order, now))
                self._run_agenda(now)
                self._name_files(now)
        delivered = self._deliver()
        for file, folder in fates:
            move(file, folder)
        return sum(folder == "taken" for _, folder in fates), delivered

    def _open_desk(self, network: Network) -> Desk:
        practices = {practice.slug: practice for practice in network.practices}
        return Desk(self._store, ClaimBook(self._store), PayBook(self._store), network, practices)

    def _payers_mtime(self) -> int:
        try:
            return os.stat(self._payers).st_mtime_ns
        except OSError:
            return self._changed

    def _remember_change(self) -> None:
        self._changed = self._payers_mtime()

    def _waiting(self) -> list[InFile]:
        return [file for slug in self._desk.practices for file in waiting(self._exchange, slug)]

    def _run_agenda(self, now: datetime) -> None:
        while (due := self._store.next_due(now)) is not None:
            self._store.done(due)
            try:
                with self._store.savepoint():
                    STEPS[due.kind](self._desk, due.subject, due.at)
            except Exception as error:  # one broken step must not stop the payers; nothing of it is kept
                self._report(due, error)

    def _report(self, due: Due, error: Exception) -> None:
        log.error("%s %s failed: %s", due.kind, due.id, type(error).__name__)

    def _take(self, file: InFile, now: datetime) -> str:
        """Deal with a file once; returns the folder it belongs into.

        A file that is noted but was never moved was dealt with by a process that was stopped in between.
        """
        if is_letter(file):
            return "taken"
        try:
            data = file.path.read_bytes()
            digest = sha256(data).hexdigest()
            if not self._store.was_taken(file.practice, file.name, digest) or was_moved(file):
                with self._store.savepoint():
                    take(self._desk, file, data, now)
        except Exception as error:  # whatever a file holds, the loop goes on
            log.warning("unreadable file put aside: %s (%s)", file.name, type(error).__name__)
            return "unreadable"
        self._store.note_taken(file.practice, file.name, digest)
        return "taken"

    def _name_files(self, now: datetime) -> None:
        """Give the tick's files names that sort as they were made, or, in a disordered tick, as it falls."""
        fresh = [each for each in self._store.outbox() if not each.name]
        names = [f"{each.made_at:%Y%m%d%H%M}-{self._store.next_number('file'):07d}" for each in fresh]
        for slug in self._desk.practices:
            mine = [n for n, each in enumerate(fresh) if each.practice == slug]
            if self._is_disordered(slug, now, len(mine)):
                mixed = sorted(mine, key=lambda n: share(self._desk.seed, "order", fresh[n].id))
                for place, name in zip(mixed, [names[n] for n in mine], strict=True):
                    names[place] = name
        for each, name in zip(fresh, names, strict=True):
            self._store.name_file(each.id, f"{name}-{_plain(each.label)}.{each.extension}")

    def _is_disordered(self, slug: str, now: datetime, count: int) -> bool:
        if count < 2:
            return False
        if self._store.remembered("reorder") == "1":
            self._store.remember("reorder", "")
            return True
        rates = [payer.events.reorder_rate for payer in self._desk.network.payers.values()]
        return happens(max(rates, default=0.0), self._desk.seed, "reorder", slug, now.isoformat())

    def _deliver(self) -> int:
        files: list[OutFile] = self._store.outbox()
        for each in files:
            deliver(self._exchange, each.practice, each.name, each.content)
        if files:
            self._store.clear_outbox(files[-1].id)
        return len(files)


def _plain(label: str) -> str:
    return "".join(each if each.isalnum() else "-" for each in label)[:40] or "x"
