"""Who did what part of a service. Source: fee schedule indicators ASST, CO-SURG, TEAM SURG and PC/TC."""

from collections.abc import Iterator

from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Severity
from coding.domain.edits.telling import add_modifier, on_line, without

ASSISTANTS = frozenset({"80", "81", "82", "AS"})
CO_SURGEON, TEAM = "62", "66"
PROFESSIONAL, TECHNICAL = "26", "TC"
FACILITIES = frozenset({"19", "21", "22", "23", "24", "26", "34", "51", "52", "61"})
# PC/TC indicator → why 26 and TC do not stand on the code.
NO_SPLIT = {
    "0": "is a clinician’s service as a whole",
    "2": "is the professional part by itself",
    "3": "is the technical part by itself",
    "4": "is both parts together by itself",
    "5": "is incident to a clinician’s service",
    "7": "is therapy as a whole",
    "8": "is the clinician’s reading by itself",
    "9": "does not split",
}
SPLITS = "1"
READING_PAID = "6"  # a laboratory test that a clinician may read: 26, not TC


def assistant_allowed(facts: VisitFacts) -> Iterator[Finding]:
    """An assistant is paid where Medicare's indicator lets it be. Source: CMS Claims Processing Manual, 12, 20.4.3.

    Indicator 1: never by law; 9: no operation; 0: only with the reason in the records.
    """
    for line in facts.lines:
        billed = next((one for one in line.modifiers if one in ASSISTANTS), "")
        indicator = facts.tables.of(line.code).assistant if billed else ""
        if indicator in ("1", "9"):
            why = "no assistant is paid for it" if indicator == "1" else "it is no operation"
            says = f"{line.code} is billed for an assistant ({billed}), and {why} (indicator {indicator})."
            yield _said("MO13", line.number, facts, f"No assistant for {line.code}", says, Severity.STOP)
        elif indicator == "0":
            says = f"An assistant at {line.code} is paid only when the records show why one was needed (indicator 0)."
            yield _said("MO13", line.number, facts, f"{line.code}: why an assistant", says, Severity.WARN)


def several_surgeons(facts: VisitFacts) -> Iterator[Finding]:
    """Co-surgeons and teams are paid where the indicator lets them be. Source: CMS Claims Manual, 12, 40.8."""
    for line in facts.lines:
        known = facts.tables.of(line.code)
        for modifier, indicator, who in ((CO_SURGEON, known.co_surgeon, "two surgeons"), (TEAM, known.team, "a team")):
            if modifier not in line.modifiers:
                continue
            if indicator in ("0", "9"):
                says = f"{line.code} is billed for {who} ({modifier}), who are not paid for it (indicator {indicator})."
                yield _said("MO14", line.number, facts, f"{modifier} is not paid for {line.code}", says, Severity.STOP)
            elif indicator == "1":
                says = f"{line.code} for {who} ({modifier}) is paid only when the records show why (indicator 1)."
                yield _said("MO14", line.number, facts, f"{line.code}: why {who}", says, Severity.WARN)


def _said(code: str, number: int, facts: VisitFacts, brief: str, says: str, severity: Severity) -> Finding:
    line = facts.lines[number - 1]
    return on_line(code, Family.MODIFIER, line, "modifiers", brief, says, label="Check report", severity=severity)


def splits(facts: VisitFacts) -> Iterator[Finding]:
    """26 and TC stand only on codes that split. Source: fee schedule indicator PC/TC. The fix takes it out."""
    for line in facts.lines:
        mine = {PROFESSIONAL, TECHNICAL}.intersection(line.modifiers)
        if not mine:
            continue
        indicator = facts.tables.of(line.code).pctc
        if len(mine) == 2:
            says = f"Line {line.number} has both 26 and TC: both parts together are {line.code} without either."
            fix = without(line, PROFESSIONAL, TECHNICAL)
            yield on_line(
                "MO15", Family.MODIFIER, line, "modifiers", "26 and TC on one line", says, label="Remove both", fix=fix
            )
        elif (indicator in NO_SPLIT) or (indicator == READING_PAID and TECHNICAL in mine):
            (one,) = mine
            why = NO_SPLIT.get(indicator, "is a test whose reading alone takes 26")
            says = f"{line.code} {why} (PC/TC indicator {indicator}): it does not take {one}."
            yield on_line(
                "MO15",
                Family.MODIFIER,
                line,
                "modifiers",
                f"{line.code} does not take {one}",
                says,
                label=f"Remove {one}",
                fix=without(line, one),
            )


def professional_part_in_facility(facts: VisitFacts) -> Iterator[Finding]:
    """In a facility the clinician bills the reading, the facility the rest. Source: CMS Claims Manual, 13, 20.

    The fix adds 26.
    """
    if facts.place_of_service not in FACILITIES:
        return
    for line in facts.lines:
        if facts.tables.of(line.code).pctc != SPLITS or {PROFESSIONAL, TECHNICAL}.intersection(line.modifiers):
            continue
        where = facts.place_of_service
        says = f"In place {where} the facility bills the technical part of {line.code}: the reading is 26."
        yield on_line(
            "MO16",
            Family.MODIFIER,
            line,
            "modifiers",
            f"{line.code} in place {facts.place_of_service} needs 26",
            says,
            label="Add 26",
            fix=add_modifier(line, PROFESSIONAL),
        )


RULES = (assistant_allowed, several_surgeons, splits, professional_part_in_facility)
