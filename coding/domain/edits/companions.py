"""Codes that ask for another one beside them. Source: ICD-10-CM tabular list; Guidelines, sections I.A.13, I.A.17."""

from collections.abc import Iterator, Sequence

from coding.domain.codes import MAX_DIAGNOSES
from coding.domain.edits.code_notes import code_ranges, names
from coding.domain.edits.evidence import affirmed, says, telling
from coding.domain.edits.facts import CodeFacts, VisitFacts
from coding.domain.edits.findings import Finding, Fix, FixKind, Severity
from coding.domain.edits.sequence import ELSEWHERE
from coding.domain.edits.telling import on_diagnosis


def cause_missing(facts: VisitFacts) -> Iterator[Finding]:
    """A manifestation stands beside the disease that causes it. Source: Guidelines, section I.A.13 (code first)."""
    for place, code in enumerate(facts.diagnoses[1:], 2):
        found = facts.codes.get(code)
        if found is None or ELSEWHERE not in found.wording.lower():
            continue
        causes = code_ranges([f"({note})" for note in found.code_first])
        if causes and not any(names(causes, other) for other in facts.diagnoses):
            text = f"{code} is a manifestation, and the disease that causes it ({_shown(causes)}) is not coded."
            yield on_diagnosis("DX17", place, f"{code} lacks its cause", text, severity=Severity.WARN)


def additional_missing(facts: VisitFacts) -> Iterator[Finding]:
    """What a code's instructions name and the note says is coded, too. Source: Guidelines, sections I.A.13 and I.A.17.

    Instructions are "code first", "use additional code" and "code also". The fix adds the code where the
    instruction names one, and not a range of them.
    """
    asking = [(place, facts.codes[code]) for place, code in enumerate(facts.diagnoses, 1) if code in facts.codes]
    asking = [(place, found) for place, found in asking if found.use_additional or found.code_also]
    if not asking or not facts.note:
        return
    sentences = list(affirmed(facts.note))
    told: set[tuple[tuple[str, str], ...]] = set()
    for place, found in asking:
        for line in (*found.use_additional, *found.code_also):
            wanted = code_ranges([line])
            if not wanted or wanted in told or any(names(wanted, other) for other in facts.diagnoses):
                continue
            words = telling(line.split("(")[0])
            if says(sentences, words):
                told.add(wanted)
                yield _additional(facts, place, found, line, wanted)


def _additional(
    facts: VisitFacts, place: int, found: CodeFacts, line: str, wanted: tuple[tuple[str, str], ...]
) -> Finding:
    what = line.split("(")[0].strip().removeprefix("code to identify").strip()
    better = _exact(facts, line, wanted)
    fits = bool(better) and len(facts.diagnoses) < MAX_DIAGNOSES
    return on_diagnosis(
        "DX18",
        place,
        f"{found.code} wants {better or _shown(wanted)} beside it",
        f"{found.code} asks for another code, and the note names it: {what[:50]} ({_shown(wanted)}).",
        label=f"Add {better}" if fits else "Choose code",
        fix=Fix(kind=FixKind.ADD_DIAGNOSIS, value=better) if fits else None,
        severity=Severity.WARN,
    )


def _exact(facts: VisitFacts, line: str, wanted: tuple[tuple[str, str], ...]) -> str:
    """The one whole code that a line names, as far as the code set knows it."""
    first, last = wanted[0]
    found = facts.codes.get(first)
    single = len(wanted) == 1 and first == last and f"{first}-" not in line and f"{first}.-" not in line
    return first if single and found is not None and found.billable else ""


def _shown(ranges: Sequence[tuple[str, str]]) -> str:
    first, last = ranges[0]
    return (first if first == last else f"{first}–{last}") + ("…" if len(ranges) > 1 else "")


RULES = (cause_missing, additional_missing)
