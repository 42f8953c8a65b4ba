"""Gathering the facts of many claims in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from claims.domain.facts import (
    AddressFacts,
    AuthorizationFacts,
    ClaimFacts,
    CoverageFacts,
    EarlierLine,
    LocationFacts,
    PayerFacts,
    PersonFacts,
    PracticeFacts,
    ProviderFacts,
)
from claims.domain.status import ClaimStatus, Frequency
from claims.models import Claim, ClaimLine
from coding.domain.edit_tables import EditTables
from coding.domain.edits.facts import LineFacts
from coding.domain.edits.visit_levels import NEW_PATIENT
from coding.queries.code_facts import KnownCodes, code_facts
from coding.queries.coverage import contractors_in
from coding.queries.edit_tables import edit_tables
from coding.queries.history import History, patient_history
from coding.queries.releases import loaded_releases
from compliance.models import PostalAddress, Practice
from encounters.domain.status import Relationship
from encounters.models import Authorization, Coverage, Location, Patient, Payer, Provider
from encounters.queries import ChargeMaster, charge_master

Lines = Mapping[int, Sequence[ClaimLine]]


@dataclass(frozen=True, slots=True)
class _Around:
    """What is looked up once for all claims of a call."""

    lines: Lines
    coverages: Mapping[int, tuple[CoverageFacts, ...]]  # by patient
    authorizations: Mapping[int, tuple[AuthorizationFacts, ...]]  # by patient
    earlier: Mapping[int, tuple[tuple[int, int | None, EarlierLine], ...]]  # by patient: claim, its original, line
    history: History
    known: Mapping[date, KnownCodes]
    tables: Mapping[date, EditTables]
    charges: ChargeMaster
    contractors: Mapping[str, frozenset[str]]  # Medicare's, by state; only where a coverage determination names one
    today: date


def claim_facts(practice_id: int, claim_ids: Iterable[int], now: datetime) -> dict[int, ClaimFacts]:
    """Everything that the edits and the 837P need about these claims, by claim key.

    The number of queries does not depend on the number of claims. Keys that the practice does not have
    are left out.
    """
    claims = list(Claim.objects.with_parties().filter(practice_id=practice_id, pk__in=list(claim_ids)))
    if not claims:
        return {}
    around = _around(practice_id, claims, now)
    return {claim.pk: _facts(claim, around) for claim in claims}


def _around(practice_id: int, claims: Sequence[Claim], now: datetime) -> _Around:
    patients = {claim.patient_id for claim in claims}
    lines = _lines(claims)
    rows = [line for each in lines.values() for line in each]
    diagnoses = {code for claim in claims for code in claim.diagnoses}
    procedures = {line.code for line in rows}
    days = {claim.service_from for claim in claims} | {line.service_date for line in rows}
    history = patient_history(
        new_patients={c.patient_id for c in claims if any(x.code in NEW_PATIENT for x in lines[c.pk])},
        patients=patients,
        days=days,
    )
    releases = loaded_releases()
    tables = edit_tables(dict.fromkeys(days, procedures | history.codes), diagnoses=diagnoses, releases=releases)
    return _Around(
        lines=lines,
        coverages=_coverages(patients),
        authorizations=_authorizations(patients),
        earlier=_earlier_lines(patients, {line.service_date for line in rows}),
        history=history,
        known=code_facts(diagnoses, procedures, days, releases),
        tables=tables,
        contractors=contractors_in({claim.location.state for claim in claims}, tables, releases),
        charges=charge_master(practice_id),
        today=now.date(),
    )


def _lines(claims: Sequence[Claim]) -> Lines:
    found: defaultdict[int, list[ClaimLine]] = defaultdict(list)
    for line in ClaimLine.objects.filter(claim__in=claims).order_by("claim_id", "number"):
        found[line.claim_id].append(line)
    return found


def _coverages(patients: Iterable[int]) -> dict[int, tuple[CoverageFacts, ...]]:
    found: defaultdict[int, tuple[CoverageFacts, ...]] = defaultdict(tuple)
    rows = Coverage.objects.filter(patient_id__in=patients).select_related("payer").order_by("rank", "-effective_from")
    for row in rows:
        found[row.patient_id] += (coverage_facts(row, row.payer),)
    return found


def _authorizations(patients: Iterable[int]) -> dict[int, tuple[AuthorizationFacts, ...]]:
    found: defaultdict[int, tuple[AuthorizationFacts, ...]] = defaultdict(tuple)
    for row in Authorization.objects.filter(patient_id__in=patients).order_by("-valid_from", "-pk"):
        found[row.patient_id] += (authorization_facts(row),)
    return found


def _earlier_lines(
    patients: Iterable[int], days: Iterable[date]
) -> dict[int, tuple[tuple[int, int | None, EarlierLine], ...]]:
    found: defaultdict[int, tuple[tuple[int, int | None, EarlierLine], ...]] = defaultdict(tuple)
    rows = (
        ClaimLine.objects.filter(claim__patient_id__in=patients, service_date__in=days)
        .exclude(claim__status__in=[ClaimStatus.VOID, ClaimStatus.REPLACED])
        .exclude(claim__frequency=Frequency.VOID)
        .order_by("claim_id", "number")
        .values_list(
            "claim_id", "claim__patient_id", "claim__original_id", "claim__number", "claim__status",
            "claim__rendering_id", "code", "modifiers", "service_date",
        )
    )  # fmt: skip
    for claim_id, patient_id, original_id, number, status, rendering_id, code, modifiers, day in rows:
        line = EarlierLine(
            claim_number=number,
            status=status,
            rendering_id=rendering_id,
            code=code,
            modifiers=tuple(modifiers),
            service_date=day,
        )
        found[patient_id] += ((claim_id, original_id, line),)
    return found


def _facts(claim: Claim, around: _Around) -> ClaimFacts:
    prices, known = around.charges.on(claim.service_from), around.known[claim.service_from]
    original = claim.original
    key = (claim.patient_id, claim.encounter_id, claim.service_from)
    return ClaimFacts(
        id=claim.pk,
        number=claim.number,
        revision=claim.revision,
        status=claim.status,
        frequency=claim.frequency,
        original_number=original.number if original else "",
        original_control_number=original.payer_control_number
        if original and claim.frequency != Frequency.ORIGINAL
        else "",
        payer_control_number=claim.payer_control_number,
        payer_order=claim.payer_order,
        practice=_practice(claim.practice),
        patient_id=claim.patient_id,
        patient=_patient(claim.patient),
        mrn=claim.patient.mrn,
        subscriber=_subscriber(claim.patient, claim.coverage),
        coverage=coverage_facts(claim.coverage, claim.payer),
        rendering=_provider(claim.rendering),
        referring=_provider(claim.referring) if claim.referring else None,
        location=_location(claim.location),
        place_of_service=claim.place_of_service,
        service_from=claim.service_from,
        service_to=claim.service_to,
        diagnoses=tuple(claim.diagnoses),
        lines=tuple(known.described(_line(line, prices)) for line in around.lines[claim.pk]),
        authorization_number=claim.authorization_number,
        charge_amount=claim.charge_amount,
        filing_deadline=claim.filing_deadline,
        today=around.today,
        note=claim.encounter.note,
        coverages=around.coverages[claim.patient_id],
        authorizations=around.authorizations[claim.patient_id],
        earlier_lines=tuple(
            line
            for pk, original_id, line in around.earlier[claim.patient_id]
            if pk != claim.pk and pk != claim.original_id and original_id != claim.pk
        ),
        earlier_visits=around.history.visits_before(*key),
        earlier_services=around.history.services_before(*key),
        tables=around.tables[claim.service_from],
        contractors=around.contractors.get(claim.location.state, frozenset()),
        codes=known.diagnoses,
        diagnosis_set_loaded=known.diagnosis_set_loaded,
        prices=prices,
    )


def _line(line: ClaimLine, prices: Mapping[str, Decimal]) -> LineFacts:
    return LineFacts(
        number=line.number,
        code=line.code,
        modifiers=tuple(line.modifiers),
        units=line.units,
        pointers=tuple(line.pointers),
        charge_amount=line.charge_amount,
        service_date=line.service_date,
        price=prices.get(line.code),
    )


def _address(row: PostalAddress) -> AddressFacts:
    return AddressFacts(street=row.street, city=row.city, state=row.state, zip_code=row.zip_code)


def _practice(row: Practice) -> PracticeFacts:
    return PracticeFacts(
        id=row.pk,
        name=row.name,
        npi=row.npi,
        tax_id=row.tax_id,
        taxonomy=row.taxonomy,
        phone=row.phone,
        address=_address(row),
        submitter_id=row.submitter_id,
        clearinghouse_id=row.clearinghouse_id,
        clearinghouse_name=row.clearinghouse_name,
    )


def _patient(row: Patient) -> PersonFacts:
    return PersonFacts(
        last_name=row.last_name,
        first_name=row.first_name,
        middle_name=row.middle_name,
        birth_date=row.birth_date,
        sex=row.sex,
        address=_address(row),
    )


def _subscriber(patient: Patient, coverage: Coverage) -> PersonFacts:
    """The member; a dependent's subscriber is taken to live at the patient's address."""
    if coverage.relationship == Relationship.SELF:
        return _patient(patient)
    return PersonFacts(
        last_name=coverage.subscriber_last_name,
        first_name=coverage.subscriber_first_name,
        birth_date=coverage.subscriber_birth_date,
        sex=coverage.subscriber_sex,
        address=_address(patient),
    )


def coverage_facts(row: Coverage, payer: Payer) -> CoverageFacts:
    """A membership as data; `payer` is passed so that no query hides here."""
    return CoverageFacts(
        id=row.pk,
        payer=PayerFacts(
            id=payer.pk,
            payer_id=payer.payer_id,
            name=payer.name,
            kind=payer.kind,
            filing_indicator=payer.filing_indicator,
            filing_days=payer.filing_days,
            correction_days=payer.correction_days,
            member_id_pattern=payer.member_id_pattern,
            authorization_codes=frozenset(payer.authorization_codes),
        ),
        rank=row.rank,
        member_id=row.member_id,
        group_number=row.group_number,
        relationship=row.relationship,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
    )


def authorization_facts(row: Authorization) -> AuthorizationFacts:
    """A payer's approval as data."""
    return AuthorizationFacts(
        number=row.number,
        payer_id=row.payer_id,
        codes=frozenset(row.codes),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _provider(row: Provider) -> ProviderFacts:
    return ProviderFacts(
        id=row.pk,
        npi=row.npi,
        last_name=row.last_name,
        first_name=row.first_name,
        credential=row.credential,
        taxonomy=row.taxonomy,
        specialty=row.specialty,
    )


def _location(row: Location) -> LocationFacts:
    return LocationFacts(name=row.name, place_of_service=row.place_of_service, npi=row.npi, address=_address(row))
