"""The part of a claim that people and fixes may change before the payer has it, and how each fix changes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from claims.domain.facts import ClaimFacts
from coding.domain.edits import content as codes
from coding.domain.edits.content import LineContent, VisitContent
from coding.domain.edits.findings import Fix, FixKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimContent(VisitContent):
    """What a claim says, apart from who it is about."""

    authorization_number: str
    coverage_id: int
    member_id: str
    referring_id: int | None


# Changes that only a claim knows.
CLAIM_FIXES: Mapping[FixKind, Callable[[ClaimContent, Fix], ClaimContent]] = {
    FixKind.SET_AUTHORIZATION: lambda content, fix: replace(content, authorization_number=fix.value),
    FixKind.SET_MEMBER_ID: lambda content, fix: replace(content, member_id=fix.value),
    FixKind.SET_COVERAGE: lambda content, fix: replace(content, coverage_id=int(fix.value)),
    FixKind.SET_REFERRING: lambda content, fix: replace(content, referring_id=int(fix.value) if fix.value else None),
}


def applied(content: ClaimContent, fix: Fix, prices: Mapping[str, Decimal]) -> ClaimContent:
    """The content with one fix made; a line whose code or units change is priced again. Raises FixDoesNotFit."""
    if fix.kind in CLAIM_FIXES:
        return CLAIM_FIXES[fix.kind](content, fix)
    return codes.applied(content, fix, prices)


def content_of(facts: ClaimFacts) -> ClaimContent:
    """The changeable part of a claim's facts."""
    return ClaimContent(
        diagnoses=facts.diagnoses,
        authorization_number=facts.authorization_number,
        coverage_id=facts.coverage.id,
        member_id=facts.coverage.member_id,
        referring_id=facts.referring.id if facts.referring else None,
        place_of_service=facts.place_of_service,
        lines=codes.line_contents(facts),
    )


def with_content(facts: ClaimFacts, content: ClaimContent) -> ClaimFacts:
    """The same facts with diagnoses, place, authorization and lines as the content says them."""
    return replace(
        codes.with_codes(facts, content),
        authorization_number=content.authorization_number,
        charge_amount=content.charge_amount,
    )


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
