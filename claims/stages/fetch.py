"""Stage: files that wait at the clearinghouse are kept, then put aside."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.gateways import CannotDeliver, Clearinghouse, clearinghouse_of
from claims.operations.receive import Arrived, keep_files
from compliance.models import Practice
from compliance.scope import practice_scope

log = logging.getLogger("rcm.pipeline")

FILES_A_CHUNK = 100
BYTES_A_CHUNK = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FetchStage:
    """Reads outside a transaction, keeps in one, and puts aside only what was committed."""

    name: str

    def run(self, practice_id: int, now: datetime) -> int:
        """Returns how many files were new."""
        clearinghouse = clearinghouse_of(Practice.objects.get(pk=practice_id).slug)
        fresh = 0
        try:
            for files in _chunks(clearinghouse):
                with practice_scope(practice_id):
                    fresh += keep_files(practice_id=practice_id, files=files, now=now)
                for file in files:
                    clearinghouse.archive(file.name)
        except CannotDeliver as error:
            log.warning("practice %d: the clearinghouse can't be reached: %s", practice_id, error)
        return fresh


def _chunks(clearinghouse: Clearinghouse) -> Iterator[Sequence[Arrived]]:
    files: list[Arrived] = []
    size = 0
    for name in clearinghouse.list_inbound():
        try:
            file = Arrived(name, clearinghouse.read(name), again=clearinghouse.was_archived(name))
        except CannotDeliver as error:  # one file must not hold up the others
            log.warning("a file is left for the next run: %s", error)
            continue
        files.append(file)
        size += len(file.content)
        if len(files) >= FILES_A_CHUNK or size >= BYTES_A_CHUNK:
            yield files
            files, size = [], 0
    if files:
        yield files


fetch_inbound = FetchStage(name="fetch_inbound")
