"""Claims, batches and remittances for the codec's tests. All people and numbers are made up."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from edi.adjustments import Adjustment
from edi.claim_837p import (
    Attachment,
    BillingProvider,
    Claim,
    Drug,
    LineAdjudication,
    Note,
    OtherPayer,
    Patient,
    Payer,
    ProfessionalBatch,
    Provider,
    Receiver,
    ServiceLine,
    Submitter,
    Subscriber,
)
from edi.envelope import InterchangeHeader
from edi.npi import check_digit
from edi.parties import Address, Contact, NamedParty, Organization, Person, Reference
from edi.remit_835 import (
    ProviderAdjustment,
    QualifiedAmount,
    QualifiedDate,
    RemitClaim,
    RemitHeader,
    RemitLine,
    RemitParty,
    RemitProcedure,
    WholeRemit,
)
from edi.segments import Delimiters

NOON = datetime(2026, 3, 2, 12, 30)  # noqa: DTZ001 an ISA carries local time without a zone
HEADER = InterchangeHeader(
    sender_id="LAKESHORE", receiver_id="CLEARHARBOR", control_number=17, group_control_number=18, written_at=NOON
)
PIPES = Delimiters(element="|", component=">", repetition="!", segment="\n")


def npi(seed: int) -> str:
    first_nine = f"1{seed:08d}"
    return first_nine + check_digit(first_nine)


def address(number: int = 1) -> Address:
    return Address(line1=f"{number} Shore Road", city="Duluth", state="MN", postal_code="558020001")


def billing(**changes: object) -> BillingProvider:
    base = BillingProvider(
        name=Organization(name="Lakeshore Medical Group"),
        npi=npi(1),
        tax_id="411234567",
        taxonomy="207Q00000X",
        address=address(),
        contact=Contact(name="Billing Office", phone="2185550100"),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # a test builder takes any field by name


def subscriber(**changes: object) -> Subscriber:
    base = Subscriber(
        filing_indicator="CI",
        group_number="G100",
        name=Person(last_name="Alder", first_name="June", middle_name="K"),
        member_id="HM000123",
        address=address(2),
        birth_date=date(1980, 5, 17),
        sex="F",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # as above


def line(number: int = 1, **changes: object) -> ServiceLine:
    base = ServiceLine(
        number=number,
        code="99213",
        charge=Decimal("150.00"),
        units=Decimal(1),
        service_from=date(2026, 2, 20),
        line_control_number=f"L{number}",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # as above


def claim(**changes: object) -> Claim:
    base = Claim(
        billing=billing(),
        subscriber=subscriber(),
        payer=Payer(name="Harbor Mutual", id="HM001"),
        number="26-000001",
        charge=Decimal("150.00"),
        place_of_service="11",
        diagnoses=("E119", "I10"),
        rendering=Provider(name=Person(last_name="Reed", first_name="Ana"), npi=npi(2), taxonomy="207Q00000X"),
        lines=(line(),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # as above


def batch(*claims: Claim, header: InterchangeHeader = HEADER) -> ProfessionalBatch:
    return ProfessionalBatch(
        header=header,
        submitter=Submitter(
            name=Organization(name="Lakeshore Medical Group"),
            id="LAKESHORE",
            contact=Contact(name="Billing Office", phone="2185550100", email="edi at lakeshore.example"),
        ),
        receiver=Receiver(name="Clear Harbor Exchange", id="CLEARHARBOR"),
        reference="B17",
        claims=claims,
    )


CHILD = Patient(
    relationship="19",
    name=Person(last_name="Alder", first_name="Tom"),
    address=address(2),
    birth_date=date(2015, 8, 1),
    sex="M",
)


def secondary_claim(**changes: object) -> Claim:
    """Two payers: the first allowed 120 of 150, paid 90, left 30 coinsurance."""
    decided = LineAdjudication(
        payer_id="NS002",
        paid=Decimal("90.00"),
        code="99213",
        units=Decimal(1),
        adjustments=(
            Adjustment(group="CO", reason="45", amount=Decimal("30.00")),
            Adjustment(group="PR", reason="2", amount=Decimal("30.00")),
        ),
        decided_on=date(2026, 2, 27),
        patient_liability=Decimal("30.00"),
    )
    other = OtherPayer(
        responsibility="P",
        filing_indicator="MB",
        paid=Decimal("90.00"),
        patient_liability=Decimal("30.00"),
        subscriber=Person(last_name="Alder", first_name="June"),
        member_id="1EG4TE5MK73",
        payer=Payer(name="North Shore Health", id="NS002", references=(Reference(qualifier="F8", value="NS77"),)),
        remark_codes=("MA01",),
    )
    base = claim(
        subscriber=subscriber(responsibility="S", insurance_type=""),
        other_payers=(other,),
        lines=(line(adjudications=(decided,)),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # as above


def varied_claims(count: int, seed: int) -> list[Claim]:
    """Claims that differ in everything the model can say, inside the rules of the guide."""
    chance = random.Random(seed)
    return [_varied(chance, number) for number in range(1, count + 1)]


def _varied(chance: random.Random, number: int) -> Claim:
    def maybe(value: Any, instead: Any, share: float = 0.4) -> Any:
        return value if chance.random() < share else instead

    day = date(2026, 1, 5) + timedelta(days=chance.randrange(50))
    diagnoses = tuple(
        chance.sample(["E119", "I10", "M25561", "J069", "R0789", "Z0000", "N390", "K219"], chance.randint(1, 8))
    )
    lines = tuple(_varied_line(chance, each, day, len(diagnoses)) for each in range(1, chance.randint(1, 6) + 1))
    child = chance.random() < 0.3
    who = chance.randrange(6)
    frequency = chance.choice(["1", "1", "1", "7", "8"])
    base = secondary_claim() if chance.random() < 0.25 else claim()
    return replace(
        base,
        billing=billing()
        if who < 4
        else billing(name=Organization(name="Northgate Clinic"), npi=npi(9), pay_to=address(7)),
        subscriber=replace(
            base.subscriber,
            member_id=f"HM{who:06d}",
            relationship="" if child else "18",
            group_name=maybe("Mill Workers", ""),
            group_number=maybe("", "G7"),
        ),
        patient=CHILD if child else None,
        number=f"26-{number:06d}",
        charge=sum((each.charge for each in lines), Decimal(0)),
        place_of_service=chance.choice(["11", "22", "02"]),
        frequency=frequency,
        payer_control_number="2630914402" if frequency != "1" else "",
        benefits_assigned=maybe("N", "Y", 0.2),
        signature_source=maybe("P", ""),
        causes=maybe(("AA",), (), 0.2),
        onset_date=maybe(day - timedelta(days=9), None),
        last_menstrual_date=maybe(day - timedelta(days=30), None, 0.1),
        patient_paid=maybe(Decimal("20.5"), None),
        prior_authorization=maybe("PA7781", ""),
        referral_number=maybe("RF11", ""),
        clia_number=maybe("24D0000001", "", 0.2),
        medical_record_number=maybe("MR12", ""),
        note=maybe(Note(text="Seen after a fall on ice"), None),
        attachments=maybe((Attachment(report="OZ", transmission="EL", control_number="ATT1"),), (), 0.2),
        diagnoses=diagnoses,
        referring=maybe(Provider(name=Person(last_name="Birch", first_name="Lee"), npi=npi(4)), None),
        supervising=maybe(Provider(name=Person(last_name="Elm", first_name="Kay"), npi=npi(5)), None, 0.2),
        service_facility=maybe(Provider(name=Organization(name="Pier Hospital"), npi=npi(6), address=address(5)), None),
        lines=_with_adjudications(lines) if base.other_payers else lines,
    )


def _varied_line(chance: random.Random, number: int, day: date, diagnoses: int) -> ServiceLine:
    pointers = tuple(chance.sample(range(1, diagnoses + 1), min(diagnoses, chance.randint(1, 4))))
    drug = Drug(ndc="00409488710", units=Decimal("2.5"), unit="ML", prescription_number="RX9")
    return line(
        number,
        code=chance.choice(["99213", "99214", "20610", "J3301", "36415"]),
        modifiers=tuple(chance.sample(["25", "59", "RT", "GT"], chance.randint(0, 4))),
        charge=Decimal(chance.randrange(100, 90000)) / 100,
        units=Decimal(chance.randint(1, 4)),
        place_of_service="12" if chance.random() < 0.2 else "",
        pointers=pointers,
        service_from=day,
        service_to=day + timedelta(days=2) if chance.random() < 0.2 else None,
        emergency=chance.random() < 0.1,
        note=Note(text="Left knee") if chance.random() < 0.2 else None,
        drug=drug if chance.random() < 0.2 else None,
        rendering=Provider(name=Person(last_name="Fir", first_name="Max"), npi=npi(8))
        if chance.random() < 0.2
        else None,
    )


def _with_adjudications(lines: tuple[ServiceLine, ...]) -> tuple[ServiceLine, ...]:
    return tuple(
        replace(
            each,
            adjudications=(
                LineAdjudication(
                    payer_id="NS002",
                    paid=each.charge - Decimal(1),
                    code=each.code,
                    modifiers=each.modifiers,
                    units=each.units,
                    adjustments=(Adjustment(group="CO", reason="45", amount=Decimal(1)),),
                    decided_on=date(2026, 3, 1),
                ),
            ),
        )
        for each in lines
    )


def remit(**changes: object) -> WholeRemit:
    """Two claims: one paid in part, one denied; a takeback; balanced: 92.40 + 0 - 12.40 = 80."""
    paid = RemitClaim(
        number="26-000001",
        status="1",
        charge=Decimal(150),
        paid=Decimal("92.40"),
        patient_responsibility=Decimal(20),
        filing_indicator="12",
        payer_control_number="2630914402",
        facility_code="11",
        frequency="1",
        patient=NamedParty(
            entity="QC", name=Person(last_name="Alder", first_name="June"), id_qualifier="MI", id="HM000123"
        ),
        lines=(
            RemitLine(
                number=1,
                procedure=RemitProcedure(qualifier="HC", code="99213", modifiers=("25",)),
                charge=Decimal(150),
                paid=Decimal("92.40"),
                units=Decimal(1),
                dates=(QualifiedDate(qualifier="472", on=date(2026, 2, 20)),),
                adjustments=(
                    Adjustment(group="CO", reason="45", amount=Decimal("37.60")),
                    Adjustment(group="PR", reason="3", amount=Decimal(20)),
                ),
                references=(Reference(qualifier="6R", value="L1"),),
                amounts=(QualifiedAmount(qualifier="B6", amount=Decimal("112.40")),),
            ),
        ),
        header_number="1",
    )
    denied = replace(
        paid,
        number="26-000002",
        status="4",
        paid=Decimal(0),
        patient_responsibility=None,
        lines=(
            replace(
                paid.lines[0],
                paid=Decimal(0),
                adjustments=(Adjustment(group="CO", reason="50", amount=Decimal(150)),),
                remark_codes=("N115", "M25"),
            ),
        ),
    )
    base = WholeRemit(
        header=RemitHeader(
            handling="I",
            paid=Decimal(80),
            method="ACH",
            payment_format="CCP",
            originating_company="1411234567",
            payment_date=date(2026, 3, 9),
            trace_number="EFT0001",
            payer_id="1411234567",
            production_date=date(2026, 3, 8),
            payer=RemitParty(
                name="Harbor Mutual",
                address=Address(line1="9 Quay", city="Duluth", state="MN", postal_code="55802"),
                contacts=(Contact(function="BL", name="EDI Desk", phone="8005550199"),),
            ),
            payee=RemitParty(
                name="Lakeshore Medical Group",
                id_qualifier="XX",
                id=npi(1),
                references=(Reference(qualifier="TJ", value="411234567"),),
            ),
        ),
        claims=(paid, denied),
        provider_adjustments=(
            ProviderAdjustment(
                provider_id=npi(1),
                fiscal_date=date(2026, 12, 31),
                code="WO",
                reference="26-000000",
                amount=Decimal("12.40"),
            ),
        ),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # as above
