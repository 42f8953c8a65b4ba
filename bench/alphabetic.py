"""The alphabetic index, flattened: each row's path of words, and where “see” leads."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coding.lexicon.words import raw_words

BRACKETS = re.compile(r"\([^)]*\)")
CODE = re.compile(r"^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?-?$")
DEEPEST_SEE = 3


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A row as the index prints it: its depth, its words, where it points and its code."""

    level: int
    term: str
    see: str = ""
    code: str = ""
    optional: str = ""  # nonessential modifiers, in brackets


def index_paths(rows: Iterable[IndexRow]) -> Iterator[tuple[str, str, str]]:
    """Each row's full path of words, its nonessential modifiers, and the code it leads to, directly or by “see”.

    A code that stands for several (“C79.8-”) is its heading. Rows that lead to no code are left out.
    """
    paths: list[tuple[tuple[str, ...], IndexRow]] = []
    above: list[str] = []
    for row in rows:
        del above[row.level :]
        above += [""] * (row.level - len(above)) + [row.term]
        paths.append((tuple(filter(None, above)), row))
    codes = _codes_by_words(paths)
    for path, row in paths:
        if code := _heading(row.code) or _seen(row.see, codes):
            yield " ".join(path), row.optional, code


def _heading(code: str) -> str:
    """A printed code without its dash; nothing for what is no code."""
    code = code.strip()
    return code.rstrip("-").rstrip(".") if CODE.match(code) else ""


def _key(text: str) -> tuple[str, ...]:
    return tuple(raw_words(BRACKETS.sub(" ", text)))


def _codes_by_words(paths: list[tuple[tuple[str, ...], IndexRow]]) -> dict[tuple[str, ...], str]:
    """The code of each path by its words, its main term also by its first name (“Abdomen, abdominal”)."""
    codes: dict[tuple[str, ...], str] = {}
    later: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, row in paths:
        names = {_key(" ".join(path)), _key(" ".join((path[0].split(",")[0], *path[1:])))}
        for name in names:
            if code := _heading(row.code):
                codes.setdefault(name, code)
            elif row.see:
                later[name].append(row.see)
    for _ in range(DEEPEST_SEE):
        for name, targets in later.items():
            if name not in codes and (code := _seen(targets[0], codes)):
                codes[name] = code
    return codes


def _seen(see: str, codes: dict[tuple[str, ...], str]) -> str:
    """Where “see Pain, abdominal” leads; nothing when that has no code of its own, or is several places."""
    if not see:
        return ""
    if code := _heading(see):
        return code
    return codes.get(_key(see), "")
