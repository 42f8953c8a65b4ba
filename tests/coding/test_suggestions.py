"""Proposed codes on a case: filled in, decided, taken back, merged."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coding.domain.codes import CaseCodes
from coding.domain.status import CaseStatus
from coding.models import CaseVersion, CodingCase, Suggestion
from coding.operations import (
    CannotCode,
    Coding,
    Service,
    code_cases,
    finalize_case,
    finalize_cases,
    propose_codes,
    save_codes,
    undo_codes,
)
from coding.queries import codes_of, own_last_change
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests.builders import NOW
from tests.coding.samples import load_samples, pointed, sample_suggestions, suggested_case, waiting_case

FILLED = CaseCodes(
    ("M17.11", "I10", "E11.9"),
    (Service(code="99213", pointers=(2, 1)), Service(code="20610", modifiers=("RT",), pointers=(1,))),
)


@pytest.fixture
def case(practice: Practice) -> Iterator[CodingCase]:
    load_samples()
    with practice_scope(practice.pk):
        yield suggested_case(practice)


def kept(case: CodingCase) -> CodingCase:
    return CodingCase.objects.get(pk=case.pk)


def decisions(case: CodingCase) -> dict[str, str]:
    return dict(Suggestion.objects.filter(case=case).values_list("code", "decision"))


def save(case: CodingCase, coder: User, codes: CaseCodes, *accepted: str, revision: int | None = None) -> CodingCase:
    coding = Coding(
        case_id=case.pk,
        codes=codes,
        revision=case.revision if revision is None else revision,
        accepted=frozenset(accepted),
        merge=True,
    )
    return code_cases(codings=[coding], actor=coder, now=NOW).of(case.pk)


def test_a_case_opens_with_what_was_found_and_nothing_decided(case: CodingCase) -> None:
    assert codes_of(case) == FILLED
    assert (case.revision, case.coder, case.lowest_confidence) == (1, None, 62)
    assert set(decisions(case).values()) == {"proposed"}
    assert Suggestion.objects.filter(case=case, withheld=True).values_list("code", flat=True).get() == "J02.0"
    assert AuditEvent.objects.filter(verb="case.suggested", subject_id=case.pk, actor=None).count() == 1


def test_proposing_again_changes_nothing(case: CodingCase) -> None:
    assert (
        propose_codes(found={case.pk: sample_suggestions()}, engine_version="test", learned_version=None, now=NOW) == []
    )
    assert Suggestion.objects.filter(case=case).count() == 6
    assert kept(case).revision == 1


def test_what_a_person_began_is_left_alone(practice: Practice, case: CodingCase, coder: User) -> None:
    begun = waiting_case(practice)
    save_codes(case_id=begun.pk, diagnoses=["I10"], services=[], actor=coder, now=NOW)
    propose_codes(found={begun.pk: sample_suggestions()}, engine_version="test", learned_version=None, now=NOW)
    assert codes_of(kept(begun)).diagnoses == ("I10",)
    assert Suggestion.objects.filter(case=begun).count() == 6


def test_each_decision_is_kept_with_who_and_when(case: CodingCase, coder: User) -> None:
    save(case, coder, FILLED.without_diagnosis(3), "M17.11")
    assert decisions(case) == {
        "M17.11": "accepted", "I10": "proposed", "E11.9": "dropped", "99213": "proposed", "20610": "proposed",
        "J02.0": "proposed",
    }  # fmt: skip
    decided = Suggestion.objects.get(case=case, code="E11.9")
    assert (decided.decided_by, decided.decided_at) == (coder, NOW)
    untouched = Suggestion.objects.get(case=case, code="I10")
    assert (untouched.decided_by, untouched.decided_at) == (None, None)


def test_another_code_of_the_category_is_kept_as_the_replacement(case: CodingCase, coder: User) -> None:
    save(case, coder, FILLED.without_service(1).with_service("99214"))
    replaced = Suggestion.objects.get(case=case, code="99213")
    assert (replaced.decision, replaced.replaced_by) == ("replaced", "99214")


def test_a_low_one_blocks_finishing_until_it_is_decided(case: CodingCase, coder: User) -> None:
    with pytest.raises(CannotCode, match="E11.9: the suggestion is unsure"):
        finalize_case(case_id=case.pk, actor=coder, now=NOW)
    assert kept(case).status == CaseStatus.OPEN
    save(case, coder, FILLED, "E11.9")
    done = finalize_case(case_id=case.pk, actor=coder, now=NOW)
    assert (done.status, done.auto_completed_at) == (CaseStatus.FINALIZED, None)
    assert decisions(case) == dict.fromkeys(("M17.11", "I10", "E11.9", "99213", "20610"), "accepted") | {
        "J02.0": "proposed"
    }


def test_a_program_that_names_the_codes_has_decided_all_of_them(case: CodingCase, coder: User) -> None:
    save_codes(case_id=case.pk, diagnoses=["I10", "E11.9"], services=[Service(code="99213")], actor=coder, now=NOW)
    found = decisions(case)
    assert (found["E11.9"], found["I10"], found["M17.11"]) == ("accepted", "accepted", "dropped")


def test_undo_goes_back_one_change_at_a_time_exactly(case: CodingCase, coder: User) -> None:
    save(case, coder, FILLED, "E11.9")
    save(kept(case), coder, FILLED.without_diagnosis(1))
    assert own_last_change(kept(case), coder) == "M17.11 dropped"
    back = undo_codes(case_id=case.pk, actor=coder, now=NOW)
    assert (codes_of(kept(case)), back.revision) == (FILLED, 4)
    assert decisions(case)["M17.11"] == "proposed"
    assert decisions(case)["E11.9"] == "accepted"
    undo_codes(case_id=case.pk, actor=coder, now=NOW)
    assert set(decisions(case).values()) == {"proposed"}
    assert own_last_change(kept(case), coder) == ""
    with pytest.raises(CannotCode, match="no change of yours"):
        undo_codes(case_id=case.pk, actor=coder, now=NOW)


def test_nobody_takes_back_what_another_did(
    case: CodingCase, coder: User, person: Callable[..., User], practice: Practice
) -> None:
    save(case, coder, FILLED.without_diagnosis(3))
    other = person(Role.CODER, practice)
    with pytest.raises(CannotCode, match="no change of yours"):
        undo_codes(case_id=case.pk, actor=other, now=NOW)
    save(kept(case), other, FILLED.without_diagnosis(3).with_diagnosis("J02.0"))
    undo_codes(case_id=case.pk, actor=other, now=NOW)
    assert codes_of(kept(case)) == FILLED.without_diagnosis(3)
    with pytest.raises(CannotCode, match="no change of yours"):
        undo_codes(case_id=case.pk, actor=other, now=NOW)


def test_two_people_who_change_different_lines_both_keep_theirs(
    case: CodingCase, coder: User, person: Callable[..., User], practice: Practice
) -> None:
    other = person(Role.CODER, practice)
    save(case, other, FILLED.without_diagnosis(3), revision=1)
    mine = Coding(case_id=case.pk, codes=pointed(FILLED, 2, 2), revision=1, accepted=frozenset(), merge=True)
    outcome = code_cases(codings=[mine], actor=coder, now=NOW)
    assert outcome.merged[case.pk].people == (str(other),)
    assert outcome.merged[case.pk].clashes == ()
    assert codes_of(kept(case)) == pointed(FILLED.without_diagnosis(3), 2, 2)
    assert CaseVersion.objects.filter(case=case).count() == 4  # as opened, filled, theirs, both


def test_many_cases_cost_as_much_as_one(practice: Practice, case: CodingCase, coder: User) -> None:
    spent = []
    for size in (1, 25):
        cases = [waiting_case(practice) for _ in range(size)]
        with CaptureQueriesContext(connection) as queries:
            propose_codes(
                found={each.pk: sample_suggestions() for each in cases},
                engine_version="test",
                learned_version=None,
                now=NOW,
            )
        with CaptureQueriesContext(connection) as more:
            codings = [
                Coding(case_id=each.pk, codes=FILLED, revision=1, accepted=frozenset({"E11.9"})) for each in cases
            ]
            code_cases(codings=codings, actor=coder, now=NOW)
            finalize_cases(revisions={each.pk: None for each in cases}, actor=None, now=NOW)
        spent.append((len(queries), len(more)))
    assert spent[0] == spent[1]
    assert CodingCase.objects.filter(auto_completed_at=NOW).count() == 26
