"""The MS-DRG of an inpatient stay on the workbench, and the ICD-10-PCS procedures that go into it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import ClaimLine
from claims.operations.build import build_claims
from coding.domain.codes import CaseCodes, Service
from coding.models import CodeSystem, CodingCase, DrgWeight, ReleaseKind
from coding.operations import finalize_case, save_codes
from coding.operations.outcome import CannotCode
from coding.queries import codes_of, note_facts
from coding.suggestion.facts import INPATIENT
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from tests import builders
from tests.builders import NOW
from tests.coding.samples import load_samples, waiting_case

pytestmark = pytest.mark.django_db
WORDINGS = {
    "J18.9": "Pneumonia, unspecified organism",
    "J96.01": "Acute respiratory failure with hypoxia",
    "I50.21": "Acute systolic (congestive) heart failure",
    "N17.9": "Acute kidney failure, unspecified",
}
STENT = "02703DZ"
PAGE: dict[str, Any] = {
    "revision": "0", "dx": ["J18.9", "J96.01", "I10"], "px": [], "modifiers": [], "pointers": [], "units": [],
}  # fmt: skip


@pytest.fixture
def stay(practice: Practice) -> CodingCase:
    load_samples()
    builders.add_codes(CodeSystem.ICD10CM, WORDINGS)
    builders.add_codes(
        CodeSystem.ICD10PCS, {STENT: "Dilation of one coronary artery"}, builders.a_release(ReleaseKind.ICD10PCS)
    )
    with practice_scope(practice.pk):
        return waiting_case(practice, admitted_date=date(2026, 4, 23), discharge_status="01")


def post(client: Client, case: CodingCase, act: str = "codes", **changed: Any) -> Any:
    return client.post(f"/coding/{case.pk}/{act}", PAGE | changed, headers={"HX-Request": "true"})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def table_5() -> None:
    release = builders.a_release(ReleaseKind.MS_DRG)
    for drg, weight, days in (("193", "1.3107", "4.1"), ("195", "0.6650", "2.4")):
        DrgWeight.objects.create(
            release=release, drg=drg, mdc="04", type="MED", title="PNEUMONIA", weight=Decimal(weight),
            geometric_days=Decimal(days), arithmetic_days=Decimal(days),
        )  # fmt: skip


def test_the_group_stands_with_what_carries_it(desk: Client, stay: CodingCase) -> None:
    table_5()
    page = text(post(desk, stay))
    assert "<b>193</b> Simple Pneumonia and Pleurisy with MCC" in page
    assert "<dt>Weight</dt><dd>1.3107</dd>" in page
    assert "<dt>Usual stay</dt><dd>4.1 d</dd>" in page
    assert "<dt>This stay</dt><dd>4 d</dd>" in page
    assert "<dt>MDC</dt><dd>04 Diseases and Disorders of the Respiratory System</dd>" in page
    assert '<span class="tag">B</span> <span class="code">J96.01</span></span> </td><td>MCC</td>' in page
    assert "195 Simple Pneumonia and Pleurisy without CC/MCC" in page
    assert '<td class="num">0.6650</td>' in page


def test_the_group_changes_with_the_codes(desk: Client, stay: CodingCase) -> None:
    post(desk, stay)
    assert "<b>195</b>" in text(post(desk, stay, revision="1", drop_diagnosis="2"))
    assert "<b>194</b>" in text(post(desk, stay, revision="2", dx=["J18.9", "I10"], add="N17.9"))
    assert "<b>194</b>" in text(desk.get(f"/coding/{stay.pk}/"))


def test_two_that_carry_it_alike_are_named_together(desk: Client, stay: CodingCase) -> None:
    page = text(post(desk, stay, dx=["J18.9", "J96.01", "I50.21", "N17.9"]))
    assert '<span class="code">J96.01</span></span> <span class="nw"><span class="tag">C</span>' in page
    assert "without all of them: </span>194 Simple Pneumonia and Pleurisy with CC" in page


def test_more_diagnoses_than_letters_are_shown_before_they_are_refused(desk: Client, stay: CodingCase) -> None:
    many = ["J18.9", *(f"R{n:02}.0" for n in range(12)), "J96.01"]
    answer = post(desk, stay, dx=many)
    assert answer.status_code == 422
    assert '<span class="tag">–</span> <span class="code">J96.01</span>' in text(answer)


def test_without_table_5_the_group_stands_and_the_page_says_so(desk: Client, stay: CodingCase) -> None:
    page = text(post(desk, stay))
    assert "<b>193</b>" in page
    assert "No loaded IPPS table 5 has this group" in page


@pytest.mark.parametrize(
    ("fields", "diagnoses", "says"),
    [
        ({}, [], "The principal diagnosis is missing."),
        ({"discharge_status": ""}, ["J18.9"], "The discharge status is not known."),
        ({"service_date": date(2015, 2, 3), "admitted_date": date(2015, 2, 1)}, ["J18.9"], "no version for discharges"),
        ({}, ["Z99.99"], "The principal diagnosis is not valid as one."),
    ],
)
def test_what_is_missing_for_a_group_is_said(
    desk: Client, stay: CodingCase, fields: dict[str, Any], diagnoses: list[str], says: str
) -> None:
    with practice_scope(stay.practice_id):
        type(stay.encounter).objects.filter(pk=stay.encounter_id).update(**fields)
    page = text(post(desk, stay, dx=diagnoses))
    assert "<b>No MS-DRG.</b>" in page
    assert says in page


def test_a_coder_says_how_the_patient_left(desk: Client, stay: CodingCase, coder: User) -> None:
    visit = type(stay.encounter).objects
    with practice_scope(stay.practice_id):
        visit.filter(pk=stay.encounter_id).update(discharge_status="")
    page = text(post(desk, stay, discharge_status=""))
    assert '<option value="" selected>not known</option>' in page
    page = text(post(desk, stay, revision="1", discharge_status="20"))
    assert '<option value="20" selected>20 Died</option>' in page
    assert "<b>193</b>" in page
    with practice_scope(stay.practice_id):
        assert visit.get(pk=stay.encounter_id).discharge_status == "20"
        event = AuditEvent.objects.get(verb="encounter.discharge_status_set")
    assert (event.actor, event.detail) == (coder, {"before": "", "after": "20"})


def test_a_status_that_is_none_or_a_visit_that_is_no_stay_is_refused(
    desk: Client, stay: CodingCase, practice: Practice
) -> None:
    assert "Choose how the patient left" in text(post(desk, stay, discharge_status="99"))
    with practice_scope(practice.pk):
        visit = waiting_case(practice)
    assert "no inpatient stay" in text(post(desk, visit, discharge_status="20"))


def test_a_visit_that_is_no_stay_has_no_group(desk: Client, stay: CodingCase, practice: Practice) -> None:
    with practice_scope(practice.pk):
        visit = waiting_case(practice)
    assert "MS-DRG" not in text(desk.get(f"/coding/{visit.pk}/"))


def test_a_procedure_of_the_stay_groups_it_and_is_no_line(desk: Client, stay: CodingCase) -> None:
    page = text(post(desk, stay, dx=["I50.21"], add=STENT))
    assert "<b>322</b>" in page
    assert "No procedure" in page  # none that a claim can carry
    answer = text(post(
        desk, stay, revision="1", dx=["I50.21"], px=[STENT], modifiers=[""], pointers=[""], units=["1"], add="99213"
    ))  # fmt: skip
    assert "<b>322</b>" in answer
    with practice_scope(stay.practice_id):
        codes = codes_of(CodingCase.objects.get(pk=stay.pk))
    assert [service.code for service in codes.services] == ["99213", STENT]
    assert [(line.code, line.pointers) for line in codes.lines] == [("99213", (1,))]


def test_a_fix_keeps_the_procedures_of_the_stay(desk: Client, stay: CodingCase) -> None:
    page: dict[str, Any] = {
        "dx": ["I50.21"],
        "px": ["99213", STENT],
        "modifiers": ["", ""],
        "pointers": ["", ""],
        "units": ["1", "1"],
    }
    answer = text(post(desk, stay, fix="DP01@line.1.pointers@", **page))
    assert "<b>322</b>" in answer
    assert 'id="p-1" name="pointers" value="A"' in answer


def test_a_claim_is_built_without_them(stay: CodingCase, coder: User) -> None:
    with practice_scope(stay.practice_id):
        services = [Service(code="99213", pointers=(1,)), Service(code=STENT)]
        save_codes(case_id=stay.pk, diagnoses=["I50.21"], services=services, actor=coder, now=NOW)
        finalize_case(case_id=stay.pk, actor=coder, now=NOW)
        build_claims(practice_id=stay.practice_id, case_ids=[stay.pk], now=NOW)
        assert list(ClaimLine.objects.values_list("code", flat=True)) == ["99213"]


def test_only_a_stay_takes_them(desk: Client, stay: CodingCase, practice: Practice, coder: User) -> None:
    with practice_scope(practice.pk):
        visit = waiting_case(practice)
        with pytest.raises(CannotCode, match="codes inpatient stays only"):
            save_codes(case_id=visit.pk, diagnoses=["I10"], services=[Service(code=STENT)], actor=coder, now=NOW)
    assert "codes inpatient stays only" in text(post(desk, visit, add=STENT))
    assert STENT not in text(desk.get(f"/coding/{visit.pk}/search", {"q": "dilation coronary"}))
    assert STENT in text(desk.get(f"/coding/{stay.pk}/search", {"q": "dilation coronary"}))


def test_the_note_of_a_stay_is_read_as_an_inpatients(stay: CodingCase) -> None:
    with practice_scope(stay.practice_id):
        assert note_facts([stay.pk])[stay.pk].setting == INPATIENT


def test_the_group_costs_one_query(desk: Client, stay: CodingCase, practice: Practice) -> None:
    def cost(case: CodingCase) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(f"/coding/{case.pk}/").status_code == 200
        return len(queries)

    post(desk, stay)
    with practice_scope(practice.pk):
        visit = waiting_case(practice)
    post(desk, visit)
    cost(visit)
    assert cost(stay) - cost(visit) == 1
    assert cost(stay) <= 50


def test_codes_stand_in_order() -> None:
    mixed = CaseCodes((), (Service(code=STENT), Service(code="99213")))
    assert [service.code for service in mixed.in_order().services] == ["99213", STENT]
