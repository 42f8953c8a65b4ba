"""A practice's coders teach the suggestions of their own practice, version by version."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coding.models import CodeSystem, CodingCase, LearnedModel
from coding.operations import (
    CaseCodes,
    Coding,
    Service,
    code_cases,
    finalize_case,
    finalize_cases,
    save_codes,
    use_learned,
)
from coding.operations.learning import NothingToLearn, learn_practice
from coding.queries.experience import experience_in_use, final_cases
from coding.stages import suggest_codes
from coding.suggestion.experience import NOTHING
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests.builders import NOW, add_codes
from tests.coding.samples import NOTE, load_samples, waiting_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder(person: Callable[..., User], practice: Practice, other_practice: Practice) -> User:
    return person(Role.CODER, practice, other_practice)


@pytest.fixture
def taught(practice: Practice, coder: User) -> Practice:
    """A practice whose coder dropped the engine's hypertension from five visits."""
    load_samples()
    add_codes(CodeSystem.CPT, {"99203": "Office visit, new, low"})
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
    with pytest.raises(NothingToLearn):
        learn_practice(practice_id=other_practice.pk, actor=None, now=NOW)
    with practice_scope(other_practice.pk):
        assert final_cases(taught.pk) == []  # its rows are not in scope
        assert experience_in_use(taught.pk) == (None, NOTHING)
    assert reasons(other_practice)["I10"][0] is False


def test_the_command_learns_practice_by_practice(taught: Practice, other_practice: Practice) -> None:
    said = StringIO()
    call_command("coding_learn", stdout=said)
    assert "lakeshore: version 1 from 5 cases, 0 of 10 suggestions accepted" in said.getvalue()
    assert "harborview: Nobody has finalized a case" in said.getvalue()
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


def test_learning_reads_what_people_made_final_and_nothing_that_finished_alone(taught: Practice) -> None:
    with practice_scope(taught.pk):
        cases = final_cases(taught.pk)
        assert [(case.diagnoses, case.procedures) for case in cases] == [(("M17.11",), ("99213",))] * 5
        decided = {(one.code, one.decision, one.replaced_by) for one in cases[0].decisions}
        assert decided == {("I10", "dropped", ""), ("99203", "replaced", "99213")}
        CodingCase.objects.filter(status="finalized").update(auto_completed_at=NOW)
        assert final_cases(taught.pk) == []


def test_reading_cases_costs_the_same_for_one_and_many(taught: Practice) -> None:
    spent = []
    with practice_scope(taught.pk):
        first = CodingCase.objects.order_by("pk")[0]
        for others_alone, size in ((NOW, 1), (None, 5)):
            CodingCase.objects.exclude(pk=first.pk).update(auto_completed_at=others_alone)
            with CaptureQueriesContext(connection) as seen:
                assert len(final_cases(taught.pk)) == size
            spent.append(len(seen))
    assert spent[0] == spent[1]


SAYINGS = (
    ("Sugar trouble, doing well.", "E11.9"),
    ("Essential hypertension, stable.", "I10"),
    ("Knee pain after a walk.", "M17.11"),
)
VISITS = 72


@pytest.fixture
def experienced(practice: Practice, coder: User) -> Practice:
    """A practice whose coders add a code that the engine does not find."""
    load_samples()
    add_codes(CodeSystem.CPT, {"99203": "Office visit, new, low"})
    with practice_scope(practice.pk):
        codings = []
        for number in range(VISITS):
            words, code = SAYINGS[number % 3]
            case = waiting_case(practice, note=f"Visit {number}.\n\nAssessment\n{words}")
            codes = CaseCodes((code,), (Service(code="99213", modifiers=(), units=1, pointers=(1,)),))
            codings.append(Coding(case_id=case.pk, codes=codes))
        code_cases(codings=codings, actor=coder, now=NOW)
        finalize_cases(revisions={coding.case_id: None for coding in codings}, actor=coder, now=NOW)
    return practice


def suggested_for(practice: Practice, note: str) -> dict[str, tuple[bool, str]]:
    with practice_scope(practice.pk):
        case = waiting_case(practice, note=note)
    suggest_codes.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        return {row.code: (row.withheld, row.reason) for row in CodingCase.objects.get(pk=case.pk).suggestions.all()}


def test_what_coders_add_by_hand_is_suggested_from_then_on(experienced: Practice) -> None:
    note = "Assessment\nSugar trouble again."
    assert "E11.9" not in suggested_for(experienced, note)
    version = learned(experienced)
    assert version.active
    assert version.metrics["learned"]["recall"] > version.metrics["without"]["recall"]
    withheld, why = suggested_for(experienced, note)["E11.9"]
    assert not withheld
    assert f"of {VISITS // 3} cases with these words" in why
    for denied in ("No sugar trouble.", "Mother has sugar trouble.", "Rule out sugar trouble."):
        assert "E11.9" not in suggested_for(experienced, f"Assessment\n{denied}")


def test_the_page_shows_which_words_bring_a_code(
    client: Client, experienced: Practice, person: Callable[..., User]
) -> None:
    version = learned(experienced)
    client.force_login(person(Role.SUPERVISOR, experienced))
    page = client.get(f"/coding/learned/{version.pk}/").content.decode()
    assert "“sugar trouble”" in page
    assert "Tried on the latest 18 cases" in page
    assert "→" in client.get("/coding/rules/").content.decode()
