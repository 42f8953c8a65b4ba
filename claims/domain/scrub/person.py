"""The patient's and subscriber's own data. Source: X12N 837P guide, loops 2010BA and 2010CA."""

import re
from collections.abc import Iterator

from claims.domain.facts import ClaimFacts
from coding.domain.edits.findings import Family, Finding, Severity

SELF = "18"
OLDEST = 120  # years


def _missing(code: str, at: str, brief: str, says: str, label: str = "Ask front desk") -> Finding:
    return Finding(
        code=code, family=Family.PERSON, severity=Severity.STOP, at=at, brief=brief, says=says, fix_label=label
    )


def names(facts: ClaimFacts) -> Iterator[Finding]:
    """Patient and subscriber have a last name; a person also a first name. Source: 837P guide, NM103, NM104."""
    if not facts.patient.last_name.strip() or not facts.patient.first_name.strip():
        yield _missing("PT01", "patient.last_name", "Patient’s name is missing", "The patient’s name is incomplete.")
    if facts.coverage.relationship != SELF and not facts.subscriber.last_name.strip():
        yield _missing(
            "PT02",
            "coverage.subscriber",
            "Subscriber’s name is missing",
            "The patient is a dependent; who is the member?",
        )


def address(facts: ClaimFacts) -> Iterator[Finding]:
    """The patient's address has street, city and state. Source: 837P guide, N301, N401, N402."""
    where = facts.patient.address
    if not (where.street.strip() and where.city.strip() and re.fullmatch(r"[A-Z]{2}", where.state)):
        yield _missing(
            "PT03",
            "patient.address",
            "Patient’s address is incomplete",
            "Street, city or state is missing.",
        )


def zip_code(facts: ClaimFacts) -> Iterator[Finding]:
    """The patient's ZIP has five or nine digits. Source: 837P guide, N403; US Postal Service."""
    value = facts.patient.address.zip_code
    if not re.fullmatch(r"\d{5}(\d{4})?", value):
        says = f"The patient’s ZIP has {len(value)} characters; it needs five or nine digits."
        yield _missing("PT04", "patient.zip_code", "Patient’s ZIP is wrong" if value else "No ZIP on file", says)


def born_after_visit(facts: ClaimFacts) -> Iterator[Finding]:
    """Nobody is treated or insured before birth. Source: 837P guide, DMG02."""
    if facts.patient.birth_date and facts.patient.birth_date > facts.service_from:
        yield _missing(
            "PT05", "patient.birth_date", "Patient born after the visit",
            f"The birth date lies after the visit of {facts.service_from:%m/%d/%Y}.",
        )  # fmt: skip
    if facts.coverage.relationship == SELF:
        return
    if facts.subscriber.birth_date is None:
        yield _missing(
            "PT06", "coverage.subscriber", "Subscriber’s birth date is missing",
            "The patient is a dependent: the member’s birth date is needed.",
        )  # fmt: skip
    elif facts.subscriber.birth_date > facts.service_from:
        yield _missing(
            "PT07", "coverage.subscriber", "Subscriber born after the visit",
            f"The member’s birth date lies after the visit of {facts.service_from:%m/%d/%Y}.",
        )  # fmt: skip


def very_old(facts: ClaimFacts) -> Iterator[Finding]:
    """An age beyond 120 years is a typing error. Source: house rule."""
    born = facts.patient.birth_date
    if born and facts.service_from.year - born.year > OLDEST:
        yield Finding(
            code="PT08",
            family=Family.PERSON,
            severity=Severity.WARN,
            at="patient.birth_date",
            brief="Patient older than 120 years",
            says=f"By the birth date the patient is {facts.service_from.year - born.year} years old.",
            fix_label="Check birth date",
        )


RULES = (names, address, zip_code, born_after_visit, very_old)
