"""The folder that stands for a clearinghouse: nothing half-written, nothing twice."""

import os
import threading
from pathlib import Path

import pytest

from claims.gateways import CannotDeliver, FolderClearinghouse, clearinghouse_of


@pytest.fixture
def clearinghouse(tmp_path: Path) -> FolderClearinghouse:
    return FolderClearinghouse(tmp_path / "lakeshore")


def out(tmp_path: Path) -> Path:
    return tmp_path / "lakeshore" / "to_payer"


def come_in(tmp_path: Path, *names: str) -> Path:
    folder = tmp_path / "lakeshore" / "from_payer"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(name.encode())
    return folder


def test_a_delivered_file_is_whole_and_alone(clearinghouse: FolderClearinghouse, tmp_path: Path) -> None:
    assert clearinghouse.deliver("000000001.837", b"ISA*00") is True
    assert [each.name for each in out(tmp_path).iterdir()] == ["000000001.837"]
    assert (out(tmp_path) / "000000001.837").read_bytes() == b"ISA*00"


def test_a_name_is_delivered_once(clearinghouse: FolderClearinghouse, tmp_path: Path) -> None:
    clearinghouse.deliver("1.837", b"first")
    assert clearinghouse.deliver("1.837", b"second") is False
    assert (out(tmp_path) / "1.837").read_bytes() == b"first"


def test_a_name_that_was_taken_is_not_delivered_again(clearinghouse: FolderClearinghouse, tmp_path: Path) -> None:
    clearinghouse.deliver("1.837", b"first")
    (out(tmp_path) / "taken").mkdir()
    (out(tmp_path) / "1.837").rename(out(tmp_path) / "taken" / "1.837")
    assert clearinghouse.deliver("1.837", b"first") is False
    assert not (out(tmp_path) / "1.837").exists()


def test_many_workers_deliver_one_file(clearinghouse: FolderClearinghouse, tmp_path: Path) -> None:
    results: list[bool] = []
    gate = threading.Barrier(8)

    def deliver() -> None:
        gate.wait()
        results.append(clearinghouse.deliver("1.837", b"x" * 100_000))

    workers = [threading.Thread(target=deliver) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(results) == [False] * 7 + [True]
    assert [(each.name, each.stat().st_size) for each in out(tmp_path).iterdir()] == [("1.837", 100_000)]


def test_what_a_crash_left_behind_is_no_delivery(clearinghouse: FolderClearinghouse, tmp_path: Path) -> None:
    out(tmp_path).mkdir(parents=True)
    (out(tmp_path) / ".1.837.abc").write_bytes(b"hal")
    assert clearinghouse.deliver("1.837", b"whole") is True
    assert (out(tmp_path) / "1.837").read_bytes() == b"whole"


def test_waiting_files_are_listed_as_they_came(clearinghouse: FolderClearinghouse, tmp_path: Path) -> None:
    folder = come_in(tmp_path, "b.999", "a.ta1", ".half.835")
    (folder / "taken").mkdir()
    os.utime(folder / "b.999", (1, 1))
    assert list(clearinghouse.list_inbound()) == ["b.999", "a.ta1"]
    assert clearinghouse.read("a.ta1") == b"a.ta1"


def test_without_a_folder_nothing_waits(clearinghouse: FolderClearinghouse) -> None:
    assert list(clearinghouse.list_inbound()) == []


def test_an_archived_file_is_kept_and_known(clearinghouse: FolderClearinghouse, tmp_path: Path) -> None:
    folder = come_in(tmp_path, "a.ta1")
    assert clearinghouse.was_archived("a.ta1") is False
    clearinghouse.archive("a.ta1")
    clearinghouse.archive("a.ta1")
    assert clearinghouse.was_archived("a.ta1") is True
    come_in(tmp_path, "a.ta1")
    clearinghouse.archive("a.ta1")
    assert sorted(each.name for each in (folder / "taken").iterdir()) == ["a.ta1", "a.ta1.2"]


@pytest.mark.parametrize("name", ["", ".hidden", "../escape.837", "sub/file.837"])
def test_a_name_is_no_path(clearinghouse: FolderClearinghouse, name: str) -> None:
    with pytest.raises(ValueError):
        clearinghouse.deliver(name, b"x")


def test_a_folder_that_is_none_is_a_clear_refusal(clearinghouse: FolderClearinghouse, tmp_path: Path) -> None:
    (tmp_path / "lakeshore").write_text("a file")
    with pytest.raises(CannotDeliver, match="can't be written"):
        clearinghouse.deliver("1.837", b"x")
    with pytest.raises(CannotDeliver, match="can't be read"):
        clearinghouse.read("1.837")
    with pytest.raises(CannotDeliver, match="can't be read"):
        clearinghouse.list_inbound()


def test_each_practice_has_a_folder_of_its_own(exchange: Path) -> None:
    clearinghouse_of("harborview").deliver("1.837", b"x")
    assert [each.name for each in exchange.iterdir()] == ["harborview"]
