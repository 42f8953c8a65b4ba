"""Prior authorization. Source: payer policy (`authorization_codes`); X12N 837P guide, 2300 REF*G1."""

from collections.abc import Iterator

from claims.domain.facts import ClaimFacts
from coding.domain.edits.facts import LineFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity

AT = "claim.authorization"


def missing(facts: ClaimFacts) -> Iterator[Finding]:
    """A service that this payer approves beforehand carries the approval's number.

    The number of the patient's approval from this payer for the code and day is put on the claim by itself.
    """
    if facts.authorization_number:
        return
    for line in _needing(facts)[:1]:
        number = _matching(facts, line)
        yield Finding(
            code="AU01",
            family=Family.AUTHORIZATION,
            severity=_severity(number),
            at=AT,
            brief="Approval on file, not on claim" if number else f"No approval for {line.code}",
            says=f"{facts.payer.name[:40]} wants an authorization for {line.code}"
            + (f"; {number} on file covers it." if number else ", and none is on file."),
            fix_label=f"Add {number}" if number else "Get approval",
            fix=_put(number) if number else None,
        )


def valid_on_date(facts: ClaimFacts) -> Iterator[Finding]:
    """The approval named on the claim is in force on the service date, where the service needs one."""
    known = [one for one in facts.authorizations if one.number == facts.authorization_number]
    for line in _needing(facts):
        if not known or any(one.valid_from <= line.service_date <= one.valid_to for one in known):
            continue
        one = known[0]
        early = line.service_date < one.valid_from
        day = one.valid_from if early else one.valid_to
        yield _not_valid(
            facts,
            line,
            code="AU02",
            brief=f"Approval {'starts' if early else 'ended'} {day:%m/%d}, visit {line.service_date:%m/%d}",
            says=f"Authorization {one.number} is valid from {one.valid_from:%m/%d/%Y} to {one.valid_to:%m/%d/%Y}.",
        )
        return


def valid_for_code(facts: ClaimFacts) -> Iterator[Finding]:
    """The approval named on the claim was given for the service that needs one."""
    known = [one for one in facts.authorizations if one.number == facts.authorization_number]
    for line in _needing(facts):
        if known and not any(line.code in one.codes for one in known):
            yield _not_valid(
                facts,
                line,
                code="AU03",
                brief=f"Approval is not for {line.code}",
                says=f"Authorization {known[0].number} covers {', '.join(sorted(known[0].codes))}, not {line.code}.",
            )
            return


def unknown_number(facts: ClaimFacts) -> Iterator[Finding]:
    """A number that no approval on file has may be mistyped."""
    known = {one.number for one in facts.authorizations}
    if facts.authorization_number and facts.authorization_number not in known and _needing(facts):
        yield Finding(
            code="AU04",
            family=Family.AUTHORIZATION,
            severity=Severity.WARN,
            at=AT,
            brief="Approval number is not on file",
            says=f"No approval of this patient has the number {facts.authorization_number}.",
            fix_label="Check number",
        )


def _needing(facts: ClaimFacts) -> list[LineFacts]:
    return [line for line in facts.lines if line.code in facts.payer.authorization_codes]


def _matching(facts: ClaimFacts, line: LineFacts) -> str:
    for one in facts.authorizations:
        if one.payer_id == facts.payer.id and one.covers(line.code, line.service_date):
            return one.number
    return ""


def _severity(number: str) -> Severity:
    """An approval on file that covers the service is used at once; without one a person must get it."""
    return Severity.REPAIR if number else Severity.STOP


def _put(number: str) -> Fix:
    return Fix(kind=FixKind.SET_AUTHORIZATION, value=number)


def _not_valid(facts: ClaimFacts, line: LineFacts, *, code: str, brief: str, says: str) -> Finding:
    number = _matching(facts, line)
    return Finding(
        code=code,
        family=Family.AUTHORIZATION,
        severity=_severity(number),
        at=AT,
        brief=brief,
        says=says[:120],
        fix_label=f"Use {number}" if number else "Ask for retro approval",
        fix=_put(number) if number else None,
    )


RULES = (missing, valid_on_date, valid_for_code, unknown_number)
