"""Whether care that leaves a status is told as given: a procedure done, a drug taken now, a habit kept."""

import re

from coding.suggestion import sections
from coding.suggestion.facts import INPATIENT, NoteFacts
from coding.suggestion.mentions import Mention, ReadNote

AFTER_PROCEDURE = ("Z89", "Z90", "Z94", "Z95", "Z96", "Z98")
_PROCEDURE_NAME = re.compile(
    r"(?:ectomy|plasty|replacement|bypass|\b(?:tka|tha|tkr|thr|tavr|avr|cabg|icd)|surgery|ablation)s?$"
)
_DONE = re.compile(
    r"\b(?:s/p|status|post|history|hx|prior|previous|had|underwent|(?:19|20)\d\d|ago|since|after"
    r"|following|well|healed|failed|revision|old|years?"
    r"|aftercare|removed|resected|placed|implant\w*|\d{1,2}/\d{2,4}|in place|functioning|surgical|psh|with)\b"
)
_SURELY_DONE = re.compile(
    r"\b(?:s/p|status|history|hx|prior|previous|(?:19|20)\d\d|ago|since|post|underwent|following)\b"
)
_PLANNED = re.compile(
    r"\b(?:plan\w*|schedul\w*|discuss\w*|consider\w*|refer\w*|candidate|wants?|evaluat\w*"
    r"|options?|offer\w*|eligible|talk|requested|work-?up"
    r"|tomorrow|next|upcoming|await\w*|before|preop\w*|pre-op\w*|proceed\w*|declin\w*|needs?"
    r"|vs\.?|if|future|deferred)\b"
)
_DONE_BEFORE = re.compile(r"\b(?:history|hx|h/o|prior|previous|(?:19|20)\d\d|ago|old|years?|existing|known|psh|pmh)\b")


def was_done(facts: NoteFacts, note: ReadNote, mention: Mention) -> bool:
    """Whether a procedure that leaves a status is told as done; in hospital, as done before this stay."""
    if facts.setting != INPATIENT and not _PROCEDURE_NAME.search(note.low[mention.start : mention.end]):
        return True
    sentence = note.sentences[mention.sentence]
    around = note.low[max(sentence.start, mention.start - 60) : min(mention.end + 30, sentence.end)]
    if facts.setting == INPATIENT:
        return mention.section == sections.PAST or bool(_DONE_BEFORE.search(around))
    if _PLANNED.search(note.low, sentence.start, sentence.end) and not _SURELY_DONE.search(around):
        return False
    return mention.section == sections.PAST or bool(_DONE.search(around))


SAYS_NO = re.compile(r"[\s:?,(-]*(?:\w+ ){0,1}?(?:no\b|none|never|weed|marijuana|cannabis|pot\b)")
QUIT = re.compile(r"[\s:?,(-]*(?:\w+ ){0,3}?(?:quit|former|stopped|ex\b|until|till|in (?:19|20)\d\d)")
_STOPPED_AFTER = re.compile(
    r"[^.;\n]{0,28}?\b(?:finished|stopped|completed|discontinued|dc'?d|d/c'?d|held|on hold"
    r"|not (?:started|indicated|taken|given|needed)|none since"
    r"|asked to stop|off since|until (?:19|20)\d\d|sliding scale|gtt|drip|in (?:the )?hospital"
    r"|while inpatient|prn\b|as needed|x ?1\b|once(?! (?:a day|daily|weekly|a week|nightly|at))"
    r"|burst|tolerates|allergy|failed|ineffective)\b"
)
_RESUMED = re.compile(r"[^.;\n]{0,50}?\b(?:resum\w+|restart\w+|continu\w+)")
_STOPPED_BEFORE = re.compile(
    r"\b(?:off|finished|stopped|stop|completed|discontinued?|dc|d/c|no longer|previously on"
    r"|was on|tried|failed|months? of|weeks? of|days? of|allerg\w+(?: to)?"
    r"|intoleran\w+(?: to)?|avoid|hold|holding|held|consider|discuss\w*|start process for"
    r"|candidate(?: for)?|not|no|declin\w+|refus\w+|without|never|s/p|covered with|took|gave|given|received"
    r"|instead of|switch\w* from|change from|vs|or|if|eligible for|interested in|asks? about"
    r"|before|after)[\s:]+(?:\w+ ){0,2}$"
)


def not_taken(note: ReadNote, mention: Mention) -> str:
    """Why a drug that is named is not taken for long: stopped, only thought of, or given in hospital; else empty."""
    sentence = note.sentences[mention.sentence]
    before = note.low[max(sentence.start, mention.start - 40) : mention.start]
    after = _STOPPED_AFTER.match(note.low[: sentence.end], mention.end)
    if after and _RESUMED.match(note.low[: sentence.end], mention.end):
        return ""
    return "The drug is not taken now." if after or _STOPPED_BEFORE.search(before) else ""
