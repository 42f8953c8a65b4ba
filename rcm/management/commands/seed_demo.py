"""manage.py seed_demo: a demo practice with a year of history, replayed through the real stages."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rcm.demo.seed import CannotSeed, Plan, seed_demo


class Command(BaseCommand):
    help = "Make the demo practices and replay their year. Returns at once when they are there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--encounters", type=int, default=800, help="visits in the year (default 800)")
        parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same world")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        plan = Plan(encounters=options["encounters"], seed=options["seed"], today=timezone.localdate())
        try:
            made = seed_demo(
                plan=plan,
                now=now,
                data_dir=Path(settings.DATA_DIR),
                exchange=Path(settings.EXCHANGE_DIR),
                progress=self._progress,
            )
        except CannotSeed as reason:
            raise CommandError(str(reason)) from None
        if made:
            self.stdout.write("\nThe demo is ready.")

    def _progress(self, done: int, of: int, words: str) -> None:
        if self.stdout.isatty():
            filled = 30 * done // max(of, 1)
            self.stdout.write(f"\rReplaying the demo's year [{'#' * filled:<30}] {words:<14}", ending="")
            self.stdout.flush()
        elif done % 30 == 0:
            self.stdout.write(f"Replaying the demo's year: {words}")
            self.stdout.flush()
