"""A note in, codes with evidence out."""

import re

from coding.suggestion import unlearned
from coding.suggestion.facts import ICD10CM, NoteFacts, Policy, Span, Suggested, Suggestions
from coding.suggestion.found import Findings, Found
from coding.suggestion.groups import RESULTS, STATUS
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.learning import Learned
from coding.suggestion.mentions import find_mentions, find_names, read_note
from coding.suggestion.practice import add_learned, weigh
from coding.suggestion.prepared import Prepared, prepare
from coding.suggestion.procedures import suggest_services
from coding.suggestion.rules import apply_rules
from coding.suggestion.sections import ASSESSMENT, PLAN
from coding.suggestion.selection import select

# Listed after the problems of the visit: what the patient takes, is, had, and what caused an injury.
_LAST = (
    "Z79", "Z68", "F17", "Z87", "Z88", "Z91", "Z95", "Z96", "Z98", "Z90", "Z85", "Z86", "Z80", "Z81", "Z82", "Z83",
    "Z97", "B95", "B96", "I25.2", "Z72", "Z99", "Z94", "Z93", "Z92", "V", "W", "X", "Y", "Z3A", "Z37",
)  # fmt: skip
STATED, UNSPECIFIED, STATUS_TOLD, TOLD = 86, 74, 74, 66  # the most that each is trusted, of a hundred
DEFAULT = Policy()


def suggest(
    note: NoteFacts, knowledge: Knowledge, learned: Learned | None = None, policy: Policy = DEFAULT
) -> Suggestions:
    """Propose diagnoses and services for a note, each with its words, its confidence and its reason.

    Without `learned` only the code sets and the product's own words speak; with it, what coders of the practice did.
    """
    if policy.as_stated:
        return _as_stated(note, knowledge, learned)
    read = read_note(note.text)
    mentions = [*find_names(read, knowledge), *find_mentions(read, knowledge)]
    found = select(note, read, mentions, knowledge)
    chances: dict[str, float] = {}
    if learned is not None:
        ready = prepare(note.text, knowledge, learned.encounters)
        chances = dict(learned.rank(ready, knowledge))
        add_learned(note, found, ready, learned, chances, knowledge)
    apply_rules(found, note, read, knowledge)
    _settle(found, knowledge)
    if learned is not None:
        weigh(found, learned, chances)
    diseases = any(f.assessed and f.code[0] not in "RTZVWXY" for f in found.codes.values())
    ordered = sorted(found.codes.values(), key=lambda f: _rank(f, diseases))
    shown = [f for f in ordered if f.confidence >= policy.least]
    services = suggest_services(note, read, shown) if policy.procedures else ()
    held = [h for h in found.held if h.code not in found.codes]
    return Suggestions(tuple(map(_suggested, shown)), services, tuple(map(_suggested, held)))


# Never first beside what they belong to: the severity of a sepsis, a stroke's score, social facts (guideline I.C.1.d).
_BEHIND = re.compile(r"R65\.2|R29\.7|Z6[0-5]|Z5[5-9]|Z23")


def _rank(f: Found, diseases: bool) -> tuple[bool, bool, bool, bool, int]:
    """The place in the sequence: problems of the visit as the provider wrote them, what goes along with them behind."""
    behind = diseases and bool(_BEHIND.match(f.code))
    symptom = diseases and f.code[0] == "R" and f.section != ASSESSMENT and not f.code.startswith(RESULTS)
    planned = f.section == PLAN and f.place >= 0
    return f.code.startswith(_LAST), not f.assessed, behind or symptom, planned, f.place


def _settle(found: Findings, knowledge: Knowledge) -> None:
    """Confidence as it was seen on notes that nobody had tuned on: what was right how often.

    Named under the heading of the assessment most often; said twice more often than once; an unspecified code, or one
    that is only told outside the assessment, so seldom that a person decides.
    """
    for code, f in found.codes.items():
        row = knowledge.codes.get(code)
        headed, repeated = f.section == ASSESSMENT, len(f.spans) > 1
        if not f.assessed:
            f.confidence = min(f.confidence, STATUS_TOLD if code.startswith(STATUS) else TOLD)
        elif row is not None and "unspecified" in row.wording.lower():
            f.confidence = min(f.confidence, UNSPECIFIED if headed or repeated else TOLD)
        elif not headed and not repeated:
            f.confidence = min(f.confidence, STATED)
        if repeated and f.assessed:
            f.confidence = min(f.confidence + 4, 97)


def _as_stated(note: NoteFacts, knowledge: Knowledge, learned: Learned | None) -> Suggestions:
    """Every code that the words lead to, whatever the note says about them."""
    encounters = learned.encounters if learned is not None else True
    ready = prepare(note.text, knowledge, encounters)
    ranked = learned.rank(ready, knowledge) if learned is not None else unlearned.rank(ready, knowledge)
    threshold = learned.threshold if learned is not None else unlearned.THRESHOLD
    diagnoses = []
    for code, chance in ranked:
        if chance >= threshold:
            spans, why = _evidence(ready, code, learned)
            diagnoses.append(
                Suggested(system=ICD10CM, code=code, confidence=round(chance * 100), spans=spans, reason=why)
            )
    return Suggestions(tuple(diagnoses))


def _evidence(ready: Prepared, code: str, learned: Learned | None) -> tuple[tuple[Span, ...], str]:
    if learned is not None:
        return learned.evidence(ready, code)
    mention = ready.best.get(code) or ready.picked[code]
    return (Span(mention.start, mention.end),), "The code sets' own words."


def _suggested(found: Found) -> Suggested:
    return Suggested(
        system=ICD10CM,
        code=found.code,
        confidence=0 if found.held else found.confidence,
        spans=tuple(found.spans),
        reason=found.held or found.reason,
    )
