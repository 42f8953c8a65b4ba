"""The code tables that rules of level 5 look into, and the day they take for today."""

import os
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

from edi.codes import clinical, taxonomy
from edi.codes.load import ENVIRONMENT, table
from edi.codes.states import BUILT_IN as STATES
from edi.codes.states import PROVINCES
from edi.codes.table import CodeTable
from edi.validate.rules import Place

_REMEMBERED = 100_000


class Tables:
    """Every table once. `directory` holds imported ones (else the directory that EDI_CODES names, else built in).

    Clinical codes (diagnoses, procedures, modifiers …) are checked by shape unless their table was imported. `today`
    makes dates in the future faults; without it they are compared with the day the file was written, where known.
    """

    def __init__(self, directory: str | Path | None = None, *, today: date | None = None) -> None:
        def load(kind: str) -> CodeTable:
            return table(kind, directory)

        self.today = today
        self.reasons = load("carc")
        self.remarks = load("rarc")
        self.categories = load("claim_status_category")
        self.statuses = load("claim_status")
        self.provider_adjustments = load("provider_adjustment")
        self.places = load("place_of_service")
        self.frequencies = load("frequency")
        self.facilities = load("facility")
        self.patient_statuses = load("patient_status")
        self.admission_sources = load("admission_source")
        self.states = frozenset(load("state") or STATES) | frozenset(PROVINCES)
        self._taxonomies = load("taxonomy")
        self.conditions = load("condition_code")
        self.occurrences = load("occurrence_code")
        self.values = load("value_code")
        self.is_diagnosis = _remembering(load("icd10cm"), clinical.ICD10CM.fullmatch)
        self.is_old_diagnosis = _remembering(CodeTable("", ()), clinical.ICD9CM.fullmatch)
        self.is_inpatient_procedure = _remembering(load("icd10pcs"), clinical.ICD10PCS.fullmatch)
        self.is_procedure = _remembering(CodeTable("", ()), _procedure_in(load("hcpcs")))
        self.is_modifier = _remembering(load("modifier"), clinical.MODIFIER.fullmatch)
        self.is_revenue_code = _remembering(load("revenue_code"), clinical.REVENUE.fullmatch)
        self.is_drug = _remembering(load("ndc"), clinical.NDC.fullmatch)
        self.is_taxonomy = _remembering(
            self._taxonomies if self._taxonomies.complete else CodeTable("", ()), taxonomy.has_shape
        )


def tables_of(place: Place) -> Tables:
    """The tables that the caller of `validate` gave, else the built-in ones."""
    given = place.tables
    if isinstance(given, Tables):
        return given
    found: Tables = _usual(os.environ.get(ENVIRONMENT, ""))
    place.tables = found
    return found


@lru_cache(maxsize=4)
def _usual(directory: str) -> Tables:
    return Tables(directory or None)


def _procedure_in(known: CodeTable) -> Callable[[str], object]:
    """HCPCS level II codes (a letter first) by the table when there is one; CPT and dental numbers by their shape."""
    if not known:
        return clinical.HCPCS.fullmatch
    return lambda code: clinical.HCPCS.fullmatch(code) and (code[0].isdecimal() or code[0] == "D" or code in known)


def _remembering(known: CodeTable, has_shape: Callable[[str], object]) -> Callable[[str], bool]:
    """Whether a code is in the table, or has the shape when there is no table. Answers are kept."""
    answers: dict[str, bool] = {}

    def check(code: str) -> bool:
        answer = answers.get(code)
        if answer is None:
            if len(answers) > _REMEMBERED:
                answers.clear()
            answer = answers[code] = code in known if known else bool(has_shape(code))
        return answer

    return check
