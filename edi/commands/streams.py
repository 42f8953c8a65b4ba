"""Where a command reads and writes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO, TextIO, cast

from edi.errors import X12Error

STDIN = "-"


class Wrong(Exception):
    """A call or a file that the command can't work with, said in one line."""


@dataclass(frozen=True)
class Streams:
    """Standard input, output and error."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO

    @contextmanager
    def reading(self, name: str, *, twice: bool = False) -> Iterator[BinaryIO]:
        """A file or standard input; one that can be read `twice`, if need be from a copy on disk.

        Raises Wrong, with its name, for what isn't X12.
        """
        with ExitStack() as stack:
            stream = self.stdin if name == STDIN else stack.enter_context(open(name, "rb"))
            if twice and not stream.seekable():
                copy = cast(BinaryIO, stack.enter_context(TemporaryFile()))
                copyfileobj(stream, copy)
                copy.seek(0)
                stream = copy
            try:
                yield stream
            except X12Error as error:
                raise Wrong(f"{shown(name)}: {error}") from None

    def line(self, text: str) -> None:
        """Print a line; what a terminal would take for a command is shown as its code."""
        self.stdout.write(shown(text) + "\n")


def shown(text: str) -> str:
    """Text without characters that can't be printed."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)
