"""How a patient leaves an inpatient stay. Source: CMS Claims Processing Manual, chapter 25, 75.3 (FL 17); own words."""

DISCHARGE: dict[str, str] = {
    "01": "Home",
    "02": "Another short-term hospital",
    "03": "Skilled nursing facility",
    "04": "Custodial or supportive care",
    "05": "Cancer or children’s hospital",
    "06": "Home with home health care",
    "07": "Left against advice",
    "20": "Died",
    "21": "Court or law enforcement",
    "43": "Federal hospital",
    "50": "Hospice at home",
    "51": "Hospice in a facility",
    "61": "Swing bed of this hospital",
    "62": "Inpatient rehabilitation",
    "63": "Long-term care hospital",
    "64": "Nursing facility, Medicaid only",
    "65": "Psychiatric hospital",
    "66": "Critical access hospital",
    "70": "Another kind of institution",
}  # those with a planned readmission (81–95) come from the hospital's own system


def discharge_words(status: str) -> str:
    """A patient status in words; one without words as its number."""
    return f"{status} {DISCHARGE[status]}" if status in DISCHARGE else status
