"""Corrections that the codes of a denial suggest, for a person to look at before the claim goes out again. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from claims.domain.facts import AuthorizationFacts, CoverageFacts
from coding.domain.edits.findings import Fix, FixKind
from denials.domain.categories import Category

SEPARATE_VISIT, DISTINCT_SERVICE = "25", "59"
ABOUT_PAIRS = frozenset({"4", "97", "231", "236"})
UNBUNDLING = frozenset({"59", "XE", "XP", "XS", "XU"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the denied claim."""

    number: int
    code: str
    modifiers: tuple[str, ...]
    service_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """A denial with its claim and what is on file about the patient."""

    category: Category
    carc: str
    line_number: int
    lines: Sequence[Line]
    payer_id: int
    coverage_id: int
    authorization_number: str
    authorizations: Sequence[AuthorizationFacts]
    coverages: Sequence[CoverageFacts]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A correction and why it may help."""

    fix: Fix
    says: str


def remedies(denied: Denied) -> list[Remedy]:
    """Every correction that is worth a look, the likeliest first."""
    return [*_approval(denied), *_modifier(denied), *_coverage(denied)]


def _approval(denied: Denied) -> Iterator[Remedy]:
    if denied.category is not Category.AUTHORIZATION:
        return
    wanted = [line for line in denied.lines if denied.line_number in (0, line.number)]
    for each in denied.authorizations:
        fits = any(each.covers(line.code, line.service_date) for line in wanted)
        if fits and each.payer_id == denied.payer_id and each.number != denied.authorization_number:
            says = f"Authorization {each.number} on file covers the service and was not on the claim."
            yield Remedy(Fix(kind=FixKind.SET_AUTHORIZATION, value=each.number), says)
            return


def _modifier(denied: Denied) -> Iterator[Remedy]:
    line = next((line for line in denied.lines if line.number == denied.line_number), None)
    others = [other.code for other in denied.lines if line and other.number != line.number]
    if line is None or not others or denied.carc not in ABOUT_PAIRS:
        return
    if is_visit(line.code):
        if SEPARATE_VISIT not in line.modifiers:
            says = f"A visit on the day of {others[0]} needs 25, if the note shows a separate reason for it."
            yield Remedy(Fix(kind=FixKind.ADD_MODIFIER, line=line.number, value=SEPARATE_VISIT), says)
    elif not UNBUNDLING & set(line.modifiers):
        says = f"{line.code} beside {others[0]} needs 59, if the note shows another site or session."
        yield Remedy(Fix(kind=FixKind.ADD_MODIFIER, line=line.number, value=DISTINCT_SERVICE), says)


def _coverage(denied: Denied) -> Iterator[Remedy]:
    if denied.category not in (Category.ELIGIBILITY, Category.COORDINATION) or not denied.lines:
        return
    day = min(line.service_date for line in denied.lines)
    for each in denied.coverages:
        if each.id != denied.coverage_id and each.active_on(day):
            says = f"{each.payer.name} covered the patient on that day."
            yield Remedy(Fix(kind=FixKind.SET_COVERAGE, value=str(each.id)), says)
            return


def is_visit(code: str) -> bool:
    """Whether a code is an evaluation and management visit, by its number."""
    return code.isdigit() and (99202 <= int(code) <= 99499 or code in ("92002", "92004", "92012", "92014"))
