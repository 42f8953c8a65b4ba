"""Claims that were billed, and 835 files that answer them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import count
from typing import Any

from claims.domain.status import ClaimStatus
from claims.models import Claim, ClaimLine, InboundFile
from compliance.models import Practice
from edi import remit_835 as x12
from edi.adjustments import Adjustment
from edi.envelope import InterchangeHeader
from edi.parties import NamedParty, Person, Reference
from edi.segments import DEFAULT_DELIMITERS, Delimiters
from ledger.domain.accounts import Account, Leg, NewEntry
from ledger.operations import post_entries
from tests.builders import DAY, NOW, a_case, a_payer

PAID_ON = date(2026, 5, 18)
_numbers = count(500_001)  # the product itself numbers from 1


def D(text: str) -> Decimal:
    return Decimal(text)


def a_claim(
    practice: Practice,
    *lines: tuple[Any, ...],
    number: str = "",
    status: ClaimStatus = ClaimStatus.ACCEPTED,
    **fields: Any,
) -> Claim:
    """A claim that the payer has, its charges in the ledger. A line is (code, charge) or (code, charge, modifiers)."""
    lines = lines or (("99213", "168.00"),)
    visit_fields = {key: fields.pop(key) for key in ("patient", "payer") if key in fields}
    case = fields.pop("case", None) or a_case(
        practice, procedures=[(each[0], *each[2:3]) for each in lines], **visit_fields
    )
    visit = case.encounter
    coverage = visit.patient.coverages.get()
    charge = sum((D(each[1]) for each in lines), D("0.00"))
    claim = Claim.objects.create(
        **{
            "practice": practice,
            "number": number or f"26-{next(_numbers):06d}",
            "encounter": visit,
            "coding_case": case,
            "patient": visit.patient,
            "payer": coverage.payer,
            "coverage": coverage,
            "rendering": visit.provider,
            "location": visit.location,
            "status": status,
            "status_at": NOW,
            "place_of_service": "11",
            "service_from": DAY,
            "service_to": DAY,
            "diagnoses": ["M17.11"],
            "charge_amount": charge,
            "filing_deadline": date(2026, 10, 24),
            "created_at": NOW,
            **fields,
        }
    )
    rows = ClaimLine.objects.bulk_create(
        ClaimLine(
            practice=practice,
            claim=claim,
            number=at,
            code=each[0],
            modifiers=list(each[2]) if len(each) > 2 else [],
            charge_amount=D(each[1]),
            service_date=DAY,
        )
        for at, each in enumerate(lines, 1)
    )
    legs = [
        Leg(account=account, amount=sign * row.charge_amount, document=claim.number, item=row.number)
        for row in rows
        for account, sign in ((Account.PAYER_RECEIVABLE, 1), (Account.CHARGES, -1))
    ]
    entry = NewEntry(source=f"claim:{claim.number}:charges:1", kind="charges", effective_date=DAY, legs=tuple(legs))
    post_entries(practice_id=practice.pk, entries=[entry], actor=None, now=NOW)
    return claim


def cas(*triples: str) -> tuple[Adjustment, ...]:
    """cas("CO-45-75.60", "PR-3-30") as adjustments."""
    found = []
    for each in triples:
        group, reason, amount = each.split("-", 2)
        found.append(Adjustment(group=group, reason=reason, amount=D(amount)))
    return tuple(found)


def a_line(number: int, code: str, charge: str, paid: str, *adjusted: str, **fields: Any) -> x12.RemitLine:
    """An SVC with our line number in REF*6R, unless `references` say otherwise."""
    values: dict[str, Any] = {
        "dates": (x12.QualifiedDate(qualifier="472", on=DAY),),
        "references": (Reference(qualifier="6R", value=str(number)),),
    } | fields
    modifiers = tuple(values.pop("modifiers", ()))
    return x12.RemitLine(
        number=number,
        procedure=x12.RemitProcedure(qualifier=values.pop("qualifier", "HC"), code=code, modifiers=modifiers),
        charge=D(charge),
        paid=D(paid),
        adjustments=cas(*adjusted),
        **values,
    )


def an_answer(claim: Claim | None, *lines: x12.RemitLine, **fields: Any) -> x12.RemitClaim:
    """A CLP loop whose sums are those of its lines, unless told otherwise."""
    adjustments = cas(*fields.pop("adjusted", ()))
    charge = sum((each.charge for each in lines), D("0"))
    paid = sum((each.paid for each in lines), D("0")) - sum((each.amount for each in adjustments), D("0"))
    values: dict[str, Any] = {
        "number": claim.number if claim else "",
        "status": "1",
        "charge": charge,
        "paid": paid,
        "payer_control_number": f"HM{claim.pk:08d}" if claim else "",
        "adjustments": adjustments,
        "lines": lines,
    } | fields
    if claim and "patient" not in values:
        values["patient"] = NamedParty(
            entity="QC",
            name=Person(last_name=claim.patient.last_name.upper(), first_name=claim.patient.first_name.upper()),
            id_qualifier="MI",
            id=claim.coverage.member_id,
        )
    return x12.RemitClaim(**values)


def taken_back(answer: x12.RemitClaim, **fields: Any) -> x12.RemitClaim:
    """The reversal (CLP02 22) of an answer: every amount with the opposite sign."""
    from dataclasses import replace

    def minus(adjustments: Sequence[Adjustment]) -> tuple[Adjustment, ...]:
        return tuple(replace(each, amount=-each.amount) for each in adjustments)

    lines = tuple(
        replace(each, charge=-each.charge, paid=-each.paid, adjustments=minus(each.adjustments), amounts=())
        for each in answer.lines
    )
    values: dict[str, Any] = {
        "status": "22",
        "charge": -answer.charge,
        "paid": -answer.paid,
        "adjustments": minus(answer.adjustments),
        "lines": lines,
    } | fields
    return replace(answer, **values)


def a_plb(code: str, reference: str, amount: str) -> x12.ProviderAdjustment:
    return x12.ProviderAdjustment(
        provider_id="1730458817",
        fiscal_date=date(2026, 12, 31),
        code=code,
        reference=reference,
        amount=D(amount),
    )


def a_remit(
    *claims: x12.RemitClaim, plb: Sequence[x12.ProviderAdjustment] = (), trace: str = "88213047", **fields: Any
) -> x12.WholeRemit:
    """One ST that balances, unless `paid` says otherwise."""
    paid = sum((each.paid for each in claims), D("0")) - sum((each.amount for each in plb), D("0"))
    values: dict[str, Any] = {
        "handling": "I",
        "paid": paid,
        "method": "ACH",
        "payment_date": PAID_ON,
        "trace_number": trace,
        "payer_id": "1999999999",
        "payer": x12.RemitParty(name="Harbor Mutual", references=(Reference(qualifier="2U", value="HM001"),)),
        "payee": x12.RemitParty(name="Lakeshore", id_qualifier="XX", id="1730458817"),
        "production_date": PAID_ON,
    } | fields
    return x12.WholeRemit(header=x12.RemitHeader(**values), claims=claims, provider_adjustments=tuple(plb))


def a_file(
    practice: Practice,
    *remits: x12.WholeRemit,
    content: bytes | None = None,
    delimiters: Delimiters = DEFAULT_DELIMITERS,
    received_at: datetime = NOW,
) -> InboundFile:
    """An inbound 835 that nobody read yet."""
    number = next(_numbers)
    if content is None:
        header = InterchangeHeader(
            sender_id="CLEARHARBOR",
            receiver_id="LAKESHORE",
            control_number=number,
            group_control_number=number,
            written_at=NOW,
            delimiters=delimiters,
        )
        content = x12.write_remit(header, remits)
    a_payer(practice)
    return InboundFile.objects.create(
        practice=practice,
        name=f"{number}.835",
        kind="835",
        sha256=sha256(content).hexdigest(),
        content=content,
        size=len(content),
        received_at=received_at,
    )
