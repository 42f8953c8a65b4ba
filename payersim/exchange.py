"""The exchange folder: taking what a practice wrote, delivering what the payers answer.

Every write goes to a dot-name in the same folder, is synced, then renamed. A name that exists was delivered.
"""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class InFile:
    """A file waiting in a practice's `to_payer` folder."""

    practice: str
    path: Path

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


def waiting(exchange: Path, slug: str) -> list[InFile]:
    """Files a practice left for the payers, by name; names with a leading dot are still being written."""
    try:
        with os.scandir(exchange / slug / "to_payer") as entries:
            names = sorted(each.name for each in entries if each.name[0] != "." and each.is_file())
    except FileNotFoundError:
        return []
    return [InFile(slug, exchange / slug / "to_payer" / name) for name in names]


def is_letter(file: InFile) -> bool:
    """Whether this is the letter that goes with an appeal: it is kept, not read."""
    return file.path.suffix == ".pdf" and file.name.startswith("appeal-")


def was_moved(file: InFile) -> bool:
    """Whether a file of this name was taken before."""
    return (file.path.parent / "taken" / file.name).exists()


def move(file: InFile, folder: str) -> None:
    """Move a file into `taken` or `unreadable` beside it; a name that is there already gets a number."""
    target = file.path.parent / folder
    target.mkdir(exist_ok=True)
    goal, number = target / file.name, 1
    while goal.exists():
        number += 1
        goal = target / f"{file.name}.{number}"
    file.path.rename(goal)


def deliver(exchange: Path, slug: str, name: str, content: bytes) -> bool:
    """Write a file for a practice; False when a file of that name was delivered before."""
    folder = exchange / slug / "from_payer"
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / name).exists() or (folder / "taken" / name).exists():
        return False
    part = folder / f".{name}"
    with open(part, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    part.rename(folder / name)
    return True
