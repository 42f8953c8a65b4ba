"""Releases of code sets: which official file says what, and from which day."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F

from coding.domain.codefiles import KIND_LABELS, ReleaseKind


class ReleaseQuerySet(models.QuerySet["Release"]):
    def in_force(self, day: date) -> "ReleaseQuerySet":
        """The one release of each kind that holds on a day: the newest that has begun, else the first there is.

        Of two with the same first day the one loaded later holds.
        """
        begun = models.Case(
            models.When(effective_from__lte=day, then=F("effective_from")),
            default=None,
            output_field=models.DateField(),
        )
        return self.order_by(
            "kind", begun.desc(nulls_last=True), F("effective_from").asc(), F("loaded_at").desc(), F("pk").desc()
        ).distinct("kind")


class Release(models.Model):
    """One official file (or a built-in table) as it was loaded. Its rows are never edited, only loaded anew.

    `built_in` tables of a demo's size are there until an official release of their kind is loaded.
    `changes` counts and samples what differs from the release before:
    {"since": name, "added": n, "changed": n, "deleted": n, "samples": {"added": [...], ...}}.
    """

    kind = models.CharField(max_length=20, choices=[(kind.value, KIND_LABELS[kind]) for kind in ReleaseKind])
    name = models.CharField(max_length=60)  # FY2025, 2024q3 …
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)  # the day before the next release of its kind
    source = models.CharField(max_length=200)  # names of the files
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    loaded_at = models.DateTimeField()
    built_in = models.BooleanField(default=False)
    changes = models.JSONField(default=dict, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="release_once")]
        indexes = [models.Index(fields=["kind", "-effective_from"], name="release_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"


Row = TypeVar("Row", bound=models.Model)


class ReleasedQuerySet(models.QuerySet[Row]):
    """Rows that belong to releases."""

    def on(self, day: date) -> Self:
        """Rows of the releases in force on a day (of service)."""
        return self.filter(release__in=Release.objects.in_force(day).values("pk"))
