"""What the buttons of a page do to the codes on it."""

from datetime import date

from coding.domain.checks import out_of_force
from coding.domain.codes import CaseCodes
from coding.forms import Act
from coding.queries import known_on


def acted(codes: CaseCodes, act: Act | None, day: date) -> tuple[CaseCodes, str]:
    """The codes after the act that a button asked for, and why it cannot be done on the day of service."""
    if act is None:
        return codes, ""
    if act.verb == "add":
        return _added(codes, act.code, day)
    moved = {
        "drop_diagnosis": codes.without_diagnosis,
        "drop_service": codes.without_service,
        "first": codes.with_first,
    }
    return (moved[act.verb](act.position) if act.verb in moved else codes), ""


def _added(codes: CaseCodes, code: str, day: date) -> tuple[CaseCodes, str]:
    known = known_on(day, [code]).get(code)
    if known is None:
        return codes, f"{code} is in no loaded code set. Look for it by its words."
    if not known.holds:
        return codes, " ".join(out_of_force(code, known))
    return (codes.with_diagnosis(code) if known.is_diagnosis else codes.with_service(code)), ""
