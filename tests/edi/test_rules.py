"""Rules of SNIP 3 to 5 that the known misses don't name: institutional, dental, answers, and what is a warning."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from edi import claim_837d, claim_837i
from edi.ack_277ca import Ack277CA, ClaimAck
from edi.claim_837p import Attachment, Provider, Transport, write_claims
from edi.parties import Address, Organization, Person, Reference
from edi.remit_835 import write_remit
from edi.status_codes import Status, StatusCode
from edi.validate import Finding, rules, validate
from edi.validate.answers import acknowledged_statuses, counts
from edi.validate.rules import Place, load_rules
from edi.validate.tables import Tables
from tests.edi.samples import CHILD, HEADER, address, batch, claim, line, npi, remit, subscriber
from tests.edi.samples_837 import batch_d, batch_i, institutional

DAY = date(2026, 2, 20)
TABLES = Tables(today=date(2026, 3, 2))


def codes(findings: list[Finding]) -> set[str]:
    return {each.code for each in findings}


def professional(**changes: Any) -> list[Finding]:
    return list(validate(write_claims(batch(claim(**changes))).content, tables=TABLES))


def outpatient(**changes: Any) -> list[Finding]:
    return list(validate(claim_837i.write_claims(batch_i(institutional(**changes))).content, tables=TABLES))


def inpatient(**changes: Any) -> list[Finding]:
    diagnosis = claim_837i.Diagnosis
    stay: dict[str, Any] = {
        "facility_type": "11",
        "admission_date": DAY,
        "admission_hour": "0815",
        "discharge_hour": "1130",
        "admitting": "K219",
        "principal": diagnosis(code="K219", present_on_admission="Y"),
        "lines": (
            claim_837i.ServiceLine(
                number=1, revenue_code="0120", charge=Decimal("89.95"), unit_basis="DA", units=Decimal(1)
            ),
        ),
    }
    return outpatient(**{**stay, **changes})


def dental_line(**changes: Any) -> claim_837d.ServiceLine:
    base = claim_837d.ServiceLine(
        number=1,
        code="D2150",
        charge=Decimal(100),
        teeth=(claim_837d.Tooth(number="12", surfaces=("M", "O")),),
        service_from=DAY,
    )
    return replace(base, **changes)


def dental(**changes: Any) -> list[Finding]:
    base = claim_837d.Claim(
        billing=claim().billing,
        subscriber=subscriber(),
        payer=claim().payer,
        number="26-000001",
        charge=Decimal(100),
        place_of_service="11",
        lines=(dental_line(),),
    )
    return list(validate(claim_837d.write_claims(batch_d(replace(base, **changes))).content, tables=TABLES))


def remitted(**changes: Any) -> list[Finding]:
    """A change of the first claim of the remittance."""
    whole = remit()
    first = replace(whole.claims[0], **changes)
    content = write_remit(HEADER, [replace(whole, claims=(first, *whole.claims[1:]))])
    return list(validate(content, tables=TABLES))


def test_clean_claims_of_every_kind_have_no_findings() -> None:
    assert [professional(), outpatient(), inpatient(), dental()] == [[], [], [], []]


def test_there_are_many_rules_and_each_says_where_it_comes_from() -> None:
    load_rules()
    functions = {function for many in rules._rules.values() for function in many}
    classes = {each for many in rules._set_rules.values() for each in many}
    assert len(functions) >= 80
    for rule in functions:
        assert "ource:" in (rule.__doc__ or ""), rule.__name__
    assert len(classes) == 2


INPATIENT: list[tuple[dict[str, Any], str]] = [
    ({"admission_date": None, "admission_hour": ""}, "missing-admission-date"),
    ({"admitting": ""}, "missing-admitting-diagnosis"),
    ({"discharge_hour": ""}, "missing-discharge-hour"),
    ({"patient_status": "30"}, "patient-status"),
    ({"patient_status": "99"}, "patient-status"),
    ({"frequency": "2"}, "patient-status"),
    ({"admission_type": "8"}, "admission-type"),
    ({"admission_type": "4"}, "newborn-source"),
    ({"admission_source": "X"}, "admission-source"),
    ({"principal": claim_837i.Diagnosis(code="K219")}, "poa-missing"),
    ({"principal": claim_837i.Diagnosis(code="W19XXXA", present_on_admission="Y")}, "external-cause-first"),
    ({"principal": claim_837i.Diagnosis(code="K2", present_on_admission="Y")}, "diagnosis"),
    ({"external_causes": (claim_837i.Diagnosis(code="K219"),)}, "external-cause"),
    ({"principal_procedure": claim_837i.Procedure(code="0SRC0J9", on=DAY)}, "missing-operating"),
    ({"principal_procedure": claim_837i.Procedure(code="0SRC0J9", on=date(2026, 2, 25))}, "procedure-date"),
    ({"principal_procedure": claim_837i.Procedure(code="0SRIOJ9", on=DAY)}, "inpatient-procedure"),
    ({"drg": "8X"}, "drg"),
    ({"accident_state": "ZZ"}, "state"),
    ({"condition_codes": ("09", "09")}, "code-twice"),
    ({"coded_values": (claim_837i.CodedValue(code="80", amount=Decimal(-1)),)}, "value-amount"),
    (
        {"occurrence_spans": (claim_837i.OccurrenceSpan(code="70", first=DAY, last=date(2026, 2, 19)),)},
        "dates-reversed",
    ),
    ({"statement_from": date(2026, 2, 22)}, "dates-reversed"),
    ({"admission_date": date(2026, 2, 21)}, "admission-after-statement"),
    ({"attending": None}, "missing-attending"),
    ({"facility_type": "19"}, "bill-type"),
    ({"frequency": "R"}, "frequency"),
]


@pytest.mark.parametrize(("changes", "code"), INPATIENT, ids=lambda value: value if isinstance(value, str) else "")
def test_inpatient(changes: dict[str, Any], code: str) -> None:
    assert code in codes(inpatient(**changes))


def _outpatient_line(**changes: Any) -> dict[str, Any]:
    lines = institutional().lines
    return {"lines": (replace(lines[0], **changes), *lines[1:])}


OUTPATIENT: list[tuple[dict[str, Any], str]] = [
    (_outpatient_line(revenue_code="0001"), "revenue-code"),
    (_outpatient_line(revenue_code="9305"), "revenue-code"),
    (_outpatient_line(revenue_code="0120"), "room-outpatient"),
    (_outpatient_line(revenue_code="0636", qualifier="", code=""), "revenue-procedure"),
    (_outpatient_line(service_from=None), "missing-line-date"),
    (_outpatient_line(service_from=date(2026, 2, 19)), "line-outside-statement"),
    (_outpatient_line(noncovered=Decimal(14)), "noncovered-charge"),
    (_outpatient_line(units=Decimal(0)), "units"),
    (_outpatient_line(code="8502"), "procedure"),
    ({**_outpatient_line(revenue_code="0450"), "admission_type": "1"}, "missing-visit-reason"),
    ({"principal": claim_837i.Diagnosis(code="K219", present_on_admission="Y")}, "poa-outpatient"),
    ({"principal_procedure": claim_837i.Procedure(code="0SRC0J9", on=DAY)}, "procedure-outpatient"),
    ({"charge": Decimal(90)}, "claim-total"),
]


@pytest.mark.parametrize(("changes", "code"), OUTPATIENT, ids=lambda value: value if isinstance(value, str) else "")
def test_outpatient(changes: dict[str, Any], code: str) -> None:
    assert code in codes(outpatient(**changes))


MONTHS = claim_837d.Orthodontics(months=Decimal(12), months_remaining=Decimal(24))
DENTAL: list[tuple[dict[str, Any], str]] = [
    ({"lines": (dental_line(code="D215"),)}, "procedure"),
    ({"lines": (dental_line(teeth=()),)}, "missing-tooth"),
    ({"lines": (dental_line(teeth=(claim_837d.Tooth(number="33", surfaces=("M", "O")),)),)}, "tooth"),
    ({"lines": (dental_line(teeth=(claim_837d.Tooth(number="12", surfaces=("M", "M")),)),)}, "surface"),
    ({"lines": (dental_line(teeth=(claim_837d.Tooth(number="12"),)),)}, "surface-count"),
    ({"tooth_statuses": (claim_837d.ToothStatus(number="99", status="M"),)}, "tooth"),
    ({"lines": (dental_line(code="D4341", teeth=()),)}, "quadrant"),
    ({"lines": (dental_line(prosthesis="R"),)}, "missing-prior-placement"),
    ({"lines": (dental_line(code="D8080", teeth=()),)}, "missing-orthodontics"),
    ({"lines": (dental_line(code="D8080", teeth=()),), "orthodontics": MONTHS}, "orthodontic-months"),
    ({"lines": (dental_line(service_from=None),)}, "missing-line-date"),
    ({"is_predetermination": True}, "predetermination-date"),
    ({"place_of_service": "98"}, "place-of-service"),
    ({"causes": ("AA",), "accident_date": DAY}, "accident-state"),
    ({"frequency": "2"}, "frequency"),
    ({"lines": (dental_line(units=Decimal(-1)),)}, "units"),
]


@pytest.mark.parametrize(("changes", "code"), DENTAL, ids=lambda value: value if isinstance(value, str) else "")
def test_dental(changes: dict[str, Any], code: str) -> None:
    assert code in codes(dental(**changes))


def _line(**changes: Any) -> dict[str, Any]:
    return {"lines": (line(**changes),)}


BIG_CHILD = replace(CHILD, name=Person(last_name="Alder"))
SAME = Provider(name=Person(last_name="Reed", first_name="Ana"), npi=npi(2))
PROFESSIONAL: list[tuple[dict[str, Any], str]] = [
    ({"number": "26-000001-and-much-more-than-twenty"}, "claim-number"),
    ({"payer_control_number": "2630914402"}, "original-with-number"),
    ({"rendering": replace(SAME, npi=npi(1))}, "rendering-is-billing"),
    ({"supervising": SAME}, "supervising-is-rendering"),
    ({"place_of_service": "22"}, "missing-facility"),
    ({"place_of_service": "10", **_line(service_from=date(2021, 5, 1))}, "place-of-service-date"),
    (_line(service_from=date(2024, 5, 1)), "delay-reason"),
    (_line(service_from=date(1926, 2, 20)), "old-date"),
    ({"subscriber": subscriber(birth_date=date(1880, 1, 1))}, "birth-date"),
    ({"subscriber": subscriber(death_date=date(2026, 1, 1))}, "death-date"),
    ({"subscriber": subscriber(filing_indicator="MB")}, "medicare-number"),
    ({"subscriber": subscriber(filing_indicator="WC")}, "missing-case-number"),
    ({"subscriber": subscriber(relationship=""), "patient": BIG_CHILD}, "first-name"),
    ({"subscriber": subscriber(), "patient": CHILD}, "patient-level"),
    ({"onset_date": date(2026, 2, 25)}, "date-after-service"),
    ({"accident_date": DAY}, "accident-without-cause"),
    ({"admission_date": DAY, "discharge_date": date(2026, 2, 19)}, "dates-reversed"),
    ({"patient_paid": Decimal(151)}, "patient-paid"),
    ({"billing": replace(claim().billing, pay_to=address())}, "pay-to-same"),
    ({"billing": replace(claim().billing, npi="")}, "npi-missing"),
    ({"billing": replace(claim().billing, address=replace(address(), postal_code="558020000"))}, "zip-plus-four-zero"),
    ({"billing": replace(claim().billing, address=replace(address(), postal_code="902100001"))}, "zip-state"),
    (
        {"service_facility": Provider(name=Organization(name="Pier"), npi=npi(6), address=address())},
        "",
    ),
    (
        {
            "service_facility": Provider(
                name=Organization(name="Pier"),
                npi=npi(6),
                address=Address(line1="1 Pier", city="Duluth", state="MN", postal_code="55802"),
            )
        },
        "zip-plus-four",
    ),
    (_line(pointers=(1, 1)), "pointer-twice"),
    (_line(modifiers=("25", "25")), "modifier-twice"),
    (_line(code="00840", unit_basis="MJ", units=Decimal(45)), ""),
    (_line(code="99213", unit_basis="MJ"), "anesthesia-minutes"),
    (_line(code="98941"), ""),
    ({**_line(code="77067"), "subscriber": subscriber(filing_indicator="12")}, "missing-mammography-number"),
    ({**_line(code="81002", modifiers=("QW",))}, "missing-clia-number"),
    ({**_line(code="81002", modifiers=("QW",)), "clia_number": "24D0000001"}, ""),
    ({**_line(code="81002"), "clia_number": "24X01"}, "clia-number"),
    ({**_line(code="J1885"), "subscriber": subscriber(filing_indicator="MC")}, "missing-ndc"),
    (_line(code="A9999", description="Special strap"), ""),
    ({"lines": (line(), line(2, line_control_number="L9")), "charge": Decimal(300)}, "line-twice"),
    ({"attachments": (Attachment(report="OZ", transmission="EL", control_number="A1"),)}, ""),
]


@pytest.mark.parametrize(("changes", "code"), PROFESSIONAL, ids=lambda value: value if isinstance(value, str) else "")
def test_professional(changes: dict[str, Any], code: str) -> None:
    found = codes(professional(**changes))
    assert code in found if code else not found


def test_medicare_wants_the_start_of_a_chiropractic_treatment() -> None:
    medicare = subscriber(filing_indicator="MB", member_id="1EG4TE5MK73", group_number="")
    assert codes(professional(subscriber=medicare, **_line(code="98941"))) == {"missing-treatment-date"}
    treated = professional(subscriber=medicare, initial_treatment_date=date(2026, 2, 1), **_line(code="98941"))
    assert treated == []


def test_an_ambulance_trip_with_all_its_facts() -> None:
    trip = Transport(reason="A", miles=Decimal(12))
    town = Provider(
        name=Organization(name=""), address=Address(line1="1 Pier", city="Duluth", state="MN", postal_code="55802")
    )
    whole: dict[str, Any] = {"place_of_service": "41", "transport": trip, "pickup": town, "dropoff": town}
    assert codes(professional(**whole, **_line(code="A0429"))) == set()
    assert "missing-pick-up" in codes(professional(**{**whole, "pickup": None}, **_line(code="A0429")))
    assert "ambulance-place" in codes(professional(**{**whole, "place_of_service": "11"}, **_line(code="A0429")))


def test_one_fault_of_the_billing_provider_is_told_once_for_all_its_claims() -> None:
    billing = replace(claim().billing, npi="1234567890")
    claims = [claim(number=f"26-{number}", billing=billing) for number in range(1, 4)]
    findings = list(validate(write_claims(batch(*claims)).content, tables=TABLES))
    assert [each.code for each in findings] == ["npi"]


def test_a_case_number_quiets_the_insurer_of_an_accident() -> None:
    person = subscriber(filing_indicator="WC", references=(Reference(qualifier="Y4", value="WC1"),))
    assert "missing-case-number" not in codes(professional(subscriber=person))


REMIT: list[tuple[dict[str, Any], str]] = [
    ({"status": "4"}, "denied-but-paid"),
    ({"status": "22"}, "reversal-sign"),
    ({"patient_responsibility": Decimal(19)}, "patient-share"),
    ({"charge": Decimal(151)}, "line-charges"),
]


@pytest.mark.parametrize(("changes", "code"), REMIT, ids=lambda value: value if isinstance(value, str) else "")
def test_remittance(changes: dict[str, Any], code: str) -> None:
    assert code in codes(remitted(**changes))


@pytest.mark.parametrize(
    ("group", "reason", "code"),
    [("CO", "16", "remark-needed"), ("CO", "2", "reason-group"), ("CO", "A2", "reason-date"), ("CO", "50", "")],
)
def test_reasons_of_a_remittance(group: str, reason: str, code: str) -> None:
    first = remit().claims[0].lines[0]
    adjustment = replace(first.adjustments[0], group=group, reason=reason)
    found = codes(remitted(lines=(replace(first, adjustments=(adjustment, *first.adjustments[1:])),)))
    assert found == ({code} if code else set())


def test_totals_of_an_acknowledgment() -> None:
    taken = Status(codes=(StatusCode(category="A2", code="20"),), charge=Decimal(150))
    ack = Ack277CA(
        source=None,
        receiver=None,
        accepted_count=Decimal(2),
        accepted_amount=Decimal(150),
        claims=(ClaimAck(number="26-1", statuses=(taken,)),),
    )
    place = Place(raw="STC*A2:20~QTY*90*2~", number=1, tables=TABLES)
    assert [(each.code, each.segment, each.segment_number) for each in counts(ack, place)] == [("ack-total", "QTY", 2)]
    assert list(acknowledged_statuses(ack, place)) == []


@pytest.mark.parametrize(
    ("category", "code", "found"),
    [("A9", "20", {"status-category"}), ("A2", "9999", {"status"}), ("A2", "10", {"status"}), ("A2", "20", set())],
)
def test_status_codes(category: str, code: str, found: set[str]) -> None:
    status = Status(codes=(StatusCode(category=category, code=code),))
    ack = Ack277CA(source=None, receiver=None, statuses=(status,))
    place = Place(raw="STC*A2:20~", number=1, tables=TABLES)
    assert codes(list(acknowledged_statuses(ack, place))) == found


def test_dates_are_compared_with_the_day_of_the_file_when_there_is_no_today() -> None:
    content = write_claims(batch(claim(**_line(service_from=date(2026, 3, 20))))).content
    assert codes(list(validate(content))) == {"future-date"}
