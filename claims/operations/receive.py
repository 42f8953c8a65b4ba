"""Keeping what came from the clearinghouse, byte for byte, before anybody reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import F

from claims.models import InboundFile, InboundStatus
from claims.operations.files import refused_file_item
from compliance.operations import Event, record_events
from edi.envelope import Kind as FileKind
from edi.envelope import identify
from edi.errors import X12Error
from worklist.nudge import nudge
from worklist.operations import open_items

# Two workers may have read the same waiting file: the second one waits, and then finds it known.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext(%s), %s)"
LETTER_ENDING = ".letter.json"
NAME_LENGTH = 120
LETTER = "letter"
OTHER = "other"
READERS = {
    FileKind.ACK_TA1.value: "acknowledge_claims",
    FileKind.ACK_999.value: "acknowledge_claims",
    FileKind.ACK_277CA.value: "acknowledge_claims",
    FileKind.STATUS_277.value: "acknowledge_claims",
    FileKind.REMIT_835.value: "ingest_remits",
    LETTER: "read_decisions",
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that waits at the clearinghouse. `again`: one of that name was put aside before."""

    name: str
    content: bytes
    again: bool = False


@transaction.atomic
def keep_files(*, practice_id: int, files: Sequence[Arrived], now: datetime) -> int:
    """Keep files in the order they came, in a fixed number of statements; returns how many are new.

    Bytes that are kept already are only counted as a repeat, and not even that when it is the same file that
    could not be put aside last time. What nobody can read is refused at once, with work for a person.
    """
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, ["claims.receive", practice_id])
    digests = [sha256(each.content).hexdigest() for each in files]
    known = dict(InboundFile.objects.filter(practice_id=practice_id, sha256__in=digests).values_list("sha256", "name"))
    fresh: dict[str, InboundFile] = {}
    repeats: dict[str, int] = {}
    for file, digest in zip(files, digests, strict=True):
        if digest in known:
            if file.again or file.name[:NAME_LENGTH] != known[digest]:
                repeats[digest] = repeats.get(digest, 0) + 1
        elif digest in fresh:
            fresh[digest].repeats += 1
        else:
            fresh[digest] = _row(practice_id, file, digest, now)
    rows = InboundFile.objects.bulk_create(fresh.values())
    for count in sorted(set(repeats.values())):
        same = [digest for digest, times in repeats.items() if times == count]
        InboundFile.objects.filter(practice_id=practice_id, sha256__in=same).update(repeats=F("repeats") + count)
    _record(practice_id, rows, now)
    return len(rows)


def _row(practice_id: int, file: Arrived, digest: str, now: datetime) -> InboundFile:
    kind, problem = kind_of_file(file.name, file.content)
    return InboundFile(
        practice_id=practice_id,
        name=file.name[:NAME_LENGTH],
        kind=kind,
        status=InboundStatus.REFUSED if problem else InboundStatus.NEW,
        problem=problem[:400],
        sha256=digest,
        content=file.content,
        size=len(file.content),
        received_at=now,
        read_at=now if problem else None,
    )


def kind_of_file(name: str, content: bytes) -> tuple[str, str]:
    """Kind of a file, and why nobody can read it (empty when somebody can)."""
    if name.endswith(LETTER_ENDING):
        return LETTER, ""
    if not content.strip():
        return OTHER, "The file is empty."
    try:
        kind = identify(content).value
    except X12Error as error:
        return OTHER, f"The file can’t be read: {error}"
    if kind in READERS:
        return kind, ""
    what = f"an X12 {kind}" if kind != FileKind.OTHER else "an X12 file of a kind"
    return OTHER, f"This is {what} that a clearinghouse does not send to a practice."


def _record(practice_id: int, rows: Iterable[InboundFile], now: datetime) -> None:
    rows = list(rows)
    refused = [row for row in rows if row.status == InboundStatus.REFUSED]
    open_items(items=[refused_file_item(row, now) for row in refused], now=now)
    record_events(
        actor=None,
        now=now,
        events=[
            Event(
                practice_id=practice_id,
                verb="file.refused" if row.problem else "file.received",
                subject_type="claims.inboundfile",
                subject_id=row.pk,
                detail={"kind": row.kind, "sha256": row.sha256},
            )
            for row in rows
        ],
    )
    for stage in sorted({READERS[row.kind] for row in rows if row.status == InboundStatus.NEW}):
        nudge(stage)
