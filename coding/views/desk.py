"""What the workbench shows: rows, prices, live edits. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from coding.domain.checks import KnownCode, case_findings
from coding.domain.codes import LETTERS, MAX_DIAGNOSES, CaseCodes
from coding.forms import CodesForm, TypedLine, as_typed
from coding.models import CodingCase
from coding.queries import case_facts, codes_of, known_on
from coding.views.live_edits import LiveEdit, live_edits, told_only
from encounters.models import Coverage
from encounters.queries import charges_on, contract_prices, coverage_on

NO_WORDING = "not in any loaded code set"


@dataclass(frozen=True)
class DiagnosisRow:
    """A diagnosis with its letter."""

    position: int
    letter: str
    code: str
    wording: str
    known: bool


@dataclass(frozen=True)
class ServiceRow:
    """A service line as typed, with what it is worth."""

    position: int
    line: TypedLine
    wording: str
    expected: Decimal | None


@dataclass(frozen=True)
class Desk:
    """The right-hand side of the workbench."""

    revision: int
    diagnoses: Sequence[DiagnosisRow]
    services: Sequence[ServiceRow]
    expected: Decimal
    charged: Decimal
    payer: str
    edits: Sequence[LiveEdit]
    told: Sequence[str]
    refusal: str = ""
    saved: bool = True

    @property
    def ready(self) -> bool:
        """No edit speaks against the codes."""
        return not self.edits


def desk(case: CodingCase, form: CodesForm | None = None, refusal: str = "") -> Desk:
    """The saved codes; or, when a form was refused, everything as the person typed it with the reason."""
    codes = codes_of(case) if form is None else form.codes()
    lines = as_typed(codes) if form is None else form.lines
    found = case_findings(case_facts(case.practice_id, {case.pk: codes})[case.pk])
    visit = case.encounter
    known = known_on(visit.service_date, codes.all)
    plan = coverage_on(visit.patient, visit.service_date)
    entered = {service.code for service in codes.services}
    allowed = contract_prices(plan, entered)
    charges = charges_on(case.practice_id, visit.service_date, entered)
    units = {at: service.units for at, service in enumerate(codes.services)}
    rows = [
        ServiceRow(
            at + 1,
            line,
            known[line.code].wording if line.code in known else NO_WORDING,
            allowed[line.code] * units.get(at, 1) if line.code in allowed else None,
        )
        for at, line in enumerate(lines)
    ]
    return Desk(
        revision=case.revision if form is None else form.revision,
        diagnoses=_diagnosis_rows(codes, known),
        services=rows,
        expected=sum((row.expected for row in rows if row.expected is not None), Decimal("0.00")),
        charged=sum((charges.get(s.code, Decimal(0)) * s.units for s in codes.services), Decimal("0.00")),
        payer=_payer_words(plan),
        edits=live_edits(found),
        told=told_only(found),
        refusal=refusal,
        saved=form is None,
    )


def _diagnosis_rows(codes: CaseCodes, known: dict[str, KnownCode]) -> list[DiagnosisRow]:
    return [
        DiagnosisRow(
            position=at,
            letter=LETTERS[at - 1] if at <= MAX_DIAGNOSES else "–",
            code=code,
            wording=known[code].wording if code in known else NO_WORDING,
            known=code in known and known[code].is_diagnosis,
        )
        for at, code in enumerate(codes.diagnoses, 1)
    ]


def _payer_words(plan: Coverage | None) -> str:
    if plan is None:
        return "no coverage on this day"
    return plan.payer.contract.name if plan.payer.contract else f"no contract with {plan.payer.name}"
