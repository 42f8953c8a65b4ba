"""Every edit: one claim that it catches, one that it lets pass, and what its fix leaves behind."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from time import process_time

import pytest

from claims.domain.content import applied, content_of, with_content
from claims.domain.facts import (
    AddressFacts,
    AuthorizationFacts,
    ClaimFacts,
    EarlierLine,
    PersonFacts,
)
from claims.domain.scrub import RULES, repaired, scrub
from coding.domain.edits import RULES as RULES_AT_CODING
from coding.domain.edits.facts import EarlierVisit
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from tests.claims.facts import ANNA, CODES, COVER, DAY, DENISE, HOME, PAYER, TODAY, a_code, claim, found, line
from tests.coding.test_edits import CASES as CASES_AT_CODING
from tests.coding.visits import found as found_at_coding

MEDICAID = replace(PAYER, id=3, payer_id="MCD01", name="State Medicaid", kind="medicaid", member_id_pattern="")
SECOND = replace(COVER, id=2, rank=2, payer=replace(PAYER, id=2, payer_id="CH001", name="Cascadia Health"))
BAD_NPI = replace(ANNA, npi="1730458812")
CHILD = replace(COVER, relationship="19")
PARENT = PersonFacts(last_name="Okafor", first_name="Ada", birth_date=date(1950, 1, 1), sex="F", address=HOME)
APPROVAL = AuthorizationFacts(
    number="AU1", payer_id=1, codes=frozenset({"72148"}), valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31)
)
MRI = claim(line(1, "72148"))
SHORT = a_code(
    "M54.5", "Low back pain", billable=False,
    children=(("M54.50", "Low back pain, unspecified", True), ("M54.51", "Vertebrogenic low back pain", True)),
)  # fmt: skip
SIDED = a_code(
    "M17.1", "Unilateral primary osteoarthritis of knee", billable=False,
    children=(
        ("M17.10", "Unilateral primary osteoarthritis, unspecified knee", True),
        ("M17.11", "Unilateral primary osteoarthritis, right knee", True),
        ("M17.12", "Unilateral primary osteoarthritis, left knee", True),
    ),
)  # fmt: skip
OPEN_SIDE = a_code(
    "M17.10", "Unilateral primary osteoarthritis, unspecified knee",
    siblings=(("M17.11", "Unilateral primary osteoarthritis, right knee", True),
              ("M17.12", "Unilateral primary osteoarthritis, left knee", True)),
)  # fmt: skip
GESTATIONAL = a_code("O24.410", "Gestational diabetes mellitus, diet controlled", excludes1=(("E11", "E11"),))
DEMENTIA = a_code("F02.80", "Dementia in other diseases classified elsewhere", code_first=("Alzheimer's (G30.-)",))
ALZHEIMER = a_code("G30.9", "Alzheimer's disease, unspecified")
FALL = a_code("W18.30XA", "Fall on same level, unspecified, initial encounter")
VISIT_AND_INJECTION = (line(1, "99213", pointers=(2,)), line(2, "20610", "RT"))
THERAPY = (line(1, "97530"), line(2, "97140"))
EARLIER = EarlierLine(
    claim_number="26-000001", status="adjudicated", rendering_id=1, code="99213", modifiers=(), service_date=DAY
)


def with_codes(*codes: str, **extra: object) -> ClaimFacts:
    known = {**CODES, **{one.code: one for one in (SHORT, SIDED, OPEN_SIDE, GESTATIONAL, DEMENTIA, ALZHEIMER, FALL)}}
    return claim(diagnoses=codes, codes=known, **extra)


def at_home(**fields: str) -> ClaimFacts:
    return claim(patient=replace(DENISE, address=replace(HOME, **fields)))


# code · a claim that the edit catches · where it points · one nearest to it that passes
CASES: list[tuple[str, ClaimFacts, str, ClaimFacts]] = [
    ("PR01", claim(practice=replace(claim().practice, npi="1992753884")), "practice.npi", claim()),
    ("PR02", claim(rendering=BAD_NPI), "rendering.npi", claim()),
    ("PR03", claim(referring=BAD_NPI), "referring.npi", claim(referring=ANNA)),
    ("PR04", claim(rendering=replace(ANNA, taxonomy="207Q")), "rendering.taxonomy", claim()),
    ("PR05", claim(practice=replace(claim().practice, tax_id="12345678")), "practice.tax_id", claim()),
    ("PR06", claim(practice=replace(claim().practice, address=HOME)), "practice.zip_code", claim()),
    ("PT01", claim(patient=replace(DENISE, first_name=" ")), "patient.last_name", claim()),
    ("PT02", claim(coverage=CHILD, subscriber=replace(PARENT, last_name="")), "coverage.subscriber",
     claim(coverage=CHILD, subscriber=PARENT)),
    ("PT03", at_home(city=""), "patient.address", at_home(city="Erie")),
    ("PT04", at_home(zip_code="4410"), "patient.zip_code", at_home(zip_code="441070001")),
    ("PT05", claim(patient=replace(DENISE, birth_date=DAY + timedelta(days=1))), "patient.birth_date",
     claim(patient=replace(DENISE, birth_date=DAY))),
    ("PT06", claim(coverage=CHILD, subscriber=replace(PARENT, birth_date=None)), "coverage.subscriber",
     claim(coverage=CHILD, subscriber=PARENT)),
    ("PT07", claim(coverage=CHILD, subscriber=replace(PARENT, birth_date=date(2027, 1, 1))), "coverage.subscriber",
     claim(coverage=CHILD, subscriber=PARENT)),
    ("PT08", claim(patient=replace(DENISE, birth_date=date(1890, 1, 1))), "patient.birth_date", claim()),
    ("EL01", claim(coverage=replace(COVER, member_id="HM20441873")), "coverage.member_id", claim()),
    ("EL02", claim(coverage=replace(COVER, effective_to=DAY - timedelta(days=1))), "coverage.effective",
     claim(coverage=replace(COVER, effective_to=DAY))),
    ("CO01", claim(coverage=SECOND, coverages=(COVER, SECOND)), "coverage.rank", claim(coverages=(COVER, SECOND))),
    ("CO02", claim(coverages=(COVER, replace(SECOND, rank=1))), "coverage.rank", claim(coverages=(COVER, SECOND))),
    ("CO03", claim(coverage=replace(COVER, payer=MEDICAID), coverages=(COVER, SECOND)), "coverage.rank",
     claim(coverage=replace(COVER, payer=MEDICAID), coverages=(COVER,))),
    ("AU01", MRI, "claim.authorization", replace(MRI, authorization_number="AU1")),
    ("AU02", replace(MRI, authorization_number="AU1", authorizations=(replace(APPROVAL, valid_from=TODAY),)),
     "claim.authorization", replace(MRI, authorization_number="AU1", authorizations=(APPROVAL,))),
    ("AU03", replace(MRI, authorization_number="AU1", authorizations=(replace(APPROVAL, codes=frozenset({"73721"})),)),
     "claim.authorization", replace(MRI, authorization_number="AU1", authorizations=(APPROVAL,))),
    ("AU04", replace(MRI, authorization_number="AU9", authorizations=(APPROVAL,)), "claim.authorization",
     replace(MRI, authorization_number="AU1", authorizations=(APPROVAL,))),
    ("DT01", claim(line(service_date=TODAY + timedelta(days=1)), service_to=TODAY + timedelta(days=1)),
     "line.1.service_date", claim(line(service_date=TODAY), service_to=TODAY)),
    ("DT02", claim(line(service_date=DAY - timedelta(days=1))), "line.1.service_date", claim()),
    ("DX01", claim(diagnoses=()), "claim.diagnoses.1", claim()),
    ("DX02", claim(diagnoses=tuple(f"R{n}" for n in range(13)), diagnosis_set_loaded=False), "claim.diagnoses.13",
     claim(diagnoses=tuple(f"R{n}" for n in range(12)), diagnosis_set_loaded=False)),
    ("DX03", claim(diagnoses=("Q99.99",)), "claim.diagnoses.1",
     claim(diagnoses=("Q99.99",), diagnosis_set_loaded=False)),
    ("DX04", with_codes("M54.5"), "claim.diagnoses.1", with_codes("M17.11")),
    ("DX05", claim(diagnoses=("M17.11", "M17.11")), "claim.diagnoses.2", claim(diagnoses=("M17.11", "I10"))),
    ("DX06", with_codes("O24.410", "E11.9"), "claim.diagnoses.2", with_codes("O24.410", "I10")),
    ("DX07", with_codes("F02.80", "G30.9"), "claim.diagnoses.1", with_codes("G30.9", "F02.80")),
    ("DX08", with_codes("W18.30XA", "M17.11"), "claim.diagnoses.1", with_codes("M17.11", "W18.30XA")),
    ("DX09", with_codes("M17.10", note="Pain in the left knee."), "claim.diagnoses.1",
     with_codes("M17.10", note="Left knee worse than the right.")),
    ("DX10", claim(line(1, "20610", "LT")), "line.1.modifiers", claim(line(1, "20610", "RT"))),
    ("AS01", claim(diagnoses=("N40.1",), diagnosis_set_loaded=False), "claim.diagnoses.1",
     claim(diagnoses=("N40.1",), diagnosis_set_loaded=False, patient=replace(DENISE, sex="M"))),
    ("AS02", claim(diagnoses=("Z00.129",), diagnosis_set_loaded=False), "claim.diagnoses.1",
     claim(diagnoses=("Z00.00",), diagnosis_set_loaded=False)),
    ("AS03", claim(line(1, "99397")), "line.1.code", claim(line(1, "99396"))),
    ("DP01", claim(line(pointers=())), "line.1.pointers", claim()),
    ("DP02", claim(line(pointers=(2,))), "line.1.pointers", claim(line(pointers=(2,)), diagnoses=("M17.11", "I10"))),
    ("DP03", claim(line(pointers=(1, 1))), "line.1.pointers", claim()),
    ("MO01", claim(line(1, "99213", "ZZ")), "line.1.modifiers", claim(line(1, "99213", "25"))),
    ("MO02", claim(line(1, "20610", "RT", "59")), "line.1.modifiers", claim(line(1, "20610", "59", "RT"))),
    ("MO03", claim(line(1, "20610", "59", "RT", "GC", "AI", "Q6")), "line.1.modifiers", claim(line(1, "20610", "RT"))),
    ("MO04", claim(line(1, "20610", "RT", "LT")), "line.1.modifiers", claim(line(1, "20610", "50"))),
    ("MO05", claim(line(1, "20610", "RT"), line(2, "20610", "LT", pointers=(2,)), diagnoses=("M17.11", "I10")),
     "line.2.modifiers", claim(line(1, "20610", "RT"), line(2, "J3301"))),
    ("MO06", claim(*VISIT_AND_INJECTION, diagnoses=("M17.11", "E11.9")), "line.1.modifiers",
     claim(line(1, "99213", "25"), line(2, "20610", "RT"))),
    ("MO07", claim(*THERAPY), "line.2.modifiers", claim(line(1, "97530"), line(2, "97140", "XS"))),
    ("BU01", claim(line(1, "93015"), line(2, "93000")), "line.2.code", claim(line(1, "93015"))),
    ("BU02", claim(line(1, "90472")), "line.1.code", claim(line(1, "90472"), line(2, "90471"))),
    ("UN01", claim(line(units=0)), "line.1.units", claim()),
    ("UN02", claim(line(1, "J3301", units=40)), "line.1.units", claim(line(1, "J3301", units=4))),
    ("UN03", claim(line(1, "J3301"), note="Injected 40 mg triamcinolone."), "line.1.units",
     claim(line(1, "J3301", units=4), note="Injected 40 mg triamcinolone.")),
    ("PS01", claim(place_of_service="98"), "claim.place_of_service", claim(place_of_service="22")),
    ("PS02", claim(place_of_service="10"), "line.1.modifiers", claim(line(1, "99213", "95"), place_of_service="10")),
    ("PS03", claim(line(1, "99213", "95")), "claim.place_of_service", claim()),
    ("PS04", claim(place_of_service="23"), "line.1.code", claim(place_of_service="22")),
    ("VH01", claim(line(1, "99203"), earlier_visits=(EarlierVisit(service_date=DAY, specialty="Family medicine"),)),
     "line.1.code", claim(line(1, "99203"), earlier_visits=(EarlierVisit(service_date=DAY, specialty="Cardiology"),))),
    ("DU01", claim(earlier_lines=(EARLIER,)), "line.1.code", claim(line(1, "99213", "76"), earlier_lines=(EARLIER,))),
    ("DU02", claim(line(1), line(2)), "line.2.code", claim(line(1), line(2, "99213", "77"))),
    ("CH01", claim(line(1, "99999")), "line.1.charge_amount", claim()),
    ("CH02", claim(line(charge_amount=Decimal("1.00"))), "line.1.charge_amount", claim()),
    ("CH03", claim(lines=(), charge_amount=Decimal(0)), "claim.charge_amount", claim()),
    ("CH04", claim(charge_amount=Decimal("1.00")), "claim.charge_amount", claim()),
    ("TF01", claim(filing_deadline=TODAY - timedelta(days=1)), "claim.filing_deadline", claim(filing_deadline=TODAY)),
    ("TF02", claim(filing_deadline=TODAY + timedelta(days=14)), "claim.filing_deadline",
     claim(filing_deadline=TODAY + timedelta(days=15))),
    ("RS01", claim(frequency="7"), "claim.control_number", claim(frequency="7", original_control_number="2630")),
]  # fmt: skip


def test_a_sound_claim_has_no_finding() -> None:
    assert scrub(claim()) == []


@pytest.mark.parametrize(("code", "bad", "at", "good"), CASES, ids=[case[0] for case in CASES])
def test_an_edit_catches_and_lets_pass(code: str, bad: ClaimFacts, at: str, good: ClaimFacts) -> None:
    assert found(bad, code).at == at
    assert code not in {finding.code for finding in scrub(good)}


@pytest.mark.parametrize(("code", "bad", "at", "good"), CASES, ids=[case[0] for case in CASES])
def test_a_finding_speaks_plainly_and_briefly(code: str, bad: ClaimFacts, at: str, good: ClaimFacts) -> None:
    finding = found(bad, code)
    assert 0 < len(finding.brief) <= 40
    assert 0 < len(finding.says) <= 120
    assert 0 < len(finding.fix_label) <= 60
    assert len(finding.at) <= 24
    for word in ("Okafor", "HM20441873", "1968"):
        assert word not in finding.says


def test_every_rule_and_at_least_ten_families_are_covered_by_the_table() -> None:
    findings = [found(bad, code) for code, bad, _, _ in CASES]
    at_coding = {found_at_coding(bad, code).family for code, bad, _, _ in CASES_AT_CODING}
    assert len({finding.family for finding in findings} | at_coding) == len(Family)
    for rule in RULES:
        if rule not in RULES_AT_CODING:  # those have their table in tests/coding/test_edits.py
            assert any(list(rule(bad)) for _, bad, _, _ in CASES), rule.__name__
        assert rule.__doc__


def test_the_scrubber_runs_the_very_rules_that_a_coder_sees() -> None:
    assert {id(rule) for rule in RULES_AT_CODING} < {id(rule) for rule in RULES}


FIXED: list[tuple[str, ClaimFacts, Fix]] = [
    ("EL01", claim(coverage=replace(COVER, member_id="hmx-204418731")),
     Fix(kind=FixKind.SET_MEMBER_ID, value="HMX204418731")),
    ("EL02", claim(coverage=replace(COVER, effective_to=DAY - timedelta(days=1)), coverages=(COVER, SECOND)),
     Fix(kind=FixKind.SET_COVERAGE, value="2")),
    ("AU01", replace(MRI, authorizations=(APPROVAL,)), Fix(kind=FixKind.SET_AUTHORIZATION, value="AU1")),
    ("AU02", replace(MRI, authorization_number="AU0", authorizations=(
        replace(APPROVAL, number="AU0", valid_to=DAY - timedelta(days=1)), APPROVAL)),
     Fix(kind=FixKind.SET_AUTHORIZATION, value="AU1")),
    ("DT02", claim(line(service_date=DAY - timedelta(days=1))),
     Fix(kind=FixKind.SET_SERVICE_DATE, line=1, value="2026-04-27")),
    ("DX04", with_codes("M54.5"), Fix(kind=FixKind.REPLACE_DIAGNOSIS, value="M54.50", values=("M54.5",))),
    ("DX04", with_codes("M17.1", lines=(line(1, "20610", "LT"),)),
     Fix(kind=FixKind.REPLACE_DIAGNOSIS, value="M17.12", values=("M17.1",))),
    ("DX07", with_codes("F02.80", "G30.9"), Fix(kind=FixKind.PUT_DIAGNOSIS_FIRST, value="2")),
    ("DX08", with_codes("W18.30XA", "M17.11"), Fix(kind=FixKind.PUT_DIAGNOSIS_FIRST, value="2")),
    ("DX09", with_codes("M17.10", note="Left knee pain."),
     Fix(kind=FixKind.REPLACE_DIAGNOSIS, value="M17.12", values=("M17.10",))),
    ("DX10", claim(line(1, "20610", "LT"), note="Right knee."),
     Fix(kind=FixKind.SET_MODIFIERS, line=1, values=("RT",))),
    ("AS03", claim(line(1, "99397")), Fix(kind=FixKind.SET_CODE, line=1, value="99396")),
    ("DP01", claim(line(pointers=())), Fix(kind=FixKind.SET_POINTERS, line=1, values=("1",))),
    ("DP02", claim(line(pointers=(1, 5))), Fix(kind=FixKind.SET_POINTERS, line=1, values=("1",))),
    ("MO01", claim(line(1, "99213", "ZZ")), Fix(kind=FixKind.SET_MODIFIERS, line=1)),
    ("MO04", claim(line(1, "20610", "RT", "LT")), Fix(kind=FixKind.SET_MODIFIERS, line=1, values=("50",))),
    ("MO05", claim(line(1, "20610", "RT"), line(2, "20610", "LT", pointers=(2,)), diagnoses=("E11.9", "I10")),
     Fix(kind=FixKind.MERGE_LINES, line=1, value="2", values=("50",))),
    ("MO06", claim(*VISIT_AND_INJECTION, diagnoses=("M17.11", "E11.9")),
     Fix(kind=FixKind.ADD_MODIFIER, line=1, value="25")),
    ("MO07", claim(*THERAPY, note="97140 to a separate region."), Fix(kind=FixKind.ADD_MODIFIER, line=2, value="59")),
    ("BU01", claim(line(1, "93015"), line(2, "93000")), Fix(kind=FixKind.REMOVE_LINE, line=2)),
    ("UN01", claim(line(units=0)), Fix(kind=FixKind.SET_UNITS, line=1, value="1")),
    ("UN03", claim(line(1, "J3301"), note="Injected 40 mg triamcinolone."),
     Fix(kind=FixKind.SET_UNITS, line=1, value="4")),
    ("PS01", claim(place_of_service="98"), Fix(kind=FixKind.SET_PLACE, value="11")),
    ("PS02", claim(place_of_service="10"), Fix(kind=FixKind.ADD_MODIFIER, line=1, value="95")),
    ("VH01", claim(line(1, "99203"), earlier_visits=(EarlierVisit(service_date=DAY, specialty="Family medicine"),)),
     Fix(kind=FixKind.SET_CODE, line=1, value="99213")),
    ("DU02", claim(line(1), line(2)), Fix(kind=FixKind.REMOVE_LINE, line=2)),
    ("CH01", claim(line(charge_amount=Decimal(0))), Fix(kind=FixKind.SET_CHARGE, line=1, value="168.00")),
    ("CH02", claim(line(charge_amount=Decimal("1.00"))), Fix(kind=FixKind.SET_CHARGE, line=1, value="168.00")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "bad", "fix"), FIXED, ids=[f"{code}-{fix.kind}" for code, _, fix in FIXED])
def test_a_fix_puts_its_finding_right(code: str, bad: ClaimFacts, fix: Fix) -> None:
    assert found(bad, code).fix == fix
    content = applied(content_of(bad), fix, bad.prices)
    if fix.kind in (FixKind.SET_MEMBER_ID, FixKind.SET_COVERAGE):  # other rows than the claim's own
        assert content != content_of(bad)
        return
    after = with_content(bad, content)
    assert code not in {finding.code for finding in scrub(after)}
    assert after.charge_amount == sum(row.charge_amount for row in after.lines)


def test_a_fix_survives_json() -> None:
    for _, _, fix in FIXED:
        assert Fix.from_json(fix.as_json()) == fix


def test_no_fix_without_proof_that_the_visit_was_separate() -> None:
    finding = found(claim(line(1, "99213"), line(2, "20610", "RT"), note="Knee injected."), "MO06")
    assert (finding.fix, finding.fix_label) == (None, "Check note")


def test_a_public_payer_gets_xs_instead_of_59() -> None:
    facts = claim(*THERAPY, coverage=replace(COVER, payer=MEDICAID), note="Done at a separate time.")
    fix = found(facts, "MO07").fix
    assert fix is not None
    assert fix.value == "XS"


def test_repairs_are_made_in_order_and_told() -> None:
    facts = claim(
        line(1, "99213", "25", "25", pointers=(2,)),
        line(2, "20610", "RT", "59", pointers=(1, 2, 2)),
        diagnoses=("M17.11", "M17.11"),
    )
    after, repairs, left = repaired(facts)
    assert after.diagnoses == ("M17.11",)
    assert [row.modifiers for row in after.lines] == [("25",), ("59", "RT")]
    assert [row.pointers for row in after.lines] == [(1,), (1,)]
    assert {one.code for one in repairs} == {"DX05", "MO02"}
    assert left == []


def test_repairs_never_touch_money() -> None:
    for _, bad, _, _ in CASES:
        after, _, _ = repaired(bad)
        assert [row.charge_amount for row in after.lines] == [row.charge_amount for row in bad.lines]


def test_merging_two_sides_keeps_the_charge() -> None:
    facts = claim(line(1, "20610", "RT"), line(2, "20610", "LT"), diagnoses=("E11.9",))
    fix = Fix(kind=FixKind.MERGE_LINES, line=1, value="2", values=("50",))
    after = with_content(facts, applied(content_of(facts), fix, facts.prices))
    assert [(row.number, row.modifiers, row.charge_amount) for row in after.lines] == [(1, ("50",), Decimal("336.00"))]
    assert scrub(after) == []


def test_removing_a_diagnosis_moves_the_pointers_along() -> None:
    facts = claim(line(1, pointers=(3, 2)), diagnoses=("M17.11", "E11.9", "I10"))
    content = applied(content_of(facts), Fix(kind=FixKind.REMOVE_DIAGNOSIS, value="2"), facts.prices)
    assert (content.diagnoses, content.lines[0].pointers) == (("M17.11", "I10"), (2,))


def test_a_thousand_claims_are_scrubbed_in_under_a_second() -> None:
    facts = claim(*VISIT_AND_INJECTION, line(3, "J3301"), diagnoses=("M17.11", "E11.9"), note="Injected. " * 200)
    started = process_time()
    for _ in range(1000):
        repaired(facts)
    assert process_time() - started < 1.0


def test_a_finding_knows_itself_again() -> None:
    one = found(claim(line(pointers=())), "DP01")
    assert one.identity == replace(one, fix_label="other").identity
    assert isinstance(one, Finding)
    assert one.severity == Severity.STOP


def test_an_incomplete_address_is_named_as_such() -> None:
    assert found(claim(patient=replace(DENISE, address=AddressFacts(zip_code="44107"))), "PT03").family == Family.PERSON
