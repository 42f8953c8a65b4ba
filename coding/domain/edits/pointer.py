"""Which diagnosis each line is for. Source: X12N 837P guide, 2400 SV107."""

from collections.abc import Iterator

from coding.domain.codes import LETTERS, MAX_DIAGNOSES, MAX_POINTERS
from coding.domain.edits.facts import LineFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity


def missing(facts: VisitFacts) -> Iterator[Finding]:
    """Every line points at a diagnosis. Source: X12N 837P guide, SV107. The fix points at the only one."""
    for line in facts.lines:
        if not line.pointers:
            yield _finding(facts, line, "DP01", f"Line {line.number} points to no diagnosis")


def beyond_list(facts: VisitFacts) -> Iterator[Finding]:
    """Pointers stay within the diagnoses. Source: X12N 837P guide, SV107. The fix drops the ones beyond."""
    for line in facts.lines:
        if any(not 1 <= place <= len(facts.diagnoses) for place in line.pointers):
            yield _finding(facts, line, "DP02", f"Line {line.number} points beyond the list")


def too_many(facts: VisitFacts) -> Iterator[Finding]:
    """A line carries four pointers, each once; the first count most. Source: X12N 837P guide, SV107. Repaired."""
    for line in facts.lines:
        whole = tuple(place for place in line.pointers if 1 <= place <= MAX_DIAGNOSES)
        kept = tuple(dict.fromkeys(whole))[:MAX_POINTERS]
        if kept != whole:
            yield Finding(
                code="DP03",
                family=Family.POINTER,
                severity=Severity.REPAIR,
                at=f"line.{line.number}.pointers",
                brief=f"Line {line.number} has too many pointers",
                says=f"Line {line.number} pointed at {len(line.pointers)} places; a line carries four, each once.",
                fix_label=f"Keep {_letters(kept)}",
                fix=_point(line, kept),
            )


def _finding(facts: VisitFacts, line: LineFacts, code: str, brief: str) -> Finding:
    inside = tuple(place for place in line.pointers if 1 <= place <= len(facts.diagnoses))
    kept = inside or ((1,) if len(facts.diagnoses) == 1 else ())
    return Finding(
        code=code,
        family=Family.POINTER,
        severity=Severity.STOP,
        at=f"line.{line.number}.pointers",
        brief=brief,
        says=f"{brief}; the claim has {len(facts.diagnoses)}.",
        fix_label=f"Point to {_letters(kept)}" if kept else "Choose diagnosis",
        fix=_point(line, kept) if kept else None,
    )


def _letters(places: tuple[int, ...]) -> str:
    return " ".join(LETTERS[place - 1] for place in places if 1 <= place <= len(LETTERS))


def _point(line: LineFacts, places: tuple[int, ...]) -> Fix:
    return Fix(kind=FixKind.SET_POINTERS, line=line.number, values=tuple(str(place) for place in places))


RULES = (missing, beyond_list, too_many)
