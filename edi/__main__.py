"""`python -m edi`: read, check and compare X12 files."""

import io
import os
import sys
from typing import TextIO

from edi.commands import main

_CLOSED_PIPE = 141  # what a shell shows when the reader of a pipe went away


def _text(stream: TextIO | None) -> TextIO:
    """A stream that takes every character; one that was closed swallows them."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def run() -> int:
    """The command that the arguments name, on the standard streams."""
    stdout, stderr = _text(sys.stdout), _text(sys.stderr)
    stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()
    try:
        status = main(sys.argv[1:], stdin=stdin, stdout=stdout, stderr=stderr)
        stdout.flush()
    except BrokenPipeError:
        status = _CLOSED_PIPE
    except OSError as error:
        stderr.write(f"{error.strerror or error}\n")
        status = 2
    except KeyboardInterrupt:
        status = 130
    else:
        return status
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left to be written can't be
    return status


if __name__ == "__main__":
    sys.exit(run())
