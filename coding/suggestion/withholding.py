"""Why a mention must not be coded: denied, uncertain, past, another person's, not done, not taken."""

import re

from coding.suggestion import context, sections
from coding.suggestion.facts import INPATIENT, NoteFacts
from coding.suggestion.groups import CHRONIC, LASTING, STATUS
from coding.suggestion.mentions import Mention, ReadNote
from coding.suggestion.past_care import AFTER_PROCEDURE, QUIT, SAYS_NO, not_taken, was_done

_CANCER_OVER = re.compile(
    r"no evidence of (?:disease|recurrence)|\bned\b|in remission|cancer[- ]free|no recurrence|survivor"
)
_NO_DISEASE = re.compile(
    r"no evidence of (?:disease|recurrence)|\bned\b|cancer[- ]free|no recurrence|survivor|\bcured\b"
)
# A cancer under treatment, adjuvant too, is no history (guideline I.C.2.m).
_IN_TREATMENT = re.compile(
    r"\b(?:on|continues?|continue|taking|adjuvant) (?:adjuvant )?(?:letrozole|anastrozole"
    r"|exemestane|tamoxifen|fulvestrant|leuprolide|lupron|adt|chemo\w*"
    r"|androgen deprivation|immunotherapy|pembrolizumab|trastuzumab)|\bcycle \d"
    r"|\bc\d+ (?:of )?(?:folfox|ac\b|taxol|carbo)"
)
_YEAR_AFTER = re.compile(r"[^.;\n]{0,25}\b(?:19|20)\d\d\b")
PAST_REASON = "It is past."
NOT_CERTAIN = "It is not certain; outpatients are coded for what is known (Section IV.H)."
FAMILY_REASON = "It is said of a relative."


_RECENT = re.compile(
    r"\brecent\b|\b(?:[1-4]|one|two|three|four) (?:weeks?|wks?) ago|\b\d{1,2} days? ago|\b(?:this|last) week"
)


def withheld(facts: NoteFacts, note: ReadNote, mention: Mention, code: str) -> str:
    """Why a mention must not be coded, in words; empty when it may."""
    said = mention.context
    if code.startswith(("Z8", "Z9", "I25.2", "Z79")):
        said = said - {context.PAST, context.OVER}
    if code.startswith(("Z80", "Z81", "Z82", "Z83", "Z84")):
        said = said - {context.FAMILY}
    if mention.section == sections.FAMILY or context.FAMILY in said:
        return FAMILY_REASON
    if context.NEGATED in said and not _beyond_a_denial(note, mention, code):
        return "The note denies it."
    if mention.section == sections.ALLERGIES and not code.startswith(("Z", "J30")):
        return "It stands among the allergies."
    if context.CONDITIONAL in said and not code.startswith("Z"):
        return "It is only a possibility that is watched for."
    if context.SPOKEN in said and not code.startswith(("Z", *CHRONIC, *LASTING)):
        return "It is spoken of, not found."
    if code.startswith(AFTER_PROCEDURE) and not was_done(facts, note, mention):
        return "The procedure is spoken of, not said to have been done."
    if code.startswith("Z79") and (why := not_taken(note, mention)):
        return why
    if code.startswith(("F17", "Z87.891")) and SAYS_NO.match(note.low, mention.end):
        return "The note denies it."
    if code.startswith("F17") and QUIT.match(note.low, mention.end):
        return PAST_REASON
    if code[0] == "O" and (facts.sex == "M" or (facts.age is not None and facts.age < 10)):
        return "It is said of the mother."
    over = _NO_DISEASE if code.startswith(("C8", "C9")) else _CANCER_OVER  # blood cancers have codes for remission
    if (
        code[0] == "C"
        and not _IN_TREATMENT.search(note.low)
        and (over.search(note.low) or _YEAR_AFTER.match(note.low, mention.end))
    ):
        return PAST_REASON
    if context.UNCERTAIN in said and facts.setting != INPATIENT:
        return NOT_CERTAIN
    if code.startswith("I21") and _RECENT.search(note.low, max(0, mention.start - 25), mention.end + 25):
        said = said - {context.PAST}  # still the infarction for four weeks (guideline I.C.9.e.1)
    if context.OVER in said and not code.startswith(("Z", "F17")):
        return PAST_REASON
    if context.PAST in said and not code.startswith((*CHRONIC, "Z", "F17")):
        return "" if facts.setting == INPATIENT and mention.section == sections.ASSESSMENT else PAST_REASON
    return ""


# A list that begins with a lasting condition is a list of denied conditions: "no asthma, diabetes, hypertension".
_LASTING_WORD = re.compile(
    r"\b(?:asthma|copd|emphysema|diabet\w+|dm\d?|t2dm|htn|hypertension|high blood pressure|cad"
    r"|chf|heart|ckd|kidney|cancer|strokes?|cva"
    r"|seizures?|epilepsy|gout|lupus|arthritis|thyroid|hyperlipidemia|depression|anxiety|mi|afib|liver|hepatitis)\b"
)
_PLAIN_NO = re.compile(r"\b(?:no|not|without|w/o)(?: \w+)?$")


def _beyond_a_denial(note: ReadNote, mention: Mention, code: str) -> bool:
    """Whether a list goes on after a denied symptom: "no angina, hypertension, on aspirin" denies only the first."""
    if not code.startswith((*CHRONIC, *STATUS)):
        return False
    sentence = note.sentences[mention.sentence]
    denials = [c for c in sentence.cues if c.kind == context.NEGATED and c.start <= mention.start < c.end]
    if not denials:
        return False
    for cue in denials:
        if cue.start <= mention.start:
            between = note.low[cue.start : mention.start]
            listed = note.low[cue.start : min(mention.end + 40, sentence.end)]
            if (
                "," not in between
                or _LASTING_WORD.search(between.split(",")[0])
                or re.search(r"\bn?or\b", listed)
                or not _PLAIN_NO.search(note.low[: cue.start])
            ):
                return False
    return not context.context_of(note.low, [], mention.start, mention.end, sentence.end) & {context.NEGATED}
