"""TA1, 999 and 277CA."""

from datetime import date, time
from decimal import Decimal

import pytest

from edi.ack_277ca import Ack277CA, read_277ca
from edi.ack_999 import Ack999, read_999
from edi.ack_ta1 import read_ta1
from edi.envelope import InterchangeWriter, Kind, identify
from tests.edi.samples import HEADER


def interchange(set_id: str, guide: str, body: str) -> bytes:
    """A file around hand-written segments."""
    writer = InterchangeWriter(HEADER, functional_id="FA", guide=guide)
    writer.begin_set(set_id, "0001")
    for text in body.replace("\n", "").split("~"):
        if text:
            writer.segment(*[each if ":" not in each else each.split(":") for each in text.strip().split("*")])
    writer.end_set()
    return writer.finish()


def ack_999(body: str) -> Ack999:
    [found] = read_999(interchange("999", "005010X231A1", body))
    return found


def ack_277ca(body: str) -> Ack277CA:
    [found] = read_277ca(interchange("277", "005010X214", body))
    return found


@pytest.mark.parametrize(("code", "note", "accepted"), [("A", "000", True), ("E", "013", True), ("R", "025", False)])
def test_ta1_alone_in_its_interchange(code: str, note: str, accepted: bool) -> None:
    header = interchange("999", "005010X231A1", "AK1*HC*1~").split(b"GS*")[0]
    content = header + f"TA1*000000017*260302*1230*{code}*{note}~IEA*0*000000017~".encode()
    assert identify(content) is Kind.ACK_TA1
    [found] = read_ta1(content)
    assert (found.control_number, found.sent_date, found.sent_time) == ("000000017", date(2026, 3, 2), time(12, 30))
    assert (found.accepted, found.code, found.note) == (accepted, code, note)
    assert found.says.endswith(".")
    assert found.interchange is not None


def test_999_accepts_a_group() -> None:
    found = ack_999("AK1*HC*18*005010X222A1~AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~")
    assert (found.group_control_number, found.status, found.accepted_count) == ("18", "A", 1)
    assert found.accepts("0001")
    assert found.accepts("0002")  # a group that is accepted needs no AK2 for every set


def test_999_says_where_and_why() -> None:
    found = ack_999(
        "AK1*HC*18*005010X222A1~AK2*837*0001~IK3*NM1*9*2010*8~CTX*CLM01:26-000001~CTX*SITUATIONAL TRIGGER*CLM*22~"
        "IK4*9:1*67*6*BAD~CTX*X*Y~IK3*SV1*30*2400*3~IK5*R*5*I5~AK9*R*1*1*0*1~"
    )
    [verdict] = found.sets
    first, second = verdict.errors
    assert (verdict.status, verdict.codes, verdict.accepted) == ("R", ("5", "I5"), False)
    assert (first.segment_id, first.position, first.loop, first.code) == ("NM1", 9, "2010", "8")
    assert [(each.name, each.value) for each in first.contexts] == [("CLM01", "26-000001"), ("SITUATIONAL TRIGGER", "")]
    assert first.contexts[1].position == 22
    [element] = first.elements
    assert (element.position, element.component, element.reference, element.code) == (9, 1, "67", "6")
    assert len(element.contexts) == 1
    assert (second.segment_id, second.code) == ("SV1", "3")
    assert second.says == "SV1 (segment 30 in loop 2400): a required segment is missing."
    assert not found.accepts("0001")


@pytest.mark.parametrize(
    ("group", "first", "second"),
    [
        ("A", True, True),
        ("E", True, True),
        ("P", True, False),
        ("R", False, False),
        ("X", False, False),
        ("M", False, False),
    ],
)
def test_999_partial_acceptance_rejects_only_the_named_sets(group: str, first: bool, second: bool) -> None:
    other = "A" if second else "R"
    found = ack_999(f"AK1*HC*18~AK2*837*0001~IK5*E~AK2*837*0002~IK5*{other}~AK9*{group}*2*2*1~")
    assert (found.accepts("0001"), found.accepts("0002")) == (first, second)


def test_999_without_its_verdict_is_a_problem_and_accepts_nothing() -> None:
    found = ack_999("AK1*HC*18~")
    assert found.problems
    assert not found.accepts("0001")


HEAD = (
    "BHT*0085*08*X1*20260302*1400*TH~HL*1**20*1~NM1*PR*2*HARBOR MUTUAL*****PI*HM001~TRN*1*S1~"
    "DTP*050*D8*20260302~DTP*009*D8*20260303~HL*2*1*21*1~NM1*41*2*LAKESHORE*****46*LAKESHORE~TRN*2*B17~"
    "STC*A1:19:PR*20260302*WQ*300~QTY*90*1~QTY*AA*1~AMT*YU*150~AMT*YY*150~"
    "HL*3*2*19*1~NM1*85*2*LAKESHORE*****XX*1730458817~TRN*1*0~STC*A1:19:PR**WQ*300~QTY*QA*1~QTY*QC*1~AMT*YU*150~"
)
ACCEPTED = (
    "HL*4*3*PT~NM1*QC*1*ALDER*JUNE****MI*HM000123~TRN*2*26-000001~STC*A2:20:PR*20260303*WQ*150~"
    "REF*1K*2630914402~REF*D9*CH55~DTP*472*D8*20260220~"
)


def test_277ca_on_every_level() -> None:
    found = ack_277ca(HEAD + ACCEPTED)
    assert found.source is not None
    assert found.source.id == "HM001"
    assert (found.batch_reference, found.received_date, found.processed_date) == (
        "B17",
        date(2026, 3, 2),
        date(2026, 3, 3),
    )
    assert (found.accepted_count, found.rejected_amount, found.rejected) == (Decimal(1), Decimal(150), False)
    [provider] = found.providers
    assert (provider.accepted_count, provider.rejected_count, provider.rejected) == (Decimal(1), Decimal(1), False)
    [claim] = found.claims
    assert (claim.number, claim.payer_control_number, claim.clearinghouse_number) == ("26-000001", "2630914402", "CH55")
    assert (claim.accepted, claim.rejected, claim.charge, claim.service_from) == (
        True,
        False,
        Decimal(150),
        date(2026, 2, 20),
    )
    assert claim.patient is not None
    assert claim.provider is not None
    assert (claim.patient.id, claim.provider.id) == ("HM000123", "1730458817")
    assert claim.raw.startswith("TRN*2*26-000001~")
    assert found.problems == claim.problems == ()


@pytest.mark.parametrize("category", ["A3", "A4", "A6", "A7", "A8"])
def test_277ca_refuses_a_claim_in_any_of_three_composites(category: str) -> None:
    found = ack_277ca(
        HEAD + f"HL*4*3*PT~NM1*QC*1*ALDER*JUNE~TRN*2*26-000002~STC*A1:21*20260303*U*150******{category}:164:IL*A8:33~"
    )
    [claim] = found.claims
    assert claim.rejected
    assert [(each.category, each.code, each.entity) for each in claim.statuses[0].codes] == [
        ("A1", "21", ""),
        (category, "164", "IL"),
        ("A8", "33", ""),
    ]
    assert claim.statuses[0].codes[1].says.endswith("Member number of the party")


def test_277ca_refuses_a_claim_by_a_line() -> None:
    found = ack_277ca(
        HEAD + ACCEPTED + "SVC*HC:99213:25*150****1~STC*A7:454**U~REF*FJ*L1~DTP*472*RD8*20260220-20260221~"
    )
    [claim] = found.claims
    [line] = claim.lines
    assert (line.code, line.modifiers, line.line_control_number) == ("99213", ("25",), "L1")
    assert line.service_to == date(2026, 2, 21)
    assert claim.rejected
    assert claim.service_from == date(2026, 2, 20)


def test_277ca_refuses_the_batch() -> None:
    found = ack_277ca(
        "BHT*0085*08*X1*20260302*1400*TH~HL*1**20*1~NM1*AY*2*CH*****46*CH~HL*2*1*21*0~NM1*41*2*L*****46*L~TRN*2*B17~"
        "STC*A3:746:41*20260302*U*300~"
    )
    assert found.rejected
    assert found.claims == ()
