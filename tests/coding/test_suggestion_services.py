"""Services that a note says were done, with units, modifiers and the level of the visit."""

import pytest

from coding.suggestion.facts import NoteFacts
from coding.suggestion.suggest import suggest
from tests.coding.suggestion_samples import small_knowledge


def services(
    text: str, *, age: int = 55, is_new: bool = False, setting: str = "outpatient"
) -> dict[str, tuple[str, ...]]:
    facts = NoteFacts(text=text, sex="F", age=age, is_new=is_new, setting=setting)
    return {s.code: s.modifiers for s in suggest(facts, small_knowledge()).procedures}


@pytest.mark.parametrize(
    ("minutes", "is_new", "code"),
    [(25, False, "99213"), (43, False, "99215"), (46, True, "99204"), (12, True, "99202")],
)
def test_written_time_decides_the_level(minutes: int, is_new: bool, code: str) -> None:
    text = f"Assessment: hypertension. Total time on the day of the visit {minutes} minutes."
    assert code in services(text, is_new=is_new)


def test_two_stable_chronic_illnesses_with_a_prescription_are_moderate() -> None:
    text = "Assessment: hypertension and T2DM, both stable. Continue lisinopril and metformin."
    assert services(text) == {"99214": ()}


def test_the_reason_of_a_visit_names_each_element() -> None:
    facts = NoteFacts(text="Assessment: hypertension. Continue lisinopril.", age=55, is_new=False)
    (visit,) = suggest(facts, small_knowledge()).procedures
    assert all(element in visit.reason for element in ("Problems", "Data", "Risk"))
    assert visit.spans
    assert visit.pointers == (1,)


def test_an_injection_brings_drug_units_side_and_modifier_25() -> None:
    text = (
        "Assessment: primary osteoarthritis, left knee; hypertension, increase lisinopril."
        " Left knee injected with 40 mg triamcinolone."
    )
    facts = NoteFacts(text=text, age=66, is_new=False)
    found = {s.code: s for s in suggest(facts, small_knowledge()).procedures}
    assert found["20610"].modifiers == ("LT",)
    assert found["J3301"].units == 4
    assert found["99214"].modifiers == ("25",)


def test_a_planned_or_denied_procedure_is_not_billed() -> None:
    text = "Assessment: left knee pain. Plan: will schedule knee injection. No knee injection today."
    assert "20610" not in services(text)


def test_a_vaccine_brings_its_administration() -> None:
    text = "Assessment: annual physical. Flu vaccine given today, Tdap given."
    assert services(text, age=55).keys() == {"99396", "90686", "90715", "90471", "90472"}


def test_an_inpatient_note_brings_no_services() -> None:
    assert services("Assessment: pneumonia. EKG done.", setting="inpatient") == {}


@pytest.mark.parametrize(
    ("text", "billed", "not_billed"),
    [
        ("Assessment: hypertension. CBC and CMP drawn and run here: normal.", {"85025", "80053", "36415"}, set()),
        ("Assessment: hypertension. Outside CBC reviewed: normal. CMP ordered.", set(), {"85025", "80053", "36415"}),
        ("Assessment: hypothyroidism. TSH 7.2 mIU/L today.", {"84443"}, {"36415"}),
        ("Assessment: hypothyroidism. TSH 7.2 last week, recheck today.", set(), {"84443"}),
        ("Right knee film, three views, today: narrowing. Assessment: osteoarthritis.", {"73562"}, {"73030"}),
        ("Right knee film of last month: three views. Assessment: osteoarthritis.", set(), {"73562"}),
        ("MRI of the right knee without contrast, done here today. Assessment: knee pain.", {"73721"}, set()),
        ("Outside MRI of the right knee reviewed. Assessment: knee pain.", set(), {"73721"}),
        ("Assessment: sciatica. Ketorolac 60 mg given into the right gluteus.", {"J1885", "96372"}, set()),
        ("Assessment: sciatica. Ketorolac 10 mg by mouth at home as needed.", set(), {"J1885", "96372"}),
        ("Assessment: immunization. Influenza vaccine 0.5 mL IM left deltoid given.", {"90686", "90471"}, {"96372"}),
        ("Yearly Medicare wellness visit. Assessment: no abnormal findings.", {"G0439"}, {"99396", "99213"}),
    ],
)
def test_what_was_made_here_is_billed_and_nothing_else(text: str, billed: set[str], not_billed: set[str]) -> None:
    found = services(text).keys()
    assert billed <= found
    assert not not_billed & found


@pytest.mark.parametrize(
    ("age", "text", "code"),
    [
        (50, "Screening colonoscopy.", "45378"),
        (70, "Screening colonoscopy.", "G0121"),
        (70, "Colonoscopy, surveillance.", "45378"),
        (50, "Colonoscopy. Polyp removed by cold snare.", "45385"),
        (50, "Colonoscopy. Random biopsies taken.", "45380"),
        (50, "Upper endoscopy. Biopsies taken.", "43239"),
        (50, "Upper endoscopy, no biopsies.", "43235"),
    ],
)
def test_an_endoscopy_is_coded_by_what_was_taken_and_has_no_visit(age: int, text: str, code: str) -> None:
    report = f"{text} Sedation by anesthesia. Preparation good. Landmarks seen. Assessment: done."
    assert services(report, age=age).keys() == {code}


def test_an_endoscopy_of_another_day_is_none() -> None:
    text = "Assessment: anemia. Colonoscopy last year clean, upper endoscopy next week."
    assert not services(text).keys() & {"45378", "43235"}


@pytest.mark.parametrize(
    ("is_new", "text", "kind"),
    [
        (True, "Seen here before.", "9921"),
        (True, "", "9920"),
        (False, "New to the practice.", "9921"),  # earlier visits prove more than the note says
    ],
)
def test_the_note_may_know_of_visits_that_nobody_recorded(is_new: bool, text: str, kind: str) -> None:
    (visit,) = services(f"Cough for a week. {text} Assessment: hypertension.", is_new=is_new)
    assert visit.startswith(kind)


def test_a_planned_procedure_is_all_that_its_visit_was() -> None:
    text = (
        "Planned left knee injection.\nAssessment: osteoarthritis of left knee: knee injected with 40 mg triamcinolone."
    )
    assert services(text).keys() == {"20610", "J3301"}


def test_the_first_item_of_a_plan_is_not_planned_for_another_day() -> None:
    text = "Assessment and plan\n1. Plantar wart: 5 warts destroyed with liquid nitrogen."
    assert "17110" in services(text)
