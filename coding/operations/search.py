"""Keeping the search indexes: built when codes are loaded, so that nobody waits for one."""

from datetime import date, datetime

from django.db import transaction

from coding.lexicon import to_bytes
from coding.models import CodeSystem, SearchIndex
from coding.queries.releases import Releases, loaded_releases
from coding.queries.search import KINDS, SEARCHED, Held, build_index, index_key, releases_of


@transaction.atomic
def keep_search_indexes(*, now: datetime) -> int:
    """Build the indexes that are missing, for every day on which a release begins; drop those of releases gone.

    Returns how many were built. Two queries when none is missing.
    """
    releases = loaded_releases(*KINDS)
    wanted = {(system, index_key(held)): held for system in SEARCHED for held in _held(system, releases)}
    there = {(CodeSystem(system), key) for system, key in SearchIndex.objects.values_list("system", "key")}
    built = [
        SearchIndex(system=system, key=key, built_at=now, data=to_bytes(build_index(system, held)))
        for (system, key), held in wanted.items()
        if (system, key) not in there
    ]
    SearchIndex.objects.bulk_create(built, ignore_conflicts=True)
    if there - wanted.keys():
        SearchIndex.objects.exclude(key__in={key for _, key in wanted}).delete()
    return len(built)


def _held(system: CodeSystem, releases: Releases) -> set[Held]:
    """The sets of releases that hold together on some day."""
    days: set[date] = {day for kind in SEARCHED[system] for day, _ in releases.by_kind.get(kind, ())}
    return {held for day in days if (held := releases_of(system, releases, day))}
