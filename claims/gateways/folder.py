"""A clearinghouse behind a shared folder: `to_payer/` is ours to write, `from_payer/` ours to empty."""

import errno
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from claims.gateways.clearinghouse import CannotDeliver

_WITHOUT_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK}  # file systems that have no hard links
TAKEN = "taken"  # where a reader puts what it has read


class FolderClearinghouse:
    """Exchange through the folder of one practice. Names that start with a dot are still being written."""

    def __init__(self, folder: Path) -> None:
        self._out = folder / "to_payer"
        self._in = folder / "from_payer"

    def deliver(self, name: str, content: bytes) -> bool:
        """Write under a dot-name, sync, then publish in one step; False when the name is there or was taken."""
        _refuse_path(name)
        target = self._out / name
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            if target.exists() or (self._out / TAKEN / name).exists():
                return False
            return _publish(target, content)
        except OSError as error:
            raise CannotDeliver(f"The exchange folder can't be written ({error.strerror}).") from error

    def list_inbound(self) -> Sequence[str]:
        """Waiting names, oldest file first."""
        try:
            with os.scandir(self._in) as entries:
                found = [
                    (each.stat().st_mtime_ns, each.name)
                    for each in entries
                    if not each.name.startswith(".") and each.is_file()
                ]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise CannotDeliver(f"The exchange folder can't be read ({error.strerror}).") from error
        return [name for _, name in sorted(found)]

    def read(self, name: str) -> bytes:
        """The bytes of a waiting file."""
        _refuse_path(name)
        try:
            return (self._in / name).read_bytes()
        except OSError as error:
            raise CannotDeliver(f"A file of the exchange folder can't be read ({error.strerror}).") from error

    def archive(self, name: str) -> None:
        """Move a file into `taken/`; when that name is there already, under the name with a number."""
        _refuse_path(name)
        try:
            (self._in / TAKEN).mkdir(exist_ok=True)
            goal, number = self._in / TAKEN / name, 1
            while goal.exists():
                number += 1
                goal = self._in / TAKEN / f"{name}.{number}"
            (self._in / name).rename(goal)
        except FileNotFoundError:
            return
        except OSError as error:
            raise CannotDeliver(f"A file of the exchange folder can't be moved ({error.strerror}).") from error

    def was_archived(self, name: str) -> bool:
        """Whether `taken/` holds that name."""
        return (self._in / TAKEN / name).exists()


def _refuse_path(name: str) -> None:
    if not name or name.startswith(".") or Path(name).name != name:
        raise ValueError("A file of the exchange is named without a folder or a leading dot.")


def _publish(target: Path, content: bytes) -> bool:
    """Link a synced file to its name: unlike a rename, a link never replaces what another worker published."""
    handle, part = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        os.fchmod(handle, 0o640)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, target)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _WITHOUT_LINKS:
                raise
            os.rename(part, target)
        _sync_folder(target.parent)
        return True
    finally:
        Path(part).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
