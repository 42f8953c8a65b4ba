"""What `python -m edi` can do. Every command reads a file or standard input (`-`) and never ends in a traceback.

Exit status: 0 done and nothing to report, 1 findings or differences, 2 not X12, not readable, or a wrong call.
A command's own modules are imported when it is called: `parse` needs no validation tables.
"""

from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO, TextIO, cast

from edi.commands.streams import Streams, Wrong

Command = Callable[[list[str], Streams], int]
_COMMANDS = {
    "parse": "edi.commands.parse",
    "validate": "edi.commands.check",
    "acknowledge": "edi.commands.check",
    "diff": "edi.commands.diff",
    "codes": "edi.commands.codes",
}
USAGE = """usage: python -m edi COMMAND FILE    (FILE may be - for standard input)

  parse FILE                          a JSON line for each claim, remittance, acknowledgment, status, ...
  validate FILE [--json] [--strict]   what is wrong with it; status 1 when there is an error (--strict: or a warning)
  acknowledge FILE                    the TA1 and 999 that its receiver would send; status 1 when they refuse something
  diff A B                            what changed between two claims, in words; status 1 when something did
  codes import|list|show ...          the official code lists (codes --help)
"""
_HELP = ("-h", "--help", "help")


def main(arguments: list[str], *, stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Run a command and return its exit status."""
    name, *rest = arguments or [""]
    if name in _HELP or (name in _COMMANDS and name != "codes" and not set(rest).isdisjoint(_HELP[:2])):
        stdout.write(USAGE)
        return 0
    if name not in _COMMANDS:
        stderr.write(USAGE)
        return 2
    try:
        command = cast(Command, getattr(import_module(_COMMANDS[name]), name))
        return command(rest, Streams(stdin=stdin, stdout=stdout, stderr=stderr))
    except Wrong as wrong:
        stderr.write(f"{wrong}\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        stderr.write(f"{error.filename or name}: {error.strerror or error}\n")
    return 2
