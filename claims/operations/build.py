"""Finalized coding cases become claims, a thousand at a time in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from claims.models import Claim, ClaimEvent, ClaimLine
from claims.operations.charges import post_charges
from claims.operations.control_numbers import next_numbers
from claims.operations.history import Happened, record
from claims.operations.work import VISIT
from coding.domain.status import CaseStatus
from coding.models import CaseProcedure, CodingCase
from coding.operations.bill import mark_billed
from encounters.models import Authorization, Coverage
from encounters.queries import ChargeMaster, charge_master
from worklist.domain.kinds import Kind
from worklist.nudge import nudge
from worklist.operations import NewItem, close_items, open_items

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class _Material:
    """What the claims of a chunk are made of, looked up once."""

    coverages: Mapping[int, Sequence[Coverage]]  # by patient, best rank first
    authorizations: Mapping[int, Sequence[Authorization]]  # by patient, newest first
    charges: ChargeMaster


@transaction.atomic
def build_claims(*, practice_id: int, case_ids: Sequence[int], now: datetime) -> list[Claim]:
    """Build one claim from each finalized case; a case that is not finalized (any more) is left alone.

    A patient without any coverage gets no claim but work for the front desk. A code without a price is
    charged at zero, which the scrubber stops.
    """
    cases = list(
        CodingCase.objects.filter(practice_id=practice_id, pk__in=case_ids, status=CaseStatus.FINALIZED)
        .select_related("encounter__patient", "encounter__location", "encounter__authorization", "coder")
        .select_related("encounter__provider")
        .prefetch_related("diagnoses", "procedures")
        .order_by("finalized_at", "pk")
    )
    material = _material(practice_id, cases)
    chosen = [(case, _coverage(case, material.coverages)) for case in cases]
    _ask_for_coverage([case for case, coverage in chosen if coverage is None], now)
    built = _insert(practice_id, [(case, coverage) for case, coverage in chosen if coverage], material, now)
    mark_billed(practice_id=practice_id, case_ids=[case.pk for case, _ in built])
    close_items(
        practice_id=practice_id,
        kinds=[Kind.REGISTRATION_ELIGIBILITY],
        subject_type=VISIT,
        subject_ids=[case.encounter_id for case, _ in built],
        outcome="Coverage found, claim built",
        now=now,
    )
    if built:
        nudge("scrub_claims")
    return [claim for _, claim in built]


def _material(practice_id: int, cases: Sequence[CodingCase]) -> _Material:
    patients = {case.encounter.patient_id for case in cases}
    coverages: defaultdict[int, list[Coverage]] = defaultdict(list)
    for cover in (
        Coverage.objects.filter(patient_id__in=patients)
        .select_related("payer")
        .order_by("rank", "-effective_from", "-pk")
    ):
        coverages[cover.patient_id].append(cover)
    authorizations: defaultdict[int, list[Authorization]] = defaultdict(list)
    for approval in Authorization.objects.filter(patient_id__in=patients).order_by("-valid_from", "-pk"):
        authorizations[approval.patient_id].append(approval)
    return _Material(coverages, authorizations, charge_master(practice_id))


def _coverage(case: CodingCase, coverages: Mapping[int, Sequence[Coverage]]) -> Coverage | None:
    """The first coverage in force on the day, else the first on file (the scrubber stops that one)."""
    found = coverages.get(case.encounter.patient_id, ())
    day = case.encounter.service_date
    return next((cover for cover in found if _in_force(cover, day)), found[0] if found else None)


def _in_force(cover: Coverage, day: date) -> bool:
    return cover.effective_from <= day and (cover.effective_to is None or day <= cover.effective_to)


def _authorization(case: CodingCase, coverage: Coverage, material: _Material) -> str:
    visit = case.encounter
    if visit.authorization:
        return visit.authorization.number
    codes = {procedure.code for procedure in case.procedures.all()} & set(coverage.payer.authorization_codes)
    for approval in material.authorizations.get(visit.patient_id, ()):
        fits = approval.payer_id == coverage.payer_id and codes.intersection(approval.codes)
        if fits and approval.valid_from <= visit.service_date <= approval.valid_to:
            return approval.number
    return ""


def _insert(
    practice_id: int, cases: Sequence[tuple[CodingCase, Coverage]], material: _Material, now: datetime
) -> list[tuple[CodingCase, Claim]]:
    if not cases:
        return []
    numbers = next_numbers(practice_id, f"claim-{now:%y}", len(cases))
    prepared = [
        (case, _claim(case, coverage, f"{now:%y}-{number:06d}", material, now))
        for (case, coverage), number in zip(cases, numbers, strict=True)
    ]
    lines = {claim.number: _lines(case, claim, material.charges) for case, claim in prepared}
    for _, claim in prepared:
        claim.charge_amount = sum((line.charge_amount for line in lines[claim.number]), ZERO)
    Claim.objects.bulk_create(claim for _, claim in prepared)
    ClaimLine.objects.bulk_create(line for _, claim in prepared for line in lines[claim.number])
    post_charges(claims=[(claim, lines[claim.number]) for _, claim in prepared], actor=None, now=now)
    _write_history(prepared, now)
    return prepared


def _claim(case: CodingCase, coverage: Coverage, number: str, material: _Material, now: datetime) -> Claim:
    visit = case.encounter
    return Claim(
        practice_id=case.practice_id,
        number=number,
        encounter=visit,
        coding_case=case,
        patient=visit.patient,
        payer=coverage.payer,
        coverage=coverage,
        rendering_id=visit.provider_id,
        referring_id=visit.referring_id,
        location=visit.location,
        status_at=now,
        place_of_service=visit.location.place_of_service,
        service_from=visit.service_date,
        service_to=visit.service_date,
        diagnoses=[diagnosis.code for diagnosis in case.diagnoses.all()],
        authorization_number=_authorization(case, coverage, material),
        filing_deadline=visit.service_date + timedelta(days=coverage.payer.filing_days),
        created_at=now,
    )


def _lines(case: CodingCase, claim: Claim, charges: ChargeMaster) -> list[ClaimLine]:
    prices = charges.on(claim.service_from)
    procedures: Iterable[CaseProcedure] = (row for row in case.procedures.all() if row.is_line)
    return [
        ClaimLine(
            practice_id=claim.practice_id,
            claim=claim,
            number=number,
            code=procedure.code,
            modifiers=procedure.modifiers,
            units=procedure.units,
            pointers=procedure.pointers,
            charge_amount=prices.get(procedure.code, ZERO) * procedure.units,
            service_date=claim.service_from,
        )
        for number, procedure in enumerate(procedures, 1)
    ]


def _write_history(prepared: Sequence[tuple[CodingCase, Claim]], now: datetime) -> None:
    ClaimEvent.objects.bulk_create(
        ClaimEvent(
            practice_id=claim.practice_id,
            claim=claim,
            at=case.finalized_at or now,
            tone="idle",
            says=f"Visit signed by {case.encounter.provider}; coded{f' by {case.coder}' if case.coder else ''}.",
        )
        for case, claim in prepared
    )
    record(
        actor=None,
        now=now,
        happenings=[
            Happened(
                claim=claim,
                verb="claim.built",
                says=f"Claim built, ${claim.charge_amount:,.2f} to {claim.payer.name}.",
                tone="idle",
                detail={"case": case.pk, "charge": str(claim.charge_amount)},
            )
            for case, claim in prepared
        ],
    )


def _ask_for_coverage(cases: Sequence[CodingCase], now: datetime) -> None:
    open_items(
        items=[
            NewItem(
                practice_id=case.practice_id,
                kind=Kind.REGISTRATION_ELIGIBILITY,
                subject_type=VISIT,
                subject_id=case.encounter_id,
                reason="No coverage on file",
                next_step="Add coverage",
                category="Eligibility",
                patient_id=case.encounter.patient_id,
                patient_name=str(case.encounter.patient),
                service_date=case.encounter.service_date,
            )
            for case in cases
        ],
        now=now,
    )
