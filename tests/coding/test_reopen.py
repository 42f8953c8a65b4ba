"""A finish is taken back by whoever finished, as long as nothing was built on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from claims.stages import build_claims
from coding.domain.status import UNDO_FOR, CaseStatus
from coding.models import AuditPlan, CodingCase
from coding.operations import CannotCode, Coding, code_cases, finalize_case, reopen_case
from coding.queries import codes_of
from coding.stages import draw_audits
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests.builders import NOW
from tests.coding.samples import load_samples, suggested_case
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db
SOON = NOW + UNDO_FOR - timedelta(seconds=1)
LATE = NOW + UNDO_FOR


@pytest.fixture
def finished(practice: Practice, coder: User) -> CodingCase:
    """A suggested case whose coder accepted one code, dropped the unsure one and finished."""
    load_samples()
    with practice_scope(practice.pk):
        case = suggested_case(practice)
        coding = Coding(case_id=case.pk, codes=codes_of(case).without_diagnosis(3), accepted=frozenset({"I10"}))
        code_cases(codings=[coding], actor=coder, now=NOW - timedelta(minutes=1))
        return finalize_case(case_id=case.pk, actor=coder, now=NOW)


def decisions(case: CodingCase) -> dict[str, str]:
    return dict(case.suggestions.filter(withheld=False).values_list("code", "decision"))


def test_everything_stands_as_before_the_finish(practice: Practice, finished: CodingCase, coder: User) -> None:
    with practice_scope(practice.pk):
        assert set(decisions(finished).values()) == {"accepted", "dropped"}
        clock = WorkItem.objects.get(subject_id=finished.pk).clock_date
        reopen_case(case_id=finished.pk, actor=coder, now=SOON)
        case = CodingCase.objects.get(pk=finished.pk)
        assert (case.status, case.finalized_at, case.revision) == (CaseStatus.OPEN, None, finished.revision)
        assert decisions(case) == {
            "M17.11": "proposed", "I10": "accepted", "E11.9": "dropped", "99213": "proposed", "20610": "proposed",
        }  # fmt: skip
        item = WorkItem.objects.get(subject_id=case.pk)
        assert (item.closed_at, item.assigned_to, item.clock_date, item.outcome) == (None, coder, clock, "")
        assert AuditEvent.objects.filter(verb="case.reopened", subject_id=case.pk, actor=coder).exists()
        again = finalize_case(case_id=case.pk, actor=coder, now=LATE)
        assert again.finalized_at == LATE


def test_claim_and_draw_wait_for_as_long_as_a_finish_can_be_taken_back(
    practice: Practice, finished: CodingCase, coder: User
) -> None:
    with practice_scope(practice.pk):
        AuditPlan.objects.create(
            practice=practice, since=NOW - timedelta(days=1), changed_at=NOW, changed_by=coder, random_percent=0
        )
    assert [stage.run(practice.pk, SOON) for stage in (build_claims, draw_audits)] == [0, 0]
    assert [stage.run(practice.pk, LATE) for stage in (draw_audits, build_claims)] == [1, 1]
    with practice_scope(practice.pk), pytest.raises(CannotCode, match="the claim is built from these codes"):
        reopen_case(case_id=finished.pk, actor=coder, now=LATE)


def test_a_finish_that_went_into_the_draw_stays(practice: Practice, finished: CodingCase, coder: User) -> None:
    with practice_scope(practice.pk):
        CodingCase.objects.filter(pk=finished.pk).update(drawn_at=NOW)
        with pytest.raises(CannotCode, match="went into the draw"):
            reopen_case(case_id=finished.pk, actor=coder, now=SOON)


def test_nobody_takes_back_what_another_finished(
    practice: Practice, finished: CodingCase, person: Callable[..., User]
) -> None:
    other = person(Role.CODER, practice)
    with practice_scope(practice.pk), pytest.raises(CannotCode, match="can take this finish back"):
        reopen_case(case_id=finished.pk, actor=other, now=SOON)


def test_an_open_case_is_not_opened(practice: Practice, finished: CodingCase, coder: User) -> None:
    with practice_scope(practice.pk):
        reopen_case(case_id=finished.pk, actor=coder, now=SOON)
        with pytest.raises(CannotCode, match="open already"):
            reopen_case(case_id=finished.pk, actor=coder, now=SOON)


def test_what_finishes_by_itself_waits_for_nobody(practice: Practice, finished: CodingCase) -> None:
    with practice_scope(practice.pk):
        CodingCase.objects.filter(pk=finished.pk).update(coder=None)
    assert build_claims.run(practice.pk, NOW) == 1


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_toast_and_the_page_offer_it(client: Client, finished: CodingCase, coder: User) -> None:
    client.force_login(coder)
    page = text(client.get(f"/coding/{finished.pk}/"))
    assert f'action="/coding/{finished.pk}/reopen"' in page
    answer = client.post(f"/coding/{finished.pk}/reopen", follow=True)
    assert "The case is open again" in text(answer)
    assert 'id="codes"' in text(answer)
    late = client.post(f"/coding/{finished.pk}/reopen", follow=True)
    assert "This case is open already." in text(late)


def test_a_billed_case_offers_nothing_and_says_why(client: Client, finished: CodingCase, coder: User) -> None:
    build_claims.run(finished.practice_id, LATE)
    client.force_login(coder)
    assert "/reopen" not in text(client.get(f"/coding/{finished.pk}/"))
    answer = client.post(f"/coding/{finished.pk}/reopen", follow=True)
    assert "Too late: the claim is built from these codes." in text(answer)
