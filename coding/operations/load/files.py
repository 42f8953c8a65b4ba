"""Loading official files: knowing them, naming their release, reading them line by line."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coding.domain.codefiles import FileFormat, ReleaseKind, Row, WrongFile, release_named
from coding.models import Release
from coding.operations.load.opening import Progress, Text, digest, lines_of, opened
from coding.operations.load.releases import Incoming, Loaded, load_release

HEADING = 400  # characters of a file's beginning in which its release may be named


@dataclass(frozen=True, slots=True)
class Named:
    """What a person says of a release; empty and None: as the file says."""

    name: str = ""
    effective_from: date | None = None


def load_files(
    *, kind: ReleaseKind, paths: Sequence[Path], said: Named, now: datetime, progress: Progress | None = None
) -> Loaded:
    """Load one release from its file, or from its several (CMS cuts the NCCI pairs in four).

    Raises WrongFile, in one sentence that says what to do next, when a file is not there, not of this kind, not whole,
    or does not say from which day it holds.
    """
    for path in paths:
        if not path.is_file():
            raise WrongFile(f"There is no file {path}.")
    sha256 = digest(paths)
    same = Release.objects.filter(kind=kind, sha256=sha256).first()
    if same and said.effective_from in (None, same.effective_from):
        return Loaded(same, is_new=False)
    with ExitStack() as stack:
        texts = [stack.enter_context(opened(path, kind)) for path in paths]
        name, day = _named(kind, paths, texts, said)
        incoming = Incoming(
            kind=kind,
            name=name[:60],
            effective_from=day,
            source=", ".join(path.name for path in paths),
            sha256=sha256,
            rows=_rows(texts, progress),
            initials=texts[0][1].initials,
        )
        return load_release(incoming, now=now)


def _named(
    kind: ReleaseKind, paths: Sequence[Path], texts: Sequence[tuple[Text, FileFormat, str]], said: Named
) -> tuple[str, date]:
    """The release's name and first day: as the person says, else as the names of the files or their headings do."""
    first, _, head = texts[0]
    found = release_named(kind, [first.name.rpartition("/")[2], paths[0].name], head[:HEADING])
    day = said.effective_from or (found[1] if found else None)
    if day is None:
        raise WrongFile(
            f"{paths[0].name} does not say from which day it holds. Add --effective and the day, as in 2025-10-01."
        )
    agrees = found is not None and found[1] == day
    return said.name or (found[0] if found and agrees else f"{day}"), day


def _rows(texts: Sequence[tuple[Text, FileFormat, str]], progress: Progress | None) -> Iterator[Row]:
    """The rows of several texts as of one, with one count of bytes for all."""
    total, before = sum(text.size for text, _, _ in texts), 0
    for text, layout, _ in texts:
        tell = _shifted(progress, before, total) if progress else None
        yield from layout.read(lines_of(text, tell))
        before += text.size
    if progress:
        progress(total, total)


def _shifted(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _: progress(before + done, total)
