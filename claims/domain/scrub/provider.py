"""Who bills, who rendered, who referred. Source: 45 CFR 162.406 (NPI); X12N 837P guide, loops 2010AA, 2310A, 2310B."""

import re
from collections.abc import Iterator

from claims.domain.facts import ClaimFacts
from coding.domain.edits.findings import Family, Finding, Severity
from edi.npi import is_npi

TAXONOMY = re.compile(r"[0-9A-Z]{9}X")  # Health Care Provider Taxonomy Code Set: ten characters, the last an X


def _bad_npi(code: str, at: str, who: str, brief: str, label: str) -> Finding:
    return Finding(
        code=code,
        family=Family.PROVIDER,
        severity=Severity.STOP,
        at=at,
        brief=brief,
        says=f"The NPI of the {who} fails its check digit: a digit is wrong or two changed places.",
        fix_label=label,
    )


def billing_npi(facts: ClaimFacts) -> Iterator[Finding]:
    """The billing provider's NPI passes its check digit. Source: 45 CFR 162.406."""
    if not is_npi(facts.practice.npi):
        yield _bad_npi("PR01", "practice.npi", "practice", "NPI of the practice is not valid", "Correct practice")


def rendering_npi(facts: ClaimFacts) -> Iterator[Finding]:
    """The rendering provider's NPI passes its check digit. Source: 45 CFR 162.406."""
    if not is_npi(facts.rendering.npi):
        yield _bad_npi("PR02", "rendering.npi", "rendering provider", "NPI of the provider is not valid", "Correct NPI")


def referring_npi(facts: ClaimFacts) -> Iterator[Finding]:
    """A referring provider's NPI, when there is one, passes its check digit. Source: 45 CFR 162.406."""
    if facts.referring and not is_npi(facts.referring.npi):
        yield _bad_npi("PR03", "referring.npi", "referring provider", "Referring NPI is not valid", "Ask front desk")


def taxonomy(facts: ClaimFacts) -> Iterator[Finding]:
    """Billing and rendering provider name their specialty. Source: 837P guide, PRV03; NUCC code set."""
    for at, who, value in (
        ("practice.taxonomy", "practice", facts.practice.taxonomy),
        ("rendering.taxonomy", "rendering provider", facts.rendering.taxonomy),
    ):
        if not TAXONOMY.fullmatch(value):
            yield Finding(
                code="PR04",
                family=Family.PROVIDER,
                severity=Severity.STOP,
                at=at,
                brief=f"Specialty code of the {who}",
                says=f"The taxonomy code of the {who} is missing or has not ten characters ending in X.",
                fix_label="Correct taxonomy",
            )


def billing_identity(facts: ClaimFacts) -> Iterator[Finding]:
    """The practice has a nine-digit tax id and a nine-digit ZIP. Source: 837P guide, 2010AA REF02 and N403."""
    if not re.fullmatch(r"\d{9}", facts.practice.tax_id):
        yield _practice("PR05", "practice.tax_id", "Tax ID of the practice", "The practice’s tax ID needs nine digits.")
    if not re.fullmatch(r"\d{9}", facts.practice.address.zip_code):
        yield _practice(
            "PR06", "practice.zip_code", "ZIP of the practice", "The billing address needs a ZIP of nine digits."
        )


def _practice(code: str, at: str, brief: str, says: str) -> Finding:
    return Finding(
        code=code,
        family=Family.PROVIDER,
        severity=Severity.STOP,
        at=at,
        brief=brief,
        says=says,
        fix_label="Correct practice",
    )


RULES = (billing_npi, rendering_npi, referring_npi, taxonomy, billing_identity)
