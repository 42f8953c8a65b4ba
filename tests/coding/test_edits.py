"""Every edit that needs no payer: codes that it catches, codes that it lets pass, and what its fix leaves behind."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from coding.domain.edit_tables import Determination, EditTables
from coding.domain.edits import RULES, findings_on
from coding.domain.edits.content import FixDoesNotFit, applied, case_codes, visit_content, with_codes
from coding.domain.edits.facts import CaseFacts, EarlierService, EarlierVisit
from coding.domain.edits.findings import Fix, FixKind, Severity
from tests.coding.visits import DAY, MAN, TABLES, found, line, visit, with_dx

KNEE = EarlierService(
    code="29881", service_date=DAY - timedelta(days=20), rendering_id=1, specialty="Family medicine",
    diagnoses=("S83.241A",),
)  # fmt: skip
THERAPY = (line(1, "97530"), line(2, "97140"))
SEEN = EarlierVisit(service_date=date(2025, 5, 1), specialty="Family medicine")

POLICY = Determination(
    policy="L33394", title="Injections of the knee", covered=frozenset({"M17"}), excluded=frozenset({"R05.9"})
)


def medicare(*diagnoses: str, modifiers: tuple[str, ...] = ("RT",), **policy: Any) -> CaseFacts:
    """A knee injection for a Medicare patient under one determination, pointing at the first diagnosis."""
    of = {"20610": (replace(POLICY, **policy),)}
    return visit(
        line(1, "20610", *modifiers), diagnoses=diagnoses, payer_kind="medicare",
        tables=replace(TABLES, determinations=of),
    )  # fmt: skip


def screening(code: str, *modifiers: str, payer_kind: str = "commercial", diagnosis: str = "Z12.11") -> CaseFacts:
    return visit(line(1, code, *modifiers), diagnoses=(diagnosis,), payer_kind=payer_kind, diagnosis_set_loaded=False)


# code · codes that the edit catches · where it points · the nearest ones that pass
CASES: list[tuple[str, CaseFacts, str, CaseFacts]] = [
    ("DX01", with_dx(), "claim.diagnoses.1", visit()),
    ("DX02", with_dx(*(f"R{n}" for n in range(13)), diagnosis_set_loaded=False), "claim.diagnoses.13",
     with_dx(*(f"R{n}" for n in range(12)), diagnosis_set_loaded=False)),
    ("DX03", with_dx("Q99.99"), "claim.diagnoses.1", with_dx("Q99.99", diagnosis_set_loaded=False)),
    ("DX04", with_dx("M17.1"), "claim.diagnoses.1", with_dx("M17.11")),
    ("DX05", with_dx("I10", "I10"), "claim.diagnoses.2", with_dx("I10", "M17.11")),
    ("DX06", with_dx("O24.410", "E11.9"), "claim.diagnoses.2", with_dx("O24.410", "I10")),
    ("DX07", with_dx("I50.9", "I11.0"), "claim.diagnoses.1", with_dx("I11.0", "I50.9")),
    ("DX08", with_dx("W18.30XA", "S93.401A"), "claim.diagnoses.1", with_dx("S93.401A", "W18.30XA")),
    ("DX09", with_dx("M17.10", note="Left knee hurts."), "claim.diagnoses.1", with_dx("M17.10", note="Knee hurts.")),
    ("DX10", visit(line(1, "20610", "LT")), "line.1.modifiers", visit(line(1, "20610", "RT"))),
    ("DX11", with_dx("N18.3"), "claim.diagnoses.1", with_dx("N18.30")),
    ("DX12", with_dx("S93.401"), "claim.diagnoses.1", with_dx("S93.401A")),
    ("DX13", with_dx("M17.1", "M17.11"), "claim.diagnoses.1", with_dx("M17.11", "I10")),
    ("DX14", with_dx("Z68.31", "I10"), "claim.diagnoses.1", with_dx("I10", "Z68.31")),
    ("DX15", with_dx("I10", "Z00.00"), "claim.diagnoses.2", with_dx("Z00.00", "I10")),
    ("DX16", with_dx("R05.9", "W18.30XA"), "claim.diagnoses.2", with_dx("S93.401A", "W18.30XA")),
    ("DX17", with_dx("I10", "F02.80"), "claim.diagnoses.2", with_dx("G30.9", "F02.80")),
    ("DX18", with_dx("E11.9", note="Takes insulin at night."), "claim.diagnoses.1",
     with_dx("E11.9", note="He has never used insulin.")),
    ("DX19", with_dx("J45.909", note="Asthma with acute exacerbation."), "claim.diagnoses.1",
     with_dx("J45.909", note="Asthma without acute exacerbation.")),
    ("DX20", with_dx("M17.11", note="Left knee: crepitus."), "claim.diagnoses.1",
     with_dx("M17.11", note="Left and right knee: crepitus.")),
    ("AS01", with_dx("N40.1", diagnosis_set_loaded=False), "claim.diagnoses.1",
     with_dx("N40.1", diagnosis_set_loaded=False, patient=MAN)),
    ("AS02", with_dx("Z00.129", diagnosis_set_loaded=False), "claim.diagnoses.1", with_dx("Z00.00")),
    ("AS03", visit(line(1, "99397")), "line.1.code", visit(line(1, "99396"))),
    ("PX01", visit(line(1, "99999", known=False)), "line.1.code", visit()),
    ("PX04", visit(line(1, deleted_on=DAY, replaced_by=("99203",))), "line.1.code",
     visit(line(1, replaced_by=("99203",)))),
    ("PX02", visit(line(1, "87880"), clia_certificate="waiver"), "line.1.modifiers",
     visit(line(1, "87880", "QW"), clia_certificate="waiver")),
    ("DP01", visit(line(pointers=())), "line.1.pointers", visit()),
    ("DP02", visit(line(pointers=(2,))), "line.1.pointers", visit()),
    ("DP03", visit(line(pointers=(1, 1))), "line.1.pointers", visit()),
    ("MO01", visit(line(1, "99213", "ZZ")), "line.1.modifiers", visit(line(1, "99213", "25"))),
    ("MO02", visit(line(1, "20610", "RT", "59")), "line.1.modifiers", visit(line(1, "20610", "59", "RT"))),
    ("MO03", visit(line(1, "20610", "59", "RT", "GC", "AI", "Q6")), "line.1.modifiers", visit(line(1, "20610", "RT"))),
    ("MO04", visit(line(1, "20610", "RT", "LT")), "line.1.modifiers", visit(line(1, "20610", "50"))),
    ("MO05", visit(line(1, "20610", "RT"), line(2, "20610", "LT")), "line.2.modifiers",
     visit(line(1, "20610", "RT"), line(2, "71046", "LT"))),
    ("MO06", visit(line(1), line(2, "20610", "RT")), "line.1.modifiers",
     visit(line(1, "99213", "25"), line(2, "20610", "RT"))),
    ("MO07", visit(*THERAPY), "line.2.modifiers", visit(line(1, "97530"), line(2, "97140", "XS"))),
    ("MO08", visit(line(1, "99213", "59")), "line.1.modifiers", visit(line(1, "99213", "25"))),
    ("MO09", visit(line(1, "J3301", "JW", "JZ")), "line.1.modifiers", visit(line(1, "J3301", "JZ"))),
    ("MO10", visit(line(1, "71046", "76")), "line.1.modifiers", visit(line(1, "71046"), line(2, "71046", "76"))),
    ("MO11", visit(line(1, "71046", "50")), "line.1.modifiers", visit(line(1, "20610", "50"))),
    ("MO12", visit(line(1, "20610", "50", units=2)), "line.1.units", visit(line(1, "20610", "50"))),
    ("MO13", visit(line(1, "29881", "80")), "line.1.modifiers", visit(line(1, "27447", "80"))),
    ("MO14", visit(line(1, "29881", "62")), "line.1.modifiers", visit(line(1, "29881"))),
    ("MO15", visit(line(1, "20610", "TC")), "line.1.modifiers", visit(line(1, "71046", "TC"))),
    ("MO16", visit(line(1, "71046"), place_of_service="22"), "line.1.modifiers",
     visit(line(1, "71046", "26"), place_of_service="22")),
    ("BU01", visit(line(1, "93015"), line(2, "93000")), "line.2.code", visit(line(1, "93015"))),
    ("MO17", screening("45385"), "line.1.modifiers", screening("45385", "33")),
    ("BU02", visit(line(1, "90472")), "line.1.code", visit(line(1, "90472"), line(2, "90471"))),
    ("BU03", visit(earlier_services=(KNEE,)), "line.1.modifiers",
     visit(earlier_services=(replace(KNEE, service_date=DAY - timedelta(days=91)),))),
    ("BU04", visit(line(1, "20610", "RT"), earlier_services=(KNEE,)), "line.1.modifiers",
     visit(line(1, "20610", "79", "RT"), earlier_services=(KNEE,))),
    ("UN01", visit(line(units=0)), "line.1.units", visit()),
    ("UN02", visit(line(1, "J3301", units=40)), "line.1.units", visit(line(1, "J3301", units=16))),
    ("UN03", visit(line(1, "J3301"), note="Injected 40 mg triamcinolone."), "line.1.units",
     visit(line(1, "J3301", units=4), note="Injected 40 mg triamcinolone.")),
    ("UN04", visit(line(1, "97110", units=3), note="Total timed minutes: 25 min."), "line.1.units",
     visit(line(1, "97110", units=2), note="Total timed minutes: 25 min.")),
    ("UN05", visit(line(1, "90837"), note="Psychotherapy for 45 minutes."), "line.1.code",
     visit(line(1, "90834"), note="Psychotherapy for 45 minutes.")),
    ("UN06", visit(line(1, "J3301", ndc="0003-0293-05")), "line.1.ndc", visit(line(1, "J3301", ndc="00003029305"))),
    ("PS01", visit(place_of_service="98"), "claim.place_of_service", visit(place_of_service="22")),
    ("PS02", visit(place_of_service="10"), "line.1.modifiers", visit(line(1, "99213", "95"), place_of_service="10")),
    ("PS03", visit(line(1, "99213", "95")), "claim.place_of_service", visit()),
    ("PS04", visit(place_of_service="23"), "line.1.code", visit(place_of_service="22")),
    ("PS05", visit(line(1, "20610", "RT"), place_of_service="10"), "line.1.code", visit(line(1, "20610", "RT"))),
    ("VH01", visit(line(1, "99203"), earlier_visits=(SEEN,)), "line.1.code",
     visit(line(1, "99203"), earlier_visits=(replace(SEEN, specialty="Cardiology"),))),
    ("DU02", visit(line(1), line(2)), "line.2.code", visit(line(1), line(2, "99213", "77"))),
    ("CV01", medicare("I10", "M17.11"), "line.1.pointers", medicare("M17.11", "I10")),
    ("CV02", medicare("R05.9"), "line.1.pointers", medicare("R05.9", modifiers=("GZ", "RT"))),
]  # fmt: skip
IDS = [case[0] for case in CASES]


def codes_found(facts: CaseFacts) -> set[str]:
    return {finding.code for finding in findings_on(facts)}


def fixed(facts: CaseFacts, fix: Fix) -> CaseFacts:
    return with_codes(facts, applied(visit_content(facts), fix, facts.prices))


def test_sound_codes_have_no_finding() -> None:
    assert findings_on(visit()) == []


@pytest.mark.parametrize(("code", "bad", "at", "good"), CASES, ids=IDS)
def test_an_edit_catches_and_lets_pass(code: str, bad: CaseFacts, at: str, good: CaseFacts) -> None:
    assert found(bad, code).at == at
    assert code not in codes_found(good)


@pytest.mark.parametrize(("code", "bad", "at", "good"), CASES, ids=IDS)
def test_a_finding_speaks_plainly_and_briefly(code: str, bad: CaseFacts, at: str, good: CaseFacts) -> None:
    finding = found(bad, code)
    assert 0 < len(finding.brief) <= 40
    assert 0 < len(finding.says) <= 120
    assert finding.says.endswith((".", "?"))
    assert 0 < len(finding.fix_label) <= 60
    assert len(finding.at) <= 24


def test_every_rule_is_in_the_table_and_names_its_source() -> None:
    for rule in RULES:
        assert any(list(rule(bad)) for _, bad, _, _ in CASES), f"{rule.__module__}.{rule.__name__}"
        assert "Source:" in (rule.__doc__ or ""), f"{rule.__module__}.{rule.__name__}"


MORE_WITH_FIXES = [
    with_dx("S93.401", note="Twisted the ankle yesterday."),
    with_dx("S93.401", note="Recheck of the sprain."),
    with_dx("F02.80", "G30.9"),
    with_dx("M17.10", note="Left knee hurts."),
    visit(line(1), line(2, "20610", "RT", pointers=(1,)), diagnoses=("M17.11", "I10"), note="A separate problem."),
    visit(*THERAPY, note="Done at a separate site."),
    visit(earlier_services=(KNEE,)),
    visit(line(1, "99213", "59", "XS")),
    visit(line(1, "71046", "26", "TC")),
    with_dx("M17.1", note="Left knee hurts."),
    visit(line(1, "20610", "LT"), note="Right knee."),
    visit(line(1, "99203", units=2)),
    visit(line(1), line(2, "29881", "RT"), note="Elected to proceed with surgery today."),
]


MILDER = [
    visit(line(1, "0054T")),
    visit(line(1, "45378", "80")),
    visit(line(1, "27447", "62")),
    visit(line(1, "97110"), note="Total timed minutes: 25 min."),
    visit(tables=EditTables()),
]
EVERY_BAD_VISIT = [*(case[1] for case in CASES), *MORE_WITH_FIXES, *MILDER]


@pytest.mark.parametrize("bad", EVERY_BAD_VISIT, ids=[*IDS, *map(str, range(len(EVERY_BAD_VISIT) - len(IDS)))])
def test_every_fix_removes_its_finding_and_brings_no_error(bad: CaseFacts) -> None:
    for finding in findings_on(bad):
        if finding.fix is None:
            continue
        after = fixed(bad, finding.fix)
        before = [(one.code, one.at) for one in findings_on(bad)].count((finding.code, finding.at))
        left = [(one.code, one.at) for one in findings_on(after)].count((finding.code, finding.at))
        assert left < before, finding
        assert case_codes(visit_content(after)) != case_codes(visit_content(bad)) or (
            after.place_of_service != bad.place_of_service
        )


@pytest.mark.parametrize(
    ("bad", "code", "fix"),
    [
        (with_dx("N18.3"), "DX11", Fix(kind=FixKind.REPLACE_DIAGNOSIS, value="N18.30", values=("N18.3",))),
        (with_dx("E11.9", note="Takes insulin."), "DX18", Fix(kind=FixKind.ADD_DIAGNOSIS, value="Z79.4")),
        (with_dx("S93.401", note="Twisted it yesterday."), "DX12",
         Fix(kind=FixKind.REPLACE_DIAGNOSIS, value="S93.401A", values=("S93.401",))),
        (with_dx("Z68.31", "W18.30XA", "I10"), "DX14", Fix(kind=FixKind.PUT_DIAGNOSIS_FIRST, value="3")),
        (visit(earlier_services=(KNEE,)), "BU03", Fix(kind=FixKind.ADD_MODIFIER, line=1, value="24")),
        (visit(line(1, "71046"), place_of_service="22"), "MO16", Fix(kind=FixKind.ADD_MODIFIER, line=1, value="26")),
        (visit(line(1, "90837"), note="Psychotherapy for 45 minutes."), "UN05",
         Fix(kind=FixKind.SET_CODE, line=1, value="90834")),
        (visit(line(1), line(2, "29881", "RT"), note="Decision for surgery made today."), "MO06",
         Fix(kind=FixKind.ADD_MODIFIER, line=1, value="57")),
        (visit(*THERAPY, note="In a separate session.", payer_kind="medicare"), "MO07",
         Fix(kind=FixKind.ADD_MODIFIER, line=2, value="XE")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_fix_is_the_one_the_record_supports(bad: CaseFacts, code: str, fix: Fix) -> None:
    assert found(bad, code).fix == fix


@pytest.mark.parametrize(
    ("code", "bad"),
    [
        ("MO06", visit(line(1), line(2, "20610", "RT"), note="Knee injected.")),
        ("MO06", visit(line(1), line(2, "29881", "RT"), note="Knee repaired.")),
        ("MO07", visit(*THERAPY)),
        ("BU03", visit(earlier_services=(replace(KNEE, diagnoses=("M17.11",)),))),
        ("DX06", with_dx("O24.410", "E11.9")),
        ("DX12", with_dx("S93.401")),
    ],
)
def test_without_proof_there_is_no_fix(code: str, bad: CaseFacts) -> None:
    assert found(bad, code).fix is None


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("45385", "45380", "MO07"),
        ("45380", "45385", "MO07"),  # in either order on the page
        ("11042", "97597", ""),  # indicator 9
        ("93015", "93000", "BU01"),
        ("97530", "97140", "MO07"),  # no NCCI pair any more, but payers still bundle it
    ],
)
def test_a_pair_counts_by_its_indicator(first: str, second: str, code: str) -> None:
    assert codes_found(visit(line(1, first), line(2, second))) == ({code} if code else set())


@pytest.mark.parametrize(
    ("modifiers", "passes"),
    [
        ((("59",), ()), True),
        (((), ("XS",)), True),
        ((("RT",), ("LT",)), True),
        ((("RT",), ("RT",)), False),
        (((), ("LT",)), False),
        ((("GP",), ("GP",)), False),
    ],
)
def test_modifiers_tell_a_pair_apart(modifiers: tuple[tuple[str, ...], tuple[str, ...]], passes: bool) -> None:
    facts = visit(line(1, "97530", *modifiers[0]), line(2, "97140", *modifiers[1]))
    assert ("MO07" not in codes_found(facts)) == passes


def test_unit_limits_count_by_line_or_by_day() -> None:
    split = [line(1, "97110", units=4), line(2, "97110", "76", units=4)]
    assert "UN02" not in codes_found(visit(*split))  # MAI 1
    assert "at most 4 on a line (MAI 1)" in found(visit(line(1, "97110", units=5)), "UN02").says
    day = visit(line(1, "29881", "RT"), line(2, "29881", "59", "LT"))
    assert found(day, "UN02").at == "line.2.units"  # MAI 2
    assert "without exception (MAI 2)" in found(day, "UN02").says
    assert "only with records" in found(visit(line(1, "J3301", units=17)), "UN02").says  # MAI 3


def test_add_ons_by_type() -> None:
    assert found(visit(line(1, "90472")), "BU02").severity == Severity.STOP
    assert found(visit(line(1, "0054T")), "BU02").severity == Severity.WARN
    assert "BU02" not in codes_found(visit(line(1, "0054T"), line(2, "27447", "RT")))
    earlier = EarlierService(code="90471", service_date=DAY, rendering_id=1, specialty="Family medicine")
    assert "BU02" not in codes_found(visit(line(1, "90472"), earlier_services=(earlier,)))


def test_assistants_by_indicator() -> None:
    assert found(visit(line(1, "45378", "80")), "MO13").severity == Severity.WARN
    assert found(visit(line(1, "29881", "AS")), "MO13").severity == Severity.STOP
    assert found(visit(line(1, "27447", "62")), "MO14").severity == Severity.WARN


@pytest.mark.parametrize(("minutes", "units"), [(7, 0), (8, 1), (22, 1), (23, 2), (37, 2), (38, 3), (52, 3), (53, 4)])
def test_the_eight_minute_rule(minutes: int, units: int) -> None:
    facts = visit(line(1, "97110", units=units or 1), note=f"Total treatment time {minutes} minutes.")
    assert ("UN04" in codes_found(facts)) == (units == 0)


@pytest.mark.parametrize(
    ("facts", "modifiers"),
    [
        (screening("45385"), ("33",)),
        (screening("45378"), ("33",)),
        (screening("45385", payer_kind="medicaid"), ("33",)),
        (screening("45385", payer_kind="medicare"), ("PT",)),
        (screening("45385", "33", payer_kind="medicare"), ("PT",)),
        (screening("45385", "59", "PT"), ("59", "33")),
    ],
)
def test_a_screening_that_became_a_procedure_says_so_in_the_payers_way(
    facts: CaseFacts, modifiers: tuple[str, ...]
) -> None:
    fix = found(facts, "MO17").fix
    assert fix is not None
    assert fix.values == modifiers


def test_while_nobody_knows_who_pays_both_modifiers_are_named() -> None:
    finding = found(screening("45385", payer_kind=""), "MO17")
    assert finding.fix is None
    assert "33 says so, for Medicare PT" in finding.says


@pytest.mark.parametrize(
    "facts",
    [
        screening("45378", payer_kind="medicare"),  # G0121 is for that
        screening("45385", diagnosis="K51.011"),
        screening("G0121"),
        screening("45385", "PT", payer_kind="medicare"),
    ],
)
def test_a_scope_that_was_no_screening_needs_neither(facts: CaseFacts) -> None:
    assert "MO17" not in codes_found(facts)


def test_coverage_points_to_what_is_covered_and_says_how_to_go_on() -> None:
    finding = found(medicare("I10", "M17.11"), "CV01")
    assert finding.severity == Severity.WARN
    assert finding.says == (
        "L33394 (Injections of the knee) covers 20610 for no diagnosis of line 1. GA with a signed ABN, GZ without."
    )
    assert finding.fix == Fix(kind=FixKind.SET_POINTERS, line=1, values=("2", "1"))
    assert (finding.fix_label, finding.see) == ("Point to B first", ("L33394", "20610"))
    assert found(medicare("I10"), "CV01").fix is None


@pytest.mark.parametrize(
    "facts",
    [
        medicare("M17.11"),  # below a covered heading
        medicare("I10", modifiers=("GA", "RT")),
        medicare("I10", covers_some=False),  # a list of what is excluded says nothing about the rest
        replace(medicare("I10"), payer_kind="commercial"),
        replace(medicare("I10"), payer_kind=""),  # nobody knows yet who pays
        replace(medicare("I10", contractors=frozenset({"08202"})), contractors=frozenset({"10112"})),
    ],
)
def test_coverage_is_asked_of_medicare_and_of_its_own_contractor(facts: CaseFacts) -> None:
    assert codes_found(facts).isdisjoint({"CV01", "CV02"})


def test_without_knowing_the_contractor_every_loaded_determination_counts() -> None:
    theirs = medicare("I10", contractors=frozenset({"08202"}))
    assert "CV01" in codes_found(theirs)
    assert "CV01" in codes_found(replace(theirs, contractors=frozenset({"08202", "08102"})))


def test_an_excluded_diagnosis_is_named_and_said_once() -> None:
    facts = medicare("R05.9", "M17.11")
    assert codes_found(facts) == {"CV02"}
    assert "excludes 20610 for R05.9" in found(facts, "CV02").says


def test_a_table_that_is_not_loaded_says_nothing_and_stops_nothing() -> None:
    facts = visit(line(1, "71046", "50", "26"), line(2, "90472", units=99), tables=EditTables())
    assert {code for code in codes_found(facts) if code.startswith(("MO1", "BU", "UN"))} == set()


def test_a_code_of_the_next_release_is_not_yet_one() -> None:
    assert "only from 10/01/2026" in found(with_dx("T99.9"), "DX11").says


def test_kx_lets_a_service_of_the_other_sex_pass() -> None:
    assert "AS01" in codes_found(visit(line(1, "G0103")))
    assert "AS01" not in codes_found(visit(line(1, "G0103", "KX")))


def test_a_pair_by_the_table_asks_for_25() -> None:
    assert "MO06" in codes_found(visit(line(1), line(2, "45378")))  # by its global days
    assert "MO06" in codes_found(visit(line(1), line(2, "69210"), tables=EditTables()))  # by the rule's own list


def test_adding_a_diagnosis_needs_room() -> None:
    fix = Fix(kind=FixKind.ADD_DIAGNOSIS, value="I10")
    assert fixed(with_dx("M17.11"), fix).diagnoses == ("M17.11", "I10")
    with pytest.raises(FixDoesNotFit):
        fixed(with_dx("I10"), fix)
    with pytest.raises(FixDoesNotFit):
        fixed(with_dx(*(f"R{n}" for n in range(12))), fix)
