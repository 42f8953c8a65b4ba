"""Command line: `serve` by the wall clock, `drive` by a clock on standard input, `order` by hand."""

import argparse
import logging
import signal
import sqlite3
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from payersim.clock.loop import Clearinghouse
from payersim.clock.orders import KINDS, CannotOrder, place
from payersim.plans import PlanError
from payersim.state import Store

POLL_SECONDS = 1.0


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(message)s")
    if options.command == "order":
        return _order(options)
    try:
        house = Clearinghouse(options.exchange, options.payers)
    except PlanError as error:
        print(f"payersim: {error}", file=sys.stderr)
        return 2
    try:
        return _serve(house) if options.command == "serve" else _drive(house)
    finally:
        house.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="payersim", description="Simulated clearinghouse and payers.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("serve", "answer by the wall clock"), ("drive", "answer by ticks on standard input")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--exchange", type=Path, required=True, help="the exchange folder")
        command.add_argument("--payers", type=Path, required=True, help="the payers file")
    order = commands.add_parser("order", help="have something done to a claim at the next tick")
    order.add_argument("--exchange", type=Path, required=True, help="the exchange folder")
    order.add_argument("--practice", default="", help="the practice's slug, when several have the claim number")
    order.add_argument("--days", type=int, default=0, help="days, for delay")
    order.add_argument("kind", choices=KINDS)
    order.add_argument("claim_number", nargs="?", default="")
    return parser


def _serve(house: Clearinghouse) -> int:
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda caught, _frame: stopping.append(caught))
    while not stopping:
        try:
            taken, written = house.tick(datetime.now(UTC))
        except (OSError, sqlite3.Error) as error:  # a full disk or a locked state may pass; nothing is half done
            logging.error("tick failed: %s", type(error).__name__)
            taken = written = 0
        if taken or written:
            logging.info("took %d files, wrote %d", taken, written)
        time.sleep(POLL_SECONDS)
    return 0


def _drive(house: Clearinghouse) -> int:
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        match word:
            case "quit":
                return 0
            case "reload":
                house.reload()
                print("reloaded", flush=True)
            case "order":
                print(_drive_order(house, rest), flush=True)
            case "tick":
                print(_tick(house, rest), flush=True)
            case "":
                pass
            case _:
                print(f"error unknown command {word[:20]}", flush=True)
    return 0


def _tick(house: Clearinghouse, text: str) -> str:
    try:
        now = datetime.fromisoformat(text)
    except ValueError:
        return "error a tick needs an instant such as 2026-01-05T08:00:00+00:00"
    if now.tzinfo is None:
        return "error a tick needs a time zone"
    taken, written = house.tick(now.astimezone(UTC))
    return f"done {taken} {written}"


def _drive_order(house: Clearinghouse, text: str) -> str:
    words = text.split()
    if len(words) != 3 or words[0] not in KINDS:
        return "error an order needs its kind, a practice and a claim number"
    kind, practice, number = words
    try:
        return f"ordered {house.order(kind, number, practice)}"
    except CannotOrder as refusal:
        return f"error {refusal}"


def _order(options: argparse.Namespace) -> int:
    path = options.exchange / ".payersim" / "state.sqlite"
    if not path.exists():
        print("payersim: no state in this exchange folder; has the payer ever run?", file=sys.stderr)
        return 2
    store = Store(path)
    try:
        number = place(store, options.kind, options.claim_number, practice=options.practice, days=options.days)
    except CannotOrder as refusal:
        print(f"payersim: {refusal}", file=sys.stderr)
        return 2
    finally:
        store.close()
    print(f"order {number}: {options.kind} {options.claim_number}".rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
