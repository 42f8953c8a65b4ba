"""What the box for codes offers: results in groups, each with what choosing it means on this visit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coding.models import Code, CodeSystem, CodingCase
from coding.queries import codes_of
from encounters.queries import contract_prices, coverage_on
from pages.presentation import dollars

DIAGNOSES = (CodeSystem.ICD10CM,)


@dataclass(frozen=True)
class Option:
    """A search result: code, wording, and what choosing it means. A heading is not added, it shows what is below it."""

    system: str
    code: str
    wording: str
    consequence: str
    is_heading: bool = False


@dataclass(frozen=True)
class OptionGroup:
    """Results of one kind under their heading."""

    label: str
    options: Sequence[Option]


def option_groups(case: CodingCase, found: Sequence[Code], before: Iterable[CodingCase]) -> list[OptionGroup]:
    """Search results with their consequence: here already, coded before, or the price by contract."""
    plan = coverage_on(case.encounter.patient, case.encounter.service_date)
    prices = contract_prices(plan, (code.code for code in found if code.system not in DIAGNOSES))
    here = set(codes_of(case).all)
    seen = {code for other in before for code in codes_of(other).diagnoses}

    def consequence(code: Code) -> str:
        if not code.billable:
            return "heading"
        if code.code in here:
            return "on this visit"
        if code.code in prices:
            return dollars(prices[code.code])
        if code.system not in DIAGNOSES:
            return "no contract price"
        return "coded before" if code.code in seen else ""

    groups = (
        ("Procedures", [code for code in found if code.billable and code.system not in DIAGNOSES]),
        ("Diagnoses", [code for code in found if code.billable and code.system in DIAGNOSES]),
        ("Headings", [code for code in found if not code.billable]),
    )
    return [
        OptionGroup(label, [Option(c.system, c.code, c.wording, consequence(c), not c.billable) for c in codes])
        for label, codes in groups
        if codes
    ]
