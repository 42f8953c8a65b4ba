"""Whether a condition is affirmed: denied, uncertain, past, another person's or only a possibility.

The rules follow ConText (Harkema, Dowling, Thornblade, Chapman: J Biomed Inform 2009;42:839): a trigger governs the
words after it (or before it) up to the sentence's end or a word that ends its reach.
"""

import re
from dataclasses import dataclass

NEGATED, UNCERTAIN, PAST, FAMILY, CONDITIONAL = "negated", "uncertain", "past", "family", "conditional"

_BEFORE: tuple[tuple[str, str], ...] = (
    (
        NEGATED,
        r"no longer|no (?:evidence|sign|signs|symptoms?|history|hx|suspicion|complaints?|findings?) (?:of|for|or)"
        r"|denies|denied|denying|deny|without(?: any| evidence of)?|w/o|negative for|neg for|absence of|absent"
        r"|free of|rules? out (?=the)|ruled out(?: for)?|never had|never|not|non|nor|none of|no(?!,)|neither|nil"
        r"|lack of|lacks|fails to|excluded?|excluding|declines|declined|refused|low probability of"
        r"|unlikely to be|exclude|excludes",
    ),
    (
        UNCERTAIN,
        r"possibly|possible|probably|probable|suspected|suspects?|suspicious(?: for)?|suspicion(?: for| of)?"
        r"|rule[- ]?out|r/o|vs\.?|versus|may|might|could|likely|presumed|presumptive|questionable"
        r"|question of|concern(?:s|ed|ing)?"
        r"(?: for| about)?|consistent with|c/w|compatible with|suggest(?:s|ive|ing)?(?: of)?"
        r"|differential(?: diagnosis)?"
        r"|ddx|evaluate for|workup for|work-up for|to exclude|cannot exclude|can't exclude|worrisome for|indicative of"
        r"|appears to be|think(?:s)? it is|perhaps|working diagnosis|tentative|pending",
    ),
    (
        FAMILY,
        r"family (?:history|hx)(?: of| positive for| significant for)?|fh(?:x)?(?: of)?|mother|father"
        r"|mom|dad|brother|sister|siblings?|aunt|uncle"
        r"|grandmother|grandfather|grandparents?|cousin|parents?|maternal|paternal|son|daughter"
        r"|husband|wife|relatives?",
    ),
    (
        PAST,
        r"(?:personal |past |prior |remote |previous )?(?:medical )?history(?: of)?|h/o|hx(?: of)?|s/p"
        r"|status[- ]post|previous(?:ly)?|prior|past|former(?:ly)?"
        r"|childhood|as an? (?:child|teen\w*|kid) (?:that )?(?:he|she|they)?|used to have"
        r"|told \w+ had|remote|resolved|healed|years? ago|underwent|treated for|in (?:19|20)\d\d",
    ),
    (
        CONDITIONAL,
        r"if|in case(?: of)?|should|return (?:for|with|precautions)|call (?:for|with|if)|watch for"
        r"|risk(?:s)? (?:of|for|factors? for)|at risk"
        r"|to prevent|prevention of|prevent|prophylaxis(?: for| against)?|screen(?:ing|ed)?(?: for)?"
        r"|monitor for|warning signs|unless|educated (?:on|about)|precautions"
        r"|discussed|counseled (?:on|about)|vaccin(?:e|ation) (?:for|against)|immuniz\w+ (?:for|against)|avoid",
    ),
)
_AFTER: tuple[tuple[str, str], ...] = (
    (
        NEGATED,
        r"(?:\s*(?:was|were|is|are|has been|have been)?\s*(?:ruled out|excluded|not (?:seen|present"
        r"|found|detected|observed"
        r"|identified|demonstrated|noted|appreciated)|unlikely|gone|not found|declined|refused"
        r"|deferred|utd|up to date))(?![a-z])|\s*(?:and \w+ |test |screen |\w+ )?(?:was |were |is "
        r"|are )?(?:negative|neg|absent|denied)(?=\s*(?:[.;,)\n]|$|and\b))"
        r"|\s*(?:no|none)(?=\s*[.,;\n])",
    ),
    (
        UNCERTAIN,
        r"(?:is|was|are|were)?\s*(?:suspected|possible|probable|likely|in the differential"
        r"|not (?:yet )?(?:confirmed|excluded)|cannot be excluded|to be ruled out)|[ \w]{0,25}\b(?:to be|needs? to be)"
        r" (?:excluded|ruled out)"
        r"|[ \w]{0,12}\?",
    ),
    (FAMILY, r"\s*(?:in|of) (?:his |her |the |a |pt's |patient's |maternal |paternal )*(?:mother|father|mom|dad"
        r"|brother|sister|aunt|uncle|grandmother|grandfather|sibling|family|cousin|son|daughter|wife|husband)"),
    (CONDITIONAL, r"[ \w%/–-]{0,20}\b(?:discussed|advised|recommended|encouraged|(?<!at )(?<!to )goal"
        r"|counsel\w+|program|planned"
        r"|scheduled)\b"),
    (PAST, r"[\s,(-]*(?:has |have |had |is |now |fully |completely |since |which )*(?:cleared|ablated|gone"
        r"|resolved|healed|in the past|years? ago|as an? (?:child|teen\w*|kid|infant|baby)"
        r"|in (?:childhood|college|high school)"
        r"|when (?:he|she|they) was|outgr[eo]w\w*|in (?:19|20)\d\d)"),
)  # fmt: skip
_STOP = re.compile(
    r"\b(?:but|however|although|though|except|aside from|apart from|other than|which|presents?|presented|yet|reports?"
    r"|complains?|endorses?|positive|shows?|showed|reveal(?:s|ed)?|found|because|since|secondary to"
    r"|due to|with)\b|[.;:\n]"
)
_PAST_STOP = re.compile(
    r"\b(?:now|today|currently|current|presents?|here for|but|still|ongoing|on|takes)\b|[.;:(\n]|, (?=new|now)"
)
_PRE = tuple((kind, re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])")) for kind, pattern in _BEFORE)
_POST = tuple((kind, re.compile(rf"[\s)]*(?:{pattern})(?![a-z])")) for kind, pattern in _AFTER)


@dataclass(frozen=True, slots=True)
class Cue:
    """One trigger: what it does to the words from `start` to `end`."""

    kind: str
    start: int
    end: int


def cues(text: str, start: int, end: int) -> list[Cue]:
    """The triggers of one sentence with their reach. `text` is the whole note in lower case."""
    found: list[Cue] = []
    for kind, pattern in _PRE:
        for match in pattern.finditer(text, start, end):
            stop = _stop(text, kind, match.end(), end)
            found.append(Cue(kind, match.end(), stop.start() if stop else end))
    return found


def _stop(text: str, kind: str, start: int, end: int) -> re.Match[str] | None:
    if kind in (NEGATED, UNCERTAIN):
        return _STOP.search(text, start, end)
    return _PAST_STOP.search(text, start, end) if kind == PAST else None


def context_of(text: str, found: list[Cue], start: int, end: int, sentence_end: int) -> frozenset[str]:
    """What the sentence says about the words from `start` to `end`; empty when it simply affirms them."""
    kinds = {cue.kind for cue in found if cue.start <= start < cue.end}
    tail = text[end : min(sentence_end, end + 60)]
    kinds.update(kind for kind, pattern in _POST if pattern.match(tail))
    return frozenset(kinds)
