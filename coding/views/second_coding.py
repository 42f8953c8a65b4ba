"""The second coder's codes on the page: rows, checks, and what a button does to them. Shows nothing of the first."""

from collections.abc import Sequence
from dataclasses import dataclass

from coding.domain.audits import from_json
from coding.domain.checks import Check, KnownCode, checks
from coding.domain.codes import LETTERS, MAX_DIAGNOSES, CaseCodes
from coding.forms import Act, CodesForm, TypedLine, as_typed
from coding.models import Code, CodeSystem, CodingAudit
from coding.queries import known_codes
from coding.views.desk import NO_WORDING, Option, OptionGroup


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
    checks: Sequence[Check]
    refusal: str = ""


def second_coding(audit: CodingAudit, form: CodesForm | None = None, refusal: str = "") -> SecondCoding:
    """The saved codes; or, when a form was refused, everything as the person typed it with the reason."""
    codes = from_json(audit.second) if form is None else form.codes()
    lines = as_typed(codes) if form is None else form.lines
    known = known_codes([codes])
    return SecondCoding(
        revision=audit.revision if form is None else form.revision,
        diagnoses=[
            Row(at, LETTERS[at - 1] if at <= MAX_DIAGNOSES else "–", code, _wording(code, known))
            for at, code in enumerate(codes.diagnoses, 1)
        ],
        services=[Row(at, str(at), line.code, _wording(line.code, known), line) for at, line in enumerate(lines, 1)],
        checks=checks(codes, known),
        refusal=refusal,
    )


def _wording(code: str, known: dict[str, KnownCode]) -> str:
    return known[code].wording if code in known else NO_WORDING


def acted(codes: CaseCodes, act: Act | None) -> tuple[CaseCodes, str]:
    """The codes after the act that a button asked for, and why it cannot be done."""
    if act is None:
        return codes, ""
    if act.verb == "add":
        known = known_codes([CaseCodes((act.code,))]).get(act.code)
        if known is None:
            return codes, f"{act.code} is in no loaded code set. Look for it by its words."
        return (codes.with_diagnosis(act.code) if known.is_diagnosis else codes.with_service(act.code)), ""
    moved = {
        "drop_diagnosis": codes.without_diagnosis,
        "drop_service": codes.without_service,
        "first": codes.with_first,
    }
    return (moved[act.verb](act.position), "") if act.verb in moved else (codes, "")


def blind_options(found: Sequence[Code]) -> list[OptionGroup]:
    """Search results without what they would mean on this visit: that would tell of the first coding."""
    groups = (
        ("Procedures", [code for code in found if code.system != CodeSystem.ICD10CM]),
        ("Diagnoses", [code for code in found if code.system == CodeSystem.ICD10CM]),
    )
    return [
        OptionGroup(label, [Option(code.code, code.wording, "") for code in codes]) for label, codes in groups if codes
    ]
