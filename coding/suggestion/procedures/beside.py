"""The visit beside what was done in it: none, a preventive one, or a level with its modifiers."""

import re
from collections.abc import Sequence

from coding.suggestion.facts import CPT, HCPCS, NoteFacts, Span, Suggested
from coding.suggestion.found import Found
from coding.suggestion.mentions import ReadNote
from coding.suggestion.procedures.circumstances import Done
from coding.suggestion.procedures.visits import visit_level

# A visit beside one of these is significant and separate only with modifier 25.
_NEEDS_25 = (
    "10060",
    "1110",
    "11200",
    "17000",
    "17110",
    "12001",
    "205",
    "206",
    "46221",
    "69210",
    "96372",
    "94640",
    "94060",
    "99406",
    "29",
    "64721",
    "95044",
    "9047",
    "94010",
    "G0008",
    "9939",
    "9938",
)
# Visits that are nothing but their procedure.
_ONLY = (
    "43235",
    "43239",
    "45378",
    "45380",
    "45385",
    "29881",
    "97110",
    "97112",
    "97140",
    "97161",
    "97530",
    "90853",
    "90847",
    "90791",
    "90792",
    "G0121",
    "11642",
    "93793",
    "93280",
    "96910",
    "93015",
    "G0121",
    "95044",
)


def as_service(
    code: str, spans: tuple[Span, ...], reason: str, modifiers: tuple[str, ...], units: int, pointers: tuple[int, ...]
) -> Suggested:
    system = CPT if code[0].isdigit() else HCPCS
    return Suggested(
        system=system, code=code, confidence=80, spans=spans, reason=" ".join(reason.split()), modifiers=modifiers,
        units=units, pointers=pointers,
    )  # fmt: skip


_VIDEO = re.compile(
    r"\bvideo (?:visit|appt|appointment|encounter)|\b(?:tele|telehealth) ?video|\bseen by video"
    r"|\bvia video|\baudio and video|\bboth a/v|\b(?:video|zoom)\b[^.\n]{0,25}\bconsent"
)
_NURSE = re.compile(r"\bnurse visit\b|\binjection visit\b|\bshots? only\b")
_DECIDED = re.compile(
    r"\bscheduled injection|decision made (?:at )?last visit|\b(?:here|returns) for (?:his |her "
    r"|the )?(?:scheduled |\w+ )?injection|injection (?:number|#) ?\d"
)


def visit_beside(facts: NoteFacts, note: ReadNote, diagnoses: Sequence[Found], done: Done) -> Suggested | None:
    codes = {d.code: d for d in diagnoses}
    separate = ("25",) if any(code.startswith(_NEEDS_25) for code in done) else ()
    if _VIDEO.search(note.low):
        separate = (*separate, "95")
    pointers = tuple(range(1, min(len(diagnoses), 4) + 1))
    routine = next((codes[c] for c in codes if c.startswith(("Z00.0", "Z00.12", "Z01.41"))), None)
    if "G0438" in done or "G0439" in done:
        return None
    if routine is not None and facts.age is not None:
        code = _preventive(facts.age, bool(facts.is_new))
        return as_service(code, tuple(routine.spans[:2]), "A preventive visit by age.", separate, 1, (1,))
    if any(code.startswith(_ONLY) for code in done) or any(code in done for code in ("90832", "90834", "90837")):
        return None
    if _NURSE.search(note.low) or (_DECIDED.search(note.low) and any(code.startswith("206") for code in done)):
        return None
    if diagnoses and all(d.code.startswith(_NO_VISIT) or not d.assessed for d in diagnoses):
        return None
    problems = [d for d in diagnoses if d.assessed and d.code[0] not in "ZVWXYF"]
    if done.keys() & _BY_ITSELF and len(problems) < 2 and not _MANAGED.search(note.low):
        return None
    if re.search(r"\bop note\b|\boperative note\b|^procedure:|^visco:", note.low):
        return None
    visit = visit_level(note, diagnoses, bool(facts.is_new))
    code = f"9920{visit.level}" if facts.is_new else f"9921{visit.level}"
    spans = visit.spans or (Span(0, min(len(note.text), 40)),)
    return as_service(code, spans, visit.reason, separate, 1, pointers)


# Encounters that are no office visit of their own: forms, care within a global period, a device put in, a shot.
_NO_VISIT = ("Z02", "Z47", "Z48", "Z30.43", "Z23", "Z12.11", "Z79", "Z96", "Z8", "Z7", "Z98")
# Small procedures whose decision belongs to them, unless something else is managed, too.
_BY_ITSELF = frozenset({"11102", "11104", "20610", "20611", "17000", "17110", "11200", "69210", "46221", "43239"})
_MANAGED = re.compile(
    r"medication|(?<!no )\brx\b(?! no)|\bstart|\bcontinue (?!ice|sunscreen)|prescri"
    r"|\d+ ?mg (?:bid|tid|daily|qd|qhs|po|x ?\d|once|every)|refill|referr"
)


def _preventive(age: int, is_new: bool) -> str:
    steps = ((65, 7), (40, 6), (18, 5), (12, 4), (5, 3), (1, 2), (0, 1))
    last = next(digit for least, digit in steps if age >= least)
    return f"{'9938' if is_new else '9939'}{last}"
