"""Words of a note that a rule looks for, as far as the note affirms them of the patient."""

import re

from coding.suggestion.context import FAMILY, NEGATED, UNCERTAIN
from coding.suggestion.facts import Span
from coding.suggestion.found import Found
from coding.suggestion.mentions import ReadNote


def said(note: ReadNote, pattern: str, near: Found | None = None) -> Span | None:
    """Where a pattern stands that its sentence does not deny; with `near`, only in that code's sentences."""
    for match in re.finditer(pattern, note.low):
        sentence = next((s for s in note.sentences if s.start <= match.start() < s.end), None)
        if sentence is None or any(
            c.kind in (NEGATED, FAMILY, UNCERTAIN) and c.start <= match.start() < c.end for c in sentence.cues
        ):
            continue
        if near is None or any(sentence.start <= span.start < sentence.end for span in near.spans):
            return Span(match.start(), match.end())
    return None
