"""What is read from the code sets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Case, QuerySet, When

from coding.domain.checks import KnownCode
from coding.models import Code, CodeSystem, Release
from coding.queries.releases import Releases, loaded_releases
from coding.queries.retired import CLINICAL, KINDS, not_in_force


def codes_on(day: date) -> QuerySet[Code]:
    """The codes of all systems as they hold on a day of service."""
    return Code.objects.on(day)


def wordings(codes: Iterable[str], day: date) -> dict[str, str]:
    """Each code's wording on a day, of a code that does not hold then its last one; in one query."""
    holds = Case(When(release__in=Release.objects.in_force(day).values("pk"), then=1), default=0)
    rows = Code.objects.filter(system__in=CLINICAL, code__in=set(codes)).order_by(holds, "release__effective_from")
    return dict(rows.values_list("code", "wording"))


def known_codes(
    asked: Mapping[date, Iterable[str]], releases: Releases | None = None
) -> dict[date, dict[str, KnownCode]]:
    """What the code sets say about codes on days of service; a code that no release has is left out.

    Two queries when every code holds on its day, two more when one does not; one less given the loaded releases.
    """
    wanted = {day: set(codes) for day, codes in asked.items()}
    releases = releases or loaded_releases(*KINDS)
    held = _held(wanted, releases)
    missing = {day: codes - held[day].keys() for day, codes in wanted.items()}
    for day, codes in not_in_force(missing, releases).items():
        held[day] |= codes
    return held


def known_on(day: date, codes: Iterable[str], releases: Releases | None = None) -> dict[str, KnownCode]:
    """What the code sets say about codes on a day."""
    return known_codes({day: codes}, releases)[day]


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
