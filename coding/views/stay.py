"""The MS-DRG of an inpatient stay on the workbench: the group, its weight, what carries it, the group without that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from coding.domain.codes import LETTERS, CaseCodes
from coding.domain.drg import Carrier, Reading, Stay, grouper_version, reading
from coding.models import DrgWeight
from coding.queries import drg_weights
from encounters.domain.age import age_on
from encounters.domain.discharge import DISCHARGE, discharge_words
from encounters.models import Encounter


@dataclass(frozen=True)
class Group:
    """An MS-DRG in one line; what table 5 does not say is None. Lengths in days, the average stay weighing 1."""

    drg: str
    title: str
    weight: Decimal | None = None
    usual_days: Decimal | None = None  # geometric mean


@dataclass(frozen=True)
class CarrierRow:
    """Secondary diagnoses that carry the group, each with its letter, and the group without them."""

    codes: Sequence[tuple[str, str]]  # letter, code
    severity: str  # MCC, CC, or empty
    without: Group


@dataclass(frozen=True)
class StayGroup:
    """What the workbench says of a stay's group; `refusal` says why there is none."""

    days: int  # from admission to discharge
    status: str  # UB-04 patient status
    status_words: str
    version: str  # of the grouper
    refusal: str = ""
    group: Group | None = None
    mdc: str = ""
    mdc_title: str = ""
    rows: Sequence[CarrierRow] = ()

    @property
    def choices(self) -> Sequence[tuple[str, str]]:
        """What a coder may say of how the patient left, with what stands, in words."""
        known = {self.status: "not known" if not self.status else self.status} | DISCHARGE
        return [(status, discharge_words(status) or words) for status, words in known.items()]


def stay_group(visit: Encounter, codes: CaseCodes) -> StayGroup | None:
    """The group of a stay with these codes, in one query; None for a visit that is no stay."""
    if visit.admitted_date is None:
        return None
    stay = Stay(
        discharge_date=visit.service_date,
        age=age_on(visit.admitted_date, visit.patient.birth_date),
        sex=visit.patient.sex,
        discharge_status=visit.discharge_status,
        principal=codes.diagnoses[0] if codes.diagnoses else "",
        secondary=codes.diagnoses[1:],
        procedures=tuple(procedure.code for procedure in codes.stay_procedures),
    )
    return _shown(reading(stay), stay, (visit.service_date - visit.admitted_date).days, codes.diagnoses)


def _shown(found: Reading, stay: Stay, days: int, diagnoses: Sequence[str]) -> StayGroup:
    version = grouper_version(stay.discharge_date)
    version_words = f"{version // 10}.{version % 10}"
    if found.grouping is None:
        words = discharge_words(stay.discharge_status)
        return StayGroup(days, stay.discharge_status, words, version_words, found.refusal)
    named = {found.grouping.drg, *(carrier.without.drg for carrier in found.carriers)}
    weights = drg_weights(named, stay.discharge_date)
    return StayGroup(
        days=days,
        status=stay.discharge_status,
        status_words=discharge_words(stay.discharge_status),
        version=version_words,
        group=_group(found.grouping.drg, found.grouping.title, weights),
        mdc=found.grouping.mdc,
        mdc_title=found.grouping.mdc_title,
        rows=[_row(carrier, weights, diagnoses) for carrier in found.carriers],
    )


def _group(drg: str, title: str, weights: Mapping[str, DrgWeight]) -> Group:
    row = weights.get(drg)
    return Group(drg, title, row.weight, row.geometric_days) if row else Group(drg, title)


def _row(carrier: Carrier, weights: Mapping[str, DrgWeight], diagnoses: Sequence[str]) -> CarrierRow:
    return CarrierRow(
        codes=[(_letter(diagnoses.index(code)), code) for code in carrier.codes],
        severity="" if carrier.severity == "NONE" else carrier.severity,
        without=_group(carrier.without.drg, carrier.without.title, weights),
    )


def _letter(at: int) -> str:
    return LETTERS[at] if at < len(LETTERS) else "–"
