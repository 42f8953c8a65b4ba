"""What is read from the code sets."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from coding.domain.codes import CaseCodes
from coding.models import Code, CodeSystem


@dataclass(frozen=True, slots=True)
class KnownCode:
    """What the loaded code sets say about a code."""

    is_diagnosis: bool
    billable: bool = True
    wording: str = ""


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
