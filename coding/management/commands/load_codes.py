"""manage.py load_codes [KIND FILE ...]: bring code sets into the database."""

import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from coding import operations
from coding.domain.codefiles import KIND_LABELS, ReleaseKind
from coding.models import Release
from coding.operations.load.files import Named
from coding.operations.load.opening import Progress

BAR = 40
KINDS = "\n".join(f"  {kind.value:18} {label}" for kind, label in KIND_LABELS.items())


class Command(BaseCommand):
    help = "Load a code set from its official file; without a kind, the built-in ones. Quick when nothing is new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="?", choices=[kind.value for kind in ReleaseKind], metavar="KIND", help=KINDS)
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="text, CSV, XML; gz or zip of it")
        parser.add_argument("--release", default="", help="name of the release, when the file does not say it")
        parser.add_argument("--effective", type=_day, help="its first day, YYYY-MM-DD, when the file does not say it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kind"] is None:
            for loaded in operations.load_built_in(now=timezone.now()):
                self._say(loaded.release)
            return
        if not options["files"]:
            raise CommandError(f"Name the file to load as {options['kind']}.")
        try:
            loaded = operations.load_files(
                kind=ReleaseKind(options["kind"]),
                paths=options["files"],
                said=Named(options["release"], options["effective"]),
                now=timezone.now(),
                progress=self._bar() if sys.stdout.isatty() else None,
            )
        except operations.WrongFile as refusal:
            raise CommandError(f"Nothing was loaded. {refusal}") from None
        if loaded.is_new:
            self._say(loaded.release)
        else:
            self.stdout.write(f"{loaded.release} is loaded already from the same file. Nothing was changed.")

    def _say(self, release: Release) -> None:
        day = f"{release.effective_from:%m/%d/%Y}"
        self.stdout.write(f"{release}: {release.rows:,} rows from {release.source}, in force from {day}.")
        if "since" in release.changes:
            counts = ", ".join(f"{release.changes[how]:,} {how}" for how in ("added", "changed", "deleted"))
            self.stdout.write(f"Since {release.changes['since']}: {counts}.")
            for how, sample in release.changes["samples"].items():
                self.stdout.write(f"  {how}: {', '.join(sample[:8])}{' …' if release.changes[how] > 8 else ''}")

    def _bar(self) -> Progress:
        def show(done: int, total: int) -> None:
            share = min(done, total) * BAR // max(total, 1)
            end = "\n" if done >= total else ""
            text = f"\r[{'#' * share}{'.' * (BAR - share)}] {done >> 20:,} of {total >> 20:,} MB{end}"
            self.stdout.write(text, ending="")
            self.stdout.flush()

        return show


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a day in the form YYYY-MM-DD") from None
