"""A practice's coders teach the suggestions of their own practice, version by version."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from coding.models import CodingCase, LearnedModel
from coding.operations import NothingToLearn, Service, finalize_case, learn_practice, save_codes, use_learned
from coding.stages import suggest_codes
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests.builders import NOW
from tests.coding.samples import NOTE, load_samples, waiting_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder(person: Callable[..., User], practice: Practice, other_practice: Practice) -> User:
    return person(Role.CODER, practice, other_practice)


@pytest.fixture
def taught(practice: Practice, coder: User) -> Practice:
    """A practice whose coder dropped the engine's hypertension from five visits."""
    load_samples()
    with practice_scope(practice.pk):
        cases = [waiting_case(practice, note=NOTE) for _ in range(5)]
    suggest_codes.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        for case in cases:
            services = [Service(code="99213", pointers=(1,))]
            save_codes(case_id=case.pk, diagnoses=["M17.11"], services=services, actor=coder, now=NOW)
            finalize_case(case_id=case.pk, actor=coder, now=NOW)
    return practice


def learned(practice: Practice) -> LearnedModel:
    with practice_scope(practice.pk):
        return learn_practice(practice_id=practice.pk, actor=None, now=NOW)


def reasons(practice: Practice) -> dict[str, tuple[bool, str]]:
    """What is suggested for one more such visit: code → withheld, reason."""
    with practice_scope(practice.pk):
        case = waiting_case(practice, note=NOTE)
    suggest_codes.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        rows = CodingCase.objects.get(pk=case.pk).suggestions.all()
        return {row.code: (row.withheld, row.reason) for row in rows}


def test_what_coders_dropped_is_withheld_from_then_on_and_comes_back_without(taught: Practice, coder: User) -> None:
    assert reasons(taught)["I10"][0] is False
    version = learned(taught)
    assert (version.version, version.cases, version.active) == (1, 5, True)
    withheld, why = reasons(taught)["I10"]
    assert withheld
    assert why.startswith("Coders here dropped it for “")
    assert why.endswith("in 5 of 5 cases.")
    with practice_scope(taught.pk):
        use_learned(learned_id=version.pk, on=False, actor=coder, now=NOW)
    assert reasons(taught)["I10"][0] is False


def test_nothing_crosses_from_one_practice_to_another(taught: Practice, other_practice: Practice) -> None:
    learned(taught)
    with practice_scope(other_practice.pk), pytest.raises(NothingToLearn):
        learn_practice(practice_id=other_practice.pk, actor=None, now=NOW)
    with practice_scope(other_practice.pk), pytest.raises(NothingToLearn):
        learn_practice(practice_id=taught.pk, actor=None, now=NOW)  # its rows are not in scope
    assert reasons(other_practice)["I10"][0] is False


def test_the_command_learns_practice_by_practice(taught: Practice, other_practice: Practice) -> None:
    said = StringIO()
    call_command("coding_learn", stdout=said)
    assert "lakeshore: version 1 from 5 cases, 0 of 5 suggestions accepted" in said.getvalue()
    assert "harborview: No finalized case has suggestions" in said.getvalue()
    with pytest.raises(CommandError, match="no practice 'nowhere'"):
        call_command("coding_learn", practice="nowhere")
    with practice_scope(taught.pk):
        assert AuditEvent.objects.filter(verb="coding.learned").count() == 1


def test_a_supervisor_reads_what_changed_and_goes_back(
    client: Client, taught: Practice, person: Callable[..., User]
) -> None:
    first, second = learned(taught), learned(taught)
    client.force_login(person(Role.SUPERVISOR, taught))
    page = client.get(f"/coding/learned/{first.pk}/").content.decode()
    assert "ypertension" in page.lower()
    assert "Nothing changed" in client.get(f"/coding/learned/{second.pk}/").content.decode()
    answer = client.post(f"/coding/learned/{first.pk}/use", follow=True).content.decode()
    assert "Version 1 is in use" in answer
    with practice_scope(taught.pk):
        assert LearnedModel.objects.get(active=True) == first
