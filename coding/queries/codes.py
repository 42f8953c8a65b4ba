"""What is read from the code sets."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from coding.domain.checks import KnownCode
from coding.models import Code, CodeSystem, Release
from coding.queries.releases import Releases, loaded_releases
from coding.queries.retired import CLINICAL, KINDS, not_in_force

PROCEDURES = (CodeSystem.CPT, CodeSystem.HCPCS)
LOOKS_LIKE_A_CODE = re.compile(r"[A-Z]?\d[0-9A-Z.]*|[A-Z]\d[0-9A-Z.]*")
WORD = re.compile(r"[a-z0-9]+")


def codes_on(day: date) -> QuerySet[Code]:
    """The codes of all systems as they hold on a day of service."""
    return Code.objects.on(day)


def search_codes(text: str, *, day: date, systems: Sequence[CodeSystem] = (), limit: int = 12) -> list[Code]:
    """Billable codes of a day for a code's beginning, or for words in any order, each word by its beginning.

    Procedures come before diagnoses, because a coder types either into the same box.
    """
    codes = codes_on(day).filter(billable=True, system__in=systems or CLINICAL)
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


def wordings(codes: Iterable[str], day: date) -> dict[str, str]:
    """Each code's wording on a day, of a code that does not hold then its last one; in one query."""
    holds = Case(When(release__in=Release.objects.in_force(day).values("pk"), then=1), default=0)
    rows = Code.objects.filter(system__in=CLINICAL, code__in=set(codes)).order_by(holds, "release__effective_from")
    return dict(rows.values_list("code", "wording"))


def known_codes(asked: Mapping[date, Iterable[str]]) -> dict[date, dict[str, KnownCode]]:
    """What the code sets say about codes on days of service; a code that no release has is left out.

    Two queries when every code holds on its day, two more when one does not.
    """
    wanted = {day: set(codes) for day, codes in asked.items()}
    releases = loaded_releases(*KINDS)
    held = _held(wanted, releases)
    missing = {day: codes - held[day].keys() for day, codes in wanted.items()}
    for day, codes in not_in_force(missing, releases).items():
        held[day] |= codes
    return held


def known_on(day: date, codes: Iterable[str]) -> dict[str, KnownCode]:
    """What the code sets say about codes on a day."""
    return known_codes({day: codes})[day]


def _held(wanted: Mapping[date, set[str]], releases: Releases) -> dict[date, dict[str, KnownCode]]:
    """The codes that hold on their day, in one query."""
    every = {code for codes in wanted.values() for code in codes}
    rows = Code.objects.filter(release__in=releases.all_on(wanted), system__in=CLINICAL, code__in=every)
    by_release: defaultdict[int, dict[str, KnownCode]] = defaultdict(dict)
    for release, code, system, billable, wording in rows.values_list(
        "release_id", "code", "system", "billable", "wording"
    ):
        by_release[release][code] = KnownCode(system == CodeSystem.ICD10CM, billable, wording)
    found: dict[date, dict[str, KnownCode]] = {}
    for day, codes in wanted.items():
        in_force = [by_release[pk] for kind in KINDS if (pk := releases.on(kind, day))]
        found[day] = {code: known[code] for code in codes for known in in_force if code in known}
    return found
