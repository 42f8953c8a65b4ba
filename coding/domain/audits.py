"""Second-coder audits: which finished cases are looked at, and how two codings of one visit agree."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any

from coding.domain.codes import CaseCodes, Service, letters

AUDIT_WITHIN_DAYS = 5  # house rule: from the day of the sample
ANSWER_WITHIN_DAYS = 7  # house rule: a coder answers an education note
LOW_CONFIDENCE = 70  # of 100: the design's "low"


class AuditStatus(StrEnum):
    OPEN = "open"  # waits for a second coder, who does not see the first coding
    FIXED = "fixed"  # the second coding stands; its differences are to be explained
    NOTED = "noted"  # the coder has the education note
    DISPUTED = "disputed"  # the coder says that the first coding was right
    CLOSED = "closed"


MOVES: Mapping[AuditStatus, frozenset[AuditStatus]] = {
    AuditStatus.OPEN: frozenset({AuditStatus.FIXED, AuditStatus.CLOSED}),
    AuditStatus.FIXED: frozenset({AuditStatus.NOTED, AuditStatus.CLOSED}),
    AuditStatus.NOTED: frozenset({AuditStatus.DISPUTED, AuditStatus.CLOSED}),
    AuditStatus.DISPUTED: frozenset({AuditStatus.CLOSED}),
    AuditStatus.CLOSED: frozenset(),
}


def can_move(now: str, to: AuditStatus) -> bool:
    """Whether an audit may go from one state to another."""
    return to in MOVES[AuditStatus(now)]


class Outcome(StrEnum):
    """How an audit ended."""

    AGREED = "agreed"  # nothing differed
    ACCEPTED = "accepted"  # the coder agrees with the second coding
    UPHELD = "upheld"  # disputed, and the second coding stands in part or whole
    OVERTURNED = "overturned"  # disputed, and the first coding was right


class Reason(StrEnum):
    """Why a case is in the sample."""

    RANDOM = "random"
    HIGH_VALUE = "high_value"
    HIGH_LEVEL = "high_level"
    MODIFIER = "modifier"
    LOW_CONFIDENCE = "low_confidence"
    NEW_CODER = "new_coder"
    AUTO_COMPLETED = "auto_completed"


REASON_WORDS: Mapping[Reason, str] = {
    Reason.RANDOM: "at random",
    Reason.HIGH_VALUE: "high charge",
    Reason.HIGH_LEVEL: "high visit level",
    Reason.MODIFIER: "modifier 25, 59 or X",
    Reason.LOW_CONFIDENCE: "low confidence accepted",
    Reason.NEW_CODER: "new coder",
    Reason.AUTO_COMPLETED: "completed without a coder",
}
HIGH_LEVELS = frozenset({"99204", "99205", "99214", "99215"})
RISKY_MODIFIERS = frozenset({"25", "59", "XE", "XP", "XS", "XU"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Of each kind of case so many in a hundred; thresholds of what counts as high and as new."""

    percents: Mapping[Reason, int]
    high_value: Decimal  # dollars charged
    new_coder_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Finished:
    """What is known of a finished case when the sample is drawn."""

    case_id: int
    finalized_at: datetime
    codes: CaseCodes
    charged: Decimal
    coder_since: datetime | None  # the coder's first finished case; None when nobody coded it
    lowest_confidence: int | None = None  # of the suggestions that were accepted; None when there were none
    alone: bool = False  # the product finished it, no person


def risks(case: Finished, plan: Plan) -> frozenset[Reason]:
    """The kinds of risk that a case has; every case is also open to the random sample."""
    modifiers = {modifier for service in case.codes.services for modifier in service.modifiers}
    fresh = case.coder_since is not None and case.finalized_at - case.coder_since < timedelta(days=plan.new_coder_days)
    found = {
        Reason.RANDOM: True,
        Reason.HIGH_VALUE: case.charged >= plan.high_value,
        Reason.HIGH_LEVEL: any(service.code in HIGH_LEVELS for service in case.codes.services),
        Reason.MODIFIER: bool(modifiers & RISKY_MODIFIERS),
        Reason.LOW_CONFIDENCE: case.lowest_confidence is not None and case.lowest_confidence < LOW_CONFIDENCE,
        Reason.NEW_CODER: fresh,
        Reason.AUTO_COMPLETED: case.alone,
    }
    return frozenset(reason for reason, applies in found.items() if applies)


def sampled_for(case: Finished, plan: Plan) -> tuple[Reason, ...]:
    """Why a case is audited; empty when it is not.

    Each risk draws for itself. The draw is a digest of the case and the instant of its finishing: nobody can
    steer it, and drawing again gives the same.
    """
    applying = risks(case, plan)
    return tuple(r for r in Reason if r in applying and _draw(case, r) < plan.percents.get(r, 0))


def _draw(case: Finished, reason: Reason) -> int:
    """A number from 0 to 99."""
    digest = sha256(f"{case.case_id}/{case.finalized_at.isoformat()}/{reason}".encode()).digest()
    return int.from_bytes(digest[:8]) % 100


def due_on(since: datetime) -> date:
    """The day by which a sampled case is audited."""
    return since.date() + timedelta(days=AUDIT_WITHIN_DAYS)


def answer_due_on(since: datetime) -> date:
    """The day by which a coder answers an education note."""
    return since.date() + timedelta(days=ANSWER_WITHIN_DAYS)


class Category(StrEnum):
    """How one code of the first coding compares with the second."""

    EXACT = "exact"
    SPECIFICITY = "specificity"
    MISSED = "missed"
    ADDED = "added"
    SEQUENCING = "sequencing"
    MODIFIER = "modifier"
    UNITS = "units"
    LEVEL_HIGH = "level_high"
    LEVEL_LOW = "level_low"


CATEGORY_WORDS: Mapping[Category, str] = {
    Category.EXACT: "Exact match",
    Category.SPECIFICITY: "Wrong specificity",
    Category.MISSED: "Missed",
    Category.ADDED: "Not supported by the note",
    Category.SEQUENCING: "Sequence",
    Category.MODIFIER: "Modifier",
    Category.UNITS: "Units",
    Category.LEVEL_HIGH: "Visit level too high",
    Category.LEVEL_LOW: "Visit level too low",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """One code as both coders have it; an empty side does not have it. `code` is the one it counts under."""

    category: Category
    procedure: bool
    first: str = ""
    second: str = ""
    first_says: str = ""
    second_says: str = ""

    @property
    def agreed(self) -> bool:
        """Whether nothing differs."""
        return self.category is Category.EXACT

    @property
    def code(self) -> str:
        """The code that the comparison counts under: the first coder's, or the one that is missing."""
        return self.first or self.second


def compare(first: CaseCodes, second: CaseCodes) -> list[Compared]:
    """Every code of two codings of one visit, each in one category. What is equal is exact; the order never matters
    but for the first-listed diagnosis.
    """
    return [*_diagnoses(first.diagnoses, second.diagnoses), *_services(first, second)]


def _diagnoses(first: Sequence[str], second: Sequence[str]) -> Iterator[Compared]:
    misled = first and second and first[0] != second[0] and second[0] in first
    for code in dict.fromkeys(first):
        if code in second:
            wrong_place = misled and code == second[0]
            yield Compared(
                category=Category.SEQUENCING if wrong_place else Category.EXACT,
                procedure=False,
                first=code,
                second=code,
                first_says=_place(first.index(code)) if wrong_place else "",
                second_says=_place(0) if wrong_place else "",
            )
    missing = [code for code in dict.fromkeys(second) if code not in first]
    for code in (code for code in dict.fromkeys(first) if code not in second):
        kin = next((other for other in missing if other[:3] == code[:3]), "")
        if kin:
            missing.remove(kin)
        category = Category.SPECIFICITY if kin else Category.ADDED
        yield Compared(category=category, procedure=False, first=code, second=kin)
    for code in missing:
        yield Compared(category=Category.MISSED, procedure=False, second=code)


def _place(position: int) -> str:
    return "first-listed" if position == 0 else f"number {position + 1}"


def _services(first: CaseCodes, second: CaseCodes) -> Iterator[Compared]:
    left = list(first.services)
    right = list(second.services)
    for alike, category in ALIKE:
        for service, twin in _taken_out(left, right, alike):
            yield _pair(category(service, twin), service, twin)
    for service in left:
        says = service_says(service)
        yield Compared(category=Category.ADDED, procedure=True, first=service.code, first_says=says)
    for service in right:
        says = service_says(service)
        yield Compared(category=Category.MISSED, procedure=True, second=service.code, second_says=says)


def _taken_out(
    left: list[Service], right: list[Service], alike: Callable[[Service], object]
) -> Iterator[tuple[Service, Service]]:
    """Pairs of lines that are alike, taken out of both lists; a line that is like nothing (None) stays."""
    for service in list(left):
        twin = next((other for other in right if alike(other) is not None and alike(other) == alike(service)), None)
        if twin is not None:
            left.remove(service)
            right.remove(twin)
            yield service, twin


def _other_code(service: Service, other: Service) -> Category:
    if service.code[-1] == other.code[-1]:  # new patient or established, at the same level
        return Category.SPECIFICITY
    return Category.LEVEL_HIGH if service.code[-1] > other.code[-1] else Category.LEVEL_LOW


# How lines of two codings meet, the most alike first, and what then differs. Each is an equivalence, so that the
# number of pairs is the same whoever comes first.
ALIKE: tuple[tuple[Callable[[Service], object], Callable[[Service, Service], Category]], ...] = (
    (lambda line: (line.code, frozenset(line.modifiers), line.units), lambda _one, _other: Category.EXACT),
    (lambda line: (line.code, frozenset(line.modifiers)), lambda _one, _other: Category.UNITS),
    (lambda line: (line.code, line.units), lambda _one, _other: Category.MODIFIER),
    (lambda line: line.code, lambda _one, _other: Category.MODIFIER),
    (lambda line: "office visit" if is_office_visit(line.code) else None, _other_code),
)


def _pair(category: Category, service: Service, other: Service) -> Compared:
    return Compared(
        category=category,
        procedure=True,
        first=service.code,
        second=other.code,
        first_says=service_says(service),
        second_says=service_says(other),
    )


def is_office_visit(code: str) -> bool:
    """Whether a code is an office visit with a level: new 99202–99205, established 99211–99215."""
    return "99202" <= code <= "99205" or "99211" <= code <= "99215"


def service_says(service: Service) -> str:
    """A line without its code, as an auditor reads it: "25 · 1 unit · A B"."""
    units = f"{service.units} unit{'' if service.units == 1 else 's'}"
    return " · ".join(part for part in (" ".join(service.modifiers), units, letters(service.pointers)) if part)


def as_json(codes: CaseCodes) -> dict[str, Any]:
    """Codes as they are kept with an audit."""
    return {
        "diagnoses": list(codes.diagnoses),
        "services": [
            {"code": s.code, "modifiers": list(s.modifiers), "units": s.units, "pointers": list(s.pointers)}
            for s in codes.services
        ],
    }


def from_json(kept: Mapping[str, Any]) -> CaseCodes:
    """The codes that `as_json` kept; nothing kept gives no codes."""
    return CaseCodes(
        tuple(kept.get("diagnoses", ())),
        tuple(
            Service(
                code=row["code"],
                modifiers=tuple(row["modifiers"]),
                units=row["units"],
                pointers=tuple(row["pointers"]),
            )
            for row in kept.get("services", ())
        ),
    )
