"""The part of a claim that people and fixes may change before the payer has it, and how each fix changes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from claims.domain.facts import ClaimFacts, LineFacts
from claims.domain.findings import Fix, FixKind

CENT = Decimal("0.01")


class FixDoesNotFit(Exception):
    """The claim changed since the fix was proposed, or the value cannot stand in its field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineContent:
    """A service line; its number is its place in the claim, from 1. The charge is in dollars."""

    code: str
    modifiers: tuple[str, ...]
    units: int
    pointers: tuple[int, ...]
    charge_amount: Decimal
    service_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimContent:
    """What a claim says, apart from who it is about."""

    diagnoses: tuple[str, ...]
    authorization_number: str
    coverage_id: int
    member_id: str
    referring_id: int | None
    place_of_service: str
    lines: tuple[LineContent, ...]

    @property
    def charge_amount(self) -> Decimal:
        return sum((line.charge_amount for line in self.lines), Decimal("0.00"))


def content_of(facts: ClaimFacts) -> ClaimContent:
    """The changeable part of a claim's facts."""
    return ClaimContent(
        diagnoses=facts.diagnoses,
        authorization_number=facts.authorization_number,
        coverage_id=facts.coverage.id,
        member_id=facts.coverage.member_id,
        referring_id=facts.referring.id if facts.referring else None,
        place_of_service=facts.place_of_service,
        lines=tuple(
            LineContent(
                code=line.code,
                modifiers=line.modifiers,
                units=line.units,
                pointers=line.pointers,
                charge_amount=line.charge_amount,
                service_date=line.service_date,
            )
            for line in facts.lines
        ),
    )


def with_content(facts: ClaimFacts, content: ClaimContent) -> ClaimFacts:
    """The same facts with diagnoses, place, authorization and lines as the content says them."""
    kinds = {line.code: line.kind for line in facts.lines}
    return replace(
        facts,
        diagnoses=content.diagnoses,
        authorization_number=content.authorization_number,
        place_of_service=content.place_of_service,
        charge_amount=content.charge_amount,
        lines=tuple(
            LineFacts(
                number=number,
                code=line.code,
                modifiers=line.modifiers,
                units=line.units,
                pointers=line.pointers,
                charge_amount=line.charge_amount,
                service_date=line.service_date,
                price=facts.prices.get(line.code),
                kind=kinds.get(line.code, ""),
            )
            for number, line in enumerate(content.lines, 1)
        ),
    )


def applied(content: ClaimContent, fix: Fix, prices: Mapping[str, Decimal]) -> ClaimContent:
    """The content with one fix made; a line whose code or units change is priced again. Raises FixDoesNotFit."""
    if fix.kind in CLAIM_FIXES:
        return CLAIM_FIXES[fix.kind](content, fix)
    if fix.kind == FixKind.REMOVE_LINE:
        return replace(content, lines=_without(content, fix.line))
    if fix.kind == FixKind.MERGE_LINES:
        return _merged(content, fix)
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


def _line(content: ClaimContent, number: int) -> LineContent:
    if not 1 <= number <= len(content.lines):
        raise FixDoesNotFit(f"The claim has no line {number} any more.")
    return content.lines[number - 1]


def _without(content: ClaimContent, number: int) -> tuple[LineContent, ...]:
    _line(content, number)
    if len(content.lines) == 1:
        raise FixDoesNotFit("A claim needs at least one line. Void the claim instead.")
    return (*content.lines[: number - 1], *content.lines[number:])


def _merged(content: ClaimContent, fix: Fix) -> ClaimContent:
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


def _replace_diagnosis(content: ClaimContent, fix: Fix) -> ClaimContent:
    old = fix.values[0] if fix.values else ""
    if old not in content.diagnoses:
        raise FixDoesNotFit(f"Diagnosis {old} is not on the claim any more.")
    if fix.value in content.diagnoses:
        return _removed(content, content.diagnoses.index(old) + 1, content.diagnoses.index(fix.value) + 1)
    return replace(content, diagnoses=tuple(fix.value if code == old else code for code in content.diagnoses))


def _remove_diagnosis(content: ClaimContent, fix: Fix) -> ClaimContent:
    place = _place(content, fix)
    same = content.diagnoses.index(content.diagnoses[place - 1]) + 1
    return _removed(content, place, same if same != place else 0)


def _removed(content: ClaimContent, place: int, instead: int) -> ClaimContent:
    """Take a diagnosis out; pointers to it go to `instead` (0: away), later ones move up one place."""

    def moved(pointer: int) -> int:
        pointer = instead if pointer == place else pointer
        return pointer - 1 if pointer > place else pointer

    diagnoses = (*content.diagnoses[: place - 1], *content.diagnoses[place:])
    return replace(content, diagnoses=diagnoses, lines=_repointed(content, moved))


def _put_first(content: ClaimContent, fix: Fix) -> ClaimContent:
    place = _place(content, fix)

    def moved(pointer: int) -> int:
        return 1 if pointer == place else pointer + 1 if pointer < place else pointer

    first, rest = content.diagnoses[place - 1], (*content.diagnoses[: place - 1], *content.diagnoses[place:])
    return replace(content, diagnoses=(first, *rest), lines=_repointed(content, moved))


def _place(content: ClaimContent, fix: Fix) -> int:
    return _number(fix.value, 1, len(content.diagnoses))


def _repointed(content: ClaimContent, moved: Callable[[int], int]) -> tuple[LineContent, ...]:
    return tuple(
        replace(line, pointers=tuple(dict.fromkeys(to for pointer in line.pointers if (to := moved(pointer)))))
        for line in content.lines
    )


CLAIM_FIXES: Mapping[FixKind, Callable[[ClaimContent, Fix], ClaimContent]] = {
    FixKind.REPLACE_DIAGNOSIS: _replace_diagnosis,
    FixKind.REMOVE_DIAGNOSIS: _remove_diagnosis,
    FixKind.PUT_DIAGNOSIS_FIRST: _put_first,
    FixKind.SET_DIAGNOSES: lambda content, fix: replace(content, diagnoses=fix.values),
    FixKind.SET_AUTHORIZATION: lambda content, fix: replace(content, authorization_number=fix.value),
    FixKind.SET_MEMBER_ID: lambda content, fix: replace(content, member_id=fix.value),
    FixKind.SET_COVERAGE: lambda content, fix: replace(content, coverage_id=int(fix.value)),
    FixKind.SET_REFERRING: lambda content, fix: replace(content, referring_id=int(fix.value) if fix.value else None),
    FixKind.SET_PLACE: lambda content, fix: replace(content, place_of_service=fix.value),
}


def differences(before: ClaimContent, after: ClaimContent) -> dict[str, tuple[Any, Any]]:
    """What changed, field by field, as JSON: the audit trail's detail and the way back."""
    old, new = as_json(before), as_json(after)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


def as_json(content: ClaimContent) -> dict[str, Any]:
    """The content as JSON data."""
    return {
        "diagnoses": list(content.diagnoses),
        "authorization_number": content.authorization_number,
        "coverage_id": content.coverage_id,
        "member_id": content.member_id,
        "referring_id": content.referring_id,
        "place_of_service": content.place_of_service,
        "lines": [
            {
                "code": line.code,
                "modifiers": list(line.modifiers),
                "units": line.units,
                "pointers": list(line.pointers),
                "charge_amount": str(line.charge_amount),
                "service_date": line.service_date.isoformat(),
            }
            for line in content.lines
        ],
    }


def from_json(data: Mapping[str, Any]) -> ClaimContent:
    """The content that `as_json` gave."""
    return ClaimContent(
        diagnoses=tuple(data["diagnoses"]),
        authorization_number=data["authorization_number"],
        coverage_id=data["coverage_id"],
        member_id=data["member_id"],
        referring_id=data["referring_id"],
        place_of_service=data["place_of_service"],
        lines=tuple(
            LineContent(
                code=line["code"],
                modifiers=tuple(line["modifiers"]),
                units=line["units"],
                pointers=tuple(line["pointers"]),
                charge_amount=Decimal(line["charge_amount"]),
                service_date=date.fromisoformat(line["service_date"]),
            )
            for line in data["lines"]
        ),
    )
