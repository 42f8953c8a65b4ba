"""Everything the code sets say in words, compiled for finding it in notes."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from coding.suggestion import vocabulary
from coding.suggestion.words import forms, key_of, keys

TITLE, INCLUSION, INDEX, NEOPLASM, EXTERNAL, LEXICON = "title", "inclusion", "index", "neoplasm", "external", "lexicon"
NAMED = "named"  # a code's whole wording, word by word

# Words that stand for a behaviour of tumors, so that "bladder carcinoma" meets "Malignant neoplasm of bladder".
MALIGNANT, SECONDARY, IN_SITU, BENIGN, UNCERTAIN, UNSPECIFIED = "~mal", "~sec", "~situ", "~ben", "~unc", "~uns"
_BEHAVIORS: tuple[tuple[str, str], ...] = (
    (r"\bsecondary(?: and unspecified)? malignant neoplasms?\b|\bmetastas[ie]s\b", SECONDARY),
    (r"\bmalignant neoplasms?\b", MALIGNANT),
    (r"\bcarcinoma in situ\b", IN_SITU),
    (r"\b(?:other )?benign neoplasms?\b", BENIGN),
    (r"\bneoplasms? of uncertain behavior\b", UNCERTAIN),
    (r"\bneoplasms? of unspecified behavior\b", UNSPECIFIED),
)
# What a wording puts in brackets or only says is absent tells nothing that a note must say, too.
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]|\bwithout\b.*?(?= of | with |,|;|$)|\bnot intractable\b|,? so stated\b")
_BEHAVIOR_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), f" {mark} ") for pattern, mark in _BEHAVIORS)
_MALIGNANT_WORD = re.compile(
    r"(carcinoma|sarcoma|blastoma|cancer|malignan\w*|adenocarcinoma|seminoma|hypernephroma|mesothelioma)s?$"
)
_SECONDARY_WORD = re.compile(r"(metasta\w+|mets)$")
_BENIGN_WORD = re.compile(
    r"(adenoma|leiomyoma|lipoma|fibroma|papilloma|myxoma|neurinoma|schwannoma|osteoma|chondroma)s?$"
)
_MASS_WORD = re.compile(r"(tumou?rs?|neoplasms?|neoplasia|neoformation|mass|masses|tumou?ral|neoplastic)$")


_REFERENCE = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:-[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?)?")


def _names(reference: str, code: str) -> bool:
    """Whether a reference of a note ("J20.-", "C00-C96") takes in a code."""
    first, _, last = reference.partition("-")
    return first <= code[: len(first)] <= last if last else code.startswith(first)


class CodeRow(NamedTuple):
    """A code as the code sets have it; `notes` by the names that the tabular list uses, in lower case."""

    code: str
    wording: str
    billable: bool = True
    parent: str = ""
    notes: dict[str, list[str]] = {}


class TermRow(NamedTuple):
    """Words that lead to a code. `kind`: index, inclusion, neoplasm, drug, external or lexicon."""

    text: str
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Term:
    """One set of words, compared without their order, and the codes it leads to with the kind of source."""

    keys: frozenset[str]
    weight: float
    targets: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Knowledge:
    """Compiled once for a set of code releases; read-only afterwards."""

    codes: dict[str, CodeRow] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    by_key: dict[str, list[int]] = field(default_factory=dict)  # the rarest word of a term → terms
    weights: dict[str, float] = field(default_factory=dict)  # of words: how telling one is
    title_keys: dict[str, frozenset[str]] = field(default_factory=dict)
    names: dict[tuple[str, ...], str] = field(default_factory=dict)  # whole wordings, word by word → code
    name_lengths: dict[tuple[str, ...], int] = field(default_factory=dict)  # two first words → most words of a name

    def weight(self, key: str) -> float:
        """How telling a word is: the fewer terms have it, the more."""
        return self.weights.get(key, 9.0)

    def wording_keys(self, code: str) -> frozenset[str]:
        """The words of a code's wording."""
        return self.title_keys.get(code, frozenset())

    def wording_of(self, code: str) -> frozenset[str]:
        """The words of a code's wording, or of the code that it extends with placeholders ("S00.33X")."""
        return self.title_keys.get(code) or self.title_keys.get(code.rstrip("X").rstrip("."), frozenset())

    def in_category(self, category: str) -> list[str]:
        """All codes of a three-character category."""
        return [category, *self.below(category)] if category in self.codes else self.below(category)

    def excludes(self, one: str, other: str) -> bool:
        """Whether an Excludes1 note of either code, or of a heading over it, names the other."""
        return self._excludes(one, other) or self._excludes(other, one)

    def _excludes(self, one: str, other: str) -> bool:
        at = one
        while at:
            row = self.codes.get(at)
            if row is None:
                return False
            for text in row.notes.get("excludes1", ()):
                if any(_names(reference, other) for reference in _REFERENCE.findall(text)):
                    return not _names(at, other)
            at = row.parent
        return False

    def below(self, code: str) -> list[str]:
        """All codes under a code."""
        found = list(self.children.get(code, ()))
        for child in found:
            found += self.children.get(child, ())
        return found


def compile_knowledge(codes: Iterable[CodeRow], terms: Iterable[TermRow]) -> Knowledge:
    """Build the matcher's tables from code rows and term rows."""
    knowledge = Knowledge()
    targets: dict[frozenset[str], dict[tuple[str, str], None]] = {}

    def lead(text: str, code: str, kind: str) -> None:
        if words := term_keys(text):
            targets.setdefault(words, {})[(code, kind)] = None

    for row in codes:
        if len(row.code) > 7 and row.code[-1] in "ABCDEFGHJKMNPQRS" and row.code[0] in "STVWXYMO":
            knowledge.children.setdefault(row.parent, []).append(row.code)
            knowledge.codes[row.code] = row._replace(notes={})
            continue
        knowledge.codes[row.code] = row
        if row.parent:
            knowledge.children.setdefault(row.parent, []).append(row.code)
        knowledge.title_keys[row.code] = term_keys(row.wording)
        if not row.wording.startswith("Other ") and " other specified parts " not in row.wording:
            lead(row.wording, row.code, TITLE)
        for text in (*row.notes.get("inclusion_terms", ()), *row.notes.get("includes", ())):
            lead(text, row.code, INCLUSION)
    for text, code in vocabulary.phrases():
        lead(text, code, LEXICON)
    for term in terms:
        lead(term.text, term.code, term.kind)
    for row in knowledge.codes.values():
        _name(knowledge, row)
    counts = Counter(key for words in targets for key in words)
    total = len(targets) or 1
    knowledge.weights = {key: math.log(1 + total / count) for key, count in counts.items()}
    for words, leads in targets.items():
        rarest = min(words, key=lambda key: (counts[key], key))
        knowledge.by_key.setdefault(rarest, []).append(len(knowledge.terms))
        weight = sum(knowledge.weights[key] for key in words)
        knowledge.terms.append(Term(words, weight, tuple(leads)))
    return knowledge


def _name(knowledge: Knowledge, row: CodeRow) -> None:
    """Keep a code's whole wording: what is pasted from a problem list names its code and no other."""
    name = forms(row.wording)
    if len(name) > 2 or (len(name) == 2 and name[0] == "other"):
        knowledge.names.setdefault(name, row.code)
        start = name[:2]
        knowledge.name_lengths[start] = max(len(name), knowledge.name_lengths.get(start, 0))


def term_keys(text: str) -> frozenset[str]:
    """The keys of a term, in any order; tumors' behaviours are marks."""
    marks = []
    for pattern, mark in _BEHAVIOR_PATTERNS:
        text, found = pattern.subn(" ", text)
        if found:
            marks.append(mark.strip())
    text = _ASIDE.sub(" ", text).replace("non-dominant", "nondominant")
    return frozenset([*marks, *(same_as(key) for key in keys(text))])


@cache
def _equivalents() -> dict[str, str]:
    return {key_of(word): key_of(same) for word, same in vocabulary.equivalents().items()}


def same_as(key: str) -> str:
    """The key of the word that stands for all words of this meaning: renal → kidney."""
    return _equivalents().get(key, key)


@cache
def marks_of(form: str) -> tuple[str, ...]:
    """What a word says about a tumor's behaviour."""
    if _SECONDARY_WORD.search(form):
        return (SECONDARY,)
    if _MALIGNANT_WORD.search(form):
        return (MALIGNANT,)
    if _BENIGN_WORD.search(form) or form == "benign":
        return (BENIGN,)
    if form in ("situ", "uncertain"):
        return (IN_SITU,) if form == "situ" else (UNCERTAIN,)
    return (UNSPECIFIED,) if _MASS_WORD.search(form) else ()
