"""`manage.py run_pipeline`: what a person sees."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.models import Claim
from compliance.models import Practice
from compliance.scope import practice_scope
from rcm import pipeline
from tests.builders import a_case


def last_week() -> date:
    return (timezone.now() - timedelta(days=7)).date()


def said(*options: str, **more: object) -> list[str]:
    out = StringIO()
    call_command("run_pipeline", *options, stdout=out, no_color=True, **more)
    return out.getvalue().splitlines()


@pytest.fixture(autouse=True)
def exchange(settings: Any, tmp_path: Path) -> None:
    settings.EXCHANGE_DIR = tmp_path


def test_it_says_what_each_stage_did(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        a_case(practice, service_date=last_week()), a_case(practice, service_date=last_week())
    lines = said("--once")
    assert [line.split(maxsplit=2) for line in lines[:3]] == [
        ["build_claims", "2", "Lakeshore Family Medicine"],
        ["scrub_claims", "2", "Lakeshore Family Medicine"],
        ["submit_ready_claims", "2", "Lakeshore Family Medicine"],
    ]
    assert lines[-1] == "One pass done."
    with practice_scope(practice.pk):
        assert set(Claim.objects.values_list("status", flat=True)) == {"submitted"}


def test_without_once_it_runs_until_nothing_is_due(practice: Practice) -> None:
    with practice_scope(practice.pk):
        a_case(practice, service_date=last_week())
    assert said()[-1] == "Nothing more is due."
    assert said() == ["Nothing more is due."]


def test_one_stage_alone(practice: Practice) -> None:
    with practice_scope(practice.pk):
        a_case(practice, service_date=last_week())
    assert said("--stage", "build_claims", "--once")[:-1] == [
        "build_claims                 1  Lakeshore Family Medicine"
    ]
    with practice_scope(practice.pk):
        assert Claim.objects.get().status == "draft"


def test_verbose_names_idle_stages_too(practice: Practice) -> None:
    lines = said("--once", verbosity=2)
    assert [line.split()[0] for line in lines[:-1]] == [stage.name for stage in pipeline.stages()]


@pytest.mark.django_db
def test_an_unknown_stage_is_refused_in_one_line() -> None:
    with pytest.raises(CommandError) as refusal:
        said("--stage", "scrub")
    (line,) = str(refusal.value).splitlines()
    assert line.startswith("No stage 'scrub'. The stages are: open_cases, suggest_codes, complete_cases,")
