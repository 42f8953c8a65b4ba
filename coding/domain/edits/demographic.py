"""Codes that belong to one sex or age. Source: Medicare Code Editor conflict edits (own short table)."""

from collections.abc import Iterator
from datetime import date

from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.visit_levels import PREVENTIVE_NEW, PREVENTIVE_VISITS, preventive_code

# First and last three characters of diagnoses of one sex.
SEX_OF_DIAGNOSES = (
    ("C51", "C58", "F"), ("C60", "C63", "M"), ("D06", "D06", "F"), ("D25", "D28", "F"), ("D29", "D29", "M"),
    ("D39", "D39", "F"), ("D40", "D40", "M"), ("E28", "E28", "F"), ("E29", "E29", "M"), ("N40", "N53", "M"),
    ("N70", "N77", "F"), ("N80", "N98", "F"), ("O00", "O9A", "F"), ("Q50", "Q52", "F"), ("Q53", "Q55", "M"),
    ("R86", "R86", "M"), ("R87", "R87", "F"), ("Z32", "Z34", "F"), ("Z36", "Z37", "F"), ("Z39", "Z39", "F"),
    ("Z3A", "Z3A", "F"),
)  # fmt: skip
SEX_OF_SERVICES = {
    "81025": "F", "76801": "F", "76805": "F", "76830": "F", "59400": "F", "59510": "F", "57454": "F", "57460": "F",
    "58100": "F", "58300": "F", "58301": "F", "58558": "F", "58571": "F", "88141": "F", "G0101": "F", "Q0091": "F",
    "52601": "M", "54150": "M", "55250": "M", "55700": "M", "55866": "M", "84152": "M", "84153": "M", "84154": "M",
    "G0102": "M", "G0103": "M",
}  # fmt: skip
# Beginnings of longer diagnoses of one sex.
SEX_OF_LONGER = {
    "D07.0": "F", "D07.1": "F", "D07.2": "F", "D07.3": "F", "D07.4": "M", "D07.5": "M", "D07.6": "M", "F53": "F",
    "R97.2": "M", "S31.2": "M", "S31.3": "M", "S31.4": "F", "S37.4": "F", "S37.5": "F", "S37.6": "F", "Z01.41": "F",
    "Z03.7": "F", "Z12.4": "F", "Z12.5": "M", "Z12.71": "M", "Z12.72": "F", "Z12.73": "F", "Z40.02": "F",
    "Z40.03": "F", "Z85.41": "F", "Z85.42": "F", "Z85.43": "F", "Z85.46": "M", "Z85.47": "M", "Z90.71": "F",
    "Z90.72": "F",
}  # fmt: skip
SEX_STARTS = tuple(SEX_OF_LONGER)
ALL_THE_SAME = "KX"  # the record shows why a service of the other sex was right
WORDS = {"F": "female", "M": "male"}

# Beginning of a diagnosis: youngest and oldest age in years.
AGE_OF_DIAGNOSES = {
    "Z00.00": (15, 130), "Z00.01": (15, 130), "Z00.12": (0, 17), "Z00.11": (0, 0), "P": (0, 1), "Z38": (0, 0),
    "O": (9, 64), "Z34": (9, 64), "Z3A": (9, 64), "Z68.1": (20, 130), "Z68.2": (20, 130), "Z68.3": (20, 130),
    "Z68.4": (20, 130), "Z68.5": (2, 20), "M81.0": (15, 130), "H25": (15, 130), "R54": (40, 130),
}  # fmt: skip
AGE_STARTS = tuple(AGE_OF_DIAGNOSES)


def sex(facts: VisitFacts) -> Iterator[Finding]:
    """Diagnoses and services of one sex are billed for patients of that sex. Source: payers' sex conflict edits.

    A service with KX is let pass: the record shows why it was right.
    """
    for place, code in enumerate(facts.diagnoses, 1):
        yield from _sex_conflict(facts, code, _sex_of(code), f"claim.diagnoses.{place}")
    for line in facts.lines:
        if ALL_THE_SAME not in line.modifiers:
            yield from _sex_conflict(facts, line.code, SEX_OF_SERVICES.get(line.code, ""), f"line.{line.number}.code")


def _sex_of(code: str) -> str:
    if code.startswith(SEX_STARTS):
        return next(of for start, of in SEX_OF_LONGER.items() if code.startswith(start))
    return next((of for first, last, of in SEX_OF_DIAGNOSES if first <= code[:3] <= last), "")


def _sex_conflict(facts: VisitFacts, code: str, needed: str, at: str) -> Iterator[Finding]:
    given = facts.patient.sex
    if needed and given in WORDS and given != needed:
        yield Finding(
            code="AS01",
            family=Family.DEMOGRAPHIC,
            severity=Severity.STOP,
            at=at,
            brief=f"{code} is for {WORDS[needed]} patients",
            says=f"{code} is for {WORDS[needed]} patients; this one is registered as {WORDS[given]}.",
            fix_label="Check registration",
        )


def age(facts: VisitFacts) -> Iterator[Finding]:
    """Diagnoses of an age are billed for patients of that age. Source: Medicare Code Editor, age conflict."""
    years = _years(facts)
    if years is None:
        return
    for place, code in enumerate(facts.diagnoses, 1):
        if not code.startswith(AGE_STARTS):
            continue
        for start, (youngest, oldest) in AGE_OF_DIAGNOSES.items():
            if code.startswith(start) and not youngest <= years <= oldest:
                yield Finding(
                    code="AS02",
                    family=Family.DEMOGRAPHIC,
                    severity=Severity.STOP,
                    at=f"claim.diagnoses.{place}",
                    brief=f"{code} is for another age",
                    says=f"{code} is for ages {youngest} to {oldest}; the patient was {years} at the visit.",
                    fix_label="Ask coder",
                )


def preventive_age(facts: VisitFacts) -> Iterator[Finding]:
    """A preventive visit has the code of the patient's age. Source: CPT, preventive medicine. The fix takes it."""
    years = _years(facts)
    for line in facts.lines:
        if years is None or line.code not in PREVENTIVE_VISITS or years > 130:
            continue
        right = preventive_code(years, new=line.code in PREVENTIVE_NEW)
        if right != line.code:
            priced = right in facts.prices
            yield Finding(
                code="AS03",
                family=Family.DEMOGRAPHIC,
                severity=Severity.STOP,
                at=f"line.{line.number}.code",
                brief=f"{line.code} is for another age",
                says=f"The patient was {years} at the visit: the preventive code for that age is {right}.",
                fix_label=f"Use {right}" if priced else "Ask coder",
                fix=Fix(kind=FixKind.SET_CODE, line=line.number, value=right) if priced else None,
            )


def _years(facts: VisitFacts) -> int | None:
    born: date | None = facts.patient.birth_date
    if born is None or born > facts.service_from:
        return None
    day = facts.service_from
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


RULES = (sex, age, preventive_age)
