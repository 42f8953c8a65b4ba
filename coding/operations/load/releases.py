"""Bringing one release into the database in one transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import connection, transaction

from coding.domain.codefiles import ReleaseKind, Row, WrongFile
from coding.domain.codefiles.rows import NoteRow
from coding.models import Release
from coding.operations.load.changes import changes_between
from coding.operations.load.instructions import apply_notes, share_notes
from coding.operations.load.tables import TABLES, copy_rows

CHUNK = 20_000
LARGE = 1_000  # rows from which a table is expected to be whole

# Each release ends the day before the next one of its kind; of two from the same day the one loaded later holds.
INTERVALS_SQL = """
    UPDATE coding_release r SET effective_to = next.day
    FROM (
        SELECT id, lead(effective_from) OVER (ORDER BY effective_from, loaded_at, id) - 1 AS day
        FROM coding_release WHERE kind = %s
    ) next
    WHERE next.id = r.id AND r.effective_to IS DISTINCT FROM next.day
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A release as it arrives. `initials`: first characters of codes that a whole large table has, every one."""

    kind: ReleaseKind
    name: str
    effective_from: date
    source: str
    sha256: str
    rows: Iterable[Row]
    built_in: bool = False
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a load: `is_new` is false when the same bytes were there already."""

    release: Release
    is_new: bool = True


@transaction.atomic
def load_release(incoming: Incoming, *, now: datetime) -> Loaded:
    """Load a release beside the others of its kind; one of the same name is replaced, a built-in demo table too.

    The same bytes from the same day on change nothing. Raises WrongFile when a row does not belong, when one stands
    twice, or when it is not the whole table; then nothing is changed.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE coding_release IN SHARE ROW EXCLUSIVE MODE")  # one load at a time
    of_kind = Release.objects.filter(kind=incoming.kind)
    same = of_kind.filter(sha256=incoming.sha256, effective_from=incoming.effective_from).first()
    if same:
        return Loaded(same, is_new=False)
    replaced = of_kind.filter(name=incoming.name).first()
    if replaced:
        of_kind.filter(pk=replaced.pk).update(name=f"replaced {replaced.pk}")
    earlier = of_kind.filter(effective_from__lte=incoming.effective_from).order_by("-effective_from", "-loaded_at")
    before = replaced or earlier.first()
    release = _created(incoming, now)
    if incoming.kind == ReleaseKind.ICD10CM_TABULAR:
        _instruct(release, incoming)
    else:
        _fill(release, incoming, before)
    obsolete = [replaced.pk] if replaced else []
    if not incoming.built_in and incoming.kind != ReleaseKind.ICD10CM:
        obsolete += of_kind.filter(built_in=True).values_list("pk", flat=True)
    of_kind.filter(pk__in=obsolete).delete()
    if incoming.kind == ReleaseKind.ICD10CM:
        share_notes(release)
    with connection.cursor() as cursor:
        cursor.execute(INTERVALS_SQL, [incoming.kind])
    release.refresh_from_db()
    return Loaded(release)


def _created(incoming: Incoming, now: datetime) -> Release:
    return Release.objects.create(
        kind=incoming.kind,
        name=incoming.name,
        effective_from=incoming.effective_from,
        source=incoming.source[:200],
        sha256=incoming.sha256,
        loaded_at=now,
        built_in=incoming.built_in,
    )


def _fill(release: Release, incoming: Incoming, before: Release | None) -> None:
    """Write the rows chunk by chunk, see that they are the whole table, and note what they change."""
    rows, written, initials = iter(incoming.rows), 0, set[str]()
    row_type: type | None = None
    while chunk := list(islice(rows, CHUNK)):
        row_type = type(chunk[0])
        copy_rows(chunk, release.pk)
        written += len(chunk)
        if incoming.initials:
            at = 1 if hasattr(row_type, "system") else 0
            initials.update(row[at][0] for row in chunk)
    if row_type is None:
        raise WrongFile(f"{incoming.source} has no rows.")
    _whole(incoming, written, initials, before)
    release.rows = written
    if before and not before.built_in:
        changes = changes_between(TABLES[row_type], release.pk, before.pk)
        release.changes = {"since": incoming.name if before.name.startswith("replaced ") else before.name, **changes}
    release.save(update_fields=["rows", "changes"])


def _whole(incoming: Incoming, written: int, initials: set[str], before: Release | None) -> None:
    """Raises WrongFile when a table is clearly a part of one."""
    missing = "".join(sorted(set(incoming.initials) - initials))
    if written >= LARGE and missing:
        raise WrongFile(
            f"{incoming.source} has no codes that begin with {', '.join(missing)}: it is only a part of the file."
        )
    if before and not before.built_in and before.rows >= LARGE and written * 4 < before.rows * 3:
        raise WrongFile(
            f"{incoming.source} has {written:,} rows where the release before has {before.rows:,}: it is only a part."
        )


def _instruct(release: Release, incoming: Incoming) -> None:
    """Put a tabular list's instructions on the ICD-10-CM release of its time."""
    codes = Release.objects.filter(kind=ReleaseKind.ICD10CM).in_force(incoming.effective_from).first()
    if codes is None:
        raise WrongFile("There is no ICD-10-CM release to put these instructions on. Load its order file first.")
    release.rows = apply_notes(_notes(incoming.rows), codes)
    if not release.rows:
        raise WrongFile(f"{incoming.source} has no instruction for any code of {codes}.")
    release.changes = {"put_on": codes.name}
    release.save(update_fields=["rows", "changes"])


def _notes(rows: Iterable[Row]) -> Iterator[NoteRow]:
    return (row for row in rows if isinstance(row, NoteRow))
