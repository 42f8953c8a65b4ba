"""A note in, codes with evidence out."""

from coding.suggestion.facts import ICD10CM, NoteFacts, Policy, Suggested, Suggestions
from coding.suggestion.found import Findings, Found
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import find_mentions, read_note
from coding.suggestion.procedures import suggest_services
from coding.suggestion.rules import apply_rules
from coding.suggestion.selection import select

_LAST = ("Z79", "Z68", "F17", "Z87", "Z88", "Z91", "Z95", "Z96", "Z98", "Z90", "Z85", "Z86", "Z80", "Z82", "Z83", "B95", "B96", "I25.2", "Z72", "Z99", "Z94", "Z93", "Y", "W", "Z3A", "Z97", "Z92")  # fmt: skip


def suggest(note: NoteFacts, knowledge: Knowledge, policy: Policy = Policy()) -> Suggestions:
    """Propose diagnoses for a note, each with its words, its confidence and its reason."""
    read = read_note(note.text)
    mentions = find_mentions(read, knowledge)
    found = select(note, read, mentions, knowledge)
    apply_rules(found, note, read, knowledge)
    ordered = sorted(found.codes.values(), key=lambda f: (f.code.startswith(_LAST), not f.assessed, f.place))
    shown = [f for f in ordered if f.confidence >= policy.least]
    services = suggest_services(note, read, shown, knowledge) if policy.procedures else ()
    return Suggestions(tuple(_suggested(f) for f in shown), services, tuple(_suggested(f) for f in _held(found)))


def _held(found: Findings) -> list[Found]:
    return [held for held in found.held if held.code not in found.codes]


def _suggested(found: Found) -> Suggested:
    return Suggested(
        system=ICD10CM,
        code=found.code,
        confidence=0 if found.held else found.confidence,
        spans=tuple(found.spans),
        reason=found.held or found.reason,
    )
