"""Services billed by the minutes in the note. Source: CMS Claims Processing Manual, 5, 20.2 (8-minute rule)."""

import re
from collections.abc import Iterator

from coding.domain.edits.code_numbers import numbers
from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.telling import on_line
from coding.domain.edits.visit_levels import is_visit

BY_15_MINUTES = numbers(
    "97032 97033 97034 97035 97036 97110 97112 97113 97116 97124 97140 97530 97533 97535 97537 97542 97750 97755 97760 "
    "97761 97763"
)
TOTAL = re.compile(r"\btotal\b[^.\n\d]{0,40}?(\d{1,3})\s*min", re.IGNORECASE)
# Psychotherapy: alone, beside a visit; least minutes of each. Source: CPT, psychotherapy time.
PSYCHOTHERAPY = (("90832", "90833", 16), ("90834", "90836", 38), ("90837", "90838", 53))
LEVELS = {code: at for *codes, _ in PSYCHOTHERAPY for at, code in enumerate(codes)}
TALKED = re.compile(
    r"\bpsychotherapy\b[^.\n\d]{0,40}?(\d{1,3})\s*min|\b(\d{1,3})[- ]?min\w*[^.\n\d]{0,30}\bpsychotherapy\b",
    re.IGNORECASE,
)


def eight_minute_rule(facts: VisitFacts) -> Iterator[Finding]:
    """All timed therapy of a day together has one unit for each 15 minutes, the last from 8 on.

    Source: CMS Claims Processing Manual, 5, 20.2. The fix sets the units when one line is timed.
    """
    lines = [line for line in facts.lines if line.code in BY_15_MINUTES]
    minutes = _one_number(TOTAL, facts.note) if lines and not any(is_visit(one.code) for one in facts.lines) else 0
    if not minutes:
        return
    right, billed = (minutes + 7) // 15, sum(line.units for line in lines)
    if billed == right:
        return
    fix = Fix(kind=FixKind.SET_UNITS, line=lines[0].number, value=str(right)) if len(lines) == 1 and right else None
    yield on_line(
        "UN04",
        Family.UNITS,
        lines[-1],
        "units",
        f"{billed} timed units, minutes give {right}",
        f"The note records {minutes} timed minutes: that is {right} units of 15 minutes, and {billed} are billed.",
        label=f"Set {right} unit{'s' if right > 1 else ''}" if fix else "Check note",
        fix=fix,
        severity=Severity.STOP if billed > right else Severity.WARN,
    )


def psychotherapy_time(facts: VisitFacts) -> Iterator[Finding]:
    """Psychotherapy has the code of its minutes: 16, 38, 53 and more. Source: CPT, psychotherapy. The fix takes it."""
    for line in facts.lines:
        if line.code not in LEVELS:
            continue
        minutes = _one_number(TALKED, facts.note)
        right = next((row[LEVELS[line.code]] for row in reversed(PSYCHOTHERAPY) if 0 < row[2] <= minutes), "")
        if not right or right == line.code:
            continue
        priced = right in facts.prices
        yield on_line(
            "UN05",
            Family.UNITS,
            line,
            "code",
            f"{line.code} does not fit {minutes} minutes",
            f"The note records {minutes} minutes of psychotherapy: the code for that time is {right}.",
            label=f"Use {right}" if priced else "Check note",
            fix=Fix(kind=FixKind.SET_CODE, line=line.number, value=str(right)) if priced else None,
        )


def _one_number(pattern: re.Pattern[str], note: str) -> int:
    """The number that a pattern finds when it finds a single one, else 0."""
    found = {int(digits) for match in pattern.finditer(note) for digits in match.groups() if digits}
    return found.pop() if len(found) == 1 else 0


RULES = (eight_minute_rule, psychotherapy_time)
