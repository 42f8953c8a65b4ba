"""What the practice did for patients before, as the edits read it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from coding.domain.edits.facts import EarlierService, EarlierVisit
from coding.domain.edits.visit_levels import YEARS_OF_HISTORY
from coding.domain.status import CaseStatus
from coding.models import CaseDiagnosis, CaseProcedure
from encounters.domain.status import EncounterStatus
from encounters.models import Encounter

LONGEST_GLOBAL_PERIOD = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class History:
    """Visits and coded services by patient, each with the encounter that it belongs to."""

    visits: Mapping[int, tuple[tuple[int, EarlierVisit], ...]]
    services: Mapping[int, tuple[tuple[int, EarlierService], ...]]

    @property
    def codes(self) -> set[str]:
        """The procedures among the services."""
        return {service.code for each in self.services.values() for _, service in each}

    def visits_before(self, patient_id: int, encounter_id: int, day: date) -> tuple[EarlierVisit, ...]:
        """The other visits within the three years before a day."""
        since = day - timedelta(days=YEARS_OF_HISTORY * 365 + 1)
        return tuple(
            visit
            for pk, visit in self.visits.get(patient_id, ())
            if pk != encounter_id and since <= visit.service_date < day
        )

    def services_before(self, patient_id: int, encounter_id: int, day: date) -> tuple[EarlierService, ...]:
        """The services of other visits within the longest global period before a day, and on it."""
        return tuple(
            service
            for pk, service in self.services.get(patient_id, ())
            if pk != encounter_id and day - LONGEST_GLOBAL_PERIOD <= service.service_date <= day
        )


def patient_history(*, new_patients: Iterable[int], patients: Iterable[int], days: Iterable[date]) -> History:
    """The visits of patients who are billed as new, and the services coded for patients up to some days."""
    return History(_visits(set(new_patients)), _services(set(patients), set(days)))


def _visits(patients: set[int]) -> dict[int, tuple[tuple[int, EarlierVisit], ...]]:
    found: defaultdict[int, tuple[tuple[int, EarlierVisit], ...]] = defaultdict(tuple)
    rows = Encounter.objects.filter(patient_id__in=patients, status=EncounterStatus.CLOSED).values_list(
        "patient_id", "pk", "service_date", "provider__specialty"
    )
    for patient_id, pk, day, specialty in rows:
        found[patient_id] += ((pk, EarlierVisit(service_date=day, specialty=specialty)),)
    return found


def _services(patients: set[int], days: set[date]) -> dict[int, tuple[tuple[int, EarlierService], ...]]:
    found: defaultdict[int, tuple[tuple[int, EarlierService], ...]] = defaultdict(tuple)
    if not patients or not days:
        return found
    rows = list(
        CaseProcedure.objects.filter(
            case__encounter__patient_id__in=patients,
            case__status__in=[CaseStatus.FINALIZED, CaseStatus.BILLED],
            case__encounter__service_date__range=(min(days) - LONGEST_GLOBAL_PERIOD, max(days)),
        ).values_list(
            "case_id", "case__encounter_id", "case__encounter__patient_id", "case__encounter__service_date",
            "case__encounter__provider_id", "case__encounter__provider__specialty", "code", "modifiers", "pointers",
        )
    )  # fmt: skip
    diagnoses: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for case_id, position, code in CaseDiagnosis.objects.filter(case_id__in={row[0] for row in rows}).values_list(
        "case_id", "position", "code"
    ):
        diagnoses[case_id][position] = code
    for case_id, encounter_id, patient_id, day, provider_id, specialty, code, modifiers, pointers in rows:
        service = EarlierService(
            code=code,
            modifiers=tuple(modifiers),
            service_date=day,
            rendering_id=provider_id,
            specialty=specialty,
            diagnoses=tuple(diagnoses[case_id][at] for at in pointers if at in diagnoses[case_id]),
        )
        found[patient_id] += ((encounter_id, service),)
    return found
