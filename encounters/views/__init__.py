"""The pages of visits and patients, and what registration does on them."""

from encounters.views.registration import (
    authorization_add,
    authorization_set,
    coverage_correct,
    member_id_correct,
    plan_add,
)
from encounters.views.visits import encounter_detail, encounter_list, patient_detail, patient_list
from encounters.views.waiting import encounter_waiting

__all__ = [
    "authorization_add",
    "authorization_set",
    "coverage_correct",
    "encounter_detail",
    "encounter_list",
    "encounter_waiting",
    "member_id_correct",
    "patient_detail",
    "patient_list",
    "plan_add",
]
