"""Which diagnosis is first. Source: ICD-10-CM Official Guidelines for Coding and Reporting."""

from collections.abc import Iterator, Sequence

from coding.domain.edits.code_notes import code_ranges, names
from coding.domain.edits.code_numbers import numbers
from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Finding, Severity
from coding.domain.edits.telling import on_diagnosis, put_first, remove_diagnosis

ELSEWHERE = "classified elsewhere"
EXTERNAL = "VWXY"
INJURIES = "ST"

# Beginnings of codes that only ever stand behind another one: guideline sections I.B.14, I.C.1.d.1.b, I.C.18.g,
# I.C.21.c and I.C.15 (weeks of gestation), and the Medicare Code Editor's unacceptable principal diagnoses.
NEVER_FIRST = tuple(
    numbers("B95 B96 B97 R65.1 R65.2 Z16 Z17 Z37 Z3A Z55 Z56 Z57 Z58 Z59 Z60 Z61 Z62 Z63 Z64 Z65 Z66 Z68")
)
# Beginnings of codes that are first when they stand at all. Source: Guidelines, section I.C.21.c.16.
FIRST_ONLY = tuple(
    numbers("Z00 Z01 Z02 Z04 Z31.81 Z31.82 Z31.83 Z31.84 Z33.2 Z34 Z38 Z39 Z40 Z42 Z51.0 Z51.1 Z52 Z76.1 Z76.2 Z99.12")
)


def manifestation_first(facts: VisitFacts) -> Iterator[Finding]:
    """A manifestation follows its cause. Source: Guidelines, section I.A.13. The fix puts the named cause first."""
    found = facts.codes.get(facts.diagnoses[0]) if facts.diagnoses else None
    if found is None or not found.code_first:
        return
    causes = code_ranges([f"({note})" for note in found.code_first])
    place = next((n for n, code in enumerate(facts.diagnoses[1:], 2) if names(causes, code)), 0)
    if not place and ELSEWHERE not in found.wording.lower():
        return
    says = f"{found.code} describes a manifestation: the disease that causes it goes first."
    if ELSEWHERE not in found.wording.lower():
        says = f"ICD-10-CM says to code {facts.diagnoses[place - 1]} before {found.code}."
    yield on_diagnosis(
        "DX07",
        1,
        f"{found.code} cannot be first",
        says,
        label=f"Put {facts.diagnoses[place - 1]} first" if place else "Ask coder",
        fix=put_first(place) if place else None,
    )


def external_cause_first(facts: VisitFacts) -> Iterator[Finding]:
    """External causes (V00–Y99) are never first. Source: Guidelines, section I.C.20.a.6. The fix moves another up."""
    if not facts.diagnoses or facts.diagnoses[0][:1] not in EXTERNAL:
        return
    place = _first_that_may_be(facts.diagnoses)
    yield on_diagnosis(
        "DX08",
        1,
        f"{facts.diagnoses[0]} cannot be first",
        f"{facts.diagnoses[0]} says how it happened; the injury or condition goes first.",
        label=f"Put {facts.diagnoses[place - 1]} first" if place else "Ask coder",
        fix=put_first(place) if place else None,
    )


def _first_that_may_be(diagnoses: Sequence[str]) -> int:
    """The position of the first code that may be first-listed; 0 when none may."""
    return next(
        (n for n, code in enumerate(diagnoses, 1) if code[:1] not in EXTERNAL and not code.startswith(NEVER_FIRST)), 0
    )


def never_first(facts: VisitFacts) -> Iterator[Finding]:
    """Codes that add to another one are not first-listed. Source: Guidelines, sections I.B.14 and I.C.21.c.17.

    The fix puts the first code that may lead in front.
    """
    first = facts.diagnoses[0] if facts.diagnoses else ""
    if not first.startswith(NEVER_FIRST):
        return
    place = _first_that_may_be(facts.diagnoses)
    yield on_diagnosis(
        "DX14",
        1,
        f"{first} cannot be first",
        f"{first} only adds to another diagnosis: the reason for the visit goes first.",
        label=f"Put {facts.diagnoses[place - 1]} first" if place else "Ask coder",
        fix=put_first(place) if place else None,
    )


def first_only(facts: VisitFacts) -> Iterator[Finding]:
    """Encounter codes that may only be first-listed stand first. Source: Guidelines, section I.C.21.c.16.

    Said once: two visits on one day whose records are kept together are the guideline's exception.
    """
    if not facts.diagnoses or facts.diagnoses[0].startswith(FIRST_ONLY):
        return
    for place, code in enumerate(facts.diagnoses[1:], 2):
        if code.startswith(FIRST_ONLY):
            says = f"{code} says why the patient came: it is first, unless two visits of the day share this record."
            yield on_diagnosis(
                "DX15",
                place,
                f"{code} should be first",
                says,
                label=f"Put {code} first",
                fix=put_first(place),
                severity=Severity.WARN,
            )
            return


def external_cause_alone(facts: VisitFacts) -> Iterator[Finding]:
    """An external cause explains an injury or another health condition. Source: Guidelines, section I.C.20.a.1.

    The fix takes it out.
    """
    others = [code for code in facts.diagnoses if code[:1] not in EXTERNAL]
    if not others or any(code[:1] not in "RZ" for code in others):
        return
    for place, code in enumerate(facts.diagnoses, 1):
        if code[:1] in EXTERNAL:
            says = f"{code} says how something happened, and no injury or condition is coded that it explains."
            yield on_diagnosis(
                "DX16",
                place,
                f"{code} explains no injury",
                says,
                label=f"Remove {code}",
                fix=remove_diagnosis(place),
                severity=Severity.WARN,
            )


RULES = (manifestation_first, external_cause_first, never_first, first_only, external_cause_alone)
