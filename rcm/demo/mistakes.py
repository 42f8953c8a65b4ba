"""The mistakes of the demo: how often each, who notices it, and how it is planted into a right coding.

Shares follow what billing offices report: about one visit in four has something, a tenth is stopped before it is
sent, a few in a hundred are rejected, and 10 to 15 in a hundred are denied.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rcm.demo.facts import Bundle, CaughtBy, CodedLine, Coding, Mistake, Payer
from rcm.demo.notes import Values, preventive_code
from rcm.demo.payers import NATIONAL_BUNDLES, PREVENTIVE_VISITS
from rcm.demo.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table. `share` is of all visits; `variant` tells two ways of one mistake apart."""

    mistake: Mistake
    variant: str
    caught_by: CaughtBy
    share: float
    says: str


_OURS, _HOUSE, _PAYER = CaughtBy.OUR_EDITS, CaughtBy.CLEARINGHOUSE, CaughtBy.PAYER

KINDS: tuple[Kind, ...] = (
    Kind(Mistake.WRONG_MEMBER_ID, "swapped", _HOUSE, 0.022, "Two digits of the member ID are exchanged."),
    Kind(Mistake.WRONG_MEMBER_ID, "short", _OURS, 0.010, "A digit of the member ID is missing."),
    Kind(Mistake.WRONG_BIRTH_DATE, "", _HOUSE, 0.013, "The birth date differs from the payer's."),
    Kind(Mistake.INACTIVE_COVERAGE, "unknown", _PAYER, 0.020, "The coverage had ended; we did not know."),
    Kind(Mistake.INACTIVE_COVERAGE, "known", _OURS, 0.012, "The coverage had ended before the visit."),
    Kind(
        Mistake.MISSING_AUTHORIZATION,
        "unknown",
        _PAYER,
        0.016,
        "The payer has begun to ask for authorization.",
    ),
    Kind(Mistake.MISSING_AUTHORIZATION, "expired", _PAYER, 0.007, "The authorization ended before the visit."),
    Kind(Mistake.MISSING_AUTHORIZATION, "known", _OURS, 0.014, "No authorization is on the claim."),
    Kind(Mistake.UNSPECIFIC_DIAGNOSIS, "", _PAYER, 0.026, "The note says more than the diagnosis code."),
    Kind(Mistake.INVALID_DIAGNOSIS, "", _OURS, 0.016, "The diagnosis code is not billable."),
    Kind(Mistake.DIAGNOSIS_NOT_COVERED, "", _PAYER, 0.022, "The service points at the wrong diagnosis."),
    Kind(Mistake.UNBUNDLED_PAIR, "national", _OURS, 0.008, "The second service lacks modifier 59."),
    Kind(Mistake.UNBUNDLED_PAIR, "payer", _PAYER, 0.006, "The payer wants 59 on the second service."),
    Kind(Mistake.MISSING_MODIFIER, "national", _OURS, 0.016, "The visit lacks modifier 25."),
    Kind(Mistake.MISSING_MODIFIER, "payer", _PAYER, 0.020, "The payer wants 25 on the visit."),
    Kind(Mistake.MISSING_MODIFIER, "video", _OURS, 0.006, "The video visit lacks modifier 95."),
    Kind(Mistake.WRONG_UNITS, "", _OURS, 0.008, "Units are counted in milligrams, minutes or the like."),
    Kind(Mistake.POINTER_MISSING, "", _OURS, 0.008, "A line points at no diagnosis."),
    Kind(Mistake.REFERRING_NPI, "", _OURS, 0.005, "The referring doctor's NPI is mistyped."),
    Kind(Mistake.AGE_SEX_CONFLICT, "age", _OURS, 0.005, "The preventive code is for another age."),
    Kind(Mistake.AGE_SEX_CONFLICT, "sex", _OURS, 0.002, "The registered sex contradicts the diagnosis."),
    Kind(Mistake.DUPLICATE_VISIT, "", _OURS, 0.006, "The visit was entered twice."),
    Kind(Mistake.LATE_FILING, "known", _OURS, 0.004, "Coding was finished after the filing limit."),
    Kind(Mistake.LATE_FILING, "payer", _PAYER, 0.006, "The payer's limit is shorter than our file says."),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a planter looks at."""

    scenario: Scenario
    values: Values
    payer: Payer
    coding: Coding
    age: int
    is_new: bool


def quotas(visits: int) -> list[Kind | None]:
    """One entry a visit, None for a faultless one; from 200 visits on, every kind occurs."""
    least = 1 if visits >= 200 else 0
    drawn: list[Kind | None] = []
    for kind in KINDS:
        drawn += [kind] * max(least, round(kind.share * visits))
    return drawn + [None] * (visits - len(drawn))


def planted_coding(kind: Kind, visit: Visit) -> Coding | None:
    """The coding with the mistake in it; None when the visit offers no place for it.

    Mistakes that lie outside of the coding leave it as it is, where the visit suits them.
    """
    planter = _PLANTERS.get((kind.mistake, kind.variant))
    return visit.coding if planter is None else planter(visit)


def _unspecific(visit: Visit) -> Coding | None:
    first = {line.pointers[0] for line in visit.coding.lines}
    for place, one in enumerate(visit.scenario.dx, 1):
        vague = one.vague.format_map(visit.values)
        if place in first and vague and vague in visit.payer.unspecific_diagnoses:
            return _with_diagnosis(visit.coding, place, vague)
    return None


def _invalid(visit: Visit) -> Coding | None:
    for place, one in enumerate(visit.scenario.dx, 1):
        if one.stale:
            return _with_diagnosis(visit.coding, place, one.stale.format_map(visit.values))
    return None


def _not_covered(visit: Visit) -> Coding | None:
    for number, line in enumerate(visit.coding.lines):
        accepted = visit.payer.covered_diagnoses.get(line.code)
        if accepted is None:
            continue
        for place, code in enumerate(visit.coding.diagnoses, 1):
            if not code.startswith(accepted):
                return _with_line(visit.coding, number, replace(line, pointers=(place,)))
    return None


def _without_modifier(modifier: str, *, national: bool) -> Callable[[Visit], Coding | None]:
    def planter(visit: Visit) -> Coding | None:
        codes = {line.code for line in visit.coding.lines}
        asked = [
            pair.column_two for pair in visit.payer.bundles if pair.modifier == modifier and pair.column_one in codes
        ]
        widely = {pair.column_two for pair in NATIONAL_BUNDLES if _asks(pair, modifier, codes)}
        for number, line in enumerate(visit.coding.lines):
            if line.code in asked and modifier in line.modifiers and (line.code in widely) == national:
                left = tuple(each for each in line.modifiers if each != modifier)
                return _with_line(visit.coding, number, replace(line, modifiers=left))
        return None

    return planter


def _asks(pair: Bundle, modifier: str, codes: set[str]) -> bool:
    return pair.modifier == modifier and pair.column_one in codes


def _no_video_modifier(visit: Visit) -> Coding | None:
    for number, line in enumerate(visit.coding.lines):
        if "95" in line.modifiers:
            left = tuple(each for each in line.modifiers if each != "95")
            return _with_line(visit.coding, number, replace(line, modifiers=left))
    return None


def _wrong_units(visit: Visit) -> Coding | None:
    for number, template in enumerate(visit.scenario.lines):
        if template.wrong_units:
            line = visit.coding.lines[number]
            return _with_line(visit.coding, number, replace(line, units=template.wrong_units))
    return None


def _no_pointer(visit: Visit) -> Coding | None:
    if len(visit.coding.lines) < 2:
        return None
    number = len(visit.coding.lines) - 1
    return _with_line(visit.coding, number, replace(visit.coding.lines[number], pointers=()))


def _wrong_age(visit: Visit) -> Coding | None:
    for number, line in enumerate(visit.coding.lines):
        if line.code in PREVENTIVE_VISITS:
            other = visit.age + 26 if visit.age < 40 else visit.age - 25
            wrong = preventive_code(other, is_new=visit.is_new)
            return _with_line(visit.coding, number, replace(line, code=wrong))
    return None


def _for_women_only(visit: Visit) -> Coding | None:
    return visit.coding if visit.coding.diagnoses[0].startswith(("F53", "O")) else None


def _is_referred(visit: Visit) -> Coding | None:
    return visit.coding if visit.scenario.referred else None


def _asks_authorization(variant: str) -> Callable[[Visit], Coding | None]:
    def planter(visit: Visit) -> Coding | None:
        needs = {line.code for line in visit.coding.lines} & visit.payer.needs_authorization
        known = bool(needs & visit.payer.known_authorization)
        suits = {"unknown": needs and not known, "known": known, "expired": bool(needs)}[variant]
        return visit.coding if suits else None

    return planter


def _payer_is(*payer_ids: str) -> Callable[[Visit], Coding | None]:
    def planter(visit: Visit) -> Coding | None:
        return visit.coding if visit.payer.payer_id in payer_ids else None

    return planter


def _with_diagnosis(coding: Coding, place: int, code: str) -> Coding:
    changed = (*coding.diagnoses[: place - 1], code, *coding.diagnoses[place:])
    return replace(coding, diagnoses=changed)


def _with_line(coding: Coding, number: int, line: CodedLine) -> Coding:
    return replace(coding, lines=(*coding.lines[:number], line, *coding.lines[number + 1 :]))


_PLANTERS: dict[tuple[Mistake, str], Callable[[Visit], Coding | None]] = {
    (Mistake.MISSING_AUTHORIZATION, "unknown"): _asks_authorization("unknown"),
    (Mistake.MISSING_AUTHORIZATION, "expired"): _asks_authorization("expired"),
    (Mistake.MISSING_AUTHORIZATION, "known"): _asks_authorization("known"),
    (Mistake.UNSPECIFIC_DIAGNOSIS, ""): _unspecific,
    (Mistake.INVALID_DIAGNOSIS, ""): _invalid,
    (Mistake.DIAGNOSIS_NOT_COVERED, ""): _not_covered,
    (Mistake.UNBUNDLED_PAIR, "national"): _without_modifier("59", national=True),
    (Mistake.UNBUNDLED_PAIR, "payer"): _without_modifier("59", national=False),
    (Mistake.MISSING_MODIFIER, "national"): _without_modifier("25", national=True),
    (Mistake.MISSING_MODIFIER, "payer"): _without_modifier("25", national=False),
    (Mistake.MISSING_MODIFIER, "video"): _no_video_modifier,
    (Mistake.WRONG_UNITS, ""): _wrong_units,
    (Mistake.POINTER_MISSING, ""): _no_pointer,
    (Mistake.REFERRING_NPI, ""): _is_referred,
    (Mistake.AGE_SEX_CONFLICT, "age"): _wrong_age,
    (Mistake.AGE_SEX_CONFLICT, "sex"): _for_women_only,
    (Mistake.LATE_FILING, "known"): _payer_is("MCD01", "UB001", "SP001"),
    (Mistake.LATE_FILING, "payer"): _payer_is("UB001"),
}
