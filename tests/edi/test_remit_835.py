"""835: round trip, the hard cases, the three balances, another parser's money."""

from dataclasses import replace
from decimal import Decimal
from io import StringIO

import oxedi
import pytest
import pyx12.params
from pyx12.x12n_document import x12n_document

from edi.adjustments import Adjustment
from edi.balance import claim_imbalance, claim_problems, line_imbalance, remit_imbalance, remit_problems
from edi.errors import X12Error
from edi.remit_835 import RemitClaim, RemitHeader, WholeRemit, read_remits, segments_of, write_remit
from edi.segments import Delimiters, write_segment
from edi.validate import validate
from tests.edi.samples import HEADER, PIPES, remit

FILE = write_remit(HEADER, [remit()])


def wrapped(*claims: str, plb: str = "", paid: str = "0") -> bytes:
    """A remittance around hand-written claim segments."""
    empty = replace(remit(), claims=(), provider_adjustments=(), header=replace(remit().header, paid=Decimal(paid)))
    text = write_remit(HEADER, [empty]).decode()
    body = "".join(claims) + plb
    head, tail = text.split("SE*")
    count = head.split("ST*")[1].count("~") + body.count("~") + 2
    return f"{head}LX*1~{body}SE*{count}{tail[tail.index('*') :]}".encode()


def only(content: bytes) -> WholeRemit:
    [found] = [each.whole() for each in read_remits(content)]
    return found


@pytest.mark.parametrize("delimiters", [HEADER.delimiters, PIPES])
def test_what_is_written_is_read_back_the_same(delimiters: object) -> None:
    second = replace(remit(), header=replace(remit().header, set_control_number="0002", trace_number="EFT0002"))
    header = replace(HEADER, delimiters=delimiters)  # type: ignore[arg-type]  # parametrized
    found = [each.whole() for each in read_remits(write_remit(header, [remit(), second]))]
    assert found == [remit(), second]


def test_a_balanced_remittance_has_no_problem() -> None:
    assert remit_problems(only(FILE)) == []


def test_claims_come_one_at_a_time_and_the_rest_follows() -> None:
    [stream] = list(read_remits(FILE))  # reads past it: everything stays available
    assert [each.amount for each in stream.provider_adjustments] == [Decimal("12.40")]
    for stream in read_remits(FILE):
        numbers = [each.number for each in stream.claims]
        assert numbers == ["26-000001", "26-000002"]
        assert stream.provider_adjustments[0].code == "WO"
        assert stream.problems == ()


def test_a_set_that_breaks_off_at_the_end_of_a_block_is_an_error_and_what_came_before_is_read() -> None:
    heading, rest = FILE.split(b"LX*1~")
    content = heading + b"REF*EV*" + b"9" * 9000 + b"~" + rest[rest.index(b"GE*") :]
    with pytest.raises(X12Error, match="not closed with SE"):
        [each.whole() for each in read_remits(content)]
    assert "not closed with SE" in " ".join(each.says for each in validate(content))


def test_header_says_which_money_it_is() -> None:
    header = only(FILE).header
    assert (header.trace_number, header.payer_id, header.paid) == ("EFT0001", "1411234567", Decimal(80))
    assert header.payment_date is not None
    assert header.payee.references[0].value == "411234567"
    assert header.payer.contacts[0].phone == "8005550199"


@pytest.mark.parametrize(
    ("qualifier", "code"),
    [
        ("NU", "0250"),
        ("AD", "D0120"),
        ("N4", "00409488710"),
        ("WK", "XX1"),
        ("HP", "A0010"),
        ("ER", "J1"),
        ("IV", "S9"),
        ("ZZ", "1"),
    ],
)
def test_every_procedure_qualifier_is_read(qualifier: str, code: str) -> None:
    [claim] = only(wrapped("CLP*A*1*50*50**12*P1~", f"SVC*{qualifier}:{code}*50*50~", paid="50")).claims
    assert (claim.lines[0].procedure.qualifier, claim.lines[0].procedure.code) == (qualifier, code)
    assert claim_problems(claim) == []


def test_inpatient_and_outpatient_remarks_are_kept() -> None:
    [claim] = only(
        wrapped("CLP*A*1*50*50**MA*P1~", "MIA*3***50*MA01***************MA02*M15~", "MOA***N115*MA18~", paid="50")
    ).claims
    assert claim.remark_codes == ("MA01", "MA02", "M15", "N115", "MA18")
    assert claim.inpatient is not None
    assert claim.inpatient.elements[0] == "3"


def test_all_remarks_of_a_line_are_kept_and_the_billed_code_too() -> None:
    [claim] = only(
        wrapped(
            "CLP*A*1*50*0*50*12*P1~",
            "SVC*HC:99212*50*0**1*HC:99213:25*2~CAS*PR*1*50~REF*6R*L1~LQ*HE*N115~LQ*HE*M25~",
        )
    ).claims
    [line] = claim.lines
    assert line.remark_codes == ("N115", "M25")
    assert line.billed is not None
    assert (line.billed.code, line.billed.modifiers, line.billed_units) == ("99213", ("25",), Decimal(2))
    assert line.line_control_number == "L1"


def test_a_reversal_keeps_every_sign() -> None:
    found = only(wrapped("CLP*A*22*-150*-92.40**12*P1~", "SVC*HC:99213*-150*-92.40~CAS*CO*45*-57.60~", paid="-92.40"))
    [claim] = found.claims
    assert claim.is_reversal
    assert claim.all_adjustments == (Adjustment(group="CO", reason="45", amount=Decimal("-57.60")),)
    assert remit_problems(found) == []


def test_six_reasons_of_one_cas_and_their_quantities() -> None:
    [claim] = only(wrapped("CLP*A*4*21*0**12*P1~CAS*CO*1*1*1*2*2**3*3**4*4**5*5**6*6*2~")).claims
    assert [each.reason for each in claim.adjustments] == ["1", "2", "3", "4", "5", "6"]
    assert claim.adjustments[0].quantity == Decimal(1)
    assert claim_imbalance(claim) == 0


def test_a_quantity_without_reason_is_a_problem() -> None:
    [claim] = only(wrapped("CLP*A*1*10*10**12*P1~CAS*CO***3~", paid="10")).claims
    assert [each.says for each in claim.problems] == ["CAS has a quantity without a reason."]


def test_plb_pairs_with_and_without_reference() -> None:
    found = only(wrapped(plb="PLB*1999999984*20261231*WO:26-000009*25*L6*-1.10~", paid="-23.90"))
    assert [(each.code, each.reference, each.amount) for each in found.provider_adjustments] == [
        ("WO", "26-000009", Decimal(25)),
        ("L6", "", Decimal("-1.10")),
    ]
    assert remit_problems(found) == []


def test_each_balance_is_found_to_the_cent() -> None:
    found = only(wrapped("CLP*A*1*150*92.40**12*P1~", "SVC*HC:99213*150*92.40~CAS*CO*45*57.59~", paid="92.41"))
    [claim] = found.claims
    assert line_imbalance(claim.lines[0]) == Decimal("0.01")
    assert claim_imbalance(claim) == Decimal("0.01")
    off = remit_imbalance(found.header, claims_paid=claim.paid, provider_adjustments=found.provider_adjustments)
    assert off == Decimal("-0.01")
    assert [each.code for each in remit_problems(found)] == ["line-balance", "claim-balance", "remit-balance"]


def test_a_bad_amount_stops_its_own_claim_only() -> None:
    found = only(wrapped("CLP*A*1*1e2*0**12*P1~", "CLP*B*1*50*50**12*P2~", paid="50"))
    bad, good = found.claims
    [problem] = bad.problems
    assert (problem.segment_id, problem.element, problem.loop) == ("CLP", 3, "2100")
    assert claim_problems(good) == []


def test_missing_trn_and_parties_are_named() -> None:
    kept = [each for each in FILE.decode().split("~") if not each.startswith(("TRN*", "N1*PE", "REF*TJ"))]
    says = {each.says for each in only("~".join(kept).encode()).problems}
    assert {"TRN is missing.", "The payee (N1*PE) is missing."} <= says


def test_a_segment_that_does_not_belong_into_a_claim_is_a_problem_not_a_silence() -> None:
    [claim] = only(wrapped("CLP*A*1*50*50**12*P1~", "CLX*B*1*50*50~", paid="50")).claims
    assert [(each.code, each.segment_id) for each in claim.problems] == [("stray", "CLX")]


def test_raw_text_and_place_of_each_claim() -> None:
    first, second = only(FILE.replace(b"~", b"~\r\n")).claims
    assert first.raw.startswith("CLP*26-000001*1*150*92.4*")
    assert first.raw.encode() in FILE
    assert second.raw.startswith("CLP*26-000002*4*")
    assert FILE.decode().split("~")[second.segment_number - 1].startswith("CLP*26-000002*")


def test_another_parser_sees_the_same_money() -> None:
    many = replace(remit(), claims=tuple(remit().claims * 5))
    content = write_remit(HEADER, [many])
    theirs = oxedi.parse(content)
    ours = only(content)
    assert theirs.count_claims() == len(ours.claims)
    assert theirs.sum_payments() == ours.header.paid
    rows = [each.split(" | ") for each in theirs.tables["adjustments"].render().splitlines()[2:] if " | " in each]
    expected = [(a.amount, a.group, a.reason) for each in ours.claims for a in each.all_adjustments]
    assert [(Decimal(each[5]), each[6], each[8]) for each in rows] == expected


def test_another_validator_finds_no_fault() -> None:
    content = StringIO(write_remit(HEADER, [remit()]).decode("ascii"))
    assert x12n_document(pyx12.params.params(), content, None, None)


def test_code_lists_of_remarks_are_kept_where_one_is_not_a_rarc() -> None:
    [claim] = only(
        wrapped("CLP*A*1*50*50**12*P1~SVC*HC:1*50*50~LQ*HE*N115~LQ*RX*70~LQ*HE*M25~SVC*HC:2*0*0~LQ*HE*N1~", paid="50")
    ).claims
    first, second = claim.lines
    assert (first.remark_codes, first.remark_lists) == (("N115", "70", "M25"), ("HE", "RX", "HE"))
    assert (second.remark_codes, second.remark_lists) == (("N1",), ())
    again = only(write_remit(HEADER, [replace(remit(), claims=(claim,))]))
    assert again.claims[0].lines == claim.lines


def test_a_remark_before_the_first_line_is_a_problem() -> None:
    [claim] = only(wrapped("CLP*A*1*50*50**12*P1~LQ*HE*N115~", paid="50")).claims
    assert [each.code for each in claim.problems] == ["stray"]
    assert claim.remark_codes == ()


def test_totals_of_a_provider_are_kept_with_its_claims() -> None:
    body = (
        "TS3*1999999984*11*20261231*1*50~TS2*1*2~CLP*A*1*50*50**12*P1~LX*2~TS3*1999999984*21*20261231*1*0~"
        "CLP*B*4*0*0**12*P2~CLP*C*4*0*0**12*P3~LX*3~CLP*D*4*0*0**12*P4~"
    )
    found = only(wrapped(body, paid="50"))
    first, second, third, last = found.claims
    assert first.summary is not None
    assert first.summary.elements[:2] == ("1999999984", "11")
    assert first.summary.inpatient == ("1", "2")
    assert first.summary.raw == "TS3*1999999984*11*20261231*1*50~TS2*1*2~"
    assert second.summary == third.summary != first.summary
    assert (last.summary, last.header_number) == (None, "3")
    assert only(write_remit(HEADER, [found])) == found


def test_the_same_amount_or_adjustment_read_again_is_equal_and_another_claims_problem_is_not() -> None:
    bad = "SVC*HC:99213*x*50~CAS*CO*45*y~DTM*472*20261399~"
    claims = only(wrapped(f"CLP*A*1*50*50**12*P1~{bad}", f"CLP*B*1*50*50**12*P2~{bad}", paid="100")).claims
    places = [[(each.segment_id, each.element, each.loop) for each in claim.problems] for claim in claims]
    assert places[0] == places[1] == [("SVC", 2, "2110"), ("CAS", 3, "2110"), ("DTM", 2, "2110")]
    numbers = [[each.segment_number for each in claim.problems] for claim in claims]
    assert numbers[1] == [each + 4 for each in numbers[0] if each]
    text = wrapped(f"CLP*A*1*50*50**12*P1~{bad}", f"CLP*B*1*50*50**12*P2~{bad}", paid="100")
    assert all(text[each.byte_offset :].startswith(b"SVC*HC:99213*x") for each in (claims[0].problems[0],))


@pytest.mark.parametrize("piece", range(3))
def test_a_claim_reads_the_same_wherever_the_file_is_cut(piece: int) -> None:
    many = replace(remit(), claims=tuple(replace(remit().claims[0], number=f"N{each}") for each in range(400)))
    padded = replace(many, header=replace(many.header, trace_number="T" * (1 + piece * 7)))
    assert only(write_remit(HEADER, [padded])) == padded


@pytest.mark.parametrize("delimiters", [HEADER.delimiters, PIPES])
def test_segments_of_are_what_raw_holds(delimiters: Delimiters) -> None:
    found = only(write_remit(replace(HEADER, delimiters=delimiters), [remit()]))
    owners: list[RemitHeader | RemitClaim] = [found.header, *found.claims]
    for facts in owners:
        assert "".join(write_segment(each, delimiters) for each in segments_of(facts, delimiters)) == facts.raw
    [plb] = segments_of(found.provider_adjustments)
    assert plb[0] == "PLB"


@pytest.mark.parametrize("between", ["", "\r\n", " "])
def test_a_problem_is_placed_right_wherever_the_file_is_cut(between: str) -> None:
    claims = [f"CLP*N{each}*1*50*50**12*P1~SVC*HC:1*50*50~DTM*472*20261399~LX*{each}~" for each in range(400)]
    content = wrapped(*claims, paid="20000").replace(b"~", f"~{between}".encode())
    texts = content.split(b"~")
    for claim in only(content).claims:
        [problem] = claim.problems
        assert (problem.segment_id, problem.element, problem.loop) == ("DTM", 2, "2110")
        assert problem.segment_number == claim.segment_number + 2
        assert texts[claim.segment_number - 1].strip().startswith(f"CLP*{claim.number}*".encode())
        assert problem.byte_offset is not None
        assert content[problem.byte_offset :].startswith(b"DTM*472*20261399~")


def test_a_claim_without_end_is_refused_at_its_first_segment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edi.tokenizer.LONGEST_RUN", 5_000)
    content = wrapped("CLP*A*1*50*50**12*P1~", "CLP*B*1*50*50**12*P2~", "DTM*050*20260302~" * 6_000)
    with pytest.raises(X12Error, match="no end") as raised:
        only(content)
    assert content[raised.value.byte_offset :].startswith(b"CLP*B*")
    assert raised.value.segment_number == content[: raised.value.byte_offset].count(b"~") + 1
