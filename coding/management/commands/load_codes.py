"""manage.py load_codes: bring the built-in code sets into the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coding.models import CodeSystem
from coding.operations import is_loaded, load_icd10cm, load_procedures


class Command(BaseCommand):
    help = "Load ICD-10-CM and the built-in procedure codes. Quick when they are there already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="compare and refresh even when loaded")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Procedure codes: {load_procedures()} new or changed.")
        if options["again"] or not is_loaded(CodeSystem.ICD10CM):
            self.stdout.write("Reading ICD-10-CM …")
            self.stdout.flush()
            self.stdout.write(f"ICD-10-CM: {load_icd10cm()} codes new or changed.")
