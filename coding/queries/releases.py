"""Which releases of code sets are loaded, and which of them hold on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from coding.models import Release, ReleaseKind


@dataclass(frozen=True)
class Releases:
    """Every loaded release by kind, oldest first: (first day, key)."""

    by_kind: Mapping[ReleaseKind, tuple[tuple[date, int], ...]] = field(default_factory=dict)
    built_in: frozenset[int] = frozenset()  # keys of the ones that are no official files

    def on(self, kind: ReleaseKind, day: date) -> int | None:
        """The release of a kind in force on a day: the newest that has begun, else the first; None when none is."""
        held = self.by_kind.get(kind, ())
        begun = [pk for first, pk in held if first <= day]
        return begun[-1] if begun else held[0][1] if held else None

    def all_on(self, days: Iterable[date]) -> set[int]:
        """The releases of any kind in force on any of the days."""
        found = (self.on(kind, day) for day in set(days) for kind in self.by_kind)
        return {pk for pk in found if pk is not None}

    def official_on(self, day: date) -> frozenset[ReleaseKind]:
        """The kinds of which an official release is in force on a day."""
        return frozenset(kind for kind in self.by_kind if self.on(kind, day) not in self.built_in)


def loaded_releases(*kinds: ReleaseKind) -> Releases:
    """Every release of these kinds (none named: of all), in one query."""
    rows = Release.objects.filter(kind__in=kinds) if kinds else Release.objects.all()
    ordered = list(
        rows.order_by("kind", "effective_from", "loaded_at", "pk").values_list(
            "kind", "effective_from", "pk", "built_in"
        )
    )
    return Releases(
        {
            ReleaseKind(kind): tuple((day, pk) for _, day, pk, _ in of)
            for kind, of in groupby(ordered, lambda row: row[0])
        },
        frozenset(pk for _, _, pk, is_built_in in ordered if is_built_in),
    )


def loaded_kinds(day: date) -> dict[ReleaseKind, Release]:
    """The release of each kind in force on a day; a kind that is not here is not loaded."""
    return {ReleaseKind(release.kind): release for release in Release.objects.in_force(day)}
