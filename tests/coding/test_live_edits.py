"""Edits on the workbench: facts of a case from the database, numbered fixes, and what they cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coding.catalogue import VALUE_ROWS
from coding.domain.codes import CaseCodes, Service
from coding.domain.edits import findings_on
from coding.domain.status import CaseStatus
from coding.models import CodeSystem, CodingCase, ReleaseKind
from coding.operations import CannotCode, finalize_case, save_codes
from coding.operations.load import Incoming, load_release
from coding.queries import case_facts, codes_of
from compliance.models import Practice, User
from compliance.scope import practice_scope
from tests import builders
from tests.builders import DAY, NOW
from tests.coding.samples import NOTE, load_samples, waiting_case

pytestmark = pytest.mark.django_db

VISIT = Service(code="99213", pointers=(2,))
INJECTION = Service(code="20610", modifiers=("RT",), pointers=(1,))


@pytest.fixture
def case(practice: Practice, coder: User) -> CodingCase:
    load_samples()
    with practice_scope(practice.pk):
        case = waiting_case(practice, note=NOTE)
        save_codes(case_id=case.pk, diagnoses=["M17.11", "I10"], services=[VISIT, INJECTION], actor=coder, now=NOW)
    return case


def found(case: CodingCase, *services: Service, diagnoses: tuple[str, ...] = ("M17.11", "I10")) -> dict[str, str]:
    codes = CaseCodes(diagnoses, services)
    facts = case_facts(case.practice_id, {case.pk: codes})[case.pk]
    return {finding.code: finding.says for finding in findings_on(facts)}


def press(client: Client, case: CodingCase, fix: str, revision: int = 1) -> Any:
    """Press a fix's button as the page stands."""
    page = {
        "revision": str(revision), "dx": ["M17.11", "I10"], "px": ["99213", "20610"], "modifiers": ["", "RT"],
        "pointers": ["B", "A"], "units": ["1", "1"], "fix": fix,
    }  # fmt: skip
    return client.post(f"/coding/{case.pk}/codes", page, headers={"HX-Request": "true"})


def kept(case: CodingCase) -> CaseCodes:
    with practice_scope(case.practice_id):
        return codes_of(CodingCase.objects.get(pk=case.pk))


def test_the_page_numbers_the_fixes(desk: Client, case: CodingCase) -> None:
    page = desk.get(f"/coding/{case.pk}/").content.decode()
    assert "Live edits" in page
    assert "A visit on the day of 20610 needs 25; it has a diagnosis of its own, I10." in page
    assert 'name="fix" value="MO06@line.1.modifiers@25" data-key="1">Add 25' in page


def test_a_key_makes_the_fix_and_saves(desk: Client, case: CodingCase) -> None:
    answer = press(desk, case, "MO06@line.1.modifiers@25")
    assert answer.status_code == 200
    assert "No edit speaks against these codes" in answer.content.decode()
    assert kept(case).services[0].modifiers == ("25",)


def test_a_fix_that_fits_no_more_changes_nothing(desk: Client, case: CodingCase) -> None:
    answer = press(desk, case, "MO06@line.2.modifiers@25")
    assert answer.status_code == 422
    assert "This fix does not fit the codes any more" in answer.content.decode()
    assert kept(case).services[0].modifiers == ()


def test_a_fix_does_not_overwrite_what_another_saved(desk: Client, case: CodingCase) -> None:
    answer = press(desk, case, "MO06@line.1.modifiers@25", revision=0)
    assert "99213 was changed by both" in answer.content.decode()
    assert kept(case).services[0].modifiers == ()


def test_without_loaded_tables_the_page_says_so_and_stops_nothing(desk: Client, case: CodingCase) -> None:
    page = desk.get(f"/coding/{case.pk}/").content.decode()
    assert "Not loaded, checked by built-in rows at most: NCCI add-on codes" in page


def test_an_earlier_operation_covers_the_visit(practice: Practice, case: CodingCase, coder: User) -> None:
    release = Incoming(
        kind=ReleaseKind.RVU, name="2026", effective_from=date(2026, 1, 1), source="test", sha256="1", rows=VALUE_ROWS,
        built_in=False,
    )  # fmt: skip
    load_release(release, now=NOW)
    with practice_scope(practice.pk):
        patient, provider = case.encounter.patient, case.encounter.provider
        before = builders.a_visit(
            practice, patient=patient, provider=provider, service_date=DAY - timedelta(days=20), external_id="E-before"
        )
        operation = builders.a_case(practice, visit=before, diagnoses=("J02.0",), procedures=(), status=CaseStatus.OPEN)
        save_codes(
            case_id=operation.pk, diagnoses=["J02.0"], services=[Service(code="29881", pointers=(1,))], actor=coder,
            now=NOW,
        )  # fmt: skip
        assert "BU03" not in found(case, VISIT)  # not coded for good yet
        CodingCase.objects.filter(pk=operation.pk).update(status=CaseStatus.FINALIZED)
        says = found(case, VISIT)["BU03"]
    assert says == "29881 of 04/07/2026 covers visits like 99213; its diagnosis is another one."


def test_a_deleted_code_names_its_successor_and_keeps_the_case_open(case: CodingCase, coder: User) -> None:
    old = builders.a_release(ReleaseKind.ICD10CM, name="FY2025", effective_from=date(2024, 10, 1))
    builders.add_codes(CodeSystem.ICD10CM, {"F50.81": "Binge eating disorder"}, old, parent="F50.8")
    builders.add_codes(CodeSystem.ICD10CM, {"F50.810": "Binge eating disorder, mild"}, parent="F50.8")
    with practice_scope(case.practice_id):
        says = found(case, VISIT, diagnoses=("I10", "F50.81"))
        assert says["DX11"] == "F50.81 was deleted on 10/01/2025. Use F50.810."
        save_codes(case_id=case.pk, diagnoses=["F50.81"], services=[INJECTION], actor=coder, now=NOW)
        with pytest.raises(CannotCode, match="F50.81 is deleted"):
            finalize_case(case_id=case.pk, actor=coder, now=NOW)


def test_a_code_in_the_wrong_list_is_unknown_there(case: CodingCase) -> None:
    with practice_scope(case.practice_id):
        says = found(case, Service(code="I10", pointers=(1,)), diagnoses=("99213",))
    assert {"DX03", "PX01"} <= says.keys()


def test_instructions_of_the_headings_count(case: CodingCase) -> None:
    note = {"use_additional": ["insulin (Z79.4)"]}
    builders.add_codes(CodeSystem.ICD10CM, {"E11": "Type 2 diabetes mellitus"}, billable=False, notes=note)
    builders.add_codes(CodeSystem.ICD10CM, {"Z79.4": "Long term (current) use of insulin"})
    with practice_scope(case.practice_id):
        case.encounter.note = "Type 2 diabetes, on insulin."
        case.encounter.save(update_fields=["note"])
        codes = CaseCodes(("E11.9",), (Service(code="99213", pointers=(1,)),))
        facts = case_facts(case.practice_id, {case.pk: codes})[case.pk]
    fixes = {finding.code: finding.fix for finding in findings_on(facts)}
    assert fixes["DX18"] is not None
    assert fixes["DX18"].value == "Z79.4"


def test_many_cases_cost_as_much_as_one(practice: Practice, case: CodingCase) -> None:
    codes = CaseCodes(("M17.11", "E11.9", "R99.9"), (VISIT, INJECTION, Service(code="99203")))
    with practice_scope(practice.pk):
        cases = [case, *(waiting_case(practice) for _ in range(12))]
        spent = []
        for some in (cases[:1], cases):
            with CaptureQueriesContext(connection) as queries:
                assert len(case_facts(practice.pk, {one.pk: codes for one in some})) == len(some)
            spent.append(len(queries))
    assert spent[0] == spent[1] <= 16
