"""Procedures: codes that exist, tests that the laboratory may do. Source: 45 CFR 162.1002; 42 CFR 493 (CLIA)."""

from collections.abc import Iterator

from coding.domain.edits.code_numbers import numbers
from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind
from coding.domain.edits.telling import add_modifier, on_line

WAIVER = "waiver"
# Waived tests whose code needs QW to say so. Source: CMS list of waived tests (own short table of numbers).
NEEDS_QW = numbers(
    "80047 80048 80051 80053 80061 80069 81003 82010 82040 82055 82120 82150 82274 82465 82523 82565 82570 82947 82950 "
    "82951 82985 83001 83036 83516 83605 83655 83718 83880 83986 84132 84155 84295 84443 84450 84460 84478 84520 84550 "
    "85014 85018 85576 85610 86294 86308 86318 86618 86703 87210 87449 87502 87634 87635 87651 87804 87807 87808 87809 "
    "87880 87905"
)


def known(facts: VisitFacts) -> Iterator[Finding]:
    """Every procedure is a code of a loaded code set. Source: 45 CFR 162.1002 (CPT, HCPCS level II)."""
    for line in facts.lines:
        if not line.known:
            yield on_line(
                "PX01",
                Family.PROCEDURE,
                line,
                "code",
                f"{line.code} is not a code",
                f"No loaded code set has the procedure of line {line.number}. Drop or replace it.",
                label="Ask coder",
            )


def in_force(facts: VisitFacts) -> Iterator[Finding]:
    """A procedure is a code on the date of service. Source: 45 CFR 162.1002 (CPT, HCPCS level II).

    The fix takes the code that replaces a deleted one, where a single one does.
    """
    for line in facts.lines:
        new = line.replaced_by
        if line.deleted_on:
            says = f"{line.code} was deleted on {line.deleted_on:%m/%d/%Y}" + (f"; {new} replaces it." if new else ".")
            brief = f"{line.code} is deleted"
        elif line.valid_from:
            says = f"{line.code} is a code only from {line.valid_from:%m/%d/%Y} on; the visit was before."
            brief = f"{line.code} is not yet a code"
        else:
            continue
        fix = Fix(kind=FixKind.SET_CODE, line=line.number, value=new) if new else None
        label = f"Use {new}" if new else "Ask coder"
        yield on_line("PX04", Family.PROCEDURE, line, "code", brief, says, label=label, fix=fix)


def waived_test(facts: VisitFacts) -> Iterator[Finding]:
    """A laboratory with a certificate of waiver marks its tests with QW. Source: CMS Claims Manual, 16, 70.8.

    Said only when the practice's certificate is known to be a waiver. The fix adds QW.
    """
    if facts.clia_certificate != WAIVER:
        return
    for line in facts.lines:
        if line.code in NEEDS_QW and "QW" not in line.modifiers:
            says = f"{line.code} is done under a certificate of waiver: line {line.number} needs QW."
            fix = add_modifier(line, "QW")
            brief = f"{line.code} needs QW"
            yield on_line("PX02", Family.PROCEDURE, line, "modifiers", brief, says, label="Add QW", fix=fix)


RULES = (known, in_force, waived_test)
