"""CMS's tables for edits and amounts, for many codes and days in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar

from django.db.models import Q

from coding.domain.codefiles.kinds import ReleaseKind
from coding.domain.codefiles.rows import ValueRow
from coding.domain.edit_tables import PAIR_KIND, UNIT_KIND, AddOn, EditTables, Limit, Pair, Setting
from coding.models import AddOnEdit, PairEdit, RelativeValue, UnitLimit
from coding.queries.coverage import determinations
from coding.queries.releases import Releases, loaded_releases

CONTRACTOR_DEFINED = "CCCCC"  # in the place of a primary code


def edit_tables(
    asked: Mapping[date, Collection[str]],
    setting: Setting = Setting.PRACTITIONER,
    *,
    diagnoses: Collection[str] = (),
    releases: Releases | None = None,
) -> dict[date, EditTables]:
    """What the tables in force on each day say about its codes; six queries whatever is asked.

    `diagnoses` are those whose coverage is asked for. Given the loaded `releases`, it need not ask for them.
    """
    releases = releases or loaded_releases()
    codes = {code for each in asked.values() for code in each}
    pairs = _pairs(codes, asked, releases, setting)
    limits = _limits(codes, asked, releases, setting)
    add_ons = _add_ons(codes, asked, releases)
    values = _values(codes, asked, releases)
    covered = determinations(codes, diagnoses, asked, releases)
    return {
        day: EditTables(releases.official_on(day), pairs[day], limits[day], add_ons[day], values[day], covered[day])
        for day in asked
    }


def pair_edits(
    codes: Collection[str], day: date, setting: Setting = Setting.PRACTITIONER
) -> dict[tuple[str, str], Pair]:
    """The NCCI pairs among these codes that hold on a day, by (column one, column two)."""
    return _pairs(codes, {day: codes}, loaded_releases(PAIR_KIND[setting]), setting)[day]


def unit_limits(codes: Collection[str], day: date, setting: Setting = Setting.PRACTITIONER) -> dict[str, Limit]:
    """The most units of each code on a day; a code without a limit is left out."""
    return _limits(codes, {day: codes}, loaded_releases(UNIT_KIND[setting]), setting)[day]


def add_on_primaries(codes: Collection[str], day: date) -> dict[str, AddOn]:
    """Of these codes the add-on codes, each with its primaries."""
    return _add_ons(codes, {day: codes}, loaded_releases(ReleaseKind.ADD_ON))[day]


def relative_values(codes: Collection[str], day: date) -> dict[tuple[str, str], ValueRow]:
    """Lines of the physician fee schedule on a day, by (code, modifier); the modifier is empty, 26, TC or 53."""
    return _values(codes, {day: codes}, loaded_releases(ReleaseKind.RVU))[day]


def _in_force(asked: Iterable[date], releases: Releases, kind: ReleaseKind) -> dict[date, int | None]:
    return {day: releases.on(kind, day) for day in asked}


def _pairs(
    codes: Collection[str], asked: Mapping[date, Collection[str]], releases: Releases, setting: Setting
) -> dict[date, dict[tuple[str, str], Pair]]:
    """Of two rows of one pair the one that ended first after the day held on it: files leave the begin out."""
    held = _in_force(asked, releases, PAIR_KIND[setting])
    rows: defaultdict[int, list[tuple[Pair, date | None, date | None]]] = defaultdict(list)
    lasts = Q(deleted_on=None) | Q(deleted_on__gte=min(asked, default=date.max))
    found = PairEdit.objects.filter(
        lasts, release__in={pk for pk in held.values() if pk}, column_one__in=codes, column_two__in=codes
    )
    columns = (
        "release_id", "effective_from", "deleted_on",
        "column_one", "column_two", "modifier_indicator", "rationale",
    )  # fmt: skip
    for release, begins, ends, *pair in found.values_list(*columns):
        rows[release].append((Pair(*pair), begins, ends))
    for each in rows.values():
        each.sort(key=lambda row: row[2] or date.max, reverse=True)
    return {
        day: {
            (pair.column_one, pair.column_two): pair
            for pair, begins, ends in rows.get(held[day] or 0, ())
            if (begins is None or begins <= day)
            and (ends is None or day <= ends)
            and pair.column_one in wanted
            and pair.column_two in wanted
        }
        for day, wanted in asked.items()
    }


def _limits(
    codes: Collection[str], asked: Mapping[date, Collection[str]], releases: Releases, setting: Setting
) -> dict[date, dict[str, Limit]]:
    held = _in_force(asked, releases, UNIT_KIND[setting])
    rows: defaultdict[int, dict[str, Limit]] = defaultdict(dict)
    found = UnitLimit.objects.filter(release__in={pk for pk in held.values() if pk}, code__in=codes)
    for release, code, units, adjudication, rationale in found.values_list(
        "release_id", "code", "units", "adjudication", "rationale"
    ):
        rows[release][code] = Limit(units, adjudication, rationale)
    return {day: _of(rows.get(held[day] or 0, {}), wanted) for day, wanted in asked.items()}


def _add_ons(
    codes: Collection[str], asked: Mapping[date, Collection[str]], releases: Releases
) -> dict[date, dict[str, AddOn]]:
    held = _in_force(asked, releases, ReleaseKind.ADD_ON)
    primaries: defaultdict[tuple[int, str, str], set[str]] = defaultdict(set)
    found = AddOnEdit.objects.filter(release__in={pk for pk in held.values() if pk}, add_on__in=codes, deleted_on=None)
    for release, add_on, primary, edit_type in found.values_list("release_id", "add_on", "primary", "edit_type"):
        primaries[release, add_on, edit_type].add(primary)
    rows: defaultdict[int, dict[str, AddOn]] = defaultdict(dict)
    for (release, add_on, edit_type), listed in sorted(primaries.items()):
        rows[release][add_on] = AddOn(frozenset(listed - {CONTRACTOR_DEFINED}), edit_type)
    return {day: _of(rows.get(held[day] or 0, {}), wanted) for day, wanted in asked.items()}


def _values(
    codes: Collection[str], asked: Mapping[date, Collection[str]], releases: Releases
) -> dict[date, dict[tuple[str, str], ValueRow]]:
    held = _in_force(asked, releases, ReleaseKind.RVU)
    rows: defaultdict[int, list[ValueRow]] = defaultdict(list)
    found = RelativeValue.objects.filter(release__in={pk for pk in held.values() if pk}, code__in=codes)
    for release, *row in found.values_list("release_id", *ValueRow._fields):
        rows[release].append(ValueRow(*row))
    return {
        day: {(row.code, row.modifier): row for row in rows.get(held[day] or 0, ()) if row.code in wanted}
        for day, wanted in asked.items()
    }


Said = TypeVar("Said")


def _of(rows: Mapping[str, Said], wanted: Collection[str]) -> dict[str, Said]:
    return {code: rows[code] for code in wanted if code in rows}
