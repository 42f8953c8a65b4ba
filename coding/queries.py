"""What screens read about codes and coding cases."""

import re
from collections.abc import Iterable, Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from coding.domain.status import CaseStatus
from coding.models import CaseDiagnosis, CaseProcedure, Code, CodeSystem, CodingCase

PROCEDURES = (CodeSystem.CPT, CodeSystem.HCPCS)
LOOKS_LIKE_A_CODE = re.compile(r"[A-Z]?\d[0-9A-Z.]*|[A-Z]\d[0-9A-Z.]*")
WORD = re.compile(r"[a-z0-9]+")


def search_codes(text: str, *, systems: Sequence[CodeSystem] = (), limit: int = 12) -> list[Code]:
    """Billable codes for a code's beginning, or for words in any order, each word by its beginning."""
    codes = Code.objects.filter(billable=True)
    if systems:
        codes = codes.filter(system__in=systems)
    text = text.strip()
    if LOOKS_LIKE_A_CODE.fullmatch(text.upper()):
        return list(codes.filter(code__startswith=dotted(text)).order_by("code")[:limit])
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


def dotted(text: str) -> str:
    """A code as it is kept: upper case, an ICD-10-CM code with its dot after the third character."""
    bare = text.strip().upper()
    if "." in bare or len(bare) <= 3 or not bare[0].isalpha() or bare[0] in "JGQ" and len(bare) == 5:
        return bare
    return f"{bare[:3]}.{bare[3:]}"


def wordings(codes: Iterable[str]) -> dict[str, str]:
    """Each known code's wording, in one query."""
    return dict(Code.objects.filter(code__in=set(codes)).values_list("code", "wording"))


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
            "encounter__patient__coverages__payer__contract__fees",
        )
        .get(pk=pk)
    )


def next_open_case(after: CodingCase | None = None) -> CodingCase | None:
    """The oldest case that waits for a coder, other than this one."""
    waiting = CodingCase.objects.filter(status=CaseStatus.OPEN).order_by("opened_at", "pk")
    if after:
        waiting = waiting.exclude(pk=after.pk)
    return waiting.first()


def coded_before(case: CodingCase, limit: int = 3) -> QuerySet[CodingCase]:
    """The patient's earlier coded visits, newest first."""
    return (
        case_rows()
        .filter(~Q(pk=case.pk), ~Q(status=CaseStatus.OPEN), encounter__patient_id=case.encounter.patient_id)
        .prefetch_related("diagnoses", "procedures")
        .order_by("-encounter__service_date")[:limit]
    )
