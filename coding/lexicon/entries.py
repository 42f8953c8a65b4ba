"""What is put into a search index: a code, and each text by which it may be found."""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Source(IntEnum):
    """Where a text comes from."""

    WORDING = 0  # the code's own title
    INCLUSION = 1  # an inclusion term of the tabular list
    INDEX = 2  # a path of the alphabetic index, or of the neoplasm, drug or external-cause table


class Text(NamedTuple):
    """A text that leads to a code. The code carries its dot as published; an index may name a heading (“M17”)."""

    code: str
    text: str
    source: Source = Source.WORDING


@dataclass(frozen=True, slots=True)
class Hit:
    """A code found, with how well it fits from 0 to about 1; `source` is the kind of text that fitted best."""

    code: str
    score: float
    billable: bool
    source: Source
