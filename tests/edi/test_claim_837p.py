"""837P: written and read back, hierarchy, refusals, validity by another validator."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
import pyx12.params
from pyx12.x12n_document import x12n_document
from x12sdk.io import X12ModelReader

from edi.claim_837p import Claim, Note, read_claims, write_claims
from edi.errors import X12Error
from edi.parties import Person
from edi.tokenizer import read_segments
from tests.edi.samples import (
    CHILD,
    HEADER,
    PIPES,
    batch,
    billing,
    claim,
    line,
    secondary_claim,
    subscriber,
    varied_claims,
)


def pyx12_accepts(content: bytes) -> tuple[bool, str]:
    """Verdict and the 999 that names the faults."""
    answer = StringIO()
    accepted = x12n_document(pyx12.params.params(), StringIO(content.decode("ascii")), answer, None)
    return accepted, answer.getvalue()


def by_number(claims: list[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda each: each.number)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_written_is_read_back_the_same(seed: int) -> None:
    claims = varied_claims(40, seed)
    header = replace(HEADER, delimiters=PIPES) if seed % 2 else HEADER
    written = write_claims(batch(*claims, header=header))
    found = list(read_claims(written.content))
    assert by_number(found) == claims
    assert {each.number: each.raw for each in found} == written.claims


@pytest.mark.parametrize("seed", range(3))
def test_another_validator_finds_no_fault(seed: int) -> None:
    assert pyx12_accepts(write_claims(batch(*varied_claims(50, 100 + seed))).content)[0]


def test_the_other_validator_would_find_a_fault() -> None:
    accepted, answer = pyx12_accepts(write_claims(batch(claim(place_of_service="ZZ"))).content)
    assert not accepted
    assert "CLM" in answer


def test_a_second_reader_sees_the_same_claims() -> None:
    claims = varied_claims(20, 5)
    with X12ModelReader(write_claims(batch(*claims)).content.decode()) as reader:
        [model] = reader.models()
    text = model.x12()
    assert sorted(each[1] for each in _segments(text, "CLM")) == [each.number for each in claims]
    assert sum(Decimal(each[2]) for each in _segments(text, "CLM")) == sum(each.charge for each in claims)


def _segments(text: str, name: str) -> list[list[str]]:
    return [parts for each in text.replace("\n", "").split("~") if (parts := each.split("*"))[0] == name]


def test_a_secondary_claim_carries_the_first_payers_decision() -> None:
    written = write_claims(batch(secondary_claim()))
    text = written.claims["26-000001"]
    for expected in (
        "SBR*P*18*******MB~AMT*D*90~AMT*EAF*30~OI***Y***Y~MOA***MA01~",
        "NM1*PR*2*North Shore Health*****PI*NS002~REF*F8*NS77~",
        "SVD*NS002*90*HC:99213**1~CAS*CO*45*30~CAS*PR*2*30~DTP*573*D8*20260227~AMT*EAF*30~",
    ):
        assert expected in text
    assert list(read_claims(written.content)) == [secondary_claim()]


def test_claims_are_grouped_into_one_hierarchy() -> None:
    own = claim(number="A")
    childs = claim(number="B", subscriber=subscriber(relationship=""), patient=CHILD)
    elsewhere = claim(number="C", billing=billing(npi="1111111112"))
    again = claim(number="D")
    content = write_claims(batch(own, childs, elsewhere, again)).content
    levels = [tuple(each.parts[1:]) for each in read_segments(content) if each.id == "HL"]
    assert levels == [
        ("1", "", "20", "1"),
        ("2", "1", "22", "0"),
        ("3", "1", "22", "1"),
        ("4", "3", "23", "0"),
        ("5", "", "20", "1"),
        ("6", "5", "22", "0"),
    ]
    assert [each.number for each in read_claims(content)] == ["A", "D", "B", "C"]


def test_every_claim_knows_its_slice_and_its_position() -> None:
    written = write_claims(batch(*varied_claims(12, 2)))
    start = next(each.number for each in read_segments(written.content) if each.id == "ST")
    segments = {each.number - start + 1: each for each in read_segments(written.content)}
    for number, text in written.claims.items():
        first, last = written.positions[number]
        assert segments[first].parts[:2] == ["CLM", number]
        assert "".join(segments[each].text for each in range(first, last + 1)) == text
        assert text.encode() in written.content
        assert written.contexts[number].startswith("HL*")
        assert written.claim_at(last) == number
    assert written.claim_at(1) is None


def test_free_text_is_made_fit_and_ids_are_not() -> None:
    written = write_claims(
        batch(
            claim(
                note=Note(text="Seen 10:30 ~ after\nfall * left  knee"),
                subscriber=subscriber(name=Person(last_name="Muñoz", first_name="Zoë")),
            )
        )
    )
    [found] = read_claims(written.content)
    assert found.note == Note(text="Seen 10 30 after fall left knee")
    assert found.subscriber.name == Person(last_name="Munoz", first_name="Zoe")
    with pytest.raises(X12Error, match="delimiter"):
        write_claims(batch(claim(subscriber=subscriber(member_id="HM~1"))))


@pytest.mark.parametrize(
    "claims",
    [
        (),
        (claim(), claim()),
        (claim(diagnoses=()),),
        (claim(diagnoses=("E119",) * 13),),
        (claim(lines=()),),
        (claim(lines=tuple(line(each) for each in range(1, 52))),),
        (claim(lines=(line(modifiers=("A", "B", "C", "D", "E")),)),),
        (claim(lines=(line(pointers=(1, 2, 3, 4, 5)),)),),
    ],
)
def test_what_the_guide_has_no_room_for_is_refused(claims: tuple[Claim, ...]) -> None:
    with pytest.raises(X12Error):
        write_claims(batch(*claims))


def test_money_and_dots_are_written_as_x12_wants_them() -> None:
    text = write_claims(
        batch(
            claim(
                charge=Decimal("1E+2"),
                diagnoses=("E11.9",),
                lines=(line(charge=Decimal("0.50"), units=Decimal("2.50")),),
            )
        )
    ).claims["26-000001"]
    assert "CLM*26-000001*100*" in text
    assert "HI*ABK:E119~" in text
    assert "SV1*HC:99213*0.5*UN*2.5***1~" in text


def test_a_bad_value_is_a_problem_of_its_claim_with_its_place() -> None:
    content = write_claims(batch(claim(number="A"), claim(number="B"))).content
    broken = content.replace(b"SV1*HC:99213*150*", b"SV1*HC:99213*15o*", 1).replace(b"20260220", b"20260231", 1)
    first, second = read_claims(broken)
    assert [(each.segment_id, each.element, each.loop) for each in first.problems] == [
        ("SV1", 2, "2400"),
        ("DTP", 3, "2400"),
    ]
    assert first.lines[0].service_from is None
    assert second.problems == ()


def test_a_claim_without_billing_provider_level_is_an_error() -> None:
    content = write_claims(batch(claim())).content.replace(b"HL*1**20*1~", b"")
    with pytest.raises(X12Error, match="billing provider"):
        list(read_claims(content))


def test_a_duplicate_level_id_is_a_problem() -> None:
    content = write_claims(batch(claim())).content.replace(b"HL*2*1*22*0", b"HL*1*1*22*0")
    [found] = read_claims(content)
    assert "Two levels have the same HL id." in {each.says for each in found.problems}


def test_a_line_with_a_range_of_days_keeps_both_ends() -> None:
    wanted = claim(lines=(line(service_to=date(2026, 2, 22)),))
    written = write_claims(batch(wanted))
    assert "DTP*472*RD8*20260220-20260222~" in written.claims["26-000001"]
    assert list(read_claims(written.content)) == [wanted]
