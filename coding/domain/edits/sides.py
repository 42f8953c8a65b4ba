"""Which side of the body words, lines and notes speak of."""

import re

from coding.domain.edits.facts import VisitFacts

SIDES = ("right", "left")
WORD = re.compile(r"\b(right|left)\b", re.IGNORECASE)
OF_MODIFIER = {"RT": "right", "LT": "left"}


def of_wording(wording: str) -> str:
    """The one side that a code's wording names, or nothing."""
    found = {word.lower() for word in WORD.findall(wording)}
    return found.pop() if len(found) == 1 else ""


def of_note(note: str) -> str:
    """The side of a note that speaks of one side only, or nothing."""
    return of_wording(note)


def of_lines(facts: VisitFacts, place: int) -> str:
    """The side of the lines that point at a diagnosis, when their modifiers agree, or nothing."""
    found = {
        OF_MODIFIER[modifier]
        for line in facts.lines
        if place in line.pointers
        for modifier in line.modifiers
        if modifier in OF_MODIFIER
    }
    return found.pop() if len(found) == 1 else ""
