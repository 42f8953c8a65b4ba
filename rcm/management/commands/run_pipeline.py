"""manage.py run_pipeline: run every stage by hand, with progress."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rcm import pipeline


class Command(BaseCommand):
    help = "Run every pipeline stage over every practice, in order, and say what each did."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one pass over all stages (default: until idle)")
        parser.add_argument("--stage", help="only this stage")

    def handle(self, *args: Any, **options: Any) -> None:
        names = [stage.name for stage in pipeline.stages()]
        if options["stage"] and options["stage"] not in names:
            raise CommandError(f"No stage {options['stage']!r}. The stages are: {', '.join(names)}.")
        while True:
            moved = 0
            for ran in pipeline.run_once(timezone.now, only=[options["stage"]] if options["stage"] else None):
                moved += ran.rows
                if ran.rows or options["verbosity"] > 1:
                    self.stdout.write(f"{ran.stage:<22}{ran.rows:>8}  {ran.practice}")
                    self.stdout.flush()
            if options["once"] or not moved:
                break
        self.stdout.write(self.style.SUCCESS("Nothing more is due." if not moved else "One pass done."))
