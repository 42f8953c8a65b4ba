"""Which diagnoses a note supports, which it does not, and what words are shown for them."""

import pytest

from tests.coding.suggestion_samples import codes, suggested


def test_every_suggestion_points_at_its_words_and_says_why() -> None:
    text = "Assessment: Hypertension, at goal."
    (found,) = suggested(text).diagnoses
    assert (found.system, found.code) == ("icd10cm", "I10")
    assert [text[span.start : span.end] for span in found.spans] == ["Hypertension"]
    assert "Hypertension" in found.reason
    assert 0 < found.confidence <= 100


@pytest.mark.parametrize(
    "text",
    [
        "Assessment: cough. No fever.",
        "Assessment: cough. Denies chest pain or fever.",
        "Assessment: cough. Pneumonia was ruled out.",
        "Assessment: cough. COVID and pneumonia negative.",
    ],
)
def test_what_the_note_denies_is_withheld(text: str) -> None:
    assert codes(text) == ["R05.9"]
    assert all("denies" in held.reason for held in suggested(text).withheld)


def test_a_relatives_condition_is_family_history_only() -> None:
    found = suggested("Assessment: hypertension. Mother had breast cancer at 60.")
    assert {d.code for d in found.diagnoses} == {"I10", "Z80.3"}
    assert [held.code for held in found.withheld] == ["C50.919"]


def test_uncertain_is_not_coded_for_an_outpatient_but_at_discharge_for_an_inpatient() -> None:
    text = "Assessment: cough, probable pneumonia."
    assert codes(text) == ["R05.9"]
    assert "J18.9" in codes(text, setting="inpatient")


def test_a_cancer_that_is_over_becomes_history() -> None:
    assert codes("Assessment: history of breast cancer 2011, no recurrence.") == ["Z85.3"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Assessment: right knee pain.", "M25.561"),
        ("Assessment: pain in the L knee.", "M25.562"),
        ("Assessment: knee pain.", "M25.569"),
        ("Assessment: primary osteoarthritis, left knee.", "M17.12"),
        ("Assessment: bilateral knee OA.", "M17.0"),
    ],
)
def test_the_side_comes_from_the_words(text: str, right: str) -> None:
    assert codes(text) == [right]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Assessment: right ankle sprain after a fall yesterday.", "S93.401A"),
        ("Recheck of right ankle sprain, healing well. Assessment: right ankle sprain.", "S93.401D"),
    ],
)
def test_the_seventh_character_tells_the_encounter(text: str, right: str) -> None:
    assert right in codes(text)


def test_diabetes_with_kidney_disease_and_neuropathy_are_combined() -> None:
    found = codes("Assessment:\n1. T2DM on metformin\n2. CKD stage 3a\n3. peripheral neuropathy")
    assert {"E11.22", "E11.42", "N18.31", "Z79.84"} <= set(found)
    assert not {"E11.9", "G62.9"} & set(found)
    assert found.index("E11.22") < found.index("N18.31")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Assessment: hypertension; heart failure.", {"I11.0", "I50.9"}),
        ("Assessment: hypertension; CKD 3a.", {"I12.9", "N18.31"}),
        ("Assessment: hypertension, chronic systolic heart failure, CKD 3a.", {"I13.0", "I50.22", "N18.31"}),
    ],
)
def test_hypertension_takes_heart_and_kidney_in(text: str, right: set[str]) -> None:
    assert set(codes(text)) == right


def test_a_symptom_of_the_diagnosis_is_not_coded() -> None:
    assert codes("Three days of cough and fever. Viral URI. Rest and fluids.") == ["J06.9"]


def test_body_mass_index_stands_only_beside_a_diagnosis_of_weight() -> None:
    assert codes("Exam: BMI 31.2. Assessment: obesity.") == ["E66.9", "Z68.31"]
    assert codes("Exam: BMI 31.2. Assessment: hypertension.") == ["I10"]


def test_a_drug_that_is_blamed_has_its_code() -> None:
    assert codes("Assessment: cough due to lisinopril. Hypertension.") == ["R05.9", "T46.4X5A", "I10"]


def test_absence_in_a_wording_is_no_denial_of_the_disease() -> None:
    assert codes("Assessment: GERD without esophagitis.") == ["K21.9"]


def test_a_capital_abbreviation_is_not_a_small_word() -> None:
    assert codes("Assessment: hypertension, add amlodipine, pad the brace.") == ["I10"]


def test_an_empty_note_suggests_nothing() -> None:
    found = suggested("")
    assert found.diagnoses == found.withheld == ()
