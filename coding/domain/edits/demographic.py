"""Codes that belong to one sex or age. Source: Medicare Code Editor conflict edits (own short table)."""

from collections.abc import Iterator
from datetime import date

from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.visit_levels import PREVENTIVE_NEW, PREVENTIVE_VISITS, preventive_code

# First and last three characters of diagnoses of one sex.
SEX_OF_DIAGNOSES = (
    ("C51", "C58", "F"), ("C60", "C63", "M"), ("N40", "N53", "M"), ("N70", "N77", "F"), ("N80", "N98", "F"),
    ("O00", "O9A", "F"), ("Z33", "Z34", "F"), ("Z36", "Z36", "F"),
)  # fmt: skip
SEX_OF_SERVICES = {"81025": "F", "76801": "F", "59400": "F", "58558": "F", "55250": "M", "84153": "M"}
SEX_OF_EXACT = {"F53.0": "F", "F53.1": "F", "Z12.4": "F", "Z12.5": "M", "Z01.411": "F", "Z01.419": "F"}
WORDS = {"F": "female", "M": "male"}

# Beginning of a diagnosis: youngest and oldest age in years.
AGE_OF_DIAGNOSES = {"Z00.00": (15, 130), "Z00.01": (15, 130), "Z00.12": (0, 17), "Z00.11": (0, 0), "P": (0, 1)}


def sex(facts: VisitFacts) -> Iterator[Finding]:
    """Diagnoses and services of one sex are billed for patients of that sex."""
    for place, code in enumerate(facts.diagnoses, 1):
        yield from _sex_conflict(facts, code, SEX_OF_EXACT.get(code) or _sex_of(code), f"claim.diagnoses.{place}")
    for line in facts.lines:
        yield from _sex_conflict(facts, line.code, SEX_OF_SERVICES.get(line.code, ""), f"line.{line.number}.code")


def _sex_of(code: str) -> str:
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
    """Diagnoses of an age are billed for patients of that age."""
    years = _years(facts)
    if years is None:
        return
    for place, code in enumerate(facts.diagnoses, 1):
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
