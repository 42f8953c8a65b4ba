"""manage.py coding_learn: learn from each practice's own finalized cases."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coding.operations import NothingToLearn, learn_practice
from compliance.models import Practice
from compliance.scope import practice_scope


class Command(BaseCommand):
    help = "Learn from finalized cases what each practice's coders accept, drop and replace. Page: Coding rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--practice", metavar="SLUG", help="only this practice")

    def handle(self, *args: Any, **options: Any) -> None:
        practices = Practice.objects.order_by("pk")
        if slug := options["practice"]:
            practices = practices.filter(slug=slug)
        if not practices:
            raise CommandError(f"There is no practice {slug!r}." if slug else "There is no practice yet.")
        for practice in practices:
            with practice_scope(practice.pk):
                try:
                    learned = learn_practice(practice_id=practice.pk, actor=None, now=timezone.now())
                except NothingToLearn as nothing:
                    self.stdout.write(f"{practice.slug}: {nothing}")
                    continue
            metrics = learned.metrics
            self.stdout.write(
                f"{practice.slug}: version {learned.version} from {learned.cases} cases,"
                f" {metrics['accepted']} of {metrics['decided']} suggestions accepted"
            )
