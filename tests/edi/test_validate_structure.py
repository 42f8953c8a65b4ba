"""SNIP 1 and 2: one fault in a good file gives one finding that names it."""

from collections.abc import Callable

import pytest

from edi.errors import X12Error
from edi.validate import ERROR, WARNING, Finding, validate

ISA = "ISA*00*          *00*          *ZZ*LAKESHORE      *ZZ*CLEARHARBOR    *260302*1230*^*00501*000000017*1*P*:"
PROFESSIONAL = [
    "ST*837*0001*005010X222A1",
    "BHT*0019*00*B1*20260302*1230*CH",
    "NM1*41*2*LAKESHORE*****46*L1",
    "PER*IC*EDI DESK*TE*2185550100",
    "NM1*40*2*CLEAR HARBOR*****46*C1",
    "HL*1**20*1",
    "PRV*BI*PXC*207Q00000X",
    "NM1*85*2*LAKESHORE MEDICAL*****XX*1234567893",
    "N3*1 SHORE ROAD",
    "N4*DULUTH*MN*558020001",
    "REF*EI*411234567",
    "HL*2*1*22*0",
    "SBR*P*18*G7******CI",
    "NM1*IL*1*ALDER*JUNE****MI*HM000123",
    "N3*2 MILL LANE",
    "N4*DULUTH*MN*55802",
    "DMG*D8*19800110*F",
    "NM1*PR*2*HARBOR MUTUAL*****PI*HM001",
    "CLM*26-1*150***11:B:1*Y*A*Y*Y",
    "DTP*431*D8*20260201",
    "REF*D9*17312345",
    "HI*ABK:J029*ABF:R05",
    "NM1*82*1*FIR*MAX****XX*1234567893",
    "PRV*PE*PXC*207Q00000X",
    "LX*1",
    "SV1*HC:99213:25*100*UN*1***1:2",
    "DTP*472*D8*20260220",
    "LX*2",
    "SV1*HC:87070*50*UN*1***1",
    "DTP*472*RD8*20260220-20260221",
]
REMIT = [
    "ST*835*0001",
    "BPR*I*100*C*ACH*CCP*01*111*DA*33*1234567890**01*111*DA*22*20260308",
    "TRN*1*EFT1*1411234567",
    "DTM*405*20260308",
    "N1*PR*HARBOR MUTUAL",
    "N3*9 QUAY",
    "N4*DULUTH*MN*55802",
    "PER*BL*EDI DESK*TE*8005550199",
    "N1*PE*LAKESHORE MEDICAL*XX*1234567893",
    "LX*1",
    "CLP*26-1*1*150*100*50*12*2630914402*11*1",
    "NM1*QC*1*ALDER*JUNE****MI*HM000123",
    "SVC*HC:99213*150*100**1",
    "DTM*472*20260220",
    "CAS*CO*45*50",
    "PLB*1234567893*20261231*72:OLD*-5",
    "PLB*1234567893*20261231*WO:26-0*5",
]


def file_of(segments: list[str], *, kind: str = "HC", guide: str = "005010X222A1", isa: str = ISA) -> bytes:
    """One transaction set in its envelopes, counts right."""
    inner = [*segments, f"SE*{len(segments) + 1}*0001"]
    return "~".join(
        [isa, f"GS*{kind}*LAKESHORE*CLEARHARBOR*20260302*1230*18*X*{guide}", *inner, "GE*1*18", "IEA*1*000000017", ""]
    ).encode()


def structure(content: bytes) -> list[Finding]:
    """Findings of the first two levels; the rules of the others have their own tests."""
    return [each for each in validate(content) if each.level < 3]


def professional(*changes: tuple[str, str | None]) -> list[Finding]:
    """The good claim with segments replaced (by their start); None takes one out, a ~ puts several in."""
    return structure(file_of(changed(PROFESSIONAL, changes)))


def changed(segments: list[str], changes: tuple[tuple[str, str | None], ...]) -> list[str]:
    found = list(segments)
    for start, text in changes:
        at = next(index for index, each in enumerate(found) if each.startswith(start))
        found[at : at + 1] = [] if text is None else text.split("~")
    return found


def remit(*changes: tuple[str, str | None]) -> list[Finding]:
    return structure(file_of(changed(REMIT, changes), kind="HP", guide="005010X221A1"))


def place(finding: Finding) -> tuple[str, str | None, str | None, int | None]:
    return finding.code, finding.loop, finding.segment, finding.element


def test_good_files_have_no_finding() -> None:
    assert professional() == []
    assert remit() == []


ONE_FAULT = [
    (("PER*IC", None), ("missing-segment", "1000A", "PER", None)),
    (("BHT", "BHT*0019*00*B1*20260302*1230"), ("missing-element", "ST", "BHT", 6)),
    (("N3*1 SHORE", None), ("missing-segment", "2010AA", "N3", None)),
    (("REF*EI", "REF*E1*411234567"), ("bad-code", "2010AA", "REF", 1)),
    (("REF*EI", "REF*ZZ*1~REF*EI*411234567"), ("unexpected-segment", "2010AA", "REF", None)),
    (("REF*EI", "REF*EI*411234567~REF*EI*411234567"), ("too-many", "2010AA", "REF", None)),
    (("NM1*85", "NM1*8S*2*LAKESHORE MEDICAL*****XX*1234567893"), ("bad-code", "2010AA", "NM1", 1)),
    (("PRV*BI", "PRV*BI*PXC*207Q00000X~ZZZ*1"), ("unknown-segment", None, "ZZZ", None)),
    (("PRV*BI", "PRV*BI*PXC*207Q00000X~BPR*I*1"), ("unknown-segment", None, "BPR", None)),
    (("NM1*PR", None), ("missing-loop", "2010BB", "NM1", None)),
    (("SBR", None), ("missing-segment", "2000B", "SBR", None)),
    (("HL*2", "HL*1*1*22*0"), ("duplicate-level", "2000B", "HL", 1)),
    (("HL*2", "HL*3*1*22*0"), ("hierarchy", "2000B", "HL", 1)),
    (("HL*2", "HL*2*7*22*0"), ("hierarchy", "2000B", "HL", 2)),
    (("HL*2", "HL*2*1*23*0"), ("bad-code", "2000B", "HL", 3)),
    (("HL*2", None), ("missing-segment", "2000B", "SBR", None)),
    (("NM1*85", "NM2*85*2*LAKESHORE MEDICAL*****XX*1234567893"), ("unknown-segment", None, "NM2", None)),
    (("NM1*IL", "NM1*IL*1*ALDER*JUNE****MI*HM000123~SBR*P*18"), ("too-many", "2000B", "SBR", None)),
    (("HL*1", "HL*1**20*0"), ("bad-code", "2000A", "HL", 4)),
    (("CLM", "CLM*26-1*150***11:B:1*Y*A*Y*Q"), ("bad-code", "2300", "CLM", 9)),
    (("CLM", "CLM*26-1*15O***11:B:1*Y*A*Y*Y"), ("bad-type", "2300", "CLM", 2)),
    (("CLM", "CLM*26-1*1E2***11:B:1*Y*A*Y*Y"), ("bad-type", "2300", "CLM", 2)),
    (("CLM", "CLM*26-1*150***11:B:1:1*Y*A*Y*Y"), ("too-many-components", "2300", "CLM", 5)),
    (("CLM", "CLM*26-1*150***11>B>1*Y*A*Y*Y"), ("wrong-separator", "2300", "CLM", 5)),
    (("CLM", f"CLM*{'1' * 39}*150***11:B:1*Y*A*Y*Y"), ("too-long", "2300", "CLM", 1)),
    (("DTP*431", "DTP*431*D8*20260230"), ("bad-date", "2300", "DTP", 3)),
    (("DTP*431", "DTP*431*RD8*20260201-20260202"), ("bad-code", "2300", "DTP", 2)),
    (("DTP*431", "DTP*431*D8*20260201~DTP*431*D8*20260202"), ("too-many", "2300", "DTP", None)),
    (("DTP*472*RD8", "DTP*472*RD8*20260221-20260220"), ("bad-date", "2400", "DTP", 3)),
    (("HI*", "HI*ABK:J029*ABK:R05"), ("bad-code", "2300", "HI", 2)),
    (("HI*", None), ("missing-segment", "2300", "HI", None)),
    (("HI*", "HI*" + "*".join(["ABK:J029"] + ["ABF:R05"] * 12)), ("too-many-elements", "2300", "HI", 13)),
    (("HI*", "NTE*ADD*SEEN TWICE~REF*F8*1~HI*ABK:J029"), ("out-of-order", "2300", "REF", None)),
    (("NM1*82", "NM1*82*1*FIR*MAX****XX"), ("condition", "2310B", "NM1", 9)),
    (("NM1*82", "NM1*82*1*FIR*MAX*****1234567893"), ("condition", "2310B", "NM1", 8)),
    (("LX*1", None), ("missing-segment", "2400", "SV1", None)),
    (("SV1*HC:99213", None), ("missing-segment", "2400", "SV1", None)),
    (("SV1*HC:99213", "SV1*ZZ:99213*100*UN*1***1"), ("bad-code", "2400", "SV1", 1)),
    (("SV1*HC:99213", "SV1*HC:99213*100*UN*1***1:2:3:4:5"), ("too-many-components", "2400", "SV1", 7)),
    (("SV1*HC:99213", "SV1*HC:99213*100*UN*1***13"), ("bad-code", "2400", "SV1", 7)),
    (("SV1*HC:99213", "SV1*HC:99213*100*UN****1"), ("missing-element", "2400", "SV1", 4)),
    (("DTP*472*D8", "PWK*CT*XX~DTP*472*D8*20260220"), ("bad-code", "2400", "PWK", 2)),
    (("N4*DULUTH*MN*55802", "N4*DULUTH*MN*55802\t"), ("bad-character", "2010AA", "N4", 3)),
]


@pytest.mark.parametrize(("change", "expected"), ONE_FAULT, ids=lambda each: str(each)[:60])
def test_one_fault_is_one_finding(
    change: tuple[str, str | None], expected: tuple[str, str | None, str | None, int | None]
) -> None:
    found = professional(change)
    assert [place(each) for each in found if each.severity == ERROR] == [expected]


WARNINGS = [
    (("N3*2", "N3*2 MILL LANE*"), ("trailing-separator", "2010BA", "N3", None)),
    (("N3*2", "N3*2 MILL LANE "), ("trailing-blanks", "2010BA", "N3", 1)),
    (("N3*2", "N3*2 MÜLL LANE"), ("bad-character", "2010BA", "N3", 1)),
    (("NM1*41", "NM1*41*2*LAKESHORE***DR**46*L1"), ("not-used", "1000A", "NM1", 6)),
    (("HL*2", "HL*2*1*22*1"), ("hierarchy", "2000B", "HL", 4)),
]


@pytest.mark.parametrize(("change", "expected"), WARNINGS)
def test_what_payers_take_is_a_warning(
    change: tuple[str, str], expected: tuple[str, str | None, str | None, int | None]
) -> None:
    found = professional(change)
    assert [place(each) for each in found] == [expected]
    assert [each.severity for each in found] == [WARNING]


FINE = [
    ("NM1*82", "NM1*82*1*Fir*Max****XX*1234567893"),
    ("DTP*472*D8", "DTP*472*D8*20240229"),
    ("DTP*472*D8", "PWK*CT*AD~DTP*472*D8*20260220"),
    ("SV1*HC:99213", "SV1*HC:99213:25*000000000100.123*UN*1***1:2"),
    ("REF*EI", "REF*EI*411234567~PER*IC*DESK*TE*2185550100~NM1*87*2~N3*1 QUAY~N4*DULUTH*MN*55802"),
]


@pytest.mark.parametrize("change", FINE)
def test_what_the_guide_allows_is_not_found_fault_with(change: tuple[str, str]) -> None:
    assert professional(change) == []


def test_segments_behind_an_unknown_loop_are_passed_over() -> None:
    change = ("NM1*82", "NM1*ZZ*1*FIR*MAX~N3*1 QUAY~N4*DULUTH*MN*55802~REF*G2*1~NM1*82*1*FIR*MAX****XX*1234567893")
    assert [place(each) for each in professional(change)] == [("unexpected-segment", "2300", "NM1", None)]


def test_a_patient_level_where_hl04_denies_it() -> None:
    patient = "HL*3*2*23*0~PAT*19~NM1*QC*1*ALDER*SAM~N3*2 MILL LANE~N4*DULUTH*MN*55802~DMG*D8*20150110*M~CLM*"
    segments = "~".join(PROFESSIONAL).replace("SBR*P*18", "SBR*P*").replace("CLM*", patient).split("~")
    found = structure(file_of(segments))
    assert [place(each) for each in found] == [("hierarchy", "2000B", "HL", 4)]
    assert found[0].segment_number == 14


def test_lines_are_counted() -> None:
    lines = [
        text for number in range(3, 52) for text in (f"LX*{number}", "SV1*HC:87070*1*UN*1***1", "DTP*472*D8*20260220")
    ]
    found = structure(file_of([*PROFESSIONAL, *lines]))
    assert [place(each) for each in found] == [("too-many-loops", "2400", "LX", None)]


def test_a_finding_says_where() -> None:
    content = file_of(changed(PROFESSIONAL, (("CLM", "CLM*26-1*15O***11:B:1*Y*A*Y*Y"),)))
    (found,) = structure(content)
    assert found.segment_number == 21
    assert found.byte_offset is not None
    assert content[found.byte_offset :].startswith(b"CLM*26-1")
    assert (found.level, found.says) == (1, "CLM02 is not a number.")


def test_names_are_never_quoted() -> None:
    changes = (
        ("NM1*82", "NM1*SECRET*1*SECRET*MAX*SECRETSECRETSECRETSECRETSECRET***QQ*SECRET"),
        ("N4*", "N4*SECRET*QQQ"),
    )
    found = professional(*changes)
    assert found
    assert all("SECRET" not in each.says for each in found)


REMIT_FAULTS = [
    (("TRN", None), ("missing-segment", "ST", "TRN", None)),
    (("N1*PE", None), ("missing-loop", "1000B", "N1", None)),
    (("NM1*QC", None), ("missing-segment", "2100", "NM1", None)),
    (("LX", None), ("missing-segment", "2000", "CLP", None)),
    (("CAS", "CAS*CO**50*1"), ("missing-element", "2110", "CAS", 2)),
    (("CAS", "CAS*CO*45*50**97"), ("condition", "2110", "CAS", 6)),
    (("CAS", "CAS*CO*45*50***5"), ("condition", "2110", "CAS", 5)),
    (("CAS", "CAS*XX*45*50"), ("bad-code", "2110", "CAS", 1)),
    (("CLP", "CLP*26-1*9*150*100*50*12*2630914402*11*1"), ("bad-code", "2100", "CLP", 2)),
    (("SVC", "SVC*HC:99213*150*100**1~SVX*1"), ("unknown-segment", None, "SVX", None)),
]


@pytest.mark.parametrize(("change", "expected"), REMIT_FAULTS, ids=lambda each: str(each)[:60])
def test_one_fault_of_a_remittance_is_one_finding(
    change: tuple[str, str | None], expected: tuple[str, str | None, str | None, int | None]
) -> None:
    assert [place(each) for each in remit(change) if each.severity == ERROR] == [expected]


ENVELOPES: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda text: text.replace(b"SE*31*0001", b"SE*30*0001"), "SE01"),
    (lambda text: text.replace(b"SE*31*0001", b"SE*31*0002"), "SE02"),
    (lambda text: text.replace(b"GE*1*18", b"GE*2*18"), "GE01"),
    (lambda text: text.replace(b"GE*1*18", b"GE*1*19"), "GE02"),
    (lambda text: text.replace(b"IEA*1*000000017", b"IEA*2*000000017"), "IEA01"),
    (lambda text: text.replace(b"IEA*1*000000017", b"IEA*1*000000018"), "IEA02"),
    (lambda text: text.replace(b"SE*31*0001~", b""), "unreadable"),
    (lambda text: text.replace(b"GE*1*18~IEA*1*000000017~", b""), "GE"),
    (lambda text: text.replace(b"GS*HC", b"GS*HP"), "bad-code"),
    (lambda text: text.replace(b"*P*:~", b"*X*:~"), "bad-code"),
    (lambda text: text.replace(b"*20260302*1230*18", b"*20261302*1230*18"), "bad-date"),
    (lambda text: text.replace(b"X222A1", b"X999A1"), "unknown-guide"),
    (lambda text: text.replace(b"GE*1", text[text.index(b"ST*") : text.index(b"GE*1")] + b"GE*2"), "ST02"),
]


@pytest.mark.parametrize(("spoil", "code"), ENVELOPES)
def test_a_spoiled_envelope_is_named(spoil: Callable[[bytes], bytes], code: str) -> None:
    found = [each for each in structure(spoil(file_of(PROFESSIONAL))) if each.severity == ERROR]
    assert found[0].code == code
    assert found[0].level == 1 or code == "unknown-guide"


def test_other_marks_are_taken_from_the_isa() -> None:
    text = file_of(PROFESSIONAL).decode().replace(":", ">").replace("*", "|").replace("^", "!").replace("~", "\n")
    assert structure(text.encode()) == []


@pytest.mark.parametrize("text", [b"", b"hello", ISA.replace("00501", "00401").encode() + b"~"])
def test_what_is_not_x12_is_refused(text: bytes) -> None:
    with pytest.raises(X12Error):
        list(validate(text))


def test_a_kind_without_tables_is_one_warning() -> None:
    text = file_of(["ST*834*0001*005010X220A1", "BGN*00*1*20260302"], kind="BE", guide="005010X220A1")
    assert [(each.code, each.severity) for each in validate(text)] == [("unknown-guide", WARNING)]


def test_a_large_file_is_walked_in_blocks() -> None:
    claims = [text for _ in range(400) for text in PROFESSIONAL[18:]]
    found = structure(file_of([*PROFESSIONAL, *claims]))
    assert [each.code for each in found] == ["too-many-loops"]  # a subscriber has at most 100 claims
