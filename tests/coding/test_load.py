"""Loading code sets: a repeat changes nothing, a correction changes one row."""

import pytest

from coding.models import Code, CodeSystem
from coding.operations.load import CodeRow, icd10cm_rows, is_loaded, load_procedures, merge_codes

pytestmark = pytest.mark.django_db

ROWS = [
    CodeRow(system=CodeSystem.ICD10CM, code="M17", wording="Osteoarthritis of knee", billable=False),
    CodeRow(
        system=CodeSystem.ICD10CM,
        code="M17.11",
        wording="Unilateral primary osteoarthritis, right knee",
        parent="M17.1",
        notes={"inclusion_terms": ["Worn right knee"]},
    ),
]


def test_a_second_load_changes_nothing() -> None:
    assert not is_loaded(CodeSystem.ICD10CM)
    assert [merge_codes(ROWS), merge_codes(ROWS)] == [2, 0]
    assert is_loaded(CodeSystem.ICD10CM)
    knee = Code.objects.get(code="M17.11")
    assert (knee.parent, knee.billable, knee.notes) == ("M17.1", True, {"inclusion_terms": ["Worn right knee"]})


def test_a_corrected_wording_changes_one_row() -> None:
    merge_codes(ROWS)
    corrected = CodeRow(system=CodeSystem.ICD10CM, code="M17", wording="Knee osteoarthritis", billable=False)
    assert merge_codes([corrected, ROWS[1]]) == 1
    assert Code.objects.get(code="M17").wording == "Knee osteoarthritis"


def test_wordings_with_commas_quotes_and_backslashes_survive() -> None:
    wording = 'Pain, "dull", left\\right; 50 %'
    merge_codes([CodeRow(system=CodeSystem.CPT, code="99999", wording=wording)])
    assert Code.objects.get(code="99999").wording == wording


def test_the_built_in_procedures_load_once_with_their_kind() -> None:
    assert load_procedures() > 100
    assert load_procedures() == 0
    assert Code.objects.get(code="20610").kind == "procedure"
    assert Code.objects.get(code="J3301").system == CodeSystem.HCPCS


def test_an_icd10cm_code_comes_with_its_own_instructions() -> None:
    rows = {row.code: row for row in icd10cm_rows()}
    assert len(rows) > 70_000
    diabetes = rows["E11"]
    assert not diabetes.billable
    assert diabetes.notes["excludes1"]
    assert rows["E11.42"].billable
    assert rows["E11.42"].parent == "E11.4"
