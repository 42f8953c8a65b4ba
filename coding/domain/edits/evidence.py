"""Whether a note says something, sentence by sentence, and does not deny it."""

import re
from collections.abc import Iterable, Iterator

from coding.domain.edits.code_numbers import numbers

SENTENCE = re.compile(r"[^.;\n]+(?:\.\d[^.;\n]*)*")
WORD = re.compile(r"[a-z0-9]+")
DENIED = frozenset(
    {"no", "not", "denies", "denied", "without", "never", "negative", "ruled", "rule", "family", "mother", "father"}
)
# Words of the tabular list's instructions that name nothing.
EMPTY = numbers(
    "a all an and any applicable as associated by cause code codes condition conditions current disease drug drugs due "
    "following for from identify if in including is known nos of on or other present specific specified such the to "
    "type underlying unspecified use when with without"
)


def stems(text: str) -> frozenset[str]:
    """The words of a text in small letters, each without the s of a plural."""
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in WORD.findall(text.lower()))


def telling(text: str) -> frozenset[str]:
    """The words of an instruction or a wording that name something."""
    return stems(" ".join(word for word in WORD.findall(text.lower()) if word not in EMPTY))


def affirmed(note: str) -> Iterator[frozenset[str]]:
    """The words of each sentence that denies nothing and speaks of no relative."""
    for sentence in SENTENCE.findall(note):
        words = stems(sentence)
        if not DENIED & words:
            yield words


def says(sentences: Iterable[frozenset[str]], words: frozenset[str]) -> bool:
    """Whether one sentence has all of the words."""
    return bool(words) and any(words <= sentence for sentence in sentences)
