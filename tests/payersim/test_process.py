"""The process: its protocol, its orders, what it keeps over a stop, and that its seed decides everything."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from payersim.clock.loop import Clearinghouse
from payersim.exchange import deliver
from payersim.plans import PlanError, load_network
from tests.payersim.samples import Bill, Service, Town, envelope, file_837, network, read_835, set_837

ROOT = Path(__file__).resolve().parents[2]


def command(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "payersim", *arguments],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=30,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "exchange" / "lakeshore" / "to_payer").mkdir(parents=True)
    (tmp_path / "payers.json").write_text(json.dumps(network()))
    return tmp_path


def drive(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    return command("drive", "--exchange", str(folder / "exchange"), "--payers", str(folder / "payers.json"), text=text)


def test_drive_answers_each_line_and_an_order_reaches_it(folder: Path) -> None:
    exchange = folder / "exchange"
    (exchange / "lakeshore" / "to_payer" / "000000001.837").write_text(file_837(Bill()))
    first = drive(
        folder, "tick 2026-01-06T08:00:00+00:00\nreload\nwhat\ntick x\ntick 2026-01-06T15:00:00\nquit\ntick x\n"
    )
    placed = command("order", "--exchange", str(exchange), "unknown", "26-000001")
    second = drive(folder, "tick 2026-01-06T09:00:00-05:00\ntick 2026-02-01T08:00:00+00:00\n")

    assert first.stdout.splitlines() == [
        "done 1 1",
        "reloaded",
        "error unknown command what",
        "error a tick needs an instant such as 2026-01-05T08:00:00+00:00",
        "error a tick needs a time zone",
    ]
    assert placed.stdout == "order 1: unknown 26-000001\n"
    assert second.stdout.splitlines() == ["done 0 1", "done 0 1"]
    assert first.stderr + second.stderr == ""
    (remit,) = (exchange / "lakeshore" / "from_payer").glob("*.835")
    assert read_835(remit.read_bytes()).claims[0].number == "26-00000"


def test_an_order_is_for_a_claim_that_one_practice_sent(folder: Path) -> None:
    exchange, raw = folder / "exchange", network()
    raw["practices"].append({**raw["practices"][0], "slug": "harbor", "submitter_id": "HARBOR", "npi": "1992753883"})
    (folder / "payers.json").write_text(json.dumps(raw))
    (exchange / "harbor" / "to_payer").mkdir(parents=True)
    (exchange / "lakeshore" / "to_payer" / "000000001.837").write_text(file_837(Bill(), Bill("26-000002")))
    theirs = envelope(set_837([Bill()]), control=1, kind="HC", version="005010X222A1", sender="HARBOR")
    (exchange / "harbor" / "to_payer" / "000000001.837").write_text(theirs)
    drive(folder, "tick 2026-01-06T08:00:00+00:00\n")

    def order(*words: str) -> tuple[int, str]:
        done = command("order", "--exchange", str(exchange), *words)
        return done.returncode, done.stdout + done.stderr

    assert order("reverse", "26-000009") == (2, "payersim: no practice has sent a claim 26-000009\n")
    assert order("reverse") == (2, "payersim: reverse needs a claim number\n")
    several = "payersim: several practices have a claim 26-000001: add --practice with harbor or lakeshore\n"
    assert order("unknown", "26-000001") == (2, several)
    assert order("--practice", "harbor", "unknown", "26-000002") == (
        2,
        "payersim: harbor has sent no claim 26-000002\n",
    )
    assert order("unknown", "26-000002") == (0, "order 1: unknown 26-000002\n")
    assert order("--practice", "harbor", "unknown", "26-000001") == (0, "order 2: unknown 26-000001\n")
    assert order("reorder") == (0, "order 3: reorder\n")
    driven = drive(
        folder, "order unknown lakeshore 26-000009\norder reverse lakeshore\norder repeat lakeshore 26-000001\n"
    )
    assert driven.stdout.splitlines() == [
        "error lakeshore has sent no claim 26-000009",
        "error an order needs its kind, a practice and a claim number",
        "ordered 4",
    ]
    drive(folder, "tick 2026-01-06T14:00:00+00:00\ntick 2026-02-01T08:00:00+00:00\n")
    shown = {
        slug: [read_835(path.read_bytes()) for path in (exchange / slug / "from_payer").glob("*.835")]
        for slug in ("harbor", "lakeshore")
    }
    assert [one.number for remit in shown["harbor"] for one in remit.claims] == ["26-00000"]
    assert [one.number for remit in shown["lakeshore"] for one in remit.claims] == ["26-000001", "26-00000"]


def test_serve_answers_by_the_wall_clock_and_ends_on_a_signal(folder: Path) -> None:
    (folder / "exchange" / "lakeshore" / "to_payer" / "000000001.837").write_text(file_837(Bill()))
    arguments = ["serve", "--exchange", str(folder / "exchange"), "--payers", str(folder / "payers.json")]
    serving = subprocess.Popen(
        [sys.executable, "-m", "payersim", *arguments], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        assert serving.stderr is not None
        assert serving.stderr.readline() == "INFO took 1 files, wrote 1\n"
        serving.terminate()
        assert serving.wait(timeout=10) == 0
        assert serving.stderr.read() == ""
    finally:
        serving.kill()
        serving.communicate()


def test_faults_of_the_command_line_are_one_line_and_a_code(folder: Path) -> None:
    (folder / "payers.json").write_text('{"seed": 7}')
    broken = drive(folder, "")
    orphan = command("order", "--exchange", str(folder / "nowhere"), "reverse", "26-1")

    assert (broken.returncode, broken.stderr) == (2, "payersim: The payers file lacks 'payers'.\n")
    assert (orphan.returncode, orphan.stderr.count("\n")) == (2, 1)


def test_payers_file_is_read_again_when_it_changes_and_kept_when_it_breaks(town: Town) -> None:
    raw = network(fee_schedule={"99213": "80.00"})
    town.send(Bill("26-1"))
    town.payers.write_text("{")
    town.tick(hours=6)
    town.payers.write_text(json.dumps(raw))
    town.run(12)

    (content,) = town.fresh("835")
    assert str(read_835(content).claims[0].paid) == "50"


def test_load_network_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "payers.json"
    with pytest.raises(PlanError, match="can't be read"):
        load_network(path)
    path.write_text(json.dumps(network(decision_days=[1])))
    with pytest.raises(PlanError, match="wrong shape"):
        load_network(path)


def history(town: Town) -> dict[str, bytes]:
    """Six weeks of a small practice, and every file that came of them."""
    for week in range(6):
        days = [f"2025{10 + week // 3}{1 + n:02d}" for n in range(9)]
        codes = ["20610", "72148", "99213", "82306"]
        bills = [
            Bill(f"26-{week}{n}", services=[Service(codes[(n + week) % 4], "120", modifiers="76", day=day)])
            for n, day in enumerate(days)
        ]
        town.send(*bills)
        town.run(7)
    town.run(90)
    return {path.name: path.read_bytes() for path in town.from_payer.iterdir() if path.is_file()}


def busy(seed: int) -> dict[str, object]:
    events = {"reversal_rate": 0.2, "takeback_rate": 0.2, "interest_rate": 0.1, "repeat_file_rate": 0.2}
    return {
        **network(events={**events, "reorder_rate": 0.3, "lost_claim_rate": 0.05}, decision_days=[5, 20]),
        "seed": seed,
    }


def test_same_seed_same_bytes_and_another_seed_another_history(found_town: Callable[..., Town]) -> None:
    first, again, other = (history(found_town(busy(seed))) for seed in (7, 7, 8))

    assert first == again
    assert len(first) > 40
    assert first != other


def test_every_835_of_a_busy_history_balances(found_town: Callable[..., Town]) -> None:
    files = history(found_town(busy(11)))
    remits = [read_835(content) for name, content in files.items() if name.endswith(".835")]

    assert len(remits) > 10
    assert all(each.balances and each.amount >= 0 for each in remits)
    assert {one.status for remit in remits for one in remit.claims} == {"1", "4", "22"}


def test_state_survives_a_restart(town: Town) -> None:
    town.send(Bill())
    town.house.close()
    town.house = Clearinghouse(town.exchange, town.payers)
    town.run(12)

    assert len(town.fresh("835")) == 1


def test_stopped_between_commit_and_move_nothing_is_taken_twice(town: Town) -> None:
    town.send(Bill())
    (town.to_payer / "taken" / "000000001.837").rename(town.to_payer / "000000001.837")
    town.tick()

    assert town.fresh("ta1") == []
    assert len(town.fresh("999")) == 1
    assert (town.to_payer / "taken" / "000000001.837").exists()


def test_stopped_before_delivery_the_outbox_is_delivered_later(town: Town) -> None:
    store = town.house._store
    with store.transaction():
        store.post(practice="lakeshore", at=town.now, label="x", extension="999", content=b"x")
        store.name_file(1, "202601060800-0000001-x.999")

    assert town.tick() == (0, 1)
    assert town.fresh("999") == [b"x"]
    assert town.tick() == (0, 0)


def test_name_that_was_delivered_is_not_delivered_again(tmp_path: Path) -> None:
    assert deliver(tmp_path, "lakeshore", "a.835", b"1")
    assert not deliver(tmp_path, "lakeshore", "a.835", b"2")
    taken = tmp_path / "lakeshore" / "from_payer" / "taken"
    taken.mkdir()
    (taken.parent / "a.835").rename(taken / "a.835")
    assert not deliver(tmp_path, "lakeshore", "a.835", b"3")
    assert [path.name for path in taken.parent.iterdir()] == ["taken"]


def test_step_that_breaks_leaves_nothing_behind_and_the_loop_goes_on(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    town.send(Bill())
    town.house._store.plan(town.now, "decide", 999)
    town.run(12)

    assert [record.getMessage() for record in caplog.records] == ["decide 2 failed: KeyError"]
    assert len(town.fresh("835")) == 1


def test_log_names_no_patient(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    town.leave(file_837(Bill()).replace("19700309", "19701309"))
    town.leave("ISA OKAFOR", "b.837")
    town.tick()

    assert "unreadable file put aside: b.837 (Unreadable)" in caplog.text
    assert "OKAFOR" not in caplog.text.upper()
    assert "19701309" not in caplog.text


def test_orders_table_is_open_to_another_process(town: Town) -> None:
    town.send(Bill())
    town.tick(hours=6)
    path = town.exchange / ".payersim" / "state.sqlite"
    with sqlite3.connect(path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
