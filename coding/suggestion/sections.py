"""Which part of a note a word stands in: its heading decides whether a condition is today's."""

import re
from bisect import bisect_right
from dataclasses import dataclass

DENIED, DIFFERENTIAL, PRECAUTIONS = "denied", "differential", "precautions"
REASON, HISTORY, PAST, FAMILY, SOCIAL, MEDICATIONS, ALLERGIES, REVIEW, EXAM, RESULTS, ASSESSMENT, PLAN, PROCEDURE = (
    "reason", "history", "past", "family", "social", "medications", "allergies", "review", "exam", "results",
    "assessment", "plan", "procedure",
)  # fmt: skip
OTHER = ""

# First fitting pattern decides; each is matched against a heading in lower case.
_KINDS: tuple[tuple[str, str], ...] = (
    (
        DENIED,
        r"^(?:patient |pt )?(?:denies|denied)$|^(?:pertinent )?negatives?$|^neg$|^negative for"
        r"|^no (?:history|hx) of|^ruled out",
    ),
    (DIFFERENTIAL, r"differential|^d/?dx\b|^rule[- ]?outs?$|^r/o$|^considered$|^working (?:diagnosis|dx)|^suspected"),
    (
        PRECAUTIONS,
        r"precaution|red flags?|warning signs|^return (?:for|if|to)|^call (?:for|if)|side effects?|risks?\b|consent",
    ),
    (FAMILY, r"family|^fh$|^fhx?$|^fam\b|relatives"),
    (ALLERGIES, r"^(?:\w+ )?allerg(?:y|ies)\b|^all$|^nkda"),
    (MEDICATIONS, r"medication|^meds\b|^rx$|current med|home med|^drugs"),
    (SOCIAL, r"social|^sh$|^shx$|habits|tobacco|lifestyle"),
    (REVIEW, r"review of systems|^ros\b|systems review"),
    (
        ASSESSMENT,
        r"ass?e?ss?m(?:en)?t|^assess?\b|\bimp\b|impression|diagnos|^a/?p\b|^a ?(?:&|\+|and) ?p"
        r"|^a$|^dx\b|problems? addressed|conclusion"
        r"|final|discharge (?:dx|diagnos)|^a ?(?:/|and) ?plan|problems? today|^diagn|clinical summary",
    ),
    (PAST, r"past|^pmh|^psh|^pmhx|medical history|surgical history|problem list|^hx\b|chronic (conditions|problems)"),
    (REASON, r"reason|chief|^cc\b|complaint|presenting|indication|consult(ation)? for"),
    (HISTORY, r"history|^hpi\b|^s$|subjective|interval|hospital course|course|background|^visit"),
    (EXAM, r"exam|^pe\b|vitals?|objective|^o$|physical"),
    (RESULTS, r"result|labs?\b|laborator|imaging|studies|data|radiolog|test|ecg|ekg|findings|pathology|x-?ray|echo"),
    (PROCEDURE, r"procedure|operati|treatment|performed|technique|injection|anesthesia"),
    (PLAN, r"plan|^p$|recommend|follow|dispo|discharge|instruction|orders|return|time"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
# A heading: a short phrase and a colon at a line's start, a marked line, or a short line of its own.
_COLON = re.compile(r"^[ \t]*[-*#>•]*[ \t]*(?P<title>[A-Za-z][A-Za-z0-9 ,/&()'-]{0,44}?)[ \t]*:", re.MULTILINE)
_ALONE = re.compile(r"^[ \t]*#*[ \t]*(?P<title>[A-Z][A-Za-z ,/&-]{1,44})[ \t]*$", re.MULTILINE)
_INLINE = re.compile(
    r"(?:^|(?<=[.;!?)]\s))(?:(?P<title>PMHx?|PSH|FHx?|SHx?|ROS|HPI|PE|Exam|Labs?|Meds|Medications"
    r"|Allergies|Family history"
    r"|Social history|Past medical history|Plan|Final(?: diagnos[ie]s)?|Discharge(?: diagnos[ie]s)?"
    r"|D/c diagnos[ie]s|[AP]|CC):"
    r"|(?P<short>Dx|Diagnos[ie]s|Impression|Assessment(?: and plan)?|A/P|A&P)(?::|\. | (?=\S)))",
    re.MULTILINE,
)

# "S- …", "A. …": only where at least two of the four letters stand so.
_LETTER = re.compile(r"^[ \t]*(?P<title>[SOAP]) ?[-–—.)=](?=[ \t])", re.MULTILINE)
_PROBLEMS = re.compile(r"[\s#*-]*(?:active |current )?problems?\b(?! visit)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sections:
    """The headings of one note by their offsets."""

    starts: tuple[int, ...]
    kinds: tuple[str, ...]

    def at(self, offset: int) -> str:
        """The kind of section that an offset stands in; empty before the first known heading."""
        place = bisect_right(self.starts, offset) - 1
        return self.kinds[place] if place >= 0 else OTHER


def sections_of(text: str) -> Sections:
    """Find the headings of a note in any of the usual styles. An unknown heading ends the section before it."""
    found: dict[int, str] = {}
    letters = {match["title"] for match in _LETTER.finditer(text)}
    for pattern in (_COLON, _ALONE, _INLINE, *((_LETTER,) if len(letters) > 1 else ())):
        for match in pattern.finditer(text):
            kind = kind_of(match["title"] or match["short"] if pattern is _INLINE else match["title"])
            if kind or (pattern is _ALONE and _opens_block(text, match)):
                found.setdefault(match.start(), kind)
    for start, kind in list(found.items()):
        if kind in _SHORT:
            end = _one_line(text, start) or text.find("\n\n", start)
            if end > 0:
                found.setdefault(end, OTHER)
    if ASSESSMENT not in found.values():  # a note may be worked through along its list of problems
        found |= {start: ASSESSMENT for start in found if _PROBLEMS.match(text, start)}
    starts = sorted(found)
    return Sections(tuple(starts), tuple(found[start] for start in starts))


def _one_line(text: str, start: int) -> int:
    """Where a section ends that says all in its heading's line; 0 when it goes on in a list."""
    end = text.find("\n", start)
    if end < 0 or not text[text.find(":", start, end) + 1 : end].strip():
        return 0
    following = text[end + 1 : text.find("\n", end + 1) if text.find("\n", end + 1) > 0 else len(text)]
    return 0 if _LISTED.match(following) else end


_SHORT = (FAMILY, ALLERGIES, DENIED, DIFFERENTIAL, PRECAUTIONS)  # sections of a line or a block
_LISTED = re.compile(
    r"[ \t]*[-*•]|[ \t]{2,}\S|(?:maternal|paternal|mother|father|mom|dad|brother|sister|son"
    r"|daughter|aunt|uncle|grand\w+|m?gm|[mp]g[mf])\b",
    re.IGNORECASE,
)


def _opens_block(text: str, match: re.Match[str]) -> bool:
    """Whether a line stands first in its block with more lines after it: the others are lines of a list."""
    return text[: match.start()].endswith("\n\n") and bool(text[match.end() + 1 : match.end() + 2].strip())


def kind_of(title: str) -> str:
    """The kind of section that a heading opens; empty when it says nothing."""
    low = title.lower().strip()
    return next((kind for kind, pattern in _COMPILED if pattern.search(low)), OTHER)
