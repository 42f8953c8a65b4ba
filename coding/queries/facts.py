"""Gathering the facts of many cases in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from coding.domain.codes import CaseCodes
from coding.domain.edit_tables import EditTables
from coding.domain.edits.facts import CaseFacts, ClinicianFacts, LineFacts, PatientFacts
from coding.domain.edits.visit_levels import NEW_PATIENT
from coding.models import CodingCase
from coding.queries.code_facts import KnownCodes, code_facts
from coding.queries.coverage import contractors_in
from coding.queries.edit_tables import edit_tables
from coding.queries.history import History, patient_history
from coding.queries.releases import Releases, loaded_releases
from encounters.models import Encounter
from encounters.queries import ChargeMaster, charge_master, coverage_on, ordered_coverages


@dataclass(frozen=True, slots=True)
class _Around:
    """What is looked up once for all cases of a call."""

    known: Mapping[date, KnownCodes]
    history: History
    tables: Mapping[date, EditTables]
    charges: ChargeMaster
    contractors: Mapping[str, frozenset[str]]  # Medicare's, by state; only where a coverage determination names one


def case_facts(practice_id: int, codings: Mapping[int, CaseCodes]) -> dict[int, CaseFacts]:
    """What the edits need to know about cases of a practice with these codes, by case key.

    The number of queries does not depend on the number of cases. Keys that the practice does not have are left out.
    """
    cases = list(
        CodingCase.objects.filter(practice_id=practice_id, pk__in=codings)
        .select_related("encounter__patient", "encounter__provider", "encounter__location")
        .prefetch_related(Prefetch("encounter__patient__coverages", ordered_coverages()))
    )
    if not cases:
        return {}
    visits, codes = [case.encounter for case in cases], [codings[case.pk] for case in cases]
    around = _around(practice_id, visits, codes, loaded_releases())
    return {case.pk: _facts(case.encounter, codings[case.pk], around) for case in cases}


def facts_of(case: CodingCase, codes: CaseCodes, releases: Releases) -> CaseFacts:
    """What `case_facts` says of one case, which is read already (`case_record`), as the loaded releases are."""
    return _facts(case.encounter, codes, _around(case.practice_id, [case.encounter], [codes], releases))


def _around(practice_id: int, visits: list[Encounter], codes: list[CaseCodes], releases: Releases) -> _Around:
    billed = {code for each in codes for code in _procedures(each)}
    days = {visit.service_date for visit in visits}
    diagnoses = {code for each in codes for code in each.diagnoses}
    history = patient_history(
        new_patients={v.patient_id for v, each in zip(visits, codes, strict=True) if NEW_PATIENT & _procedures(each)},
        patients={visit.patient_id for visit in visits},
        days=days,
    )
    tables = edit_tables(dict.fromkeys(days, billed | history.codes), diagnoses=diagnoses, releases=releases)
    return _Around(
        known=code_facts(diagnoses, billed, days, releases),
        history=history,
        tables=tables,
        contractors=contractors_in({visit.location.state for visit in visits}, tables, releases),
        charges=charge_master(practice_id),
    )


def _procedures(codes: CaseCodes) -> set[str]:
    return {service.code for service in codes.lines}


def _facts(visit: Encounter, codes: CaseCodes, around: _Around) -> CaseFacts:
    key = (visit.patient_id, visit.pk, visit.service_date)
    plan = coverage_on(visit.patient, visit.service_date)
    prices, known = around.charges.on(visit.service_date), around.known[visit.service_date]
    return CaseFacts(
        patient=PatientFacts(birth_date=visit.patient.birth_date, sex=visit.patient.sex),
        rendering=ClinicianFacts(id=visit.provider_id, specialty=visit.provider.specialty),
        place_of_service=visit.location.place_of_service,
        service_from=visit.service_date,
        diagnoses=codes.diagnoses,
        lines=tuple(_lines(codes, visit.service_date, prices, known)),
        note=visit.note,
        earlier_visits=around.history.visits_before(*key),
        earlier_services=around.history.services_before(*key),
        tables=around.tables[visit.service_date],
        contractors=around.contractors.get(visit.location.state, frozenset()),
        codes=known.diagnoses,
        diagnosis_set_loaded=known.diagnosis_set_loaded,
        prices=prices,
        payer_kind=plan.payer.kind if plan else "",
    )


def _lines(codes: CaseCodes, day: date, prices: Mapping[str, Decimal], known: KnownCodes) -> Iterable[LineFacts]:
    for number, service in enumerate(codes.lines, 1):
        price = prices.get(service.code)
        line = LineFacts(
            number=number,
            code=service.code,
            modifiers=service.modifiers,
            units=service.units,
            pointers=service.pointers,
            charge_amount=(price or Decimal(0)) * service.units,
            service_date=day,
            price=price,
        )
        yield known.described(line)
