"""When the services were given. Source: X12N 837P guide, 2400 DTP*472."""

from collections.abc import Iterator

from claims.domain.facts import ClaimFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity


def not_in_future(facts: ClaimFacts) -> Iterator[Finding]:
    """Services are billed after they were given."""
    for line in facts.lines:
        if line.service_date > facts.today:
            yield Finding(
                code="DT01",
                family=Family.DATES,
                severity=Severity.STOP,
                at=f"line.{line.number}.service_date",
                brief=f"Line {line.number} is dated in the future",
                says=f"Line {line.number} is dated {line.service_date:%m/%d/%Y}, which is after today.",
                fix_label="Correct date",
            )


def within_claim(facts: ClaimFacts) -> Iterator[Finding]:
    """Each line lies within the claim's dates. The fix takes the claim's day when it has just one."""
    for line in facts.lines:
        if facts.service_from <= line.service_date <= facts.service_to:
            continue
        one_day = facts.service_from == facts.service_to
        fix = Fix(kind=FixKind.SET_SERVICE_DATE, line=line.number, value=facts.service_from.isoformat())
        yield Finding(
            code="DT02",
            family=Family.DATES,
            severity=Severity.STOP,
            at=f"line.{line.number}.service_date",
            brief=f"Line {line.number} is outside the visit",
            says=f"Line {line.number} is dated {line.service_date:%m/%d/%Y}, the visit {facts.service_from:%m/%d/%Y}.",
            fix_label=f"Use {facts.service_from:%m/%d}" if one_day else "Correct date",
            fix=fix if one_day else None,
        )


RULES = (not_in_future, within_claim)
