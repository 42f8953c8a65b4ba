"""Diagnoses of a claim and the lines' pointers to them (SNIP 4 and 5)."""

from collections.abc import Iterator
from datetime import date

from edi.codes import clinical
from edi.validate.claims import (
    Claim,
    Dental,
    Institutional,
    PlacedClaim,
    every_claim,
    first_service,
    institutional,
    last_service,
    line_start,
    placed_claim,
)
from edi.validate.finding import WARNING, Finding
from edi.validate.rules import Place
from edi.validate.tables import tables_of

ICD10_START = date(2015, 10, 1)
"""First day of service that is coded in ICD-10. Source: 45 CFR 162.1002(c)."""

_OLD = frozenset({"BK", "BF", "BJ", "PR", "BN", "BR", "BQ"})
_NEW = frozenset({"ABK", "ABF", "ABJ", "APR", "ABN", "BBR", "BBQ"})


def coded(claim: Claim, place: Place) -> Iterator[tuple[int, int, str, str]]:
    """Segment number, element, qualifier and code of every diagnosis of the claim's HI segments."""
    component = place.delimiters.component
    for at, parts in enumerate(place.elements, place.number):
        if parts[0] == "HI":
            for element, text in enumerate(parts[1:], 1):
                qualifier, _, rest = text.partition(component)
                yield at, element, qualifier, rest.partition(component)[0]
        elif parts[0] == "LX":
            return


def _all_codes(claim: Claim) -> tuple[str, ...]:
    codes = claim.diagnoses
    if isinstance(claim, Institutional):
        codes += tuple(each.code for each in claim.external_causes) + claim.visit_reasons
        if claim.admitting:
            codes += (claim.admitting,)
    return codes


@every_claim
def diagnosis_codes(claim: Claim, place: Place) -> Iterator[Finding]:
    """Every diagnosis has the shape of its code set, or is in the table.

    Source: 837 guides, HI; code sources 131, 897.
    """
    tables = tables_of(place)
    known = tables.is_diagnosis if claim.diagnosis_version == 10 else tables.is_old_diagnosis
    if all(map(known, _all_codes(claim))):
        return
    for number, element, qualifier, code in coded(claim, place):
        if (qualifier not in _NEW and qualifier not in _OLD) or qualifier in ("BBR", "BBQ", "BR", "BQ"):
            continue
        known = tables.is_diagnosis if qualifier in _NEW else tables.is_old_diagnosis
        if code and not known(code):
            yield place.finding(
                *_what_is_wrong(code, known(clinical.normal(code))),
                level=5,
                segment="HI",
                element=element,
                component=2,
                segment_number=number,
            )


def _what_is_wrong(code: str, else_right: bool) -> tuple[str, str]:
    if "." in code:
        return "diagnosis-dot", "A diagnosis is sent without its dot."
    if else_right:
        return "diagnosis-lower-case", "A diagnosis is sent in capitals."
    return "diagnosis", "There is no such diagnosis code."


@every_claim
def diagnosis_once(claim: Claim, place: Place) -> Iterator[Finding]:
    """No diagnosis stands twice. Source: 837 guides, HI; claim status 255 of Medicare's edits."""
    codes = claim.diagnoses
    if len(set(codes)) == len(codes):
        return
    seen: set[str] = set()
    for number, element, qualifier, code in coded(claim, place):
        if qualifier in ("ABK", "ABF", "BK", "BF"):
            if code in seen:
                yield place.finding(
                    "diagnosis-twice",
                    "The same diagnosis stands twice.",
                    level=4,
                    segment="HI",
                    element=element,
                    component=2,
                    segment_number=number,
                )
            seen.add(code)


@every_claim
def one_code_set(claim: Claim, place: Place) -> Iterator[Finding]:
    """Diagnoses of one claim are all ICD-10 or all ICD-9. Source: 837 guides, HI notes."""
    if f"{place.delimiters.element}B" not in place.raw or len(claim.diagnoses) < 2:
        return  # every old qualifier starts with B right behind an element separator
    kinds = {
        qualifier in _NEW: (number, element)
        for number, element, qualifier, _ in coded(claim, place)
        if qualifier in _NEW or qualifier in _OLD
    }
    if len(kinds) == 2:
        number, element = kinds[False]
        yield place.finding(
            "icd-mixed",
            "The claim mixes ICD-9 and ICD-10.",
            level=4,
            segment="HI",
            element=element,
            component=1,
            segment_number=number,
        )


@every_claim
def code_set_of_the_day(claim: Claim, place: Place) -> tuple[Finding, ...]:
    """ICD-10 from October 2015 on (inpatient: by discharge), ICD-9 before. Source: 45 CFR 162.1002; MLN SE1408."""
    if not claim.diagnoses:
        return ()
    day = last_service(claim) if isinstance(claim, Institutional) else first_service(claim)
    if day is None or (day >= ICD10_START) == (claim.diagnosis_version == 10):
        return ()
    says = (
        "This date of service is coded in ICD-10." if day >= ICD10_START else "This date of service is coded in ICD-9."
    )
    return (place.finding("icd-date", says, level=4, segment="HI", element=1, component=1),)


@every_claim
def principal_is_no_cause(claim: Claim, place: Place) -> tuple[Finding, ...]:
    """An external cause is never the first diagnosis. Source: ICD-10-CM guidelines, section I.C.20."""
    codes = claim.diagnoses
    if not codes or not codes[0].startswith(clinical.EXTERNAL_CAUSE) or claim.diagnosis_version != 10:
        return ()
    return (
        place.finding(
            "external-cause-first",
            "An external cause can't be the first diagnosis.",
            level=4,
            segment="HI",
            element=1,
            component=2,
        ),
    )


@placed_claim
def pointers(claim: PlacedClaim, place: Place) -> Iterator[Finding]:
    """A line points only at diagnoses that are there, each once. Source: 837P guide SV107, 837D guide SV311."""
    count = len(claim.diagnoses)
    if not count:
        return  # a missing HI is told by the walk over the structure
    for index, line in enumerate(claim.lines):
        given = line.pointers
        if not given or (len(given) == 1 and 1 <= given[0] <= count):
            continue
        segment, element = ("SV3", 11) if isinstance(claim, Dental) else ("SV1", 7)
        for component, pointer in enumerate(given, 1):
            if not 1 <= pointer <= count:
                yield place.finding(
                    "pointer",
                    "The line points at a diagnosis that isn't there.",
                    level=4,
                    loop="2400",
                    segment=segment,
                    element=element,
                    component=component,
                    after=line_start(place, index),
                )
        if len(set(given)) < len(given):
            yield place.finding(
                "pointer-twice",
                "The line points at one diagnosis twice.",
                level=4,
                severity=WARNING,
                loop="2400",
                segment=segment,
                element=element,
                after=line_start(place, index),
            )


@institutional
def external_causes(claim: Institutional, place: Place) -> Iterator[Finding]:
    """External causes are codes V to Y (old: E). Source: 837I guide, HI*ABN; ICD-10-CM chapter 20."""
    letters, name = (clinical.EXTERNAL_CAUSE, "ABN") if claim.diagnosis_version == 10 else (("E",), "BN")
    for element, each in enumerate(claim.external_causes, 1):
        if not each.code.startswith(letters):
            yield place.finding(
                "external-cause",
                "This is no external cause code.",
                level=5,
                segment="HI",
                qualifier=name,
                element=element,
                component=2,
            )
