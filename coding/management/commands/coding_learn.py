"""manage.py coding_learn: learn from each practice's own finalized cases."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coding.models import LearnedModel
from coding.operations.learning import NothingToLearn, learn_practice
from compliance.models import Practice


class Command(BaseCommand):
    help = "Learn from finalized cases what each practice's coders accept, drop, replace and add. Page: Coding rules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--practice", metavar="SLUG", help="only this practice")

    def handle(self, *args: Any, **options: Any) -> None:
        practices = Practice.objects.order_by("pk")
        if slug := options["practice"]:
            practices = practices.filter(slug=slug)
        if not practices:
            raise CommandError(f"There is no practice {slug!r}." if slug else "There is no practice yet.")
        for practice in practices:
            try:
                learned = learn_practice(practice_id=practice.pk, actor=None, now=timezone.now())
            except NothingToLearn as nothing:
                self.stdout.write(f"{practice.slug}: {nothing}")
            else:
                self.stdout.write(f"{practice.slug}: {said(learned)}")


def said(learned: LearnedModel) -> str:
    """One line: the version, what it was learned from, and how far it helps."""
    line = f"version {learned.version} from {learned.cases} cases"
    metrics = learned.metrics
    line += f", {metrics['accepted']} of {metrics['decided']} suggestions accepted"
    if "tried" in metrics:
        before, after = metrics["without"], metrics["learned"]
        line += (
            f"; on the latest {metrics['tried']} precision {before['precision']} → {after['precision']} %,"
            f" recall {before['recall']} → {after['recall']} %"
        )
    return line if learned.active else f"{line}; it does not help, so it is not in use"
