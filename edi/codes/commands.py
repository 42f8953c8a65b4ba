"""`python -m edi codes …`: import the official code lists, see which tables are in use, look a code up."""

import argparse
import os
import sys
from pathlib import Path
from typing import TextIO

from edi.codes.importing import CannotImport, import_list
from edi.codes.load import ENVIRONMENT, KINDS, stored_at, table

_NAMED = 5


def main(arguments: list[str], *, stdout: TextIO = sys.stdout, stderr: TextIO = sys.stderr) -> int:
    """Run the command behind `codes`. Exit status: 0 done, 1 refused or not known, 2 wrong use; never a traceback."""
    try:
        asked = _parser().parse_args(arguments)
    except SystemExit as leaving:  # argparse has said why
        return int(leaving.code or 0)
    if asked.command == "import":
        return _import(asked.kind, asked.file, asked.to or os.environ.get(ENVIRONMENT, ""), stdout, stderr)
    if asked.command == "show":
        return _show(asked.kind, asked.code, asked.directory, stdout, stderr)
    return _list(asked.directory, stdout)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m edi codes", description="Code lists.")
    commands = parser.add_subparsers(dest="command", required=True)
    taking = commands.add_parser("import", help="take over an official list (CSV, TSV, HTML or plain text)")
    taking.add_argument("kind", choices=sorted(KINDS))
    taking.add_argument("file")
    taking.add_argument("--to", metavar="DIR", help=f"directory of imported tables (else {ENVIRONMENT})")
    listing = commands.add_parser("list", help="the lists and where they come from")
    showing = commands.add_parser("show", help="one code in words")
    showing.add_argument("kind", choices=sorted(KINDS))
    showing.add_argument("code")
    for each in (listing, showing):
        each.add_argument("--from", dest="directory", metavar="DIR", help=f"directory (else {ENVIRONMENT})")
    return parser


def _import(kind: str, name: str, directory: str, stdout: TextIO, stderr: TextIO) -> int:
    if not directory:
        stderr.write(f"Name the directory with --to, or set {ENVIRONMENT}.\n")
        return 2
    try:
        change = import_list(kind, Path(name).read_bytes(), Path(directory))
    except CannotImport as refusal:
        stderr.write(f"{name}: {refusal}\n")
        return 1
    except OSError as error:
        stderr.write(f"{error.filename or name}: {error.strerror or 'cannot be read'}\n")
        return 1
    stdout.write(f"{change.says}\n")
    for what, codes in (("added", change.added), ("changed", change.changed), ("removed", change.removed)):
        if codes:
            more = f" and {len(codes) - _NAMED} more" if len(codes) > _NAMED else ""
            stdout.write(f"  {what}: {', '.join(codes[:_NAMED])}{more}\n")
    return 0


def _list(directory: str | None, stdout: TextIO) -> int:
    where = directory or os.environ.get(ENVIRONMENT, "")
    for kind in sorted(KINDS):
        imported = bool(where) and stored_at(kind, Path(where)).exists()
        found = table(kind, directory)
        origin = "imported" if imported else "built in" if found else "shape only"
        stdout.write(f"{kind:24}{len(found):>8}  {origin}\n")
    return 0


def _show(kind: str, code: str, directory: str | None, stdout: TextIO, stderr: TextIO) -> int:
    found = table(kind, directory).get(code)
    if found is None:
        stderr.write(f"{kind} has no code {code}.\n")
        return 1
    days = [f"{what} {day}" for what, day in (("from", found.start), ("until", found.stop)) if day]
    period = f" ({', '.join(days)})" if days else ""
    stdout.write(f"{found.code}: {found.says}{period}\n")
    return 0
