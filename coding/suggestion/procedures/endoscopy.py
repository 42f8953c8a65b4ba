"""Endoscopies: which scope, how far, and what was taken."""

import re

from coding.suggestion.facts import NoteFacts, Span
from coding.suggestion.mentions import ReadNote
from coding.suggestion.procedures.done import Done
from coding.suggestion.procedures.drugs import MEDICARE_AGE

_COLON = re.compile(
    r"\bcolonoscop\w*|\bscope to (?:the )?(?:cecum|terminal ileum)|\bcecum (?:was )?(?:reached|intubated)"
)
_UPPER = re.compile(
    r"\b(?:egd|upper (?:gi )?endoscopy|esophagogastroduodenoscopy)\b|\bscope to (?:the )?(?:second|2nd|third)"
)
# Words of a report; one alone may tell of an endoscopy of another day.
_REPORT = re.compile(
    r"\bsedat\w+|\bpropofol|\bscope (?:advanced|passed|to)\b|\bwithdrawal time|\b(?:bowel )?prep(?:aration)? (?:was )?"
    r"(?:good|excellent|fair|adequate|poor)|\bcecum|\bterminal ileum|\bsecond part of (?:the )?duodenum|\bretroflex\w+"
    r"|\bretrieved\b|\basa (?:i{1,3}|[123])\b|\bnpo\b|\bgej\b|\bfindings?:|\bindication:|\bduodenum (?:nl|normal)"
    r"|\blandmarks\b|\bbbps|\bboston bowel"
)
_BIOPSY = re.compile(r"\bbiops(?:y|ies|ied)\b|\bbx\b|\bbxs\b")
_SNARE = re.compile(r"\bsnare[d]?\b")
_SCREENING = re.compile(r"\bscreening\b")
_HIGH_RISK = re.compile(r"\bhigh[- ]risk\b|\bsurveillance\b")


def add_endoscopy(facts: NoteFacts, note: ReadNote, done: Done) -> None:
    """The endoscopy that a note reports, by what was taken. A scope that is only looked back on has no report."""
    found = {match.group() for match in _REPORT.finditer(note.low)}
    if len(found) < 2:
        return
    if colon := _COLON.search(note.low):
        _add_colonoscopy(facts, note, Span(colon.start(), colon.end()), done)
    elif upper := _UPPER.search(note.low):
        taken = _affirmed(note, _BIOPSY)
        done.setdefault("43239" if taken else "43235", ((taken or Span(upper.start(), upper.end()),), (), 1))


def _add_colonoscopy(facts: NoteFacts, note: ReadNote, scope: Span, done: Done) -> None:
    snare, biopsy = _affirmed(note, _SNARE), _affirmed(note, _BIOPSY)
    if snare:
        done.setdefault("45385", ((snare,), (), 1))
    if biopsy and not (snare and "forceps" not in note.low and "separate" not in note.low):
        done["45380"] = ((biopsy,), ("59",) if snare else (), 1)  # another lesion, or it would be part of the snare
    if snare or biopsy or done.keys() & {"45380", "45385"}:
        return
    average = _SCREENING.search(note.low) and not _HIGH_RISK.search(note.low)
    medicare = facts.age is not None and facts.age >= MEDICARE_AGE
    done.setdefault("G0121" if average and medicare else "45378", ((scope,), (), 1))


def _affirmed(note: ReadNote, pattern: re.Pattern[str]) -> Span | None:
    """The first mention that is not denied."""
    for sentence in note.sentences:
        for match in pattern.finditer(note.low, sentence.start, sentence.end):
            if not sentence.denies(match.start()):
                return Span(match.start(), match.end())
    return None
