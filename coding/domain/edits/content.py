"""The codes of a visit while they may change, and how each one-key fix changes them: for cases and claims alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from coding.domain.codes import MAX_DIAGNOSES, CaseCodes, Service
from coding.domain.edits.facts import LineFacts, VisitFacts
from coding.domain.edits.findings import Fix, FixKind

CENT = Decimal("0.01")


class FixDoesNotFit(Exception):
    """The codes changed since the fix was proposed, or the value cannot stand in its field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineContent:
    """A service line; its number is its place among the lines, from 1. The charge is in dollars."""

    code: str
    modifiers: tuple[str, ...]
    units: int
    pointers: tuple[int, ...]
    charge_amount: Decimal
    service_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitContent:
    """The codes of a visit. Pointers are positions of diagnoses from 1."""

    diagnoses: tuple[str, ...]
    place_of_service: str
    lines: tuple[LineContent, ...]

    @property
    def charge_amount(self) -> Decimal:
        return sum((line.charge_amount for line in self.lines), Decimal("0.00"))


Content = TypeVar("Content", bound=VisitContent)
Facts = TypeVar("Facts", bound=VisitFacts)


def line_contents(facts: VisitFacts) -> tuple[LineContent, ...]:
    """The changeable part of the lines."""
    return tuple(
        LineContent(
            code=line.code,
            modifiers=line.modifiers,
            units=line.units,
            pointers=line.pointers,
            charge_amount=line.charge_amount,
            service_date=line.service_date,
        )
        for line in facts.lines
    )


def visit_content(facts: VisitFacts) -> VisitContent:
    """The changeable part of a visit's facts."""
    return VisitContent(diagnoses=facts.diagnoses, place_of_service=facts.place_of_service, lines=line_contents(facts))


def with_codes(facts: Facts, content: VisitContent) -> Facts:
    """The same facts with diagnoses, place and lines as the content says them."""
    before = {line.code: line for line in facts.lines}
    return replace(
        facts,
        diagnoses=content.diagnoses,
        place_of_service=content.place_of_service,
        lines=tuple(
            _line_facts(number, line, facts.prices.get(line.code), before.get(line.code))
            for number, line in enumerate(content.lines, 1)
        ),
    )


def _line_facts(number: int, line: LineContent, price: Decimal | None, before: LineFacts | None) -> LineFacts:
    return LineFacts(
        number=number,
        code=line.code,
        modifiers=line.modifiers,
        units=line.units,
        pointers=line.pointers,
        charge_amount=line.charge_amount,
        service_date=line.service_date,
        price=price,
        kind=before.kind if before else "",
        known=before.known if before else True,
        ndc=before.ndc if before else "",
    )


def case_codes(content: VisitContent) -> CaseCodes:
    """The content as the codes of a case."""
    return CaseCodes(
        content.diagnoses,
        tuple(
            Service(code=line.code, modifiers=line.modifiers, units=line.units, pointers=line.pointers)
            for line in content.lines
        ),
    )


def applied(content: Content, fix: Fix, prices: Mapping[str, Decimal]) -> Content:
    """The content with one fix made; a line whose code or units change is priced again. Raises FixDoesNotFit."""
    match fix.kind:
        case FixKind.REPLACE_DIAGNOSIS:
            return _replace_diagnosis(content, fix)
        case FixKind.ADD_DIAGNOSIS:
            return _add_diagnosis(content, fix)
        case FixKind.REMOVE_DIAGNOSIS:
            return _remove_diagnosis(content, fix)
        case FixKind.PUT_DIAGNOSIS_FIRST:
            return _put_first(content, fix)
        case FixKind.SET_DIAGNOSES:
            return replace(content, diagnoses=fix.values)
        case FixKind.SET_PLACE:
            return replace(content, place_of_service=fix.value)
        case FixKind.REMOVE_LINE:
            return replace(content, lines=_without(content, fix.line))
        case FixKind.MERGE_LINES:
            return _merged(content, fix)
    return _with_line(content, fix, prices)


def _with_line(content: Content, fix: Fix, prices: Mapping[str, Decimal]) -> Content:
    line = _line(content, fix.line)
    after = _line_after(line, fix)
    if (after.code, after.units) != (line.code, line.units):
        after = replace(after, charge_amount=charge_for(after, prices, line))
    return replace(content, lines=(*content.lines[: fix.line - 1], after, *content.lines[fix.line :]))


def charge_for(line: LineContent, prices: Mapping[str, Decimal], before: LineContent) -> Decimal:
    """Dollars for a line: units × the practice's price, or the old charge per unit when the code has no price."""
    price = prices.get(line.code)
    if price is None:
        price = before.charge_amount / max(before.units, 1)
    return (price * line.units).quantize(CENT)


def _line_after(line: LineContent, fix: Fix) -> LineContent:
    match fix.kind:
        case FixKind.ADD_MODIFIER:
            if fix.value in line.modifiers or len(line.modifiers) >= 4:
                raise FixDoesNotFit(f"Line {fix.line} cannot take modifier {fix.value}.")
            return replace(line, modifiers=(fix.value, *line.modifiers))
        case FixKind.SET_MODIFIERS:
            return replace(line, modifiers=fix.values)
        case FixKind.SET_UNITS:
            return replace(line, units=_number(fix.value, 1, 999))
        case FixKind.SET_POINTERS:
            return replace(line, pointers=tuple(_number(value, 1, 12) for value in fix.values))
        case FixKind.SET_CODE:
            return replace(line, code=fix.value)
        case FixKind.SET_CHARGE:
            return replace(line, charge_amount=Decimal(fix.value).quantize(CENT))
        case FixKind.SET_SERVICE_DATE:
            return replace(line, service_date=date.fromisoformat(fix.value))
    raise FixDoesNotFit(f"Nothing on a line can be changed by {fix.kind}.")


def _number(text: str, least: int, most: int) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise FixDoesNotFit(f"A number from {least} to {most} is needed.")
    return int(text)


def _line(content: VisitContent, number: int) -> LineContent:
    if not 1 <= number <= len(content.lines):
        raise FixDoesNotFit(f"There is no line {number} any more.")
    return content.lines[number - 1]


def _without(content: VisitContent, number: int) -> tuple[LineContent, ...]:
    _line(content, number)
    if len(content.lines) == 1:
        raise FixDoesNotFit("The only line cannot be taken off: a claim needs at least one.")
    return (*content.lines[: number - 1], *content.lines[number:])


def _merged(content: Content, fix: Fix) -> Content:
    other = _number(fix.value, 1, len(content.lines))
    kept, gone = _line(content, fix.line), _line(content, other)
    if kept.code != gone.code or fix.line == other:
        raise FixDoesNotFit("The two lines are not the same service any more.")
    line = replace(
        kept,
        modifiers=fix.values,
        pointers=tuple(dict.fromkeys((*kept.pointers, *gone.pointers)))[:4],
        charge_amount=kept.charge_amount + gone.charge_amount,
    )
    lines = (*content.lines[: fix.line - 1], line, *content.lines[fix.line :])
    return replace(content, lines=(*lines[: other - 1], *lines[other:]))


def _add_diagnosis(content: Content, fix: Fix) -> Content:
    if fix.value in content.diagnoses or len(content.diagnoses) >= MAX_DIAGNOSES:
        raise FixDoesNotFit(f"Diagnosis {fix.value} cannot be added: it stands already, or the list is full.")
    return replace(content, diagnoses=(*content.diagnoses, fix.value))


def _replace_diagnosis(content: Content, fix: Fix) -> Content:
    old = fix.values[0] if fix.values else ""
    if old not in content.diagnoses:
        raise FixDoesNotFit(f"Diagnosis {old} is not among the codes any more.")
    if fix.value in content.diagnoses:
        return _removed(content, content.diagnoses.index(old) + 1, content.diagnoses.index(fix.value) + 1)
    return replace(content, diagnoses=tuple(fix.value if code == old else code for code in content.diagnoses))


def _remove_diagnosis(content: Content, fix: Fix) -> Content:
    place = _place(content, fix)
    same = content.diagnoses.index(content.diagnoses[place - 1]) + 1
    return _removed(content, place, same if same != place else 0)


def _removed(content: Content, place: int, instead: int) -> Content:
    """Take a diagnosis out; pointers to it go to `instead` (0: away), later ones move up one place."""

    def moved(pointer: int) -> int:
        pointer = instead if pointer == place else pointer
        return pointer - 1 if pointer > place else pointer

    diagnoses = (*content.diagnoses[: place - 1], *content.diagnoses[place:])
    return replace(content, diagnoses=diagnoses, lines=_repointed(content, moved))


def _put_first(content: Content, fix: Fix) -> Content:
    place = _place(content, fix)

    def moved(pointer: int) -> int:
        return 1 if pointer == place else pointer + 1 if pointer < place else pointer

    first, rest = content.diagnoses[place - 1], (*content.diagnoses[: place - 1], *content.diagnoses[place:])
    return replace(content, diagnoses=(first, *rest), lines=_repointed(content, moved))


def _place(content: VisitContent, fix: Fix) -> int:
    return _number(fix.value, 1, len(content.diagnoses))


def _repointed(content: VisitContent, moved: Callable[[int], int]) -> tuple[LineContent, ...]:
    return tuple(
        replace(line, pointers=tuple(dict.fromkeys(to for pointer in line.pointers if (to := moved(pointer)))))
        for line in content.lines
    )
