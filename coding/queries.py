"""What screens read about codes and coding cases."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from coding.domain.checks import KnownCode
from coding.domain.codes import CaseCodes, Service
from coding.domain.status import CaseStatus
from coding.models import CaseDiagnosis, CaseProcedure, Code, CodeSystem, CodingCase
from compliance.models import User
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

PROCEDURES = (CodeSystem.CPT, CodeSystem.HCPCS)
LOOKS_LIKE_A_CODE = re.compile(r"[A-Z]?\d[0-9A-Z.]*|[A-Z]\d[0-9A-Z.]*")
WORD = re.compile(r"[a-z0-9]+")


def search_codes(text: str, *, systems: Sequence[CodeSystem] = (), limit: int = 12) -> list[Code]:
    """Billable codes for a code's beginning, or for words in any order, each word by its beginning.

    Procedures come before diagnoses, because a coder types either into the same box.
    """
    codes = Code.objects.filter(billable=True)
    if systems:
        codes = codes.filter(system__in=systems)
    text = text.strip()[:80]
    if LOOKS_LIKE_A_CODE.fullmatch(text.upper()):
        found = list(_beginning(codes, text).order_by("code")[:limit])
        if found:
            return found
    words = WORD.findall(text.lower())
    if not words:
        return []
    query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="english")
    return list(
        codes.filter(search=query)
        .annotate(
            rank=SearchRank(F("search"), query, normalization=Value(2)),
            first=Case(When(system__in=PROCEDURES, then=0), default=1, output_field=IntegerField()),
        )
        .order_by("first", "-rank", "code")[:limit]
    )


def _beginning(codes: QuerySet[Code], text: str) -> QuerySet[Code]:
    """Codes that begin so, whether a diagnosis was typed with its dot or without."""
    bare = text.upper().replace(".", "")
    begins = Q(code__startswith=text.upper())
    if bare[0].isalpha() and len(bare) > 3:
        begins |= Q(code__startswith=f"{bare[:3]}.{bare[3:]}")
    return codes.filter(begins)


def wordings(codes: Iterable[str]) -> dict[str, str]:
    """Each known code's wording, in one query."""
    return dict(Code.objects.filter(code__in=set(codes)).values_list("code", "wording"))


def known_codes(codes: Iterable[CaseCodes]) -> dict[str, KnownCode]:
    """What the code sets say about the codes of cases, in one query."""
    wanted = {code for each in codes for code in (*each.diagnoses, *(service.code for service in each.services))}
    return {
        code.code: KnownCode(code.system == CodeSystem.ICD10CM, code.billable, code.wording)
        for code in Code.objects.filter(code__in=wanted).only("code", "system", "billable", "wording")
    }


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
        .filter(Q(assigned_to=user) | Q(assigned_to__isnull=True), kind=Kind.CODING_CASE.value)
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
        kind=Kind.CODING_CASE.value, subject_type="coding.codingcase", subject_id=case_id
    )
    return open_work.values_list("clock_date", flat=True).first()
