"""Codes that are not in force on a day: deleted before it, or beginning after it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from coding.domain.checks import KnownCode
from coding.models import Code, CodeSystem, ReleaseKind
from coding.queries.releases import Releases

KIND_OF: dict[str, ReleaseKind] = {
    CodeSystem.ICD10CM: ReleaseKind.ICD10CM,
    CodeSystem.ICD10PCS: ReleaseKind.ICD10PCS,
    CodeSystem.CPT: ReleaseKind.CPT,
    CodeSystem.HCPCS: ReleaseKind.HCPCS,
}
CLINICAL = tuple(KIND_OF)  # systems of what a coder puts on a case
KINDS = tuple(KIND_OF.values())


def not_in_force(missing: Mapping[date, set[str]], releases: Releases) -> dict[date, dict[str, KnownCode]]:
    """What other releases know of codes that the releases of these days do not have. At most two queries."""
    codes = {code for each in missing.values() for code in each}
    if not codes:
        return {}
    rows: defaultdict[str, dict[int, Code]] = defaultdict(dict)
    for row in Code.objects.filter(system__in=CLINICAL, code__in=codes).defer("notes"):
        rows[row.code][row.release_id] = row
    found: dict[date, dict[str, KnownCode]] = {}
    gone: dict[tuple[date, str], tuple[Code, int]] = {}  # the last row of a deleted code, and the release in force
    for day, wanted in missing.items():
        for code in wanted & rows.keys():
            row, is_deleted, turned = _last(rows[code], releases, day)
            found.setdefault(day, {})[code] = KnownCode(
                row.system == CodeSystem.ICD10CM,
                row.billable,
                row.wording,
                deleted_on=turned if is_deleted else None,
                begins_on=None if is_deleted else turned,
            )
            if is_deleted and (now := releases.on(KIND_OF[row.system], day)):
                gone[day, code] = row, now
    for (day, code), use in _successors(gone).items():
        found[day][code] = replace(found[day][code], use=use)
    return found


def _last(rows: Mapping[int, Code], releases: Releases, day: date) -> tuple[Code, bool, date]:
    """A code's last row before the day and the day from which it was gone; else its first one and when that begins."""
    held = releases.by_kind[KIND_OF[next(iter(rows.values())).system]]
    before = [at for at, (first, pk) in enumerate(held) if pk in rows and first <= day]
    if before:
        at = before[-1]
        return rows[held[at][1]], True, held[at + 1][0]
    first, pk = next((first, pk) for first, pk in held if pk in rows)
    return rows[pk], False, first


def _successors(gone: Mapping[tuple[date, str], tuple[Code, int]]) -> dict[tuple[date, str], tuple[str, ...]]:
    """Codes that came under the same heading when a code went, in one query."""
    if not gone:
        return {}
    siblings: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for release, parent, code in Code.objects.filter(
        release__in={pk for row, now in gone.values() for pk in (row.release_id, now)},
        parent__in={row.parent for row, _ in gone.values() if row.parent},
        billable=True,
    ).values_list("release_id", "parent", "code"):
        siblings[release, parent].add(code)
    return {
        key: tuple(sorted(siblings[now, row.parent] - siblings[row.release_id, row.parent]))
        for key, (row, now) in gone.items()
    }
