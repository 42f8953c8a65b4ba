"""Opening the files that publishers hand out: plain, gzip, or a zip with the right file somewhere in it."""

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, cast

from coding.domain.codefiles import FileFormat, ReleaseKind, WrongFile, format_of, looks_like
from coding.domain.codefiles.formats import HEAD, setting_differs
from coding.domain.codefiles.wrong import shown

Progress = Callable[[int, int], None]  # bytes read, bytes in all
LINES_A_TICK = 20_000
NO_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")  # zip or Excel, PDF, old Office


@dataclass(frozen=True, slots=True)
class Text:
    """A text within a file: its name, its bytes line by line, its layout; `size` in bytes, `position` how far read."""

    name: str
    stream: IO[bytes]
    size: int
    position: Callable[[], int]


def digest(paths: Sequence[Path]) -> str:
    """SHA-256 of a file, or of the digests of several."""
    sums = []
    for path in paths:
        with path.open("rb") as file:
            sums.append(file_digest(file, "sha256").hexdigest())
    return sums[0] if len(sums) == 1 else sha256("".join(sorted(sums)).encode()).hexdigest()


@contextmanager
def opened(path: Path, kind: ReleaseKind) -> Iterator[tuple[Text, FileFormat, str]]:
    """The text of this kind in a file, with its layout and its beginning. Raises WrongFile when there is none."""
    with ExitStack() as stack:
        seen: list[tuple[str, str]] = []
        try:
            for text in _texts(path, stack):
                head = _head(text)
                if found := format_of(kind, head):
                    other = setting_differs(kind, f"{path.name} {text.name} {head.splitlines()[0]}")
                    if other:
                        raise WrongFile(f"{path.name} is for kind {other}, not {kind}.")
                    yield text, found, head
                    return
                seen.append((text.name, head))
        except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error):
            raise WrongFile(f"{path.name} is cut short or damaged. Download it again.") from None
        raise WrongFile(_refusal(path, kind, seen))


def lines_of(text: Text, progress: Progress | None) -> Iterator[str]:
    """The lines of a text, decoded, telling how far it is read. Raises WrongFile where the file ends too early."""
    try:
        for number, line in enumerate(text.stream):
            if progress and number % LINES_A_TICK == 0:
                progress(text.position(), text.size)
            yield _decoded(line, number)
    except (zipfile.BadZipFile, EOFError, zlib.error):
        raise WrongFile(f"{text.name} is cut short or damaged. Download it again.") from None


def _texts(path: Path, stack: ExitStack) -> Iterator[Text]:
    """The texts that a file holds, one after the other."""
    with path.open("rb") as file:
        start = file.read(4)
    size = path.stat().st_size
    if start == b"PK\x03\x04" and path.suffix.lower() != ".xlsx":
        archive = stack.enter_context(zipfile.ZipFile(path))
        for member in archive.infolist():
            if not member.is_dir():
                stream = stack.enter_context(archive.open(member))
                yield Text(member.filename, stream, member.file_size, stream.tell)
    elif start[:2] == b"\x1f\x8b":
        raw = stack.enter_context(path.open("rb"))
        yield Text(path.name, cast(IO[bytes], stack.enter_context(gzip.GzipFile(fileobj=raw))), size, raw.tell)
    else:
        raw = stack.enter_context(path.open("rb"))
        yield Text(path.name, raw, size, raw.tell)


def _head(text: Text) -> str:
    """The beginning of a text, which stays unread; nothing of what is no text."""
    start = text.stream.read(HEAD)
    text.stream.seek(0)
    if start.startswith(NO_TEXT):
        return ""
    whole = start[: start.rfind(b"\n") + 1] or start
    return "".join(_decoded(line, number) for number, line in enumerate(whole.splitlines(keepends=True)))


def _decoded(line: bytes, number: int) -> str:
    """CMS writes some files in UTF-8, with or without a mark at its start, and some in Windows' Latin letters."""
    try:
        return line.decode("utf-8-sig" if number == 0 else "utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _refusal(path: Path, kind: ReleaseKind, seen: Sequence[tuple[str, str]]) -> str:
    """Why nothing in a file is of this kind."""
    for name, head in seen:
        if found := looks_like(head):
            where = f"{name} in {path.name}" if name != path.name else path.name
            return f"{where} looks like {found.name}: load it as kind {found.kind}, not {kind}."
    texts = [(name, head) for name, head in seen if head.strip()]
    if not texts:
        if path.stat().st_size == 0:
            return f"{path.name} is empty."
        return f"{path.name} holds no text file. Take the text or CSV file of the same download."
    name, head = texts[0]
    return f"{path.name} is not of kind {kind}: {name} begins with {shown([head.strip().splitlines()[0]])}."
