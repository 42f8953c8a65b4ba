"""Remittance 835 (005010X221A1), and the proof that it balances before it is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import groupby

from payersim.answers.envelope import (
    Composite,
    Header,
    amount,
    composite,
    day,
    interchange,
    period,
    quantity,
    segment,
    transaction,
)
from payersim.claims import ZERO, Claim, Decision, Line, LineDecision, Person
from payersim.plans import Payer, Practice

VERSION = "005010X221A1"
PLB_PAIRS = 6


class Unbalanced(Exception):
    """The parts of a remittance do not add up; the text says which."""


@dataclass(frozen=True, slots=True)
class PaidClaim:
    """One CLP loop. `reversal` negates every amount. `skew` is an ordered fault: dollars added to CLP04 alone."""

    claim: Claim
    decision: Decision
    control: str
    received_on: date
    original_control: str = ""
    reversal: bool = False
    shown_number: str = ""
    interest: Decimal = ZERO
    skew: Decimal = ZERO

    @property
    def sign(self) -> int:
        """-1 for a reversal."""
        return -1 if self.reversal else 1

    @property
    def paid(self) -> Decimal:
        """CLP04 in dollars, signed, without an ordered fault."""
        return self.sign * self.decision.paid


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """One PLB pair; a positive amount (dollars) lowers the payment."""

    code: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Remittance:
    payer: Payer
    practice: Practice
    paid_on: date
    trace: str
    claims: tuple[PaidClaim, ...]
    adjustments: tuple[ProviderAdjustment, ...]

    @property
    def amount(self) -> Decimal:
        """BPR02 in dollars: claim payments less provider adjustments."""
        paid = sum((each.paid for each in self.claims), ZERO)
        return paid - sum((each.amount for each in self.adjustments), ZERO)


def check_balance(remittance: Remittance) -> None:
    """Prove the three balances of TR3 section 1.10.2.1: line, claim and transaction.

    Raises Unbalanced.
    """
    for each in remittance.claims:
        for line in each.decision.lines:
            adjusted = sum((one.amount for one in line.adjustments), ZERO)
            if line.charge - adjusted != line.paid or line.paid < 0:
                raise Unbalanced(f"line {line.number} of {each.control}")
        if each.decision.charge != each.claim.charge:
            raise Unbalanced(f"charges of {each.control}")
    if remittance.amount < 0:
        raise Unbalanced(f"payment {remittance.trace} is below zero")


def write_835(header: Header, remittance: Remittance) -> bytes:
    """One 835 with one transaction set.

    Raises Unbalanced before a byte is written.
    """
    check_balance(remittance)
    return interchange(header, "HP", VERSION, [transaction("835", 1, "", _body(header, remittance))])


def company_id(payer_id: str) -> str:
    """The payer's ten-digit originating company id (BPR10, TRN03); made up from its payer id."""
    return "1" + f"{int.from_bytes(sha256(payer_id.encode()).digest()[:4]) % 10**9:09d}"


def _body(header: Header, remit: Remittance) -> Iterator[str]:
    yield _money(remit)
    yield segment("TRN", "1", remit.trace, company_id(remit.payer.payer_id))
    yield segment("REF", "EV", header.receiver)
    yield segment("DTM", "405", day(header.at))
    yield segment("N1", "PR", remit.payer.name)
    yield segment("N3", "PO BOX 1000")
    yield segment("N4", "SPRINGFIELD", "IL", "62701")
    yield segment("REF", "2U", remit.payer.payer_id)
    yield segment("PER", "BL", "ELECTRONIC CLAIMS DESK", "TE", "8005550100")
    yield segment("N1", "PE", remit.practice.name, "XX", remit.practice.npi)
    yield segment("REF", "TJ", remit.practice.tax_id.replace("-", ""))
    if remit.claims:
        yield segment("LX", "1")
    for each in remit.claims:
        yield from _claim(remit.payer, each)
    yield from _adjustments(remit)


def _money(remit: Remittance) -> str:
    paid_on = day(remit.paid_on)
    if remit.amount == 0:
        return segment("BPR", "H", "0", "C", "NON", *[""] * 11, paid_on)
    bank = ("ACH", "CCP", "01", "999999992", "DA", "1000001", company_id(remit.payer.payer_id), "")
    return segment("BPR", "I", amount(remit.amount), "C", *bank, "01", "999999992", "DA", "2000002", paid_on)


def _claim(payer: Payer, one: PaidClaim) -> Iterator[str]:
    claim, decision, sign = one.claim, one.decision, one.sign
    yield segment(
        "CLP",
        one.shown_number or claim.claim_number,
        "22" if one.reversal else decision.status,
        amount(sign * decision.charge),
        amount(one.paid + one.skew),
        "" if one.reversal else amount(decision.patient) if decision.patient else "",
        payer.filing_indicator,
        one.control,
        claim.place,
        claim.frequency,
    )
    yield from _people(claim)
    yield from _claim_notes(payer, one)
    lines = {line.number: line for line in claim.lines}
    for decided in decision.lines:
        yield from _line(lines[decided.number], decided, sign)


def _people(claim: Claim) -> Iterator[str]:
    patient_is_insured = claim.patient == claim.subscriber
    yield _name("QC", claim.patient, *(("MI", claim.member_id) if patient_is_insured else ("", "")))
    if not patient_is_insured:
        yield _name("IL", claim.subscriber, "MI", claim.member_id)
    if claim.rendering_npi:
        kind = "1" if claim.rendering.first_name else "2"
        yield _name("82", claim.rendering, "XX", claim.rendering_npi, kind)


def _name(entity: str, person: Person, qualifier: str, number: str, kind: str = "1") -> str:
    names = (person.last_name, person.first_name, person.middle_name)
    return segment("NM1", entity, kind, *names, "", "", qualifier, number)


def _claim_notes(payer: Payer, one: PaidClaim) -> Iterator[str]:
    if payer.kind == "medicare" and not one.reversal:
        unprocessable = any(each.reason == "16" for line in one.decision.lines for each in line.adjustments)
        yield segment("MOA", "", "", "MA130" if unprocessable else "MA01")
    if one.original_control:
        yield segment("REF", "F8", one.original_control)
    yield segment("DTM", "232", day(one.claim.first_day))
    yield segment("DTM", "233", day(one.claim.last_day))
    yield segment("DTM", "050", day(one.received_on))
    if not one.reversal and one.decision.allowed:
        yield segment("AMT", "AU", amount(one.decision.allowed))
    if one.interest:
        yield segment("AMT", "I", amount(one.interest))


def _line(line: Line, decided: LineDecision, sign: int) -> Iterator[str]:
    procedure = composite(line.qualifier, line.code, *line.modifiers)
    charge, paid = amount(sign * decided.charge), amount(sign * decided.paid)
    yield segment("SVC", procedure, charge, paid, "", quantity(line.units))
    qualifier, value = period(line.service_from, line.service_to)
    if qualifier == "D8":
        yield segment("DTM", "472", value)
    else:
        yield segment("DTM", "150", day(line.service_from))
        yield segment("DTM", "151", day(line.service_to))
    for group, each in groupby(decided.adjustments, key=lambda one: one.group):
        triplets = [part for one in each for part in (one.reason, amount(sign * one.amount), "")]
        yield segment("CAS", group, *triplets)
    if line.control:
        yield segment("REF", "6R", line.control)
    if decided.allowed and sign > 0:
        yield segment("AMT", "B6", amount(decided.allowed))
    for remark in decided.remarks:
        yield segment("LQ", "HE", remark)


def _adjustments(remit: Remittance) -> Iterator[str]:
    pairs: Sequence[ProviderAdjustment] = remit.adjustments
    fiscal = f"{remit.paid_on.year}1231"
    for start in range(0, len(pairs), PLB_PAIRS):
        parts: list[str | Composite] = []
        for each in pairs[start : start + PLB_PAIRS]:
            parts += [composite(each.code, each.reference), amount(each.amount)]
        yield segment("PLB", remit.practice.npi, fiscal, *parts)
