"""How a version of what was learned is kept: a zip of readable JSON and of the ranking's arrays. Nothing of it is run.

Pages read the JSON without loading the libraries that rank.
"""

import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple

from coding.suggestion.habits import Habits, from_json, to_json

FORMAT = 2
_HABITS, _PHRASES, _RANKING = "habits.json", "phrases.json", "ranking.npz"


class Phrase(NamedTuple):
    """Words of notes and a code they bring: coded in so many of the cases that have the words."""

    words: str
    code: str
    coded: int
    cases: int


class ServiceRule(NamedTuple):
    """A phrase in word keys, as a note has it, and the service that was coded in so many of the cases with it."""

    phrase: str
    words: str
    code: str
    coded: int
    cases: int


@dataclass(frozen=True, slots=True)
class Stored:
    """What is in a file. `ranking`: empty when there was none; `engine` is the version that made it."""

    habits: Habits = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    services: tuple[ServiceRule, ...] = ()
    ranking: bytes = b""
    engine: int = 0


def pack(stored: Stored) -> bytes:
    """Write one file."""
    buffer = io.BytesIO()
    told = {"format": FORMAT, "engine": stored.engine, "phrases": stored.phrases, "services": stored.services}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(_HABITS, to_json(stored.habits))
        file.writestr(_PHRASES, json.dumps(told, ensure_ascii=False))
        file.writestr(_RANKING, stored.ranking, zipfile.ZIP_STORED)
    return buffer.getvalue()


def unpack(payload: bytes) -> Stored:
    """Read what `pack` wrote. Raises ValueError for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as file:
            told = json.loads(file.read(_PHRASES))
            habits, ranking = from_json(file.read(_HABITS)), file.read(_RANKING)
    except (zipfile.BadZipFile, KeyError) as error:
        raise ValueError("This is not what was learned from cases. Run coding_learn again.") from error
    if told["format"] != FORMAT:
        raise ValueError("This was learned by another version of the product. Run coding_learn again.")
    phrases, services = (Phrase(*row) for row in told["phrases"]), (ServiceRule(*row) for row in told["services"])
    return Stored(habits, tuple(phrases), tuple(services), ranking, told["engine"])
