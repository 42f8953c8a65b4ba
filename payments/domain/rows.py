"""From the codec's dataclasses to the columns of a stored remittance, and back. Text is cut to its column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from edi.adjustments import Adjustment
from edi.parties import NamedParty, Organization
from edi.remit_835 import RemitClaim, RemitHeader, RemitLine
from payments.domain.match import Candidates, OurClaim, SentClaim, SentLine
from payments.domain.problems import is_money
from payments.domain.split import ZERO, Split, split_claim_level, split_line, total

MOST_UNITS = Decimal("9999999.99")


def remit_fields(header: RemitHeader, *, received: date) -> dict[str, Any]:
    """Columns of a remittance. The payer is named by TRN03, which stays the same whatever the payer calls itself."""
    amount = _cents(header.paid)
    return {
        "payer_name": header.payer.name[:60],
        "payer_identifier": (header.payer_id or header.payer.id or header.payer.name)[:80],
        "payee_name": header.payee.name[:60],
        "payee_npi": header.payee.id[:80] if header.payee.id_qualifier == "XX" else "",
        "trace_number": header.trace_number[:50],
        "method": header.method[:3],
        "amount": -amount if header.credit_debit == "D" else amount,
        "account_ending": _account_ending(header.raw),
        "paid_date": header.payment_date or header.production_date or received,
        "production_date": header.production_date,
    }


def _account_ending(raw: str) -> str:
    """The last four characters of our account (BPR15), the only part of it that is kept readable."""
    start = raw.find("BPR")
    if start < 0:
        return ""
    mark = raw[start + 3]
    parts = raw[start:].split(mark, 16)
    return parts[15][-4:] if len(parts) > 16 else ""


def claim_money(claim: RemitClaim) -> Split:
    """The whole claim's dollars."""
    lines = [line_money(line) for line in claim.lines]
    return total([*lines, claim_level_money(claim, lines)])


def line_money(line: RemitLine) -> Split:
    """A line's dollars."""
    allowed = line.allowed if line.charge >= 0 else None
    return split_line(charge=line.charge, paid=line.paid, adjustments=line.adjustments, allowed=allowed)


def claim_level_money(claim: RemitClaim, lines: Sequence[Split]) -> Split:
    """What the claim says beyond its lines."""
    return split_claim_level(charge=claim.charge, paid=claim.paid, adjustments=claim.adjustments, lines=lines)


def claim_fields(claim: RemitClaim, money: Split) -> dict[str, Any]:
    """Columns of a remittance claim."""
    insured = claim.insured.id if claim.insured else ""
    patient = claim.patient.id if claim.patient else ""
    return {
        "claim_number": claim.number[:38],
        "status_code": claim.status[:2],
        "charge_amount": _cents(claim.charge),
        "paid_amount": _cents(claim.paid),
        "patient_amount": _cents(money.patient),
        "payer_control_number": claim.payer_control_number[:50],
        "patient_name": _name(claim.patient)[:80],
        "member_id": (insured or patient)[:80],
        "service_date": claim.service_from,
        "adjustments": adjustments_json(claim.adjustments),
        "remarks": list(claim.remark_codes),
        "interest_amount": _cents(claim.interest or ZERO),
        "allowed_amount": _cents(money.allowed),
        "contractual_amount": _cents(money.contractual),
        "denied_amount": _cents(money.denied),
        "raw": claim.raw,
    }


def line_fields(line: RemitLine) -> dict[str, Any]:
    """Columns of a remittance line. A line without a procedure is its revenue code."""
    money = line_money(line)
    units = line.units if line.units is not None else Decimal(1)
    return {
        "position": line.number,
        "qualifier": line.procedure.qualifier[:2],
        "code": (line.procedure.code or line.revenue_code)[:48],
        "modifiers": list(line.procedure.modifiers),
        "billed_code": line.billed.code[:48] if line.billed else "",
        "line_control": line.line_control_number[:50],
        "units": units if abs(units) <= MOST_UNITS else ZERO,
        "service_date": line.service_from,
        "charge_amount": _cents(line.charge),
        "paid_amount": _cents(line.paid),
        "allowed_amount": _cents(money.allowed),
        "contractual_amount": _cents(money.contractual),
        "patient_amount": _cents(money.patient),
        "denied_amount": _cents(money.denied),
        "adjustments": adjustments_json(line.adjustments),
        "remarks": list(line.remark_codes),
    }


def sent_claim(claim: RemitClaim, *, payer_id: int | None) -> SentClaim:
    """What matching needs of a remittance claim."""
    fields = claim_fields(claim, Split())
    return SentClaim(
        number=fields["claim_number"],
        control_number=fields["payer_control_number"],
        payer_id=payer_id,
        last_name=_last_name(claim.patient),
        member_id=fields["member_id"],
        service_date=claim.service_from,
        charge=claim.charge,
    )


def sent_line(line: RemitLine) -> SentLine:
    """What matching needs of a line: the procedure as billed when the payer changed it."""
    billed = line.billed or line.procedure
    return SentLine(
        control=line.line_control_number,
        code=billed.code or line.revenue_code,
        modifiers=billed.modifiers,
        service_date=line.service_from,
        charge=line.charge,
    )


def stored_sent_line(row: Mapping[str, Any]) -> SentLine:
    """The same from a stored line's columns."""
    return SentLine(
        control=row["line_control"],
        code=row["billed_code"] or row["code"],
        modifiers=tuple(row["modifiers"]),
        service_date=row["service_date"],
        charge=row["charge_amount"],
    )


def with_lookalikes(ours: Candidates, more: Sequence[OurClaim]) -> Candidates:
    """The same candidates with claims that only resemble what was sent."""
    return replace(ours, lookalikes=more)


def adjustments_json(adjustments: Iterable[Adjustment]) -> list[dict[str, str]]:
    """Adjustments as they are stored: dollars and quantities as text."""
    return [
        {
            "group": each.group,
            "carc": each.reason,
            "amount": f"{each.amount:f}",
            **({"quantity": f"{each.quantity:f}"} if each.quantity is not None else {}),
        }
        for each in adjustments
    ]


def adjustments_of(stored: Iterable[Mapping[str, str]]) -> list[Adjustment]:
    """Stored adjustments as data."""
    return [
        Adjustment(
            group=each["group"],
            reason=each["carc"],
            amount=Decimal(each["amount"]),
            quantity=Decimal(each["quantity"]) if each.get("quantity") else None,
        )
        for each in stored
    ]


def _cents(amount: Decimal) -> Decimal:
    """The amount when a money column can hold it; what can't be held is an exception and shows as zero."""
    return amount if is_money(amount) else ZERO


def _name(party: NamedParty | None) -> str:
    if party is None:
        return ""
    if isinstance(party.name, Organization):
        return party.name.name
    person = party.name
    return f"{person.last_name}, {person.first_name} {person.middle_name}".strip(" ,")


def _last_name(party: NamedParty | None) -> str:
    if party is None:
        return ""
    return party.name.name if isinstance(party.name, Organization) else party.name.last_name
