"""How a mention stands in its note: as what the provider assessed today, or only told, listed or remembered.

A note with a heading for its assessment says so itself. In one without, the assessment begins where, after the
findings of the examination, a sentence opens with a condition: "Lungs clear. Viral URI. Fluids."
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from coding.suggestion import sections
from coding.suggestion.facts import INPATIENT
from coding.suggestion.mentions import ReadNote

# Vital signs and the word for an examination; in second place, what findings are worded with.
_VITALS = re.compile(
    r"\b(?:(?<!eye )(?<!health )(?<!newborn )(?<!gyn )(?<!skin )exam(?:ination)?(?! with)|vitals?"
    r"|vss|vs(?=:? (?:t|bp|hr|p|afeb\w*|stable|\d))|pe(?=:|\s+nl)|o/e|afebrile|nad"
    r"|bp ?:?\d{2,3}/\d{2,3}|(?<!/)\d{2,3}/\d{2,3} \d{2,3}\b|t ?\d{2,3}\.\d"
    r"|(?:hr|p|rr|wt|spo2|sats?|o2|temp)[ :]*\d{2,3})\b"
)
_FINDINGS = re.compile(
    r"\b(?:exam(?:ination)?|vitals?|vss?|pe|on exam|afebrile|nad|bp ?:?\d{2,3}/\d{2,3}"
    r"|\d{2,3}/\d{2,3}(?= (?:r|l|hr|p)?\b)|t ?\d{2,3}\.\d"
    r"|(?:hr|p|rr|wt|spo2|sat|o2|temp|bmi)[ :]*\d{2,3}|gen:|heent|rrr|(?:lungs?|chest|heart"
    r"|abd\w*|abdomen|neuro|tms?|skin|neck|gait)"
    r" (?:is |are )?(?:clear|reg\w*|soft|benign|cta\w*|supple|nl|normal|nt|intact|good)|tender\w*"
    r"|xr|x-?ray|mri|ct|films?|labs?|a1c|ua|strep|hgb|emg|ncs|tinel|phalen|wet mount|tvus|echo"
    r"|\w+ (?:neg|positive|pos))\b"
)
_LEAD = re.compile(r"^[\s\-*•#>]*(?:\(?\d{1,2}(?:[.):]|(?= [a-z]))|[a-c][.)])?\s*")
# Words that make a sentence a story: a condition behind one of them does not open a statement.
_TELLING_TEXT = """
no not denies denied without never none he she his her they mom mother father dad wife husband son daughter
brother sister family hx history h/o had was were with for on of to from in at by since after before until if
when while because due per via and or than like some little takes taking uses using started stopped had felt
feels says reports told asks knows thinks wants here today yesterday woke began
"""
_TELLING = frozenset(_TELLING_TEXT.split())
_NARRATIVE = re.compile(
    r"\b(?:he|she|his|her|they|mom|mother|patient|since|ago|x ?\d+ ?(?:d|days?|wks?|weeks?|mo"
    r"|months?|y|yrs?|years?|hrs?|h)|yest\w*|today|worse (?:with|at)"
    r"|started|began|came|noticed|presents?|here for|c/o|for \d+|for (?:a|two|three|several))\b"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a note's assessment is: under its heading, or from an offset on (-1: nobody can tell).

    `firm`: what stands before it is told, not assessed; otherwise the offset only tells what comes first.
    """

    headed: bool
    start: int
    firm: bool = True

    def assessed(self, section: str, at: int) -> bool:
        """Whether a mention is part of the assessment or the plan; everything is where no assessment is known."""
        if self.headed:
            return section in (sections.ASSESSMENT, sections.PLAN)
        return self.start < 0 or at >= self.start


def has_assessment(note: ReadNote) -> bool:
    """Whether the note says under a heading where its assessment stands."""
    return sections.ASSESSMENT in note.sections.kinds


def standing_of(note: ReadNote, setting: str, affirmed: Iterable[tuple[int, int]]) -> Standing:
    """Find the assessment of a note. `affirmed`: places of its conditions that are no symptoms and not withheld.

    For a stay in hospital only a heading tells: all that was found and treated there counts (guideline III).
    """
    if has_assessment(note) or setting == INPATIENT:
        return Standing(has_assessment(note), -1)
    return _implied(note, sorted(affirmed))


_NUMBERED = re.compile(r"^[ \t]*(?:#|\()?(?P<number>\d)(?:[.):]|(?= [a-z]))[ \t]*", re.MULTILINE)
_FOLLOWED = re.compile(
    r"[^.;\n]{0,40}\b(?:f/?u|follow[- ]?up|re-?check|check(?:[- ]?up)?|visit|reassess\w*"
    r"|re-?eval\w*|management|med(?:ication)? check|refills?|referral|eval(?:uation)?)\b"
)


def _implied(note: ReadNote, affirmed: list[tuple[int, int]]) -> Standing:
    listed = _numbered(note, affirmed)
    if listed >= 0:
        return Standing(False, listed)
    openings = [at for start, _ in affirmed if (at := _opened(note, start)) >= 0]
    for vitals in reversed(list(_VITALS.finditer(note.low))):
        if after := [at for at in openings if at > vitals.start()]:
            return Standing(False, after[0])
    findings = _FINDINGS.search(note.low)
    late = (at for at in openings if findings and at > max(findings.start(), len(note.text) * _LATE))
    return Standing(False, next(late, -1), firm=False)


_LATE = 0.35  # the assessment does not begin in the first part of a note


def _opened(note: ReadNote, start: int) -> int:
    """Where the sentence begins that words at an offset open as a statement; -1 when they don't."""
    sentence = next((s for s in note.sentences if s.start <= start < s.end), None)
    if sentence is None:
        return -1
    opening = re.findall(r"[a-z/]+", _LEAD.sub("", note.low[sentence.start : start]))
    told = _NARRATIVE.search(note.low, sentence.start, sentence.end)
    return sentence.start if len(opening) < 4 and not _TELLING & set(opening) and not told else -1


def _numbered(note: ReadNote, affirmed: list[tuple[int, int]]) -> int:
    """Where a numbered list of problems begins; a list of two or more in which the first names a condition."""
    items = list(_NUMBERED.finditer(note.low))
    for first, second in pairwise(items):
        opens = first["number"] == "1" and second["number"] == "2" and not note.sections.at(first.start())
        if opens and any(first.end() <= start < second.start() for start, _ in affirmed):
            return first.start()
    return -1


_CLINICIAN = (
    r"(?:pcp|primary(?: care)?|family (?:doctor|doc|physician|md)|cards|cardio(?:logy|logist)?"
    r"|endo(?:crin\w+)?|nephro(?:logy|logist)?|renal"
    r"|neuro(?:logy|logist)?|rheum(?:atolog\w+)?|psych(?:iatr\w+)?|gi|pulm(?:onolog\w+)?|onc(?:olog\w+)?|gyn|ob|specialist|internist)"
)
_OTHERS_CARE = re.compile(
    r"[\s,(-]*(?:is |are |\w+ )?(?:per|by|sees|w/|with|followed (?:by|at)|managed (?:by|at)|treated by)"
    rf" (?:his |her |the |an? |their )*{_CLINICIAN}\b|\s*\((?:per )?{_CLINICIAN}\)"
)


def is_others_care(note: ReadNote, end: int) -> bool:
    """Whether what ends at an offset is said to be another clinician's: "HTN per PCP"."""
    return bool(_OTHERS_CARE.match(note.low, end))


_EARLY = 90  # characters in which a note says what the visit is for
_FOLLOWS = re.compile(
    r"\b(?:follow[- ]?up|f/?u|re-?check|check|visit for|management|med(?:ication)? check|seen for"
    r"|here for)(?: of| for| on| visit)?[\s:,-]+"
    r"(?:[a-z0-9' -]+(?:,| and|/|&) ?)*[a-z0-9' -]{0,20}$"
)


def is_reason(note: ReadNote, start: int, end: int) -> bool:
    """Whether words stand at the note's beginning as what the visit is for: "MASH f/u", "asthma check"."""
    if _FINDINGS.search(note.low, 0, start) or start > _EARLY:
        return False
    return bool(_FOLLOWED.match(note.low, end) or _FOLLOWS.search(note.low[:start]))
