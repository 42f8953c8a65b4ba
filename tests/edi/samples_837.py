"""A claim of each kind with every field set, and smaller ones. All people and numbers are made up."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from edi import claim_837d, claim_837i, claim_837p
from edi.adjustments import Adjustment
from edi.claim_837.facts import (
    Attachment,
    BillingProvider,
    Condition,
    Contract,
    Drug,
    InpatientDecision,
    LineAdjudication,
    Note,
    OtherPayer,
    OtherPayerProvider,
    Patient,
    Payer,
    PayToPlan,
    Pricing,
    Provider,
    Receiver,
    Submitter,
    Subscriber,
)
from edi.envelope import InterchangeHeader
from edi.parties import Address, Contact, Organization, Person, Reference
from tests.edi.samples import HEADER, address, npi

DAY = date(2026, 2, 20)
HOME = Address(line1="2 Shore Road", line2="Flat 3", city="Duluth", state="MN", postal_code="55802")
PHONE = Contact(name="Ann Reed", phone="2185550177", extension="12")
JUNE = Person(last_name="Alder", first_name="June", middle_name="K", suffix="Jr")


def days(start: int = 1) -> Any:
    """One day after the other, so that no two dates of a sample are the same."""
    return (date.fromordinal(date(2026, 1, start).toordinal() + step) for step in range(200))


def person(seed: int, **more: Any) -> Provider:
    """A person with every secondary number the guide has room for."""
    name = Person(last_name=f"Birch{seed}", first_name="Lee")
    return Provider(name=name, npi=npi(seed), references=(Reference(qualifier="G2", value=f"X{seed}"),), **more)


def place(seed: int, **more: Any) -> Provider:
    return Provider(name=Organization(name=f"Pier Hospital {seed}"), npi=npi(seed), address=address(seed), **more)


FULL_BILLING = BillingProvider(
    name=Organization(name="Lakeshore Medical Group"),
    npi=npi(1),
    tax_id="411234567",
    tax_id_qualifier="SY",
    taxonomy="207Q00000X",
    currency="CAD",
    address=address(),
    contact=Contact(name="Billing Office", phone="2185550100"),
    pay_to=address(9),
    pay_to_plan=PayToPlan(
        name="North Plan",
        id="NP1",
        id_qualifier="XV",
        address=address(8),
        tax_id="419999999",
        references=(Reference(qualifier="FY", value="77"),),
    ),
    references=(Reference(qualifier="0B", value="L12"), Reference(qualifier="1G", value="U77")),
)
FULL_SUBSCRIBER = Subscriber(
    responsibility="S",
    relationship="18",
    group_number="G100",
    group_name="Mill Workers",
    insurance_type="12",
    filing_indicator="MB",
    death_date=date(2026, 2, 28),
    weight=Decimal(155),
    pregnant=True,
    name=JUNE,
    member_id="HM000123",
    member_id_qualifier="II",
    address=HOME,
    birth_date=date(1980, 5, 17),
    sex="F",
    references=(Reference(qualifier="SY", value="123456789"), Reference(qualifier="Y4", value="PC1")),
    contact=PHONE,
)
FULL_PATIENT = Patient(
    relationship="19",
    death_date=date(2026, 2, 27),
    weight=Decimal("20.5"),
    pregnant=True,
    name=Person(last_name="Alder", first_name="Tom", middle_name="B", suffix="III"),
    address=HOME,
    birth_date=date(2015, 8, 1),
    sex="M",
    references=(Reference(qualifier="Y4", value="PC2"),),
    contact=PHONE,
)
FULL_PAYER = Payer(
    name="Harbor Mutual",
    id="HM001",
    id_qualifier="XV",
    address=address(4),
    references=(Reference(qualifier="2U", value="9"), Reference(qualifier="G2", value="B1")),
)
FULL_PRICING = Pricing(
    method="03",
    allowed=Decimal("100.5"),
    savings=Decimal("49.5"),
    organization="REP1",
    rate=Decimal("1.25"),
    group_code="APG1",
    group_amount=Decimal(99),
    revenue_code="0450",
    qualifier="HC",
    code="99213",
    unit_basis="UN",
    units=Decimal(1),
    rejection="T1",
    compliance="2",
    exception="1",
)
FULL_CONTRACT = Contract(
    kind="04",
    amount=Decimal(140),
    percent=Decimal("93.3"),
    code="K1",
    discount_percent=Decimal(2),
    version="V3",
)
FULL_OTHER_PAYER = OtherPayer(
    responsibility="P",
    relationship="01",
    group_number="G7",
    group_name="Quay Crew",
    insurance_type="47",
    filing_indicator="CI",
    adjustments=(
        *[Adjustment(group="CO", reason=str(each), amount=Decimal(each)) for each in range(40, 48)],
        Adjustment(group="PR", reason="2", amount=Decimal("-3.5"), quantity=Decimal(2)),
    ),
    paid=Decimal(0),
    noncovered=Decimal("5.5"),
    patient_liability=Decimal(30),
    benefits_assigned="N",
    release="I",
    signature_source="P",
    inpatient=InpatientDecision(elements=("3", "", "", "1200", "MA01", "", "", "7.5")),
    reimbursement_rate=Decimal("0.5"),
    payable=Decimal(90),
    remark_codes=("MA01", "N130"),
    esrd_paid=Decimal(8),
    professional_component=Decimal(9),
    subscriber=Person(last_name="Alder", first_name="Otto"),
    member_id="1EG4TE5MK73",
    member_id_qualifier="II",
    subscriber_address=HOME,
    subscriber_references=(Reference(qualifier="SY", value="987654321"),),
    payer=Payer(
        name="North Shore Health",
        id="NS002",
        address=address(3),
        references=(Reference(qualifier="F8", value="NS77"), Reference(qualifier="T4", value="Y")),
    ),
    decided_on=date(2026, 2, 25),
    providers=(
        OtherPayerProvider(entity="82", is_person=True, references=(Reference(qualifier="G2", value="R1"),)),
        OtherPayerProvider(entity="85", references=(Reference(qualifier="LU", value="B1"),)),
    ),
)
FULL_DRUG = Drug(
    ndc="00409488710",
    qualifier="UK",
    units=Decimal("2.5"),
    unit="ML",
    prescription_number="RX9",
    link_number="LN1",
)
ATTACHMENTS = (
    Attachment(report="OZ", transmission="EL", control_number="ATT1"),
    Attachment(report="CT", transmission="AB"),
)


def adjudication(**changes: Any) -> LineAdjudication:
    base = LineAdjudication(
        payer_id="NS002",
        paid=Decimal("90.00"),
        code="99213",
        modifiers=("25", "59"),
        description="Visit",
        revenue_code="0510",
        units=Decimal(1),
        bundled_line=2,
        adjustments=(Adjustment(group="CO", reason="45", amount=Decimal(30)),),
        decided_on=date(2026, 2, 27),
        patient_liability=Decimal(30),
    )
    return replace(base, **changes)


def _shared(**more: Any) -> dict[str, Any]:
    """What the full claim of every kind has."""
    return {
        "billing": FULL_BILLING,
        "subscriber": FULL_SUBSCRIBER,
        "payer": FULL_PAYER,
        "patient": FULL_PATIENT,
        "number": "26-000001",
        "charge": Decimal("300.25"),
        "frequency": "7",
        "assignment": "C",
        "benefits_assigned": "W",
        "release": "I",
        "delay_reason": "11",
        "repricer_received_date": date(2026, 3, 1),
        "attachments": ATTACHMENTS,
        "contract": FULL_CONTRACT,
        "service_exception": "1",
        "referral_number": "RF11",
        "prior_authorization": "PA7781",
        "payer_control_number": "2630914402",
        "repriced_number": "RP1",
        "adjusted_repriced_number": "RP2",
        "clearinghouse_number": "CH1",
        "references": (Reference(qualifier="ZZ", value="7"),),
        "file_information": ("STATE 1", "STATE 2"),
        "pricing": FULL_PRICING,
        "diagnosis_version": 9,
        "other_payers": (FULL_OTHER_PAYER, replace(FULL_OTHER_PAYER, responsibility="T", adjustments=())),
        **more,
    }


def _line(**more: Any) -> dict[str, Any]:
    """What the full line of every kind has."""
    return {
        "number": 1,
        "qualifier": "ER",
        "code": "99213",
        "modifiers": ("25", "59", "RT", "GT"),
        "description": "Left knee",
        "charge": Decimal("150.25"),
        "units": Decimal("2.5"),
        "service_from": DAY,
        "service_to": date(2026, 2, 22),
        "line_control_number": "L1",
        "repriced_number": "LR1",
        "adjusted_repriced_number": "LR2",
        "references": (Reference(qualifier="G1", value="PA9", payer_id="NS002"), Reference(qualifier="ZZ", value="8")),
        "pricing": FULL_PRICING,
        "adjudications": (adjudication(), adjudication(payer_id="NS003", adjustments=(), decided_on=None)),
        **more,
    }


def _p_line() -> claim_837p.ServiceLine:
    day = days()
    return claim_837p.ServiceLine(
        **_line(),
        unit_basis="MJ",
        place_of_service="41",
        pointers=(2, 1, 12),
        emergency=True,
        epsdt=True,
        family_planning=True,
        copay_exempt=True,
        equipment=claim_837p.Equipment(
            code="E1390", days=Decimal(30), rental=Decimal(50), purchase=Decimal(900), frequency="4"
        ),
        attachments=ATTACHMENTS,
        transport=claim_837p.Transport(
            miles=Decimal("8.5"), weight=Decimal(170), reason="A", round_trip_purpose="Back"
        ),
        certificate=claim_837p.EquipmentCertificate(kind="R", months=Decimal(99)),
        conditions=(Condition(category="09", applies=False, codes=("38", "ZV")),),
        prescription_date=next(day),
        certification_revision_date=next(day),
        therapy_begin_date=next(day),
        last_certification_date=next(day),
        last_seen_date=next(day),
        hemoglobin_test_date=next(day),
        creatinine_test_date=next(day),
        shipped_date=next(day),
        last_xray_date=next(day),
        initial_treatment_date=next(day),
        patient_count=Decimal(2),
        extra_anesthesia_units=Decimal(3),
        test_results=(claim_837p.TestResult(reference="TR", kind="R1", value=Decimal("11.5")),),
        contract=FULL_CONTRACT,
        prior_authorization="PA1",
        referral_number="RF1",
        mammography_number="M1",
        clia_number="24D0000001",
        referring_clia_number="24D0000002",
        immunization_batch="IB1",
        sales_tax=Decimal("1.5"),
        postage=Decimal(0),
        file_information=("LINE 1",),
        note=Note(text="Left knee", kind="DCP"),
        third_party_note="Seen by repricer",
        purchase=claim_837p.Purchase(provider_id="LAB1", charge=Decimal(12)),
        drug=FULL_DRUG,
        rendering=person(11, taxonomy="207Q00000X"),
        purchased_from=person(12),
        service_facility=place(13),
        supervising=person(14),
        ordering=person(15, address=HOME, contact=PHONE),
        referring=person(16),
        primary_care=person(17),
        pickup=Provider(name=Organization(name=""), address=address(18)),
        dropoff=Provider(name=Organization(name="Pier Clinic"), address=address(19)),
        forms=(
            claim_837p.Form(
                number="484.3",
                kind="AS",
                answers=(
                    claim_837p.Answer(question="1A", response="Y"),
                    claim_837p.Answer(question="1B", text="Some text", on=DAY, percent=Decimal("56.5")),
                ),
            ),
            claim_837p.Form(number="4.03"),
        ),
    )


def full_p() -> claim_837p.Claim:
    """A professional claim with every field set."""
    day = days(2)
    return claim_837p.Claim(
        **_shared(),
        place_of_service="41",
        provider_signature=False,
        signature_source="P",
        causes=("AA", "EM"),
        accident_state="MN",
        accident_country="CA",
        special_program="05",
        onset_date=next(day),
        initial_treatment_date=next(day),
        last_seen_date=next(day),
        acute_manifestation_date=next(day),
        accident_date=next(day),
        last_menstrual_date=next(day),
        last_xray_date=next(day),
        prescription_date=next(day),
        disability_from=next(day),
        disability_to=next(day),
        last_worked_date=next(day),
        return_to_work_date=next(day),
        admission_date=next(day),
        discharge_date=next(day),
        assumed_care_date=next(day),
        relinquished_care_date=next(day),
        first_contact_date=next(day),
        patient_paid=Decimal(0),
        medicare_crossover="Y",
        mammography_number="M2",
        clia_number="24D0000009",
        device_exemption="IDE1",
        medical_record_number="MR12",
        demonstration_project="D1",
        care_plan_oversight=npi(33),
        note=Note(text="Seen after a fall on ice", kind="CER"),
        transport=claim_837p.Transport(miles=Decimal(21), stretcher_purpose="Could not sit"),
        spinal_manipulation=claim_837p.SpinalManipulation(condition="A", description="Pain", more="More pain"),
        conditions=(
            Condition(category="07", applies=True, codes=("01", "04", "05", "06", "07")),
            Condition(category="E1", applies=False, codes=("L1",)),
        ),
        diagnoses=("E119", "I10", *[f"M2556{each}" for each in range(10)]),
        anesthesia_procedures=("29870", "29880"),
        condition_codes=tuple(f"{each:02d}" for each in range(1, 16)),
        referring=person(21),
        primary_care=person(22),
        rendering=person(23, taxonomy="207Q00000X"),
        service_facility=place(24, contact=PHONE),
        supervising=person(25),
        pickup=Provider(name=Organization(name=""), address=address(26)),
        dropoff=Provider(name=Organization(name="Pier Clinic"), address=address(27)),
        lines=(_p_line(), replace(_p_line(), number=2, forms=(), adjudications=())),
    )


def _i_line() -> claim_837i.ServiceLine:
    return claim_837i.ServiceLine(
        **_line(references=(Reference(qualifier="ZZ", value="8"),)),
        revenue_code="0450",
        unit_basis="DA",
        noncovered=Decimal("5.5"),
        attachments=ATTACHMENTS,
        service_tax=Decimal("1.5"),
        facility_tax=Decimal(0),
        third_party_note="Seen by repricer",
        drug=FULL_DRUG,
        operating=person(11),
        other_operating=person(12),
        rendering=person(13),
        referring=person(14),
    )


def full_i() -> claim_837i.Claim:
    """An institutional claim with every field set."""
    day = days(3)
    diagnosis, procedure = claim_837i.Diagnosis, claim_837i.Procedure
    return claim_837i.Claim(
        **_shared(),
        facility_type="11",
        discharge_hour="1130",
        statement_from=date(2026, 2, 20),
        statement_to=date(2026, 2, 24),
        admission_date=date(2026, 2, 20),
        admission_hour="0815",
        admission_type="1",
        admission_source="7",
        patient_status="01",
        patient_due=Decimal("12.5"),
        device_exemptions=("IDE1", "IDE2"),
        accident_state="MN",
        medical_record_number="MR12",
        demonstration_project="D1",
        peer_review_number="PRO1",
        notes=(Note(text="Diet", kind="ODT"), Note(text="Billed late", kind="ADD")),
        conditions=(Condition(category="ZZ", applies=True, codes=("S2", "ST")),),
        principal=diagnosis(code="A419", present_on_admission="Y"),
        admitting="R509",
        visit_reasons=("R509", "R05"),
        external_causes=(diagnosis(code="W000XXA", present_on_admission="Y"), diagnosis(code="Y92009")),
        drg="871",
        other_diagnoses=tuple(diagnosis(code=f"E11{each}", present_on_admission="N") for each in range(24)),
        principal_procedure=procedure(code="0SRC0J9", on=next(day)),
        other_procedures=tuple(procedure(code=f"0SR{each}", on=next(day)) for each in range(14)),
        occurrence_spans=(claim_837i.OccurrenceSpan(code="70", first=next(day), last=next(day)),),
        occurrences=tuple(claim_837i.Occurrence(code=f"{each}", on=next(day)) for each in range(10, 24)),
        coded_values=(
            claim_837i.CodedValue(code="80", amount=Decimal(4)),
            claim_837i.CodedValue(code="A2", amount=Decimal("15.31")),
        ),
        condition_codes=("09", "C1"),
        treatment_codes=("AAA", "BBB"),
        attending=person(21, taxonomy="207Q00000X"),
        operating=person(22),
        other_operating=person(23),
        rendering=person(24),
        service_facility=place(25),
        referring=person(26),
        lines=(_i_line(), claim_837i.ServiceLine(number=2, revenue_code="0120", charge=Decimal(150), units=Decimal(4))),
    )


def _d_line() -> claim_837d.ServiceLine:
    day = days(4)
    return claim_837d.ServiceLine(
        **_line(),
        place_of_service="12",
        oral_cavities=("01", "02"),
        prosthesis="R",
        pointers=(2, 1),
        teeth=(claim_837d.Tooth(number="12", surfaces=("M", "O")), claim_837d.Tooth(number="A")),
        prior_placement_date=next(day),
        appliance_date=next(day),
        replacement_date=next(day),
        treatment_start_date=next(day),
        treatment_end_date=next(day),
        contract=FULL_CONTRACT,
        predetermination_number="PD2",
        prior_authorization="PA1",
        referral_number="RF1",
        sales_tax=Decimal("1.5"),
        file_information=("LINE 1",),
        rendering=person(11, taxonomy="1223G0001X"),
        assistant_surgeon=person(12, taxonomy="1223G0001X"),
        supervising=person(13),
        service_facility=place(14),
    )


def full_d() -> claim_837d.Claim:
    """A dental claim with every field set."""
    day = days(5)
    return claim_837d.Claim(
        **_shared(),
        place_of_service="11",
        provider_signature=False,
        causes=("AA",),
        accident_state="MN",
        accident_country="CA",
        special_program="01",
        is_predetermination=True,
        accident_date=next(day),
        appliance_date=next(day),
        service_from=DAY,
        service_to=date(2026, 2, 21),
        orthodontics=claim_837d.Orthodontics(months=Decimal(36), months_remaining=Decimal(27), indicator="Y"),
        tooth_statuses=(
            claim_837d.ToothStatus(number="9", status="M"),
            claim_837d.ToothStatus(number="10", status="E"),
        ),
        patient_paid=Decimal(20),
        predetermination_number="PD1",
        notes=(Note(text="First"), Note(text="Second")),
        diagnoses=("K021", "K051"),
        referring=person(21, taxonomy="1223G0001X"),
        primary_care=person(22),
        rendering=person(23, taxonomy="1223G0001X"),
        service_facility=place(24),
        assistant_surgeon=person(25, taxonomy="1223G0001X"),
        supervising=person(26),
        lines=(_d_line(), replace(_d_line(), number=2, adjudications=())),
    )


def heading(header: InterchangeHeader = HEADER) -> dict[str, Any]:
    """What every batch needs beside its claims."""
    return {
        "header": header,
        "submitter": Submitter(
            name=Organization(name="Lakeshore Medical Group"),
            id="LAKESHORE",
            contact=Contact(name="Billing Office", phone="2185550100"),
        ),
        "receiver": Receiver(name="Clear Harbor Exchange", id="CLEARHARBOR"),
        "reference": "B17",
    }


def batch_i(*claims: claim_837i.Claim, header: InterchangeHeader = HEADER) -> claim_837i.Batch:
    return claim_837i.Batch(**heading(header), claims=claims)


def batch_d(*claims: claim_837d.Claim, header: InterchangeHeader = HEADER) -> claim_837d.Batch:
    return claim_837d.Batch(**heading(header), claims=claims)


def institutional(**changes: Any) -> claim_837i.Claim:
    """An ordinary outpatient claim."""
    base = claim_837i.Claim(
        billing=replace(FULL_BILLING, tax_id_qualifier="EI", currency="", pay_to=None, pay_to_plan=None, references=()),
        subscriber=Subscriber(
            filing_indicator="CI",
            name=JUNE,
            member_id="HM000123",
            address=HOME,
            birth_date=date(1980, 5, 17),
            sex="F",
        ),
        payer=Payer(name="Harbor Mutual", id="HM001"),
        number="26-000001",
        charge=Decimal("89.95"),
        facility_type="13",
        statement_from=DAY,
        statement_to=DAY,
        admission_type="3",
        admission_source="1",
        patient_status="01",
        principal=claim_837i.Diagnosis(code="K219"),
        attending=Provider(name=Person(last_name="Reed", first_name="Ana"), npi=npi(2), taxonomy="207Q00000X"),
        lines=(
            claim_837i.ServiceLine(
                number=1,
                revenue_code="0305",
                qualifier="HC",
                code="85025",
                charge=Decimal("13.39"),
                units=Decimal(1),
                service_from=DAY,
            ),
            claim_837i.ServiceLine(
                number=2,
                revenue_code="0730",
                qualifier="HC",
                code="93005",
                charge=Decimal("76.56"),
                units=Decimal(3),
                service_from=DAY,
            ),
        ),
    )
    return replace(base, **changes)


def unset(facts: Any, names: set[str]) -> Any:
    """The facts with these fields back at their defaults; fields without one stay."""
    return replace(facts, **{each.name: each.default for each in fields(facts) if each.name in names})
