"""Correcting a claim by hand while the payer does not have it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from claims.domain.content import ClaimContent, content_of
from claims.domain.facts import ClaimFacts
from claims.operations.content import CannotCorrect, Change, editable_claim, facts_of, write_content
from coding.domain.edits.content import LineContent, charge_for
from compliance.models import User

MOST_MODIFIERS, MOST_POINTERS, MOST_DIAGNOSES, MOST_LINES = 4, 4, 12, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEdit:
    """A service line as a person writes it; pointers are diagnosis positions from 1."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    pointers: tuple[int, ...] = (1,)


@transaction.atomic
def edit_line(
    *,
    claim_id: int,
    line_number: int,
    actor: User,
    now: datetime,
    revision: int | None = None,
    code: str | None = None,
    modifiers: Sequence[str] | None = None,
    units: int | None = None,
    pointers: Sequence[int] | None = None,
) -> Change:
    """Change a line; what is None stays. A new code or number of units is priced from the charge master.

    `revision` is the one the page was drawn from. Raises CannotCorrect and ChangedMeanwhile.
    """
    claim = editable_claim(claim_id, now, revision)
    facts = facts_of(claim, now)
    content = content_of(facts)
    if not 1 <= line_number <= len(content.lines):
        raise CannotCorrect(f"Claim {claim} has no line {line_number}.")
    before = content.lines[line_number - 1]
    edit = LineEdit(
        code=before.code if code is None else code.strip().upper(),
        modifiers=before.modifiers if modifiers is None else _tidy(modifiers),
        units=before.units if units is None else units,
        pointers=before.pointers if pointers is None else tuple(pointers),
    )
    line = _edited(edit, before, facts)
    lines = (*content.lines[: line_number - 1], line, *content.lines[line_number:])
    return write_content(
        claim=claim,
        facts=facts,
        after=replace(content, lines=lines),
        actor=actor,
        now=now,
        verb="claim.edited",
        says=f"Line {line_number} changed: {_in_words(before, line)}.",
    )


@transaction.atomic
def edit_claim(
    *,
    claim_id: int,
    actor: User,
    now: datetime,
    revision: int | None = None,
    diagnoses: Sequence[str] | None = None,
    authorization_number: str | None = None,
    member_id: str | None = None,
    coverage_id: int | None = None,
    referring_id: int | None = None,
    place_of_service: str | None = None,
) -> Change:
    """Change the claim's own fields; what is None stays, and pointers keep their positions.

    A member id is corrected on the coverage itself. A referring_id of 0 takes the referring provider off.
    Raises CannotCorrect and ChangedMeanwhile.
    """
    claim = editable_claim(claim_id, now, revision)
    facts = facts_of(claim, now)
    given: dict[str, Any] = {
        "diagnoses": None if diagnoses is None else _codes(diagnoses),
        "authorization_number": None if authorization_number is None else authorization_number.strip(),
        "member_id": None if member_id is None else member_id.strip().upper(),
        "coverage_id": coverage_id,
        "place_of_service": place_of_service,
    }
    after = replace(content_of(facts), **{name: value for name, value in given.items() if value is not None})
    if referring_id is not None:
        after = replace(after, referring_id=referring_id or None)
    names = [name for name, value in {**given, "referring_id": referring_id}.items() if value is not None]
    says = "Changed: " + ", ".join(name.removesuffix("_id").replace("_", " ") for name in names) + "."
    return write_content(claim=claim, facts=facts, after=after, actor=actor, now=now, verb="claim.edited", says=says)


@transaction.atomic
def recode_claim(
    *,
    claim_id: int,
    diagnoses: Sequence[str],
    lines: Sequence[LineEdit],
    actor: User,
    now: datetime,
    revision: int | None = None,
) -> Change:
    """Replace all diagnoses and lines at once, priced from the charge master. Raises as `edit_claim` does."""
    claim = editable_claim(claim_id, now, revision)
    if not 1 <= len(lines) <= MOST_LINES:
        raise CannotCorrect(f"A claim carries between one and {MOST_LINES} lines.")
    facts = facts_of(claim, now)
    content = content_of(facts)
    after: ClaimContent = replace(
        content,
        diagnoses=_codes(diagnoses),
        lines=tuple(
            _edited(edit, content.lines[min(place, len(content.lines) - 1)], facts) for place, edit in enumerate(lines)
        ),
    )
    return write_content(
        claim=claim, facts=facts, after=after, actor=actor, now=now, verb="claim.edited", says="Codes changed."
    )


def _edited(edit: LineEdit, before: LineContent, facts: ClaimFacts) -> LineContent:
    if not edit.code:
        raise CannotCorrect("A line needs a procedure code.")
    if not 1 <= edit.units <= 999:
        raise CannotCorrect("Units are a number from 1 to 999.")
    if len(edit.modifiers) > MOST_MODIFIERS or any(len(one) != 2 for one in edit.modifiers):
        raise CannotCorrect("A line carries up to four modifiers of two characters each.")
    if len(edit.pointers) > MOST_POINTERS or any(not 1 <= one <= MOST_DIAGNOSES for one in edit.pointers):
        raise CannotCorrect("A line points at up to four diagnoses of the list.")
    line = replace(before, code=edit.code, modifiers=edit.modifiers, units=edit.units, pointers=edit.pointers)
    if (line.code, line.units) == (before.code, before.units):
        return line
    return replace(line, charge_amount=charge_for(line, facts.prices, before))


def _codes(diagnoses: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for code in diagnoses if code.strip())
    if not 1 <= len(codes) <= MOST_DIAGNOSES:
        raise CannotCorrect(f"A claim carries between one and {MOST_DIAGNOSES} diagnoses.")
    return codes


def _tidy(modifiers: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.strip().upper() for one in modifiers if one.strip())


def _in_words(before: LineContent, after: LineContent) -> str:
    said = []
    for name in ("code", "modifiers", "units", "pointers"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            said.append(f"{name} {_word(old)} → {_word(new)}")
    if before.charge_amount != after.charge_amount:
        said.append(f"charge ${before.charge_amount:,.2f} → ${after.charge_amount:,.2f}")
    return ", ".join(said)


def _word(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(str(one) for one in value) or "none"
    return str(value)
