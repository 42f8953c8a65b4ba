"""Guideline rules on the codes of one note, each a function that changes the findings, in the order they run."""

from collections.abc import Callable

from coding.suggestion.facts import NoteFacts
from coding.suggestion.found import Findings
from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import ReadNote
from coding.suggestion.rules.circumstances import (
    aftercare,
    allergic_rhinitis,
    biopsied_lesion,
    external_causes,
    immunization,
    not_today,
    only_first,
    pregnancy,
    treatment_completed,
    weight,
)
from coding.suggestion.rules.combinations import (
    asthma,
    copd,
    dementia,
    diabetes,
    hypertension,
    liver,
    obesity_class,
    prostate,
    resistant_hypertension,
    sepsis,
)
from coding.suggestion.rules.companions import (
    birth,
    concussion,
    dementia_cause,
    device_check,
    diabetic_companions,
    emphysema,
    family_history,
    fragility_fracture,
    iron_deficiency,
    kidney_companions,
    prostate_symptoms,
    receptor,
    sepsis_organism,
    ulcers,
)
from coding.suggestion.rules.drugs import adverse_effects, effect_before_drug, long_term_drugs
from coding.suggestion.rules.redundancy import excludes1, integral_symptoms, only_one_visit_kind, organisms, vague

Rule = Callable[[Findings, NoteFacts, ReadNote, Knowledge], None]

ALL: tuple[Rule, ...] = (
    adverse_effects, long_term_drugs, diabetes, resistant_hypertension, hypertension, copd, asthma, liver,
    prostate, sepsis_organism, sepsis, obesity_class, iron_deficiency, concussion, kidney_companions,
    diabetic_companions, emphysema, allergic_rhinitis, vague, fragility_fracture, aftercare, immunization,
    treatment_completed, device_check, biopsied_lesion, pregnancy, birth, dementia, dementia_cause,
    only_one_visit_kind, organisms, ulcers, receptor, integral_symptoms, prostate_symptoms, weight,
    external_causes, family_history, not_today, effect_before_drug, only_first, excludes1,
)  # fmt: skip


def apply_rules(found: Findings, facts: NoteFacts, note: ReadNote, knowledge: Knowledge) -> None:
    """All rules in their order."""
    for rule in ALL:
        rule(found, facts, note, knowledge)
