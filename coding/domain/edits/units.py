"""How many. Source: CMS medically unlikely edits (own short table); HCPCS drug units against the note."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from coding.domain.edits.facts import LineFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity

# Most units of a code on one day.
MOST: dict[str, int] = {
    "11103": 6, "17003": 13, "36415": 2, "81002": 2, "83036": 1, "84443": 1, "90472": 8, "95044": 80, "96127": 4,
    "96372": 5, "97110": 6, "97112": 4, "97140": 6, "97161": 1, "97530": 6, "80053": 1, "80061": 1, "82306": 1,
    "82962": 4, "85025": 2, "85610": 2, "87804": 3, "87880": 2, "90662": 1, "90686": 1, "90715": 1, "94010": 1,
    "94640": 4, "99406": 1, "A9500": 3, "J0696": 16, "J1885": 8, "J2785": 4, "J3301": 16, "J3420": 1, "J7325": 96,
    "20526": 1, "20550": 5, "20605": 2, "20610": 2, "20611": 2, "69210": 1, "93000": 1, "93306": 1, "12001": 1,
}  # fmt: skip
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
    return Finding(
        code=code,
        family=Family.UNITS,
        severity=Severity.STOP,
        at=f"line.{line.number}.units",
        brief=brief,
        says=says[:120],
        fix_label=f"Set {right} unit{'s' if right > 1 else ''}" if right else "Check note",
        fix=fix,
    )


def at_least_one(facts: VisitFacts) -> Iterator[Finding]:
    """A line has at least one unit. Source: X12N 837P guide, SV104. The fix sets one."""
    for line in facts.lines:
        if line.units < 1:
            yield _finding("UN01", line, f"Line {line.number} has no units", "A service is billed at least once.", 1)


def plausible(facts: VisitFacts) -> Iterator[Finding]:
    """Units stay within what one day allows. The fix for services that happen once a day is one."""
    for line in facts.lines:
        once = ONCE_A_DAY.fullmatch(line.code) is not None
        most = MOST.get(line.code, 1 if once else 0)
        if most and line.units > most:
            says = f"Line {line.number}: {line.units} units of {line.code}; at most {most} on one day."
            yield _finding("UN02", line, f"{line.units} units of {line.code}", says, 1 if once else 0)


def dose_in_note(facts: VisitFacts) -> Iterator[Finding]:
    """Units of a drug are the dose in the note by the code's unit, rounded up. The fix sets them."""
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


RULES = (at_least_one, plausible, dose_in_note)
