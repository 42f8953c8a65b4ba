"""Auto-complete, coders' specialties and versions of what was learned."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from coding.domain.status import CaseStatus
from coding.models import CoderSpecialty, CodingCase, CodingPolicy, LearnedModel
from coding.operations import CannotSet, mark_presence, propose_codes, set_auto_complete, set_specialties, use_learned
from coding.queries import expected_amounts
from coding.stages import complete_cases
from coding.suggestion.experience import NOTHING
from coding.suggestion.facts import Suggestions
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests.builders import NOW
from tests.coding.samples import load_samples, sample_suggestions, suggested_case, waiting_case
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(person: Callable[..., User], practice: Practice) -> User:
    return person(Role.SUPERVISOR, practice)


@pytest.fixture
def sure(practice: Practice) -> CodingCase:
    """A case whose suggestions have 88 or more."""
    load_samples()
    with practice_scope(practice.pk):
        case = waiting_case(practice)
        found = sample_suggestions()
        propose(case, Suggestions(found.diagnoses[:2], found.procedures))
    return case


def propose(case: CodingCase, found: Suggestions) -> None:
    propose_codes(found={case.pk: found}, engine_version="test", learned_version=None, now=NOW)


def run(practice: Practice, supervisor: User, lowest: int | None) -> int:
    with practice_scope(practice.pk):
        set_auto_complete(practice_id=practice.pk, lowest=lowest, actor=supervisor, now=NOW)
    return complete_cases.run(practice.pk, NOW)


def kept(case: CodingCase) -> CodingCase:
    with practice_scope(case.practice_id):
        return CodingCase.objects.get(pk=case.pk)


def test_nothing_finishes_by_itself_unless_a_supervisor_says_so(practice: Practice, sure: CodingCase) -> None:
    assert complete_cases.run(practice.pk, NOW) == 0
    assert kept(sure).status == CaseStatus.OPEN


def test_a_sure_case_finishes_by_itself_and_shows_it(practice: Practice, sure: CodingCase, supervisor: User) -> None:
    assert run(practice, supervisor, 85) == 1
    assert complete_cases.run(practice.pk, NOW) == 0
    case = kept(sure)
    assert (case.status, case.auto_completed_at, case.coder_id) == (CaseStatus.FINALIZED, NOW, None)
    with practice_scope(practice.pk):
        assert case.suggestions.filter(decision="accepted", decided_by__isnull=True).count() == 4
        assert WorkItem.objects.get(subject_id=case.pk).outcome == "Coded by itself"
        assert AuditEvent.objects.get(verb="case.finalized", subject_id=case.pk).actor is None


def test_a_case_below_the_line_stays_a_persons(practice: Practice, sure: CodingCase, supervisor: User) -> None:
    assert run(practice, supervisor, 90) == 0
    assert kept(sure).status == CaseStatus.OPEN


def test_a_case_that_somebody_began_or_has_open_stays_theirs(
    practice: Practice, sure: CodingCase, supervisor: User
) -> None:
    with practice_scope(practice.pk):
        mark_presence(case=sure, user=supervisor, now=NOW - timedelta(seconds=20))
    assert run(practice, supervisor, 85) == 0
    with practice_scope(practice.pk):
        CodingCase.objects.filter(pk=sure.pk).update(coder=supervisor)
    assert complete_cases.run(practice.pk, NOW + timedelta(minutes=5)) == 0
    assert kept(sure).status == CaseStatus.OPEN


def test_what_a_check_stops_is_looked_at_once_for_each_rule(practice: Practice, supervisor: User) -> None:
    load_samples()
    with practice_scope(practice.pk):
        case = waiting_case(practice)
        propose(case, Suggestions(sample_suggestions().diagnoses[:2]))  # no procedure: nothing to bill
    assert run(practice, supervisor, 85) == 1
    assert (kept(case).status, kept(case).auto_checked_at) == (CaseStatus.OPEN, NOW)
    assert complete_cases.run(practice.pk, NOW) == 0
    assert run(practice, supervisor, 80) == 1


@pytest.mark.parametrize("lowest", [0, 69, 101])
def test_a_line_that_makes_no_sense_is_refused(practice: Practice, supervisor: User, lowest: int) -> None:
    with practice_scope(practice.pk), pytest.raises(CannotSet, match="from 70 to 100"):
        set_auto_complete(practice_id=practice.pk, lowest=lowest, actor=supervisor, now=NOW)


def test_a_case_is_worth_what_the_contract_allows(practice: Practice) -> None:
    load_samples()
    with practice_scope(practice.pk):
        case, bare = suggested_case(practice), waiting_case(practice)
        found = expected_amounts([case.pk, bare.pk])
    assert [str(found[pk]) for pk in (case.pk, bare.pk)] == ["174.86", "0.00"]


def learned(practice: Practice, version: int, **fields: Any) -> LearnedModel:
    values = {"trained_at": NOW, "cases": 12, "payload": NOTHING.to_bytes()} | fields
    return LearnedModel.objects.create(practice=practice, version=version, **values)


def test_one_version_of_what_was_learned_is_in_use_and_each_can_be_gone_back_to(
    practice: Practice, supervisor: User
) -> None:
    with practice_scope(practice.pk):
        old, new = learned(practice, 1), learned(practice, 2, active=True)
        use_learned(learned_id=old.pk, on=True, actor=supervisor, now=NOW)
        assert list(LearnedModel.objects.filter(active=True)) == [old]
        use_learned(learned_id=new.pk, on=True, actor=supervisor, now=NOW)
        use_learned(learned_id=new.pk, on=False, actor=supervisor, now=NOW)
        assert not LearnedModel.objects.filter(active=True).exists()
        notes = AuditEvent.objects.filter(verb="coding.learned_used").order_by("pk")
        assert list(notes.values_list("note", flat=True)) == ["version 1", "version 2", "none"]


def test_the_page_sets_the_rules(client: Client, practice: Practice, sure: CodingCase, supervisor: User) -> None:
    client.force_login(supervisor)
    page = client.get("/coding/rules/").content.decode()
    assert "Family medicine" in page
    assert "0 of 0 suggested cases" in page
    client.post("/coding/rules/auto-complete", {"practice": practice.pk, "lowest": "95"})
    answer = client.post(
        "/coding/rules/specialties",
        {"practice": practice.pk, "coder": supervisor.pk, "specialty": ["Family medicine"]},
        follow=True,
    )
    assert "Specialties kept" in answer.content.decode()
    with practice_scope(practice.pk):
        assert CodingPolicy.objects.get().auto_complete_from == 95
        assert CoderSpecialty.objects.get().user == supervisor
    refused = client.post("/coding/rules/auto-complete", {"practice": practice.pk, "lowest": "12"}, follow=True)
    assert "Give a confidence from 70 to 100" in refused.content.decode()
    client.post("/coding/rules/auto-complete", {"practice": practice.pk, "lowest": ""})
    with practice_scope(practice.pk):
        assert CodingPolicy.objects.get().auto_complete_from is None


def test_another_practices_rules_are_not_there(
    client: Client, practice: Practice, other_practice: Practice, supervisor: User
) -> None:
    client.force_login(supervisor)
    with practice_scope(other_practice.pk):
        other = learned(other_practice, 1)
    sent = {"practice": other_practice.pk, "lowest": "95"}
    assert client.post("/coding/rules/auto-complete", sent).status_code == 404
    assert client.post(f"/coding/learned/{other.pk}/use").status_code == 404


def test_a_coder_sees_their_own_specialties_first(
    client: Client, practice: Practice, person: Callable[..., User], supervisor: User
) -> None:
    coder = person(Role.CODER, practice)
    client.force_login(coder)
    assert "My specialties" not in client.get("/coding/").content.decode()
    with practice_scope(practice.pk):
        family = waiting_case(practice)
        heart = waiting_case(practice)
        WorkItem.objects.filter(subject_id=heart.pk).update(category="Cardiology")
        names = {"Cardiology"}
        set_specialties(practice_id=practice.pk, user_id=coder.pk, specialties=names, actor=supervisor, now=NOW)
    assert "My specialties" in client.get("/coding/").content.decode()
    page = client.get("/coding/?skill=mine").content.decode()
    assert f"/coding/{heart.pk}/?" in page
    assert f"/coding/{family.pk}/?" not in page
    assert client.get("/coding/?held=x").status_code == 200
    with practice_scope(practice.pk), pytest.raises(CannotSet, match="does not work in the practice"):
        set_specialties(practice_id=practice.pk, user_id=0, specialties=names, actor=supervisor, now=NOW)
