"""The product's own words for conditions: what clinicians and patients write, beyond the wording of the code sets."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

FOLDER = files("coding.suggestion").joinpath("lexicon")
PHRASE_FILES = (
    "circulatory_endocrine.tsv",
    "respiratory_senses_digestive.tsv",
    "musculoskeletal_skin_injury.tsv",
    "other_conditions.tsv",
    "tumors_children_status.tsv",
)


def phrases() -> Iterator[tuple[str, str]]:
    """Every phrase with the code it means."""
    for name in PHRASE_FILES:
        for code, texts in _rows(FOLDER.joinpath(name)):
            for text in texts.split(";"):
                yield text.strip(), code


@cache
def equivalents() -> dict[str, str]:
    """Words with the word that stands for the same: renal → kidney."""
    return dict(_rows(FOLDER.joinpath("word_equivalents.tsv")))


def _rows(file: Traversable) -> Iterator[tuple[str, str]]:
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            first, second = line.split("\t")
            yield first, second
