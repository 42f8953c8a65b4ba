"""Services that a practice's coders add by hand: the words that bring them, counted, and following them.

A service is learned when the engine missed it again and again and some words of the note foretell it. Visits are not:
their level is one of several that exclude each other, and habits replace one by another.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from coding.suggestion.facts import CPT, HCPCS, NoteFacts, Span, Suggested, Suggestions
from coding.suggestion.mentions import ReadNote, read_note
from coding.suggestion.storage import ServiceRule

LONGEST = 3  # words of a phrase
LEAST_ADDED = 3  # cases in which coders added it, and in which a phrase must foretell it
LEAST_CASES, MOSTLY = 4, 0.8  # cases with the phrase and the service, and their share of those with the phrase
SUREST = 95
_VISITS = ("9920", "9921", "9938", "9939", "G0438", "G0439")


class CodedServices(NamedTuple):
    """A finalized case: its note, the services coded, and those that the engine proposes by itself."""

    text: str
    final: frozenset[str]
    proposed: frozenset[str]


def learn_services(cases: Sequence[CodedServices]) -> tuple[ServiceRule, ...]:
    """The phrases that foretell what coders add, for each service the fewest that cover its cases."""
    added: defaultdict[str, set[int]] = defaultdict(set)
    for number, case in enumerate(cases):
        for code in case.final - case.proposed:
            if not code.startswith(_VISITS):
                added[code].add(number)
    wanted = {code: numbers for code, numbers in added.items() if len(numbers) >= LEAST_ADDED}
    if not wanted:
        return ()
    holding, words = _phrases(cases)
    return tuple(rule for code in sorted(wanted) for rule in _rules(code, wanted[code], holding, words, cases))


def _phrases(cases: Sequence[CodedServices]) -> tuple[dict[str, set[int]], dict[str, str]]:
    """The cases that have each phrase, and the phrase as the first of them says it."""
    holding: defaultdict[str, set[int]] = defaultdict(set)
    words: dict[str, str] = {}
    for number, case in enumerate(cases):
        for phrase, span in affirmed(read_note(case.text)).items():
            holding[phrase].add(number)
            words.setdefault(phrase, " ".join(case.text[span.start : span.end].lower().split()))
    return {phrase: numbers for phrase, numbers in holding.items() if len(numbers) >= LEAST_CASES}, words


def _rules(
    code: str,
    missed: set[int],
    holding: Mapping[str, set[int]],
    words: Mapping[str, str],
    cases: Sequence[CodedServices],
) -> Iterator[ServiceRule]:
    """The surest phrase, then the surest for what is left."""
    final = {number for number, case in enumerate(cases) if code in case.final}
    telling = {
        phrase: numbers
        for phrase, numbers in holding.items()
        if len(both := numbers & final) >= LEAST_CASES and len(both) >= MOSTLY * len(numbers)
    }
    left = set(missed)
    while True:
        gains = Counter({phrase: len(numbers & left) for phrase, numbers in telling.items()})
        best = max(gains, key=lambda p: (gains[p] >= LEAST_ADDED, gains[p] * _share(telling[p], final), p), default="")
        if not best or gains[best] < LEAST_ADDED:
            return
        numbers = telling.pop(best)
        left -= numbers
        yield ServiceRule(best, words[best], code, len(numbers & final), len(numbers))


def _share(numbers: set[int], final: set[int]) -> float:
    return len(numbers & final) / (len(numbers) + 1)


def affirmed(note: ReadNote) -> dict[str, Span]:
    """The runs of up to `LONGEST` telling words that the note does not deny, each with its first place."""
    found: dict[str, Span] = {}
    for sentence in note.sentences:
        telling = [(key, word) for key, word in zip(sentence.keys, sentence.words, strict=True) if key]
        for at, (_, first) in enumerate(telling):
            if sentence.denies(first.start):
                continue
            phrase = ""
            for key, last in telling[at : at + LONGEST]:
                phrase = f"{phrase} {key}".strip()
                found.setdefault(phrase, Span(first.start, last.end))
    return found


def add_services(found: Suggestions, note: NoteFacts, rules: Sequence[ServiceRule]) -> Suggestions:
    """The suggestions with the services that this practice's coders add to such notes."""
    if not rules:
        return found
    phrases = affirmed(read_note(note.text))
    known = {one.code for one in (*found.procedures, *found.withheld)}
    more: dict[str, Suggested] = {}
    for rule in rules:
        span = phrases.get(rule.phrase)
        if span is None or rule.code in known or rule.code in more:
            continue
        more[rule.code] = Suggested(
            system=CPT if rule.code[0].isdigit() else HCPCS,
            code=rule.code,
            confidence=min(SUREST, round(100 * rule.coded / (rule.cases + 1))),
            spans=(span,),
            reason=f"Coders here had it in {rule.coded} of {rule.cases} cases with “{rule.words}”.",
            pointers=_nearest(found.diagnoses, span),
        )
    return replace(found, procedures=(*found.procedures, *more.values()))


def _nearest(diagnoses: Sequence[Suggested], span: Span) -> tuple[int, ...]:
    """The diagnosis whose words stand nearest."""
    far = [(min(abs(one.start - span.start) for one in d.spans), at) for at, d in enumerate(diagnoses, 1) if d.spans]
    return (min(far)[1],) if far else ()
