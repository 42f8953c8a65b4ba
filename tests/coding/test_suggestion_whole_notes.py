"""Whole notes with the whole code set: what counts, what goes along with what, and in which order."""

import pytest

from coding.suggestion.facts import NoteFacts, Suggestions
from coding.suggestion.suggest import suggest
from tests.coding.test_suggestion_context import whole_code_set


def _read(text: str, sex: str = "", age: int | None = 60, setting: str = "outpatient") -> Suggestions:
    return suggest(NoteFacts(text=text, sex=sex, age=age, setting=setting), whole_code_set())


def _codes(text: str, **facts: str | int) -> list[str]:
    return [d.code for d in _read(text, **facts).diagnoses]  # type: ignore[arg-type]  # the keywords are those of _read


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Sore throat 2 d, hx eczema as baby.\nT 98.9, lungs clear, throat red.\nViral URI. Fluids.", ["J06.9"]),
        ("Gout flare. HTN per PCP.\nBP 130/80, toe red.\nAcute gout left foot. Colchicine.", ["M10.072"]),
        ("1) COPD - stable\n2) Gout - quiet on allopurinol\nRTC 6 mo", ["J44.9", "M10.9"]),
        ("Here for asthma f/u. Had pneumonia in 2019.\nAssessment: Asthma, stable.", ["J45.909"]),
        ("Assessment: seasonal allergic rhinitis due to tree pollen.", ["J30.1"]),
        ("Assessment: COPD with centrilobular emphysema.", ["J43.2"]),
        ("Assessment: Alzheimer's dementia, mild.", ["G30.9", "F02.A0"]),
        ("Assessment: Erectile dysfunction due to type 2 diabetes.", ["E11.69", "N52.1"]),
        ("Assessment: CKD stage 4, anemia of CKD.", ["N18.4", "D63.1"]),
        ("Assessment: Iron deficiency anemia due to menorrhagia.", ["D50.0", "N92.0"]),
        ("Assessment: BPH with nocturia.", ["N40.1", "R35.1"]),
        ("Assessment: Laceration right thumb.", ["S61.011A"]),
        ("Assessment: Class 2 obesity, BMI 37.3.", ["E66.812", "Z68.37"]),
        ("Assessment: Stridor.", ["R06.1"]),
        ("Assessment: carcinoma of right breast, on adjuvant letrozole, no recurrence.", ["C50.911", "Z79.811"]),
    ],
)
def test_what_a_note_is_coded_for_in_its_order(text: str, listed: list[str]) -> None:
    assert _codes(text) == listed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Assessment: hypertension. Aspirin stopped last month.", "Z79.82"),
        ("Assessment: hypertension. Discussed tirzepatide.", "Z79.85"),
        ("Assessment: knee pain. TKA discussed.", "Z96.65"),
        ("Assessment: hypertension. Smoker? no, never.", "F17"),
        ("Assessment: hypertension. Father with CABG.", "Z95.1"),
        ("Assessment: gout. Husband has diabetes.", "Z83.3"),
        ("PSH: appendectomy.\nAssessment: hypertension.", "Z90"),
        ("Assessment: hypertension. Eye exam referral.", "Z01"),
    ],
)
def test_what_does_not_count(text: str, code: str) -> None:
    assert not [found for found in _codes(text) if found.startswith(code)]


def test_a_former_smoker_has_the_history() -> None:
    assert "Z87.891" in _codes("Assessment: hypertension. Smoker: quit 8 years ago.")


def test_in_hospital_what_was_done_in_this_stay_leaves_no_status() -> None:
    text = "Discharge diagnosis: acute cholecystitis, s/p laparoscopic cholecystectomy."
    assert not [code for code in _codes(text, setting="inpatient") if code.startswith("Z90")]


@pytest.mark.parametrize(
    ("text", "services"),
    [
        ("VIDEO VISIT. Assessment: depression. Increase sertraline to 100.", [("99214", ("95",))]),
        (
            "NURSE VISIT. Influenza vaccine PF 0.5 mL IM L deltoid. Need for immunization.",
            [("90686", ()), ("90471", ())],
        ),
        ("PT daily note. Adhesive capsulitis left. Manual therapy 15 min.", [("97140", ("GP",))]),
        ("Assessment: actinic keratoses x4. LN2 to all.", [("17000", ()), ("17003", ())]),
        ("Assessment: trigger finger, right ring. Injected flexor sheath right ring.", [("20550", ("F8",))]),
    ],
)
def test_services_of_a_note(text: str, services: list[tuple[str, tuple[str, ...]]]) -> None:
    found = [(p.code, p.modifiers) for p in _read(text, age=50).procedures]
    assert [service for service in services if service not in found] == []
