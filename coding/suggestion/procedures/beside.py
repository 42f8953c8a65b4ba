"""The visit beside what was done: whether there is one, of whom, and with which modifier.

Source: NCCI policy manual, chapter I (a procedure's own evaluation is part of it; 25 when the visit is more than that).
"""

import re
from collections.abc import Sequence

from coding.suggestion.facts import NoteFacts, Span
from coding.suggestion.found import Found
from coding.suggestion.mentions import ReadNote
from coding.suggestion.procedures.done import Done
from coding.suggestion.procedures.visits import Visit, visit_level
from coding.suggestion.sections import ASSESSMENT, OTHER, PLAN

# A visit beside one of these is significant and separate only with modifier 25.
_NEEDS_25 = (
    "10060", "1110", "11200", "11642", "12001", "17000", "17110", "20", "25600", "29", "46221", "64721", "69210",
    "90833", "9047", "9938", "9939", "94010", "94060", "94640", "95044", "96372", "99406", "G0008",
)  # fmt: skip
# Visits that are nothing but their procedure.
_ONLY = (
    "29881", "43235", "43239", "45378", "45380", "45385", "78452", "90791", "90792", "90832", "90834", "90837",
    "90847", "90853", "93015", "93280", "93793", "95044", "96910", "97", "G0121", "G0438", "G0439",
)  # fmt: skip
# What includes the evaluation that led to it, unless the visit was about more.
_OPERATIONS = (
    "10060", "11102", "11104", "11200", "11642", "12001", "17000", "17110", "20526", "20550", "20605", "20610",
    "20611", "25600", "46221", "64721", "69210",
)  # fmt: skip
_STATUS = ("Z7", "Z8", "Z9", "F17", "W", "V", "X", "Y", "Z23")
_PLANNED = re.compile(
    r"\b(?:planned|scheduled|here for (?:\w+ ){0,4}|monthly|weekly|yearly|removal of|excision of|release|banding"
    r"|treatment visit|light treatment|nurse visit|series)\b"
)
_SHOT = re.compile(r"\b(?:injections?|shots?|b-?12|depo\w*|viscosupplement\w*)\b")
_MANAGED = re.compile(r"medication|\brx\b|start|\bmg\b|continue|prescri|refer|therapy|\bpt\b")
_REPORT = re.compile(r"\b(?:op|operative|excision|procedure) note\b|^procedure:|^visco:")
_KNOWN = re.compile(
    r"\bseen (?:here|in (?:this|our) (?:office|clinic|practice)) before\b|\bestablished (?:patient|pt)\b"
    r"|\b(?:known to|follow(?:ed|s) (?:here|in|by)) (?:this |our |the )?(?:office|clinic|practice)\b"
    r"|\blast (?:seen|visit) here\b"
)
_NEW = re.compile(
    r"\bnew (?:to|with) (?:the|this|our) (?:practice|clinic|office)\b|\bnew (?:patient|pt)\b|\bestablish(?:ing)? care\b"
)
_VIDEO = re.compile(
    r"\bvideo (?:visit|appt|appointment|encounter)|\b(?:tele|telehealth) ?video|\bseen by video"
    r"|\bvia video|\baudio and video|\bboth a/v|\b(?:video|zoom)\b[^.\n]{0,25}\bconsent"
)
_NURSE = re.compile(r"\bnurse visit\b|\binjection visit\b|\bshots? only\b")
_DECIDED = re.compile(
    r"\bscheduled injection|decision made (?:at )?last visit|\b(?:here|returns) for (?:his |her "
    r"|the )?(?:scheduled |\w+ )?injection|injection (?:number|#) ?\d"
)
# Encounters that are no office visit of their own: forms, care within a global period, a device put in, a shot.
_NO_VISIT = ("Z02", "Z47", "Z48", "Z30.43", "Z23", "Z12.11", "Z79", "Z96", "Z8", "Z7", "Z98")
_FIRST_LINES = 160  # characters in which a note says what the visit is for


def is_new_here(facts: NoteFacts, note: ReadNote) -> bool:
    """Whether the patient is new: earlier visits prove that one is not; else the note's own words count."""
    if facts.is_new is False:
        return False
    if _KNOWN.search(note.low):
        return False
    return bool(facts.is_new) or bool(_NEW.search(note.low))


def visit_beside(facts: NoteFacts, note: ReadNote, diagnoses: Sequence[Found], done: Done) -> Visit | None:
    """The visit that is billed beside the services, None when they are all that the visit was."""
    if any(code.startswith(_ONLY) for code in done) or _REPORT.search(note.low):
        return None
    if _NURSE.search(note.low) or (
        diagnoses and all(d.code.startswith(_NO_VISIT) or not d.assessed for d in diagnoses)
    ):
        return None
    if _is_the_procedure(note, diagnoses, done):
        return None
    return visit_level(note, diagnoses, is_new_here(facts, note))


def modifiers_beside(note: ReadNote, done: Done) -> tuple[str, ...]:
    """25 when something was done that has an evaluation of its own, 95 for a visit by video."""
    separate = ("25",) if any(code.startswith(_NEEDS_25) for code in done) else ()
    return (*separate, "95") if _VIDEO.search(note.low) else separate


def preventive(facts: NoteFacts, note: ReadNote, diagnoses: Sequence[Found]) -> tuple[str, tuple[Span, ...]] | None:
    """The preventive visit by age with its words, when the note is of one."""
    routine = next((d for d in diagnoses if d.code.startswith(("Z00.0", "Z00.12", "Z01.41"))), None)
    if routine is None or facts.age is None:
        return None
    steps = ((65, 7), (40, 6), (18, 5), (12, 4), (5, 3), (1, 2), (0, 1))
    last = next(digit for least, digit in steps if facts.age >= least)
    return f"{'9938' if is_new_here(facts, note) else '9939'}{last}", tuple(routine.spans[:2])


def _is_the_procedure(note: ReadNote, diagnoses: Sequence[Found], done: Done) -> bool:
    """Whether the evaluation was no more than the procedure's own: one problem, and it was treated by it."""
    operations = [code for code in done if code.startswith(_OPERATIONS)]
    reason = note.low[:_FIRST_LINES]
    planned = bool(_PLANNED.search(reason) or (_SHOT.search(reason) and not operations))
    problems = {d.code[:3] for d in diagnoses if d.assessed and not d.code.startswith(_STATUS)}
    if not problems and done.keys() & {"90471", "G0008"}:
        return True  # only vaccines
    if not operations:
        return "96372" in done and planned and len(problems) <= 1
    if len(problems) > len(operations):
        return False
    decided = planned or bool(_DECIDED.search(note.low))
    return decided or not _managed_apart(note, done)


def _managed_apart(note: ReadNote, done: Done) -> bool:
    """Whether treatment is spoken of in other sentences than those of what was done."""
    at = [span.start for spans, _, _ in done.values() for span in spans]
    for sentence in note.sentences:
        if any(sentence.start <= place < sentence.end for place in at):
            continue
        if note.sections.at(sentence.start) in (ASSESSMENT, PLAN, OTHER) and _MANAGED.search(
            note.low, sentence.start, sentence.end
        ):
            return True
    return False
