"""A note in, codes with evidence out."""

from coding.suggestion import unlearned
from coding.suggestion.facts import ICD10CM, NoteFacts, Policy, Span, Suggested, Suggestions
from coding.suggestion.found import Findings, Found
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.learning import Learned
from coding.suggestion.mentions import find_mentions, read_note
from coding.suggestion.practice import add_learned, weigh
from coding.suggestion.prepared import Prepared, prepare
from coding.suggestion.procedures import suggest_services
from coding.suggestion.rules import apply_rules
from coding.suggestion.selection import select

# Listed after the problems of the visit: what the patient takes, is, had, and what caused an injury.
_LAST = (
    "Z79", "Z68", "F17", "Z87", "Z88", "Z91", "Z95", "Z96", "Z98", "Z90", "Z85", "Z86", "Z80", "Z81", "Z82", "Z83",
    "Z97", "B95", "B96", "I25.2", "Z72", "Z99", "Z94", "Z93", "Z92", "V", "W", "X", "Y", "Z3A", "Z37",
)  # fmt: skip
UNSPECIFIED = 74
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
    found = select(note, read, find_mentions(read, knowledge), knowledge)
    chances: dict[str, float] = {}
    if learned is not None:
        ready = prepare(note.text, knowledge, learned.encounters)
        chances = dict(learned.rank(ready, knowledge))
        add_learned(note, found, ready, learned, chances, knowledge)
    apply_rules(found, note, read, knowledge)
    _settle(found, knowledge)
    if learned is not None:
        weigh(found, learned, chances)
    ordered = sorted(found.codes.values(), key=lambda f: (f.code.startswith(_LAST), not f.assessed, f.place))
    shown = [f for f in ordered if f.confidence >= policy.least]
    services = suggest_services(note, read, shown) if policy.procedures else ()
    held = [h for h in found.held if h.code not in found.codes]
    return Suggestions(tuple(map(_suggested, shown)), services, tuple(map(_suggested, held)))


def _settle(found: Findings, knowledge: Knowledge) -> None:
    """What was seen on the project's own cases: unspecified codes are right less often, repeated words more often."""
    for code, f in found.codes.items():
        row = knowledge.codes.get(code)
        if row is not None and "unspecified" in row.wording.lower():
            f.confidence = min(f.confidence, UNSPECIFIED)
        if len(f.spans) > 1:
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
