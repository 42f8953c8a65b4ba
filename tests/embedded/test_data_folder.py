import json
import stat
from pathlib import Path

import pytest

from rcm.embedded.data_folder import held, passwords
from rcm.embedded.refusal import CannotServe


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(CannotServe, match="is a file, not a folder"), held(tmp_path / "data"):
        pass


def test_a_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotServe, match="cannot be written: .*Not a directory"), held(tmp_path / "file" / "data"):
        pass


def test_an_unwritable_folder_is_refused() -> None:
    with pytest.raises(CannotServe, match="DATA_DIR /proc/data cannot be written"), held(Path("/proc/data")):
        pass


def test_a_full_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="The disk is full"), held(tmp_path, minimum_free=1 << 60):
        pass


def test_a_second_copy_is_refused_and_the_next_one_is_not(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(CannotServe, match="Already running on DATA_DIR"), held(tmp_path):
        pass
    with held(tmp_path):
        assert tmp_path.is_dir()


def test_passwords_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    made = passwords(tmp_path)
    assert passwords(tmp_path) == made
    assert len(set(made.values())) == 4
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "{", "[]", '{"postgres": "only"}', json.dumps({"postgres": 1})])
def test_a_broken_password_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "secrets.json").write_text(content)
    with pytest.raises(CannotServe, match="secrets.json is broken"):
        passwords(tmp_path)


def test_a_lost_password_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    with pytest.raises(CannotServe, match="secrets.json is missing"):
        passwords(tmp_path)
