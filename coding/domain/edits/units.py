"""How many. Source: NCCI medically unlikely edits; HCPCS drug units against the note."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from coding.domain.edit_tables import Limit
from coding.domain.edits.facts import LineFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind
from coding.domain.edits.telling import on_line

BY_LINE = "1"
NOT_COVERED = 0  # by this limit Medicare says that it never pays for the code, not how many there may be
A_VISIT = Limit(1, BY_LINE)  # where no table says more
HOW = {
    "1": "on a line (MAI 1); more need a line of their own",
    "2": "on one day, without exception (MAI 2)",
    "3": "on one day (MAI 3), more only with records",
}
ONCE_A_DAY = re.compile(r"99[23]\d\d|G043[89]")  # visits


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug by its names in notes; one unit is `amount` micrograms."""

    names: tuple[str, ...]
    amount: Decimal
    unit: str


DRUGS: dict[str, Drug] = {
    "J0696": Drug(("ceftriaxone",), Decimal(250_000), "250 mg"),
    "J1885": Drug(("ketorolac",), Decimal(15_000), "15 mg"),
    "J2785": Drug(("regadenoson",), Decimal(100), "0.1 mg"),
    "J3301": Drug(("triamcinolone",), Decimal(10_000), "10 mg"),
    "J3420": Drug(("cyanocobalamin", "vitamin B12", "B12"), Decimal(1_000), "1,000 mcg"),
    "J7325": Drug(("hylan",), Decimal(1_000), "1 mg"),
}
NDC = re.compile(r"\d{11}")
MICROGRAMS = {"mcg": Decimal(1), "mg": Decimal(1_000), "g": Decimal(1_000_000)}
DOSE = r"(\d[\d,]*(?:\.\d+)?)\s*(mcg|mg|g)"
PATTERNS = {
    code: re.compile(
        rf"{DOSE}\s+(?:of\s+)?(?:{'|'.join(drug.names)})\b|\b(?:{'|'.join(drug.names)})\s+{DOSE}\b", re.IGNORECASE
    )
    for code, drug in DRUGS.items()
}


def _finding(code: str, line: LineFacts, brief: str, says: str, right: int = 0) -> Finding:
    fix = Fix(kind=FixKind.SET_UNITS, line=line.number, value=str(right)) if right else None
    label = f"Set {right} unit{'s' if right > 1 else ''}" if right else "Check note"
    return on_line(code, Family.UNITS, line, "units", brief, says, label=label, fix=fix)


def at_least_one(facts: VisitFacts) -> Iterator[Finding]:
    """A line has at least one unit. Source: X12N 837P guide, SV104. The fix sets one."""
    for line in facts.lines:
        if line.units < 1:
            yield _finding("UN01", line, f"Line {line.number} has no units", "A service is billed at least once.", 1)


def plausible(facts: VisitFacts) -> Iterator[Finding]:
    """Units stay within what a line or a day allows. Source: NCCI medically unlikely edits, adjudication 1, 2 and 3.

    With 1 each line counts by itself, and more may stand on further lines with a modifier; with 2 the day's sum is
    absolute; with 3 records may win an appeal. The fix for services that happen once a day is one.
    """
    for line in facts.lines:
        once = ONCE_A_DAY.fullmatch(line.code) is not None
        limit = facts.tables.limits.get(line.code) or (A_VISIT if once else None)
        if limit is None or limit.units == NOT_COVERED:
            continue
        same = [one for one in facts.lines if (one.code, one.service_date) == (line.code, line.service_date)]
        by_line = limit.adjudication == BY_LINE
        count = line.units if by_line else sum(one.units for one in same if one.number <= line.number)
        if count > limit.units:
            says = f"Line {line.number}: {count} units of {line.code}; at most {limit.units} {HOW[limit.adjudication]}."
            alone = once and len(same) == 1
            yield _finding("UN02", line, f"{count} units of {line.code}", says, 1 if alone else 0)


def dose_in_note(facts: VisitFacts) -> Iterator[Finding]:
    """Units of a drug are the dose in the note by the code's unit, rounded up. Source: HCPCS unit of the code.

    The fix sets them.
    """
    for line in facts.lines:
        drug = DRUGS.get(line.code)
        if drug is None:
            continue
        doses = _doses(line.code, facts.note)
        if len(doses) != 1:
            continue
        ((amount, words),) = doses.items()
        right = int((amount / drug.amount).to_integral_value(ROUND_CEILING))
        if right != line.units and 1 <= right <= 999:
            size = "low" if line.units < right else "high"
            says = f"Units too {size}: the note records {words}; at {drug.unit} each that is {right}, not {line.units}."
            yield _finding("UN03", line, f"{line.units} units billed, note shows {right}", says, right)


def _doses(code: str, note: str) -> dict[Decimal, str]:
    """Different doses of a drug in a note: micrograms → as written."""
    found: dict[Decimal, str] = {}
    for first, unit, second, other in PATTERNS[code].findall(note):
        number, name = (first, unit) if first else (second, other)
        found[Decimal(number.replace(",", "")) * MICROGRAMS[name.lower()]] = f"{number} {name}"
    return found


def drug_number(facts: VisitFacts) -> Iterator[Finding]:
    """A national drug code has eleven digits. Source: X12N 837P guide, 2410 LIN03 (format 5-4-2 without hyphens)."""
    for line in facts.lines:
        if line.ndc and not NDC.fullmatch(line.ndc):
            yield on_line(
                "UN06",
                Family.UNITS,
                line,
                "ndc",
                "Drug code has not eleven digits",
                f"The NDC of line {line.number} needs 11 digits, 5-4-2 without hyphens: a short part gets a zero.",
                label="Read the package",
            )


RULES = (at_least_one, plausible, dose_in_note, drug_number)
