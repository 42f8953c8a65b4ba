"""manage.py link_provider PRACTICE NPI USERNAME: who answers the questions that coders ask a provider."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from compliance.models import Practice
from compliance.scope import practice_scope
from encounters.operations import CannotLink, link_provider


class Command(BaseCommand):
    help = "Link a provider to the log-in under which coders' questions are answered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("practice", help="the practice's short name")
        parser.add_argument("npi")
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        practice = Practice.objects.filter(slug=options["practice"]).first()
        if practice is None:
            raise CommandError(f"There is no practice {options['practice']}. Check the short name.")
        try:
            with practice_scope(practice.pk):
                provider = link_provider(
                    practice_id=practice.pk,
                    npi=options["npi"],
                    username=options["username"],
                    actor=None,
                    now=timezone.now(),
                )
        except CannotLink as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{provider} answers as {options['username']}.")
