"""Rules of remittances: the three balances (SNIP 3), what belongs together (4), reasons, remarks and numbers (5)."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from edi.adjustments import Adjustment
from edi.balance import claim_imbalance, line_imbalance
from edi.elements import ZERO
from edi.envelope import Kind
from edi.npi import is_npi
from edi.remit_835 import ProviderAdjustment, RemitClaim, RemitHeader
from edi.validate.claims import shown
from edi.validate.finding import WARNING, Finding
from edi.validate.other_payers import known_reasons, reason_findings
from edi.validate.rules import Place, rule, set_rule
from edi.validate.tables import tables_of

_NEEDS_REMARK = frozenset(
    ["16", "96", "125", "129", "148", "201", "226", "227", "234", "237", "250", "251", "252", "267", "A1"]
)
_GROUPS = {
    **dict.fromkeys(("1", "2", "3", "66", "85", "201", "238", "241", "247", "248", "275", "P3"), ("PR",)),
    **dict.fromkeys(("23", "133", "136", "209", "257", "271", "277", "P11"), ("OA",)),
    **dict.fromkeys(("45",), ("CO", "PR", "PI", "OA")),
    "18": ("OA", "CO"),
    "249": ("CO",),
    "253": ("CO",),
}
_DENIED = "4"
_REVERSED = "22"

remit_claim = rule(Kind.REMIT_835, of=RemitClaim)
remit_header = rule(Kind.REMIT_835, of=RemitHeader)


@set_rule(Kind.REMIT_835)
class FileBalance:
    """BPR02 = sum of CLP04 - sum of PLB amounts, to the cent. Source: 835 guide, section 1.10.2.1.3."""

    def __init__(self) -> None:
        self._paid: Decimal | None = None
        self._header: tuple[RemitHeader, Place] | None = None
        self._sum = ZERO

    def take(self, fact: object, place: Place) -> Iterable[Finding]:
        """Header, claims, provider adjustments."""
        if isinstance(fact, RemitClaim):
            self._sum += fact.paid
        elif isinstance(fact, ProviderAdjustment):
            self._sum -= fact.amount
        elif isinstance(fact, RemitHeader):
            self._header = fact, place
        return ()

    def end(self, place: Place) -> Iterable[Finding]:
        """The sum is complete."""
        if self._header is None:
            return ()
        header, where = self._header
        paid = -header.paid if header.credit_debit == "D" else header.paid
        off = abs(self._sum - paid)
        if not off:
            return ()
        says = f"Claims less provider adjustments differ from the payment by {off:.2f} dollars."
        return (where.finding("remit-balance", says, level=3, loop="ST", segment="BPR", element=2),)


@remit_claim
def claim_balance(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """CLP03 - every CAS = CLP04, and for each line SVC02 - its CAS = SVC03. Source: 835 guide, section 1.10.2.1."""
    if off := claim_imbalance(claim):
        says = f"The claim is off by {abs(off):.2f} dollars."
        yield place.finding("claim-balance", says, level=3, loop="2100", segment="CLP", element=4)
    for line in claim.lines:
        if off := line_imbalance(line):
            yield place.finding(
                "line-balance",
                f"The line is off by {abs(off):.2f} dollars.",
                level=3,
                loop="2110",
                segment="SVC",
                element=3,
                segment_number=line.segment_number or place.find("SVC", nth=line.number),
            )


@remit_claim
def line_charges(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """The lines' charges make up the claim's.

    Source: 835 guide, CLP03 and SVC02. Payers split and bundle: a warning.
    """
    if not claim.lines:
        return
    charged = ZERO
    for line in claim.lines:
        charged += line.charge
    if charged != claim.charge:
        yield place.finding(
            "line-charges",
            "CLP03 is not the sum of the lines' charges.",
            level=3,
            severity=WARNING,
            loop="2100",
            segment="CLP",
            element=3,
        )


@remit_claim
def patient_share(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """CLP05 is the sum of the PR adjustments. Source: 835 guide, CLP05 note. Not for reversals."""
    if claim.patient_responsibility is None or claim.status == _REVERSED:
        return
    share = ZERO
    for each in claim.adjustments:
        if each.group == "PR":
            share += each.amount
    for line in claim.lines:
        for each in line.adjustments:
            if each.group == "PR":
                share += each.amount
    if share != claim.patient_responsibility:
        yield place.finding(
            "patient-share",
            "CLP05 is not the sum of the patient's adjustments (PR).",
            level=3,
            severity=WARNING,
            loop="2100",
            segment="CLP",
            element=5,
        )


@remit_claim
def denied_means_unpaid(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """A denied claim is paid nothing; a reversal takes back. Source: 835 guide, CLP02 and section 1.10.2.8."""
    if claim.status == _DENIED and claim.paid:
        yield place.finding(
            "denied-but-paid",
            "The claim is called denied, yet money is paid.",
            level=4,
            severity=WARNING,
            loop="2100",
            segment="CLP",
            element=2,
        )
    elif claim.status == _REVERSED and claim.charge > 0:
        yield place.finding(
            "reversal-sign",
            "A reversal's charge is not below zero.",
            level=4,
            severity=WARNING,
            loop="2100",
            segment="CLP",
            element=3,
        )


@remit_claim
def reasons(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """Every adjustment reason is a code of the list, in use. Source: 835 guide, CAS; code source 139."""
    tables = tables_of(place)
    day = _day(claim)
    if not known_reasons(claim.adjustments, day, tables):
        yield from reason_findings(claim.adjustments, day, tables, place, loop="2100", after=0)
    for line in claim.lines:
        if not known_reasons(line.adjustments, day, tables):
            after = line.segment_number or place.find("SVC", nth=line.number) or place.number
            yield from reason_findings(line.adjustments, day, tables, place, loop="2110", after=after)


def _day(claim: RemitClaim) -> date | None:
    """The day the payer decided at the earliest: it can't use a code that was gone by then."""
    return claim.received_date or claim.service_from


@remit_claim
def remarks(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """Every remark is a code of the list, in use. Source: 835 guide, LQ, MIA, MOA; code source 411."""
    tables = tables_of(place)
    for code in claim.remark_codes:
        if code not in tables.remarks:
            segment = "MIA" if claim.inpatient and code in claim.inpatient.remark_codes else "MOA"
            yield _unknown_remark(place, code, "2100", segment, 5 if segment == "MIA" else 3, 0)
    for line in claim.lines:
        for nth, code in enumerate(line.remark_codes, 1):
            if code not in tables.remarks and not code.isdecimal():  # digits alone: a pharmacy reject code (LQ*RX)
                yield _unknown_remark(place, code, "2110", "LQ", 2, line.segment_number, nth)


def _unknown_remark(
    place: Place, code: str, loop: str, segment: str, element: int, after: int, nth: int = 1
) -> Finding:
    return place.finding(
        "remark",
        f"{shown(code)} is not a remark code.",
        level=5,
        loop=loop,
        segment=segment,
        element=element,
        after=after,
        nth=nth,
    )


@remit_claim
def remark_needed(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """Some reasons mean nothing without a remark. Source: notes of code source 139; CAQH CORE 360."""
    spoken = bool(claim.remark_codes)
    if not spoken and any(each.reason in _NEEDS_REMARK for each in claim.adjustments):
        yield place.finding(
            "remark-needed",
            "The adjustment reason needs a remark code.",
            level=4,
            severity=WARNING,
            loop="2100",
            segment="CAS",
            element=2,
        )
    for line in claim.lines:
        if not (spoken or line.remark_codes) and any(each.reason in _NEEDS_REMARK for each in line.adjustments):
            yield place.finding(
                "remark-needed",
                "The adjustment reason needs a remark code.",
                level=4,
                severity=WARNING,
                loop="2110",
                segment="CAS",
                element=2,
                after=line.segment_number,
            )


@remit_claim
def reason_groups(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """Some reasons go with certain groups only. Source: notes of code source 139; CAQH CORE 360."""
    lists: list[tuple[int, str, tuple[Adjustment, ...]]] = [(0, "2100", claim.adjustments)]
    lists += [(line.segment_number, "2110", line.adjustments) for line in claim.lines]
    for after, loop, adjustments in lists:
        for each in adjustments:
            wanted = _GROUPS.get(each.reason)
            if wanted and each.group not in wanted and each.group != "CR":
                yield place.finding(
                    "reason-group",
                    f"Reason {each.reason} doesn't go with group {each.group}.",
                    level=4,
                    severity=WARNING,
                    loop=loop,
                    segment="CAS",
                    element=1,
                    after=after,
                )


@remit_claim
def line_days(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """A line ends after it begins. Source: 835 guide, DTM*150 and DTM*151."""
    for line in claim.lines:
        first, last = line.service_from, line.service_to
        if first and last and last < first:
            yield place.finding(
                "dates-reversed",
                "The last date of service lies before the first.",
                level=4,
                loop="2110",
                segment="DTM",
                element=2,
                after=line.segment_number,
            )


@remit_claim
def provider_numbers(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """A rendering provider's NPI has a right check digit. Source: 835 guide, loop 2100 NM1*82; 45 CFR 162.406."""
    rendering = claim.rendering
    if rendering and rendering.id_qualifier == "XX" and not is_npi(rendering.id):
        yield place.finding(
            "npi",
            "The rendering provider's NPI fails its check digit.",
            level=5,
            loop="2100",
            segment="NM1",
            qualifier="82",
            element=9,
        )


@remit_claim
def interest_and_covered(claim: RemitClaim, place: Place) -> Iterator[Finding]:
    """The allowed amount of a line is not above its charge, as a rule. Source: 835 guide, AMT*B6."""
    for line in claim.lines:
        allowed = line.allowed
        if allowed is not None and line.charge > 0 and allowed < line.paid:
            yield place.finding(
                "allowed-below-paid",
                "The line's allowed amount is below what was paid.",
                level=3,
                severity=WARNING,
                loop="2110",
                segment="AMT",
                qualifier="B6",
                element=2,
                after=line.segment_number,
            )


@remit_header
def payment(header: RemitHeader, place: Place) -> Iterator[Finding]:
    """The way of payment fits the amount. Source: 835 guide, BPR01, BPR02, BPR04."""
    if header.paid < 0:
        yield place.finding("payment", "The payment is below zero.", level=3, loop="ST", segment="BPR", element=2)
    if header.method == "NON" and header.paid > 0:
        yield place.finding(
            "payment", "Money is paid, yet BPR04 says none is.", level=4, loop="ST", segment="BPR", element=4
        )
    elif header.method in ("ACH", "CHK", "FWT", "BOP") and not header.paid:
        yield place.finding(
            "payment",
            "Nothing is paid, yet BPR04 names a way of payment.",
            level=4,
            severity=WARNING,
            loop="ST",
            segment="BPR",
            element=4,
        )


@remit_header
def payee_number(header: RemitHeader, place: Place) -> Iterator[Finding]:
    """The payee's NPI has a right check digit. Source: 835 guide, loop 1000B N104; 45 CFR 162.406."""
    if header.payee.id_qualifier == "XX" and not is_npi(header.payee.id):
        yield place.finding(
            "npi",
            "The payee's NPI fails its check digit.",
            level=5,
            loop="1000B",
            segment="N1",
            qualifier="PE",
            element=4,
        )


@rule(Kind.REMIT_835, of=ProviderAdjustment)
def provider_adjustment(adjustment: ProviderAdjustment, place: Place) -> Iterator[Finding]:
    """A provider adjustment has a reason of the list. Source: 835 guide, PLB03-1; code source 860."""
    if adjustment.code not in tables_of(place).provider_adjustments:
        yield place.finding(
            "provider-adjustment",
            f"{shown(adjustment.code)} is not a provider adjustment reason.",
            level=5,
            loop="ST",
            segment="PLB",
            element=3,
            component=1,
            segment_number=adjustment.segment_number or None,
        )
