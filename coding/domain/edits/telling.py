"""How a finding on a diagnosis or on a line is put together: cut to what the queue and the page can show."""

from coding.domain.edits.facts import LineFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity

BRIEF, SAYS, LABEL = 40, 120, 60


def on_diagnosis(
    code: str,
    place: int,
    brief: str,
    says: str,
    *,
    label: str = "Ask coder",
    fix: Fix | None = None,
    severity: Severity = Severity.STOP,
) -> Finding:
    """A finding on the diagnosis at a position."""
    return Finding(
        code=code,
        family=Family.DIAGNOSIS,
        severity=severity,
        at=f"claim.diagnoses.{place}",
        brief=brief[:BRIEF],
        says=says[:SAYS],
        fix_label=label[:LABEL],
        fix=fix,
    )


def on_line(
    code: str,
    family: Family,
    line: LineFacts,
    field: str,
    brief: str,
    says: str,
    *,
    label: str = "Check note",
    fix: Fix | None = None,
    severity: Severity = Severity.STOP,
) -> Finding:
    """A finding on a field of a line."""
    return Finding(
        code=code,
        family=family,
        severity=severity,
        at=f"line.{line.number}.{field}",
        brief=brief[:BRIEF],
        says=says[:SAYS],
        fix_label=label[:LABEL],
        fix=fix,
    )


def instead(codes: tuple[str, ...]) -> str:
    """What to use in place of a deleted code, as far as it is known."""
    return f"Use {' or '.join(codes[:4])}." if codes else "Look for the code that took its place."


def replace_diagnosis(old: str, new: str) -> Fix:
    return Fix(kind=FixKind.REPLACE_DIAGNOSIS, value=new, values=(old,))


def remove_diagnosis(place: int) -> Fix:
    return Fix(kind=FixKind.REMOVE_DIAGNOSIS, value=str(place))


def put_first(place: int) -> Fix:
    return Fix(kind=FixKind.PUT_DIAGNOSIS_FIRST, value=str(place))


def set_modifiers(line: LineFacts, values: tuple[str, ...]) -> Fix:
    return Fix(kind=FixKind.SET_MODIFIERS, line=line.number, values=values)


def without(line: LineFacts, *gone: str) -> Fix:
    """The line's modifiers without some of them."""
    return set_modifiers(line, tuple(one for one in line.modifiers if one not in gone))


def add_modifier(line: LineFacts, modifier: str) -> Fix | None:
    """The modifier put first, where the line has room for one."""
    return None if len(line.modifiers) >= 4 else Fix(kind=FixKind.ADD_MODIFIER, line=line.number, value=modifier)
