"""The data folder: checked before anything starts, used by one copy of the product at a time."""

import contextlib
import errno
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rcm.embedded.refusal import CannotServe

MINIMUM_FREE_BYTES = 300 * 1024 * 1024  # a fresh database with the code sets and the demo
FULL_BYTES = 32 * 1024 * 1024  # two WAL segments: PostgreSQL cannot go on
_NAMES = ("postgres", "rcm_owner", "rcm_app", "valkey")


def explain(error: OSError) -> str:
    """One line a person can act on, for a file operation that failed."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full ({error.filename or 'data folder'}): make room and start again."
    return f"{error.filename or 'The data folder'}: {error.strerror or error}."


def must_have_room(folder: Path) -> None:
    """Raises CannotServe when the disk is so full that PostgreSQL may not even shut down cleanly soon."""
    if shutil.disk_usage(folder).free < FULL_BYTES:
        raise CannotServe(f"The disk of DATA_DIR {folder} is full: make room and start again.")


@contextmanager
def held(folder: Path, minimum_free: int = MINIMUM_FREE_BYTES) -> Iterator[None]:
    """Make the folder, check it, and keep every other copy of the product out of it.

    Raises CannotServe when it is no folder, cannot be written, is in use, or its disk is nearly full.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise CannotServe(f"DATA_DIR {folder} is a file, not a folder.")
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CannotServe(f"DATA_DIR {folder} cannot be written: {explain(error)}") from None
    try:
        _take(lock, folder)
        free = shutil.disk_usage(folder).free
        if free < minimum_free:
            raise CannotServe(
                f"The disk is full: DATA_DIR {folder} has {free >> 20} MB left, {minimum_free >> 20} MB are needed."
            )
        yield
    except CannotServe:
        must_have_room(folder)  # the better explanation
        raise
    finally:
        os.close(lock)


def _take(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(lock, 20, 0).decode().strip() or "unknown"
        raise CannotServe(
            f"Already running on DATA_DIR {folder} (process {holder}): stop it, or set another DATA_DIR and PORT."
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)


def passwords(folder: Path) -> dict[str, str]:
    """The random passwords of the embedded servers, made once. Raises CannotServe when the file is broken."""
    path = folder / "secrets.json"
    try:
        kept = json.loads(path.read_text())
        if not all(isinstance(kept[name], str) for name in _NAMES):
            raise TypeError
    except FileNotFoundError:
        if (folder / "postgres").exists():
            raise CannotServe(f"{path} is missing: put it back, or move {folder} away to start afresh.") from None
        return _make_passwords(path)
    except (ValueError, KeyError, TypeError):
        raise CannotServe(f"{path} is broken: put it back, or move {folder} away to start afresh.") from None
    return {name: str(kept[name]) for name in _NAMES}


def _make_passwords(path: Path) -> dict[str, str]:
    made = {name: secrets.token_urlsafe(24) for name in _NAMES}
    fresh = path.with_suffix(".new")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(made, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    return made
