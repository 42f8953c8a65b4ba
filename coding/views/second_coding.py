"""The second coder's codes on the page: rows, checks, and what a button does to them. Shows nothing of the first."""

from collections.abc import Sequence
from dataclasses import dataclass

from coding.domain.audits import from_json
from coding.domain.checks import KnownCode, case_findings
from coding.domain.codes import LETTERS, MAX_DIAGNOSES
from coding.forms import CodesForm, TypedLine, as_typed
from coding.models import Code, CodeSystem, CodingAudit
from coding.queries import case_facts, known_on
from coding.views.desk import NO_WORDING
from coding.views.live_edits import LiveEdit, live_edits
from coding.views.options import Option, OptionGroup
from coding.views.stay import StayGroup, stay_group


@dataclass(frozen=True)
class Row:
    """A code with its letter or number, its fields as typed, and its wording."""

    position: int
    tag: str
    code: str
    wording: str
    line: TypedLine | None = None


@dataclass(frozen=True)
class SecondCoding:
    """The right-hand side of the audit page while the second coder works."""

    revision: int
    diagnoses: Sequence[Row]
    services: Sequence[Row]
    edits: Sequence[LiveEdit]
    stay: StayGroup | None = None  # of an inpatient stay
    refusal: str = ""


def second_coding(audit: CodingAudit, form: CodesForm | None = None, refusal: str = "") -> SecondCoding:
    """The saved codes; or, when a form was refused, everything as the person typed it with the reason."""
    codes = from_json(audit.second) if form is None else form.codes()
    lines = as_typed(codes) if form is None else form.lines
    case = audit.case
    known = known_on(case.encounter.service_date, codes.all)
    facts = case_facts(case.practice_id, {case.pk: codes})[case.pk]
    return SecondCoding(
        revision=audit.revision if form is None else form.revision,
        diagnoses=[
            Row(at, LETTERS[at - 1] if at <= MAX_DIAGNOSES else "–", code, _wording(code, known))
            for at, code in enumerate(codes.diagnoses, 1)
        ],
        services=[Row(at, str(at), line.code, _wording(line.code, known), line) for at, line in enumerate(lines, 1)],
        edits=live_edits(case_findings(facts)),
        stay=stay_group(case.encounter, codes),
        refusal=refusal,
    )


def _wording(code: str, known: dict[str, KnownCode]) -> str:
    return known[code].wording if code in known else NO_WORDING


def blind_options(found: Sequence[Code]) -> list[OptionGroup]:
    """Search results without what they would mean on this visit: that would tell of the first coding."""
    groups = (
        ("Procedures", [code for code in found if code.system != CodeSystem.ICD10CM]),
        ("Diagnoses", [code for code in found if code.system == CodeSystem.ICD10CM]),
    )
    return [
        OptionGroup(label, [Option(code.system, code.code, code.wording, "") for code in codes])
        for label, codes in groups
        if codes
    ]
