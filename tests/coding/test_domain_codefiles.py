"""Official files, line by line: what is read of each layout, and what is said of a wrong one."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coding.domain.codefiles import ReleaseKind as Kind
from coding.domain.codefiles import WrongFile, format_of, looks_like, release_named
from coding.domain.codefiles.rows import (
    AddOnRow,
    AnesthesiaRow,
    CodeRow,
    CoverageRow,
    DrgRow,
    GpciRow,
    LocalityRow,
    NoteRow,
    PairRow,
    Row,
    TermRow,
    UnitRow,
)
from tests.coding import code_files as files


def read(kind: Kind, text: str) -> list[Any]:
    """A text as its own beginning says it is to be read."""
    layout = format_of(kind, text)
    assert layout is not None
    return list(layout.read(text.splitlines(keepends=True)))


def codes(rows: Iterable[Row]) -> list[tuple[str, str, bool]]:
    return [(row.code, row.parent, row.billable) for row in rows if isinstance(row, CodeRow)]


def test_icd10cm_codes_stand_below_the_longest_heading_they_begin_with() -> None:
    rows = read(Kind.ICD10CM, files.ORDER)
    assert codes(rows) == [
        ("A00", "", False),
        ("A00.0", "A00", True),
        ("A00.1", "A00", True),
        ("S52.5", "", False),
        ("S52.501A", "S52.5", True),
    ]
    assert rows[4].wording == "Unspecified fracture of the lower end of right radius, initial encounter"


def test_icd10pcs_from_either_file() -> None:
    assert codes(read(Kind.ICD10PCS, files.PCS_CODES)) == [("0016070", "001", True), ("XY0YX37", "XY0", True)]
    assert codes(read(Kind.ICD10PCS, files.PCS_ORDER)) == [("001", "", False), ("0016070", "001", True)]


def test_tabular_instructions_belong_to_their_own_code() -> None:
    assert read(Kind.ICD10CM_TABULAR, files.TABULAR) == [
        NoteRow("A00.0", {"inclusion_terms": ["Classical cholera"]}),
        NoteRow("A00", {"excludes1": ["food poisoning (A05.-)"]}),
        NoteRow("S52.5", {"seventh": ["A: initial encounter"]}),
    ]


def test_index_terms_carry_the_words_above_them_and_the_code_they_send_to() -> None:
    assert read(Kind.ICD10CM_INDEX, files.INDEX_CSV) == [
        TermRow("aarskog's syndrome", "Q87.19", "index"),
        TermRow("abandonment", "T74.9", "index", see="Maltreatment"),
        TermRow("abdomen, abdominal", "", "index", see="condition"),
        TermRow("abdomen, abdominal acute", "R10.0", "index"),
        TermRow("abdomen, abdominal injury, chest", "S29.9", "index", optional="(blunt)"),
        TermRow("maltreatment", "T74.9", "index"),
        TermRow("pain", "R52", "index"),
        TermRow("pain belly, abdominal", "R10.0", "index", see="Abdomen, acute"),
    ]


def test_the_index_in_xml() -> None:
    assert read(Kind.ICD10CM_INDEX, files.INDEX_XML) == [
        TermRow("abasia", "F44.4", "index", optional="(-astasia) (hysterical)"),
        TermRow("abscess", "L02.91", "index"),
        TermRow("abscess abdomen wall", "L02.211", "index"),
        TermRow("ache", "L02.211", "index", see="Abscess, abdomen, wall"),
    ]


def test_tables_of_the_index_have_a_term_for_each_column() -> None:
    neoplasms = read(Kind.ICD10CM_NEOPLASM, files.NEOPLASM_CSV)
    assert len(neoplasms) == 8
    assert neoplasms[6] == TermRow("neoplasm breast malignant primary", "C50.9", "neoplasm", optional="(female)")
    assert [(row.text, row.code) for row in read(Kind.ICD10CM_DRUG, files.DRUG_XML)] == [
        ("aspirin poisoning accidental", "T39.011"),
        ("aspirin poisoning intentional self-harm", "T39.012"),
        ("aspirin adverse effect", "T39.015"),
    ]


def test_hcpcs_of_the_contractors_file_is_joined_and_ends() -> None:
    text = (
        files.contractor_line("A0021", 100, 3, "Ambulance service, outside state per mile,")
        + files.contractor_line("A0021", 200, 4, "transport")
        + files.contractor_line("A0080", 100, 3, "Non-emergency transportation", ended="20251231")
        + files.contractor_line("   AA", 100, 7, "Anesthesia services performed personally")
    )
    assert read(Kind.HCPCS, text) == [
        CodeRow("hcpcs", "A0021", "Ambulance service, outside state per mile, transport"),
        CodeRow("hcpcs", "A0080", "Non-emergency transportation", billable=False),
        CodeRow("modifier", "AA", "Anesthesia services performed personally"),
    ]


def test_ncci_tables() -> None:
    assert read(Kind.PTP_PRACTITIONER, files.PAIRS) == [
        PairRow("45385", "45380", date(2020, 1, 1), None, "1", "More extensive procedure"),
        PairRow("99202", "99201", date(1996, 1, 1), date(2020, 12, 31), "0", "Mutually exclusive procedures"),
    ]
    assert read(Kind.MUE_DME, files.UNITS)[0] == UnitRow("99213", 2, "3", "Clinical: Data")
    assert read(Kind.ADD_ON, files.ADD_ONS) == [AddOnRow("11103", "11102", "1"), AddOnRow("0054T", "CCCCC", "2")]


def test_fee_schedule_files_are_exact() -> None:
    knee, echo = read(Kind.RVU, files.RVU)
    assert (knee.work, knee.nonfacility_na, knee.global_days, knee.endoscopic_base) == (
        Decimal("7.03"), True, "090", "29870",
    )  # fmt: skip
    assert (echo.modifier, echo.pe_facility, echo.conversion_factor) == ("26", Decimal("0.52"), Decimal("32.3465"))
    alaska = GpciRow("02102", "01", "AK", "ALASKA", Decimal("1.5"), Decimal("1.081"), Decimal("0.592"))
    assert read(Kind.GPCI, files.GPCI) == [alaska]
    assert read(Kind.LOCALITY, files.LOCALITIES) == [
        LocalityRow("01112", "54", "CALIFORNIA", "BAKERSFIELD", "KERN"),
        LocalityRow("01112", "55", "CALIFORNIA", "CHICO", "BUTTE"),
    ]
    assert read(Kind.ANESTHESIA, files.ANESTHESIA) == [AnesthesiaRow("02102", "01", "ALASKA", Decimal("27.86"))]


def test_weights_taxonomy_coverage_and_lists() -> None:
    heart = read(Kind.MS_DRG, files.DRG_TABLE)[0]
    title = "HEART FAILURE AND SHOCK WITH MCC"
    assert heart == DrgRow("291", "05", "MED", title, Decimal("1.2683"), Decimal("3.8"), Decimal("5.0"))
    assert read(Kind.TAXONOMY, files.TAXONOMY) == [CodeRow("taxonomy", "207Q00000X", "Physicians – Family Medicine")]
    assert read(Kind.COVERAGE, files.COVERAGE) == [
        CoverageRow("L33394", "Vitamin D tests", "15202", "82306", "E55", "covered", date(2025, 1, 1), None)
    ]
    licensed = "code\twording\n99213\tOur words\n0001F\tOurs, too\n"
    assert read(Kind.CPT, licensed) == [CodeRow("cpt", "99213", "Our words"), CodeRow("cpt", "0001F", "Ours, too")]
    assert read(Kind.REVENUE, "0450,Emergency room\n") == [CodeRow("revenue", "0450", "Emergency room")]
    assert read(Kind.BILL_TYPE, "0131,Hospital outpatient\n") == [CodeRow("bill", "0131", "Hospital outpatient")]


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        (Kind.ICD10CM, files.ORDER[:-120], "After order number 00004 the file is cut short or damaged"),
        (Kind.ICD10CM, files.ORDER.replace("00003", "00009"), "order number 00009 follows 00002"),
        (Kind.ICD10CM_TABULAR, files.TABULAR[:-60], "The XML is cut short or damaged at line"),
        (Kind.ICD10CM_INDEX, files.INDEX_CSV + "9,P,0", "Line 10 has 3 columns, not 8"),
        (Kind.HCPCS, files.contractor_line("A0021", 100, 3, "x") + "A0080001", "After A0021 the file is cut short"),
        (Kind.PTP_PRACTITIONER, files.PAIRS + "45385\t453", "Line 4 is not an NCCI pair"),
        (Kind.PTP_PRACTITIONER, files.PAIRS.replace("\t1\t", "\t7\t"), "has the modifier indicator 7, not 0, 1 or 9"),
        (Kind.PTP_PRACTITIONER, files.PAIRS.replace("20200101", "20201341"), "20201341 is not a date"),
        (Kind.MUE_PRACTITIONER, files.UNITS + "J33", "Line 4 is not a medically unlikely edit"),
        (Kind.ADD_ON, files.ADD_ONS + "11102,", "Line 4 is cut short"),
        (Kind.RVU, files.RVU + "99213,,,A", "Line 5 is no line of a PPRRVU file, or is cut short"),
        (Kind.RVU, files.RVU.replace("7.03", "seven"), "Line 3 has seven where a number belongs"),
        (Kind.GPCI, files.GPCI + "02102,AK", "Line 5 is no line of a GPCI file"),
        (Kind.COVERAGE, files.COVERAGE.replace("covered,", "perhaps,"), "Line 2 has the rule perhaps"),
        (Kind.CPT, "99213,Our words\n9921,Too short\n", "Line 2 is not a CPT code and its wording: 9921, Too short"),
    ],
)
def test_a_wrong_or_cut_file_is_refused_in_one_sentence(kind: Kind, text: str, says: str) -> None:
    with pytest.raises(WrongFile) as refusal:
        read(kind, text)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (files.ORDER, Kind.ICD10CM),
        (files.PCS_CODES, Kind.ICD10PCS),
        (files.INDEX_XML, Kind.ICD10CM_INDEX),
        (files.DRUG_XML, Kind.ICD10CM_DRUG),
        (files.PAIRS, Kind.PTP_PRACTITIONER),
        (files.UNITS, Kind.MUE_PRACTITIONER),
        (files.RVU, Kind.RVU),
        (files.GPCI, Kind.GPCI),
    ],
)
def test_a_file_is_known_by_its_beginning(text: str, kind: Kind) -> None:
    found = looks_like(text)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("kind", "name", "release", "day"),
    [
        (Kind.ICD10CM, "icd10cm_order_2025.txt", "FY2025", date(2024, 10, 1)),
        (Kind.ICD10CM, "icd10cm-order-April-2026.txt", "FY2026 April", date(2026, 4, 1)),
        (Kind.ICD10CM_INDEX, "icd10cm_alphabetic_index_fy2025.csv", "FY2025", date(2024, 10, 1)),
        (Kind.ICD10PCS, "icd10pcs_codes_2025.txt", "FY2025", date(2024, 10, 1)),
        (Kind.HCPCS, "HCPC2025_JAN_ANWEB.txt", "2025q1", date(2025, 1, 1)),
        (Kind.HCPCS, "hcpcs_level2_short_2026q2.csv", "2026q2", date(2026, 4, 1)),
        (Kind.RVU, "PPRRVU2025_Oct.csv", "2025q4", date(2025, 10, 1)),
        (Kind.RVU, "rvu25b.zip", "2025q2", date(2025, 4, 1)),
        (Kind.GPCI, "GPCI2025.csv", "2025", date(2025, 1, 1)),
        (Kind.LOCALITY, "25LOCCO.csv", "2025", date(2025, 1, 1)),
        (Kind.ANESTHESIA, "ANES2025.csv", "2025", date(2025, 1, 1)),
        (Kind.PTP_PRACTITIONER, "ccipra-v303r0-f1.TXT", "2024q4", date(2024, 10, 1)),
        (Kind.MUE_DME, "MCR_MUE_DMESupplierServices_Eff_10-01-2025.csv", "2025q4", date(2025, 10, 1)),
        (Kind.TAXONOMY, "nucc_taxonomy_251.csv", "25.1", date(2025, 10, 1)),
    ],
)
def test_the_name_of_a_file_says_its_release(kind: Kind, name: str, release: str, day: date) -> None:
    assert release_named(kind, [name]) == (release, day)


def test_a_name_that_says_nothing_leaves_it_to_the_heading_or_a_person() -> None:
    heading = "2025 National Physician Fee Schedule Relative Value File October Release"
    assert release_named(Kind.RVU, ["values.csv"], heading) == ("2025q4", date(2025, 10, 1))
    assert release_named(Kind.CPT, ["ours.csv"]) is None
    assert release_named(Kind.RVU, ["values_2025.csv"]) is None  # which quarter?
