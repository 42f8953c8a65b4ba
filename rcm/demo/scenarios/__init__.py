"""Every kind of visit of the demo, by specialty, and the drawing weights of the specialties."""

from dataclasses import replace

from rcm.demo.scenarios import (
    behavioral,
    cardiology,
    dermatology,
    family,
    gastroenterology,
    orthopedics,
)
from rcm.demo.scenarios.shape import Dx, Line, Scenario, Slot

FAMILY = "Family medicine"
ORTHOPEDICS = "Orthopedics"
CARDIOLOGY = "Cardiology"
DERMATOLOGY = "Dermatology"
GASTROENTEROLOGY = "Gastroenterology"
BEHAVIORAL = "Behavioral health"

SPECIALTY_WEIGHTS: dict[str, int] = {
    FAMILY: 38,
    ORTHOPEDICS: 15,
    CARDIOLOGY: 13,
    DERMATOLOGY: 11,
    GASTROENTEROLOGY: 11,
    BEHAVIORAL: 12,
}

_BY_SPECIALTY = {
    FAMILY: family.SCENARIOS,
    ORTHOPEDICS: orthopedics.SCENARIOS,
    CARDIOLOGY: cardiology.SCENARIOS,
    DERMATOLOGY: dermatology.SCENARIOS,
    GASTROENTEROLOGY: gastroenterology.SCENARIOS,
    BEHAVIORAL: behavioral.SCENARIOS,
}

SCENARIOS: tuple[Scenario, ...] = tuple(
    replace(each, specialty=specialty) for specialty, many in _BY_SPECIALTY.items() for each in many
)

# Visits that a patient has at most once in the demo's year.
ONCE_A_YEAR = frozenset(
    each.key
    for each in SCENARIOS
    if any(
        word in each.key
        for word in (
            "preventive",
            "wellness",
            "well_child",
            "screening",
            "arthroscopy",
            "release",
            "nuclear",
            "fracture",
            "intake",
            "psychiatric_evaluation",
            "laceration",
            "excision",
            "patch_test",
            "colonoscopy",
            "polyp",
        )
    )
)

__all__ = [
    "BEHAVIORAL",
    "CARDIOLOGY",
    "DERMATOLOGY",
    "FAMILY",
    "GASTROENTEROLOGY",
    "ONCE_A_YEAR",
    "ORTHOPEDICS",
    "SCENARIOS",
    "SPECIALTY_WEIGHTS",
    "Dx",
    "Line",
    "Scenario",
    "Slot",
]
