"""What screens read about coding cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, F, Prefetch, Q, QuerySet, Sum

from coding.domain.codes import CaseCodes, Service
from coding.domain.status import CaseStatus
from coding.models import CaseDiagnosis, CaseProcedure, CodingCase
from compliance.models import User
from encounters.queries import contract_prices_of
from worklist.domain.kinds import Kind
from worklist.models import WorkItem


def codes_of(case: CodingCase) -> CaseCodes:
    """The codes that stand on a case, from its prefetched rows or in two queries."""
    return CaseCodes(
        tuple(row.code for row in case.diagnoses.all()),
        tuple(
            Service(code=row.code, modifiers=tuple(row.modifiers), units=row.units, pointers=tuple(row.pointers))
            for row in case.procedures.all()
        ),
    )


def case_rows() -> QuerySet[CodingCase]:
    """Coding cases with the parties that a row shows."""
    return CodingCase.objects.select_related("encounter__patient", "encounter__provider", "coder", "practice")


def case_record(pk: int) -> CodingCase:
    """One case with its note, patient, coverage and codes. Raises CodingCase.DoesNotExist."""
    return (
        case_rows()
        .select_related("encounter__location", "encounter__authorization")
        .prefetch_related(
            Prefetch("diagnoses", CaseDiagnosis.objects.order_by("position")),
            Prefetch("procedures", CaseProcedure.objects.order_by("position")),
            "suggestions",
            "encounter__patient__coverages__payer__contract",
        )
        .get(pk=pk)
    )


def coded_before(case: CodingCase, limit: int = 3) -> QuerySet[CodingCase]:
    """The patient's earlier coded visits, newest first, with what became of their claims."""
    return (
        case_rows()
        .filter(~Q(pk=case.pk), ~Q(status=CaseStatus.OPEN), encounter__patient_id=case.encounter.patient_id)
        .prefetch_related("diagnoses", "procedures", "claims")
        .order_by("-encounter__service_date", "-pk")[:limit]
    )


CODING_WORK = (Kind.CODING_CASE, Kind.CODING_QUERY_ANSWERED)  # what brings a coder to a case


@dataclass(frozen=True)
class Place:
    """Where a case stands among those that wait for this person: number 0 when it does not wait."""

    number: int
    total: int
    next_case: int | None


def place_in_queue(case_id: int, user: User, today: date) -> Place:
    """The case's place by deadline among the cases that are this person's or nobody's, in one query."""
    waiting = list(
        WorkItem.objects.awake(today)
        .filter(Q(assigned_to=user) | Q(assigned_to__isnull=True), kind__in=CODING_WORK)
        .order_by(F("clock_date").asc(nulls_last=True), "-amount", "pk")
        .values_list("subject_id", flat=True)
    )
    if case_id not in waiting:
        return Place(0, len(waiting), waiting[0] if waiting else None)
    at = waiting.index(case_id)
    others = [*waiting[at + 1 :], *waiting[:at]]
    return Place(at + 1, len(waiting), others[0] if others else None)


def case_clock(case_id: int) -> date | None:
    """The day by which an open case is to be coded."""
    open_work = WorkItem.objects.open().filter(
        kind__in=CODING_WORK, subject_type="coding.codingcase", subject_id=case_id
    )
    return open_work.values_list("clock_date", flat=True).first()


def expected_amounts(case_ids: Iterable[int]) -> dict[int, Decimal]:
    """What the payers' contracts allow for the codes of each case, dollars, in one query."""
    ids = list(case_ids)
    price = contract_prices_of(patient="case__encounter__patient", day="case__encounter__service_date", code="code")
    rows = CaseProcedure.objects.filter(case__in=ids).order_by().annotate(price=price)
    worth = Sum(F("price") * F("units"), output_field=DecimalField(max_digits=12, decimal_places=2))
    amounts = dict(rows.values("case_id").annotate(worth=worth).values_list("case_id", "worth"))
    return {pk: amounts.get(pk) or Decimal("0.00") for pk in ids}
