"""What Medicare covers a service for. Source: local and national coverage determinations (42 USC 1395y(a)(1)(A)).

They bind Medicare alone. Where nobody knows yet who pays, nothing is said: the scrubber looks again once a payer is
known. Where the contractor is not known, every loaded determination counts: a practice loads those of its own.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from coding.domain.codes import LETTERS, MAX_POINTERS
from coding.domain.edit_tables import Determination
from coding.domain.edits.code_notes import ancestors
from coding.domain.edits.facts import LineFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.telling import SAYS, on_line

MEDICARE = "medicare"  # encounters.domain.status.PayerKind
SAID_ALREADY = frozenset({"GA", "GX", "GY", "GZ"})  # whoever put one of these knows that it may not be covered


def not_covered(facts: VisitFacts) -> Iterator[Finding]:
    """A service under a coverage determination is for a diagnosis that it covers. Source: Medicare LCDs and NCDs.

    The fix points the line at a diagnosis of the case that is covered. GA and GZ are a person's to choose: they say
    whether the patient signed an advance notice (ABN; CMS Claims Processing Manual, chapter 30, 50).
    """
    for line in _judged(facts):
        failing = [one for one in _determinations(facts, line) if one.covers_some and not _decided(facts, line, one)]
        place = _best_place(facts, failing)
        for one in failing:
            says = f"covers {line.code} for no diagnosis of line {line.number}. GA with a signed ABN, GZ without."
            fits = place > 0 and _holds(one.covered, facts.diagnoses[place - 1])
            yield _said(
                "CV01", line, one, f"Line {line.number} not covered by {one.policy}", says, place if fits else 0
            )


def excluded(facts: VisitFacts) -> Iterator[Finding]:
    """A service is not for a diagnosis that a coverage determination excludes. Source: Medicare LCDs and NCDs.

    GA stands for a signed notice (ABN), GX for a voluntary one where the law itself excludes the service.
    """
    for line in _judged(facts):
        for one in _determinations(facts, line):
            for code in facts.pointed(line):
                if _holds(one.excluded, code):
                    says = f"excludes {line.code} for {code}. GA with a signed ABN, GX with a voluntary one."
                    yield _said("CV02", line, one, f"{one.policy} excludes {code}", says, 0)


def _judged(facts: VisitFacts) -> Iterator[LineFacts]:
    if facts.payer_kind == MEDICARE:
        yield from (line for line in facts.lines if not SAID_ALREADY.intersection(line.modifiers))


def _determinations(facts: VisitFacts, line: LineFacts) -> Sequence[Determination]:
    found = facts.tables.determinations.get(line.code, ())
    return [one for one in found if not (one.contractors and facts.contractors) or one.contractors & facts.contractors]


def _decided(facts: VisitFacts, line: LineFacts, one: Determination) -> bool:
    """Whether a diagnosis of the line is covered, or excluded by name, which is said by itself."""
    return any(_holds(one.covered | one.excluded, code) for code in facts.pointed(line))


def _holds(listed: Collection[str], code: str) -> bool:
    return any(one in listed for one in ancestors(code))


def _best_place(facts: VisitFacts, failing: Sequence[Determination]) -> int:
    """The first diagnosis that most of the determinations cover; 0 when none is."""
    counts = [
        (sum(_holds(one.covered, code) for one in failing), -place) for place, code in enumerate(facts.diagnoses, 1)
    ]
    most, place = max(counts, default=(0, 0))
    return -place if most else 0


def _named(one: Determination, says: str) -> str:
    """The sentence with policy and title before it, the title as far as there is room."""
    room = SAYS - len(one.policy) - len(says) - len(" () ")
    title = one.title if len(one.title) <= room else f"{one.title[: max(room - 1, 0)].rstrip()}…"
    return f"{one.policy} ({title}) {says}" if one.title and room > 1 else f"{one.policy} {says}"


def _said(code: str, line: LineFacts, one: Determination, brief: str, says: str, place: int) -> Finding:
    pointers = (place, *(other for other in line.pointers if other != place))[:MAX_POINTERS]
    fix = Fix(kind=FixKind.SET_POINTERS, line=line.number, values=tuple(map(str, pointers))) if place else None
    found = on_line(
        code, Family.COVERAGE, line, "pointers", brief, _named(one, says),
        label=f"Point to {LETTERS[place - 1]} first" if place else "Choose diagnosis", fix=fix, severity=Severity.WARN,
    )  # fmt: skip
    return replace(found, see=(one.policy, line.code))


RULES = (not_covered, excluded)
