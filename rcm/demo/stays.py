"""Inpatient stays at the end of the demo's year, left to whoever tries it: the workbench groups them to an MS-DRG."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from compliance.scope import practice_scope
from encounters.operations import NewVisit, create_encounters
from rcm.demo import facts
from rcm.demo.people import age_on
from rcm.demo.practices import LAKESHORE
from rcm.demo.register import Registered
from rcm.demo.scenarios import CARDIOLOGY

WARD = "lake-ellery-hospital"  # Location.key
MEDICARE = "MEDB1"
OLD = 65
HOME = "01"  # discharge status


@dataclass(frozen=True, slots=True)
class Stay:
    """What happened to a patient of a sex in a hospital. The note is filled in with {age}."""

    key: str
    sex: str
    days: int  # from admission to discharge
    reason: str
    note: str


STAYS: tuple[Stay, ...] = (
    Stay(
        "S000001",
        "F",
        4,
        "Heart failure, short of breath.",
        """Reason for admission
Short of breath for five days, legs swollen.

History
{age}-year-old woman with heart failure and hypertension, stopped her water pill two weeks ago. Worse lying flat, no \
chest pain, no fever.

Hospital course
Oxygen saturation 84 % on room air on arrival, four liters of oxygen for two days. Furosemide into the vein, eleven \
pounds lost. Creatinine rose from 1.0 to 2.1 and came back to 1.2. Echocardiogram: ejection fraction 30 %.

Discharge diagnoses
1. Acute on chronic systolic heart failure.
2. Acute hypoxic respiratory failure, resolved.
3. Acute kidney injury, resolved.
4. Hypertension.

Plan
Home with torsemide and lisinopril, weight every morning, clinic in one week.""",
    ),
    Stay(
        "S000002",
        "M",
        5,
        "Pneumonia, low sodium.",
        """Reason for admission
Cough and fever for four days.

History
{age}-year-old man with atrial fibrillation on apixaban and type 2 diabetes. No chest pain.

Hospital course
Chest film: infiltrate in the right lower lobe. Ceftriaxone and azithromycin for five days. Blood cultures negative. \
Sodium 124 on arrival, 134 at discharge.

Discharge diagnoses
1. Pneumonia, community acquired.
2. Hyponatremia.
3. Chronic atrial fibrillation.
4. Type 2 diabetes mellitus.

Plan
Home on cefuroxime for three more days, chest film in six weeks.""",
    ),
)


def admit(world: facts.World, practices: dict[str, Registered], now: datetime) -> None:
    """The stays of older Medicare patients, discharged yesterday; a second time changes nothing."""
    practice = practices[LAKESHORE].practice
    ward = next(one for one in world.locations if one.key == WARD)
    doctor = next(one for one in world.providers if one.specialty == CARDIOLOGY and one.practice == LAKESHORE)
    home = world.today - timedelta(days=1)
    visits = []
    for stay in STAYS:
        patient = next((one for one in world.patients if _fits(one, stay, world)), None)
        if patient is not None:
            visits.append(
                NewVisit(
                    external_id=stay.key,
                    mrn=patient.mrn,
                    provider_npi=doctor.npi,
                    location=ward.name,
                    service_date=home,
                    admitted_date=home - timedelta(days=stay.days),
                    discharge_status=HOME,
                    reason=stay.reason,
                    note=stay.note.format(age=age_on(patient.person, home)),
                )
            )
    with practice_scope(practice.pk):
        create_encounters(practice_id=practice.pk, visits=visits, actor=None, now=now)


def _fits(patient: facts.Patient, stay: Stay, world: facts.World) -> bool:
    return (
        patient.practice == LAKESHORE
        and patient.person.sex == stay.sex
        and age_on(patient.person, world.today) >= OLD
        and patient.registered_on < world.today - timedelta(days=stay.days + 1)
        and patient.coverages[0].payer_id == MEDICARE
    )
