"""A code list: what each code means in short words of our own, and from when to when it may be used."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Code:
    """One entry. `start` is the first day it may be used, `stop` the first day it may not; None means not known."""

    code: str
    says: str
    start: date | None = None
    stop: date | None = None

    def active(self, on: date | None) -> bool:
        """Whether it may be used on that day; without a day, whether it was never withdrawn."""
        if on is None:
            return self.stop is None
        return (self.start is None or on >= self.start) and (self.stop is None or on < self.stop)


class CodeTable(Mapping[str, Code]):
    """The codes of one list. `name` is the word that stands before an unknown code."""

    __slots__ = ("_codes", "complete", "name")

    def __init__(self, name: str, codes: Iterable[Code], *, complete: bool = True) -> None:
        self.name = name
        self.complete = complete  # False: a code that isn't here may still exist
        self._codes = {each.code: each for each in codes}

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def says(self, code: str) -> str:
        """The code in plain words; an unknown one is named as such."""
        found = self._codes.get(code)
        return found.says if found else f"{self.name} {code}"

    def active(self, code: str, on: date | None) -> bool:
        """Whether the code exists and may be used on that day."""
        found = self._codes.get(code)
        return found is not None and found.active(on)

    @property
    def words(self) -> dict[str, str]:
        """Code to plain words."""
        return {code: each.says for code, each in self._codes.items()}


_ENDINGS = {"?": " missing", "~": " incomplete or invalid", "=": " missing or invalid", ":": ""}


def read_lines(text: str) -> Iterator[Code]:
    """The notation of the built-in lists, one code a line: `CODE[<stop]MARK words`.

    MARK adds the words that many codes end with: `?` missing, `~` incomplete or invalid, `=` missing or invalid,
    `:` nothing. `CODE<20091231` stops on that day. A line `@19970101` gives the start of the codes below it, `@` none.
    """
    start: date | None = None
    for line in text.split("\n"):
        if not line:
            continue
        if line[0] == "@":
            start = _day(line[1:])
            continue
        head, words = line.split(" ", 1)
        code, _, stop = head[:-1].partition("<")
        yield Code(code, words + _ENDINGS[head[-1]], start, _day(stop))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
