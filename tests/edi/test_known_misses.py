"""One fault at a time in a clean file: every one is found, at the right level, segment and element.

The first list is what other validators were seen to miss; the rest is what clearinghouses refuse.
"""

import re
from datetime import date
from decimal import Decimal

import pytest

from edi.claim_837p import write_claims
from edi.remit_835 import write_remit
from edi.validate import ERROR, Finding, validate
from edi.validate.tables import Tables
from tests.edi.samples import HEADER, batch, claim, line, npi, remit, secondary_claim

TABLES = Tables(today=date(2026, 3, 2))

LINES = tuple(line(number, charge=Decimal(50 + number)) for number in (1, 2, 3))
CLAIM = write_claims(batch(claim(lines=LINES, charge=Decimal(156)))).content.decode()
SECONDARY = write_claims(batch(secondary_claim())).content.decode()
REMIT = write_remit(HEADER, [remit()]).decode()

Fault = tuple[str, str, str, int, str, int | None]
"""Name, text to replace (a regular expression), its replacement, level, segment, element."""

BILLING_NPI, RENDERING_NPI = npi(1), npi(2)

KNOWN_MISSES: list[Fault] = [
    ("NPI check digit", f"XX[*]{RENDERING_NPI}", "XX*1234567890", 5, "NM1", 9),
    ("billing NPI check digit", f"XX[*]{BILLING_NPI}", "XX*1234567890", 5, "NM1", 9),
    ("nonsense diagnosis", "ABF:I10", "ABF:QQQQQ", 5, "HI", 2),
    ("CLM02 is not the sum", r"CLM[*]26-000001[*]156", "CLM*26-000001*157", 3, "CLM", 2),
    ("frequency code X", "11:B:1", "11:B:X", 5, "CLM", 5),
    ("patient without address", r"N3[*]2 Shore Road~N4[*]Duluth[*]MN[*]558020001~DMG", "DMG", 4, "N3", None),
    ("patient without DMG", r"DMG[*]D8[*]19800517[*]F~", "", 4, "DMG", None),
    ("pointer to an absent diagnosis", r"(SV1[*]HC:99213[*]51[*]UN[*]1[*][*][*])1", r"\g<1>1:7", 4, "SV1", 7),
    ("5-digit billing ZIP", "(1 Shore Road~N4[*]Duluth[*]MN[*])558020001", r"\g<1>55802", 4, "N4", 3),
    ("bad taxonomy", r"PRV[*]BI[*]PXC[*]207Q00000X", "PRV*BI*PXC*207Q", 5, "PRV", 3),
    ("secondary without 2320", r"SBR[*]P[*]18", "SBR*S*18", 4, "SBR", 1),
    ("replacement without F8", "11:B:1", "11:B:7", 4, "REF", None),
    ("void without F8", "11:B:1", "11:B:8", 4, "REF", None),
    ("negative charge", r"(SV1[*]HC:99213[*])51", r"\g<1>-51", 3, "SV1", 2),
    ("place of service 00", "11:B:1", "00:B:1", 5, "CLM", 5),
    ("state ZZ", r"(2 Shore Road~N4[*]Duluth[*])MN", r"\g<1>ZZ", 5, "N4", 2),
    ("unknown SV101 qualifier", r"SV1[*]HC:99213[*]51", "SV1*QQ:99213*51", 2, "SV1", 1),
    ("segment out of order", r"(DTP[*]472[*]D8[*]20260220~)(REF[*]6R[*]L1~)", r"\g<2>\g<1>", 2, "DTP", None),
    ("wrong GE control number", r"GE[*]1[*]18", "GE*1*19", 1, "GE", 2),
    ("wrong IEA control number", r"IEA[*]1[*]000000017", "IEA*1*000000018", 1, "IEA", 2),
    ("more than four pointers", r"(SV1[*]HC:99213[*]51[*]UN[*]1[*][*][*])1", r"\g<1>1:2:1:2:1", 1, "SV1", 7),
    ("13 diagnoses", "ABF:I10", "*".join(["ABF:I10"] + [f"ABF:E11{n}" for n in range(10, 21)]), 1, "HI", 13),
    ("duplicate HL ids", r"HL[*]2[*]1[*]22", "HL*1*1*22", 2, "HL", 1),
]

REFUSED_BY_CLEARINGHOUSES: list[Fault] = [
    ("auto accident without date", "Y[*]A[*]Y[*]Y~HI", "Y*A*Y*Y**AA:::MN~HI", 4, "DTP", None),
    ("auto accident without state", "Y[*]A[*]Y[*]Y~HI", "Y*A*Y*Y**AA~DTP*439*D8*20260201~HI", 4, "CLM", 11),
    ("accident after the service", "Y[*]A[*]Y[*]Y~HI", "Y*A*Y*Y**OA~DTP*439*D8*20260301~HI", 4, "DTP", 3),
    ("inpatient visit without admission", "11:B:1", "21:B:1", 4, "DTP", None),
    ("date of service in the future", r"DTP[*]472[*]D8[*]20260220", "DTP*472*D8*20260320", 4, "DTP", 3),
    ("from after to", r"DTP[*]472[*]D8[*]20260220", "DTP*472*RD8*20260220-20260219", 4, "DTP", 3),
    ("born after the service", r"DMG[*]D8[*]19800517", "DMG*D8*20260227", 4, "DMG", 2),
    ("diagnosis twice", "ABF:I10", "ABF:I10*ABF:I10", 4, "HI", 3),
    ("diagnosis with a dot", "ABF:I10", "ABF:E11.9", 5, "HI", 2),
    ("diagnosis in lower case", "ABF:I10", "ABF:i10", 5, "HI", 2),
    ("ICD-9 beside ICD-10", "ABF:I10", "BF:4019", 4, "HI", 2),
    ("ICD-9 today", "ABK:E119[*]ABF:I10", "BK:25000", 4, "HI", 1),
    ("external cause first", "ABK:E119", "ABK:W19XXXA", 4, "HI", 1),
    ("post box as billing address", "N3[*]1 Shore Road", "N3*PO BOX 12", 4, "N3", 1),
    ("tax id with a hyphen", r"REF[*]EI[*]411234567", "REF*EI*41-1234567", 5, "REF", 2),
    ("line control number twice", r"REF[*]6R[*]L2", "REF*6R*L1", 4, "REF", 2),
    ("lines counted wrongly", r"LX[*]2~", "LX*5~", 4, "LX", 1),
    ("anesthesia in units", r"SV1[*]HC:99213[*]51", "SV1*HC:00840*51", 4, "SV1", 3),
    ("ambulance without its facts", r"SV1[*]HC:99213[*]51", "SV1*HC:A0429*51", 4, "CR1", None),
    ("unlisted service without words", r"SV1[*]HC:99213[*]51", "SV1*HC:A9999*51", 4, "SV1", 1),
    ("procedure of four characters", r"SV1[*]HC:99213[*]51", "SV1*HC:9921*51", 5, "SV1", 1),
    ("modifier of one character", r"SV1[*]HC:99213[*]51", "SV1*HC:99213:5*51", 5, "SV1", 1),
    ("no units", r"(SV1[*]HC:99213[*]51[*]UN[*])1", r"\g<1>0", 4, "SV1", 4),
    ("unknown place on the line", r"(SV1[*]HC:99213[*]51[*]UN[*]1[*])", r"\g<1>98", 5, "SV1", 5),
    ("drug code with hyphens", r"REF[*]6R[*]L1~", "REF*6R*L1~LIN**N4*00409-4887-1~CTP****1*UN~", 5, "LIN", 3),
    ("drug without quantity", r"REF[*]6R[*]L1~", "REF*6R*L1~LIN**N4*00409488710~CTP****0*UN~", 4, "CTP", 4),
    ("attachment without a number", "~HI", "~PWK*OZ*EL~HI", 4, "PWK", 6),
    ("Medicare second without a reason", r"SBR[*]P[*]18([*]G100[*]+)CI", r"SBR*S*18\g<1>MB", 4, "SBR", 5),
    ("not the patient, no patient", r"SBR[*]P[*]18[*]", "SBR*P**", 4, "SBR", 2),
    ("mammography for Medicare", r"CI~(.*)HC:99213[*]51", r"MB~\g<1>HC:77067*51", 4, "REF", None),
]

SECONDARY_FAULTS: list[Fault] = [
    ("line of the other payer off", r"SVD[*]NS002[*]90", "SVD*NS002*91", 3, "SVD", 2),
    ("payment of the other payer off", r"AMT[*]D[*]90", "AMT*D*89", 3, "AMT", 2),
    ("line decided by nobody", "SVD[*]NS002", "SVD*NS003", 4, "SVD", 1),
    ("unknown reason of the other payer", r"CAS[*]CO[*]45", "CAS*CO*999", 5, "CAS", 2),
    ("unknown remark of the other payer", r"MOA[*][*][*]MA01", "MOA***MA999", 5, "MOA", 3),
    ("no total of the other payer", r"AMT[*]D[*]90~", "", 4, "AMT", None),
    ("no day of the decision", r"DTP[*]573[*]D8[*]20260227~", "", 4, "DTP", None),
    ("two first payers", r"SBR[*]S[*]18", "SBR*P*18", 4, "SBR", 1),
    ("other payer without an id", r"PI[*]NS002~", "PI*~", 2, "NM1", 9),
]

REMIT_FAULTS: list[Fault] = [
    ("file out of balance", r"BPR[*]I[*]80", "BPR*I*81", 3, "BPR", 2),
    ("claim out of balance", r"(CLP[*]26-000001[*]1[*]150[*])92.4", r"\g<1>91.4", 3, "CLP", 4),
    ("line out of balance", r"(SVC[*]HC:99213:25[*]150[*])92.4", r"\g<1>91.4", 3, "SVC", 3),
    ("unknown CARC", r"CAS[*]CO[*]45", "CAS*CO*999", 5, "CAS", 2),
    ("unknown RARC", r"LQ[*]HE[*]N115", "LQ*HE*N9999", 5, "LQ", 2),
    ("unknown group", r"CAS[*]CO[*]45", "CAS*QQ*45", 2, "CAS", 1),
    ("missing TRN", r"TRN[*][^~]*~", "", 2, "TRN", None),
    ("missing payee", r"N1[*]PE.*?(?=LX)", "", 2, "N1", None),
    ("missing patient", r"NM1[*]QC[^~]*~", "", 2, "NM1", None),
    ("missing LX", r"LX[*]1~", "", 2, "CLP", None),
    ("CAS quantity without reason", r"(CAS[*]CO[*]45[*]37.6)~", r"\g<1>****2~", 1, "CAS", 5),
    ("payee NPI", f"XX[*]{BILLING_NPI}", "XX*1234567890", 5, "N1", 4),
    ("unknown provider adjustment", "WO:26-000000", "QQ:26-000000", 5, "PLB", 3),
    ("money without a payment", r"BPR[*]I[*]80[*]C[*]ACH", "BPR*I*80*C*NON", 4, "BPR", 4),
]


def changed(text: str, pattern: str, replacement: str) -> bytes:
    """The file with one thing changed, its segments counted anew."""
    fresh, count = re.subn(pattern, replacement, text, count=1, flags=re.DOTALL)
    assert count == 1, "the fault isn't in the file"
    assert fresh != text
    inside = fresh[fresh.index("~ST*") + 1 : fresh.index("~SE*") + 1].count("~") + 1
    return re.sub(r"~SE[*]\d+", f"~SE*{inside}", fresh).encode()


def findings(content: bytes) -> list[Finding]:
    return list(validate(content, tables=TABLES))


def assert_found(text: str, fault: Fault) -> None:
    _, pattern, replacement, level, segment, element = fault
    found = findings(changed(text, pattern, replacement))
    wanted = [each for each in found if (each.level, each.segment, each.element) == (level, segment, element)]
    assert wanted, found
    assert wanted[0].severity == ERROR
    if element:
        assert wanted[0].segment_number
        assert wanted[0].byte_offset is not None


@pytest.mark.parametrize("text", [CLAIM, SECONDARY, REMIT], ids=["claim", "secondary claim", "remittance"])
def test_the_clean_file_has_no_findings(text: str) -> None:
    assert findings(text.encode()) == []


@pytest.mark.parametrize("fault", KNOWN_MISSES, ids=lambda fault: fault[0])
def test_known_miss_is_found(fault: Fault) -> None:
    assert_found(CLAIM, fault)


@pytest.mark.parametrize("fault", REFUSED_BY_CLEARINGHOUSES, ids=lambda fault: fault[0])
def test_what_clearinghouses_refuse_is_found(fault: Fault) -> None:
    assert_found(CLAIM, fault)


@pytest.mark.parametrize("fault", SECONDARY_FAULTS, ids=lambda fault: fault[0])
def test_fault_of_another_payers_decision_is_found(fault: Fault) -> None:
    assert_found(SECONDARY, fault)


@pytest.mark.parametrize("fault", REMIT_FAULTS, ids=lambda fault: fault[0])
def test_fault_of_a_remittance_is_found(fault: Fault) -> None:
    assert_found(REMIT, fault)


def test_51_lines_are_too_many() -> None:
    lines = tuple(line(number, charge=Decimal(number)) for number in range(1, 52))
    content = write_claims(batch(claim(lines=lines[:50], charge=Decimal(1275)))).content.decode()
    last = "LX*51~SV1*HC:99213*51*UN*1***1~DTP*472*D8*20260220~REF*6R*L51~"
    content = content.replace("*1275*", "*1326*").replace("~SE*", f"~{last}SE*")
    found = findings(changed(content, "B17", "B18"))
    assert [(each.level, each.segment) for each in found] == [(2, "LX")]


def test_findings_never_quote_a_person() -> None:
    faults = KNOWN_MISSES + REFUSED_BY_CLEARINGHOUSES
    said = " ".join(each.says for fault in faults for each in findings(changed(CLAIM, fault[1], fault[2])))
    assert said
    for private in ("Alder", "June", "HM000123", "19800517", "Shore Road", "411234567"):
        assert private not in said
