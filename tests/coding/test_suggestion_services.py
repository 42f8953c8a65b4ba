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
