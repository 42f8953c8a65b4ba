"""Nothing that a file can hold makes a reader raise anything but X12Error."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edi.adjustments import Adjustment
from edi.balance import remit_problems
from edi.claim_837p import Note, read_claims, write_claims
from edi.elements import as_date, as_decimal, money_text, plain
from edi.envelope import Kind, check_envelope, identify
from edi.errors import X12Error
from edi.parties import Person, Reference
from edi.reading import every_fact
from edi.remit_835 import (
    QualifiedAmount,
    QualifiedDate,
    RemitClaim,
    RemitLine,
    RemitProcedure,
    WholeRemit,
    read_remits,
    write_remit,
)
from edi.rewrite import rewrite
from edi.validate import validate
from edi.validate.acknowledge import acknowledge
from tests.edi.fuzz import NOW, check, run
from tests.edi.kinds import OF_997, SAMPLES, in_one_interchange, together
from tests.edi.mutations import mutated, seeds
from tests.edi.samples import HEADER, batch, claim, remit, subscriber
from tests.edi.test_acks import interchange

SEEDS = [*SAMPLES.values(), OF_997, together(*SAMPLES.values())]
JUNK = st.sampled_from(
    [b"", b"~", b"*", b":", b"^", b"\n", b"\x00", b"-", b"9" * 5000, b"\xff", b"NaN", b"1e9", "٣".encode()]
)


def read_everything(content: bytes) -> None:
    for read in (identify, check_envelope, _balance_remits, check):
        with suppress(X12Error):
            read(content)


def _balance_remits(content: bytes) -> list[object]:
    return [remit_problems(each.whole()) for each in read_remits(BytesIO(content))]


@pytest.mark.parametrize("part", range(4))
def test_files_made_wrong_in_every_way_raise_nothing_else(part: int) -> None:
    """A small part of what `make fuzz` does, the same every time."""
    done = run("tests", range(part * 75, part * 75 + 75), seeds())
    assert done.count == 75
    assert done.failures == []


def test_the_ways_to_make_a_file_wrong_are_as_different_as_they_look() -> None:
    files = seeds()
    made = {mutated(f"tests:{number}", files) for number in range(200)}
    assert len(made) > 190
    assert len(made.intersection(files)) < 10
    assert mutated("tests:7", files) == mutated("tests:7", files)


@settings(max_examples=200, deadline=None)
@given(
    seed=st.sampled_from(SEEDS),
    edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), JUNK), min_size=1, max_size=6),
)
def test_mutated_files_raise_nothing_else(seed: bytes, edits: list[tuple[float, int, bytes]]) -> None:
    content = seed
    for share, removed, junk in edits:
        at = int(share * len(content))
        content = content[:at] + junk + content[at + removed :]
    read_everything(content)


@settings(max_examples=150, deadline=None)
@given(seed=st.sampled_from(SEEDS), order=st.randoms(use_true_random=False))
def test_shuffled_segments_raise_nothing_else(seed: bytes, order: object) -> None:
    segments = seed.split(b"~")
    middle = segments[3:-4]
    order.shuffle(middle)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    read_everything(b"~".join(segments[:3] + middle + segments[-4:]))


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=300))
def test_noise_raises_nothing_else(content: bytes) -> None:
    read_everything(content)
    read_everything(SEEDS[0][:106] + content)


@pytest.mark.parametrize("padding", range(1280, 1340))
def test_a_set_is_read_wherever_the_blocks_of_the_tokenizer_end(padding: int) -> None:
    """The tokenizer cuts what it reads behind 8 KB: somewhere here the ST of the second set is the last of a block."""
    ack = interchange("999", "005010X231A1", "AK1*HC*18~" + "CTX*A~" * padding + "AK9*A*1*1*1~")
    content = in_one_interchange(ack, SAMPLES[Kind.CLAIM_837I])
    assert check_envelope(content) == []
    assert [name for name, _ in every_fact(content)] == [
        *("syntax_ack", "claim_batch", "institutional_claim", "institutional_claim"),
    ]


def test_segments_outside_of_everything_are_one_problem_however_many_they_are() -> None:
    content = SAMPLES[Kind.STATUS_276]
    odd = content.replace(b"~GE*", b"~ODD*1" * 50_000 + b"~GE*")
    assert [each.code for each in check_envelope(odd)] == ["stray"]
    assert sum(each.code == "stray" for each in validate(odd)) == 1


@pytest.mark.parametrize("odd", [b"N\xc9", b"N:1", b"^", b"\x1bZ"])
def test_an_answer_quotes_what_a_file_says_in_characters_it_can_carry(odd: bytes) -> None:
    content = (
        SAMPLES[Kind.STATUS_276].replace(b"~TRN*", b"~" + odd + b"*1~TRN*").replace(b"ST*276*0001", b"ST*276*00:1")
    )
    answer = acknowledge(content, now=NOW)
    assert not answer.accepted
    assert check_envelope(answer.content) == []
    assert [name for name, _ in every_fact(answer.content) if name != "interchange_ack"] == ["syntax_ack"]


def test_marks_that_cannot_be_printed_are_marks_all_the_same() -> None:
    content = SAMPLES[Kind.REMIT_835].replace(b":", b"\x1f")
    assert [name for name, _ in every_fact(content)][:2] == ["remit", "remit_claim"]
    assert acknowledge(content, now=NOW).accepted
    target = BytesIO()
    rewrite(content, target, change=lambda fact: replace(fact, problems=()) if hasattr(fact, "problems") else fact)
    assert target.getvalue() == content


MONEY = st.decimals(Decimal("-99999999.99"), Decimal("99999999.99"), places=2)
PLAIN = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij0123456789-'.,/ ", min_size=1, max_size=30).map(
    lambda text: plain(text, 30) or "X"
)
ID = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=20)


@given(amount=MONEY)
def test_money_survives_as_text(amount: Decimal) -> None:
    assert as_decimal(money_text(amount)) == amount


@given(text=st.text(max_size=30))
def test_no_text_reads_as_money_or_date_by_accident(text: str) -> None:
    value, day = as_decimal(text), as_date(text)
    assert value is None or set(text) <= set("-.0123456789")
    assert day is None or (len(text) in (6, 8) and text.isascii() and text.isdecimal())


@settings(max_examples=150, deadline=None)
@given(
    numbers=st.lists(ID, min_size=1, max_size=5, unique=True),
    last=PLAIN,
    first=PLAIN,
    member=ID,
    note=PLAIN,
    charge=st.decimals(0, 99999, places=2),
    control=ID,
)
def test_any_claim_is_read_back_the_same(
    numbers: list[str], last: str, first: str, member: str, note: str, charge: Decimal, control: str
) -> None:
    who = subscriber(name=Person(last_name=last, first_name=first), member_id=member)
    claims = [
        claim(number=each, subscriber=who, note=Note(text=note), charge=charge, payer_control_number=control)
        for each in numbers
    ]
    assert list(read_claims(write_claims(batch(*claims)).content)) == claims


ADJUSTMENTS = st.lists(
    st.builds(
        Adjustment,
        group=st.sampled_from(["CO", "PR", "OA", "PI"]),
        reason=ID,
        amount=MONEY,
        quantity=st.none() | st.decimals(1, 99, places=0),
    ),
    max_size=15,
).map(tuple)


PROCEDURES = st.builds(
    RemitProcedure,
    qualifier=st.sampled_from(["HC", "NU", "AD", "N4", "ER"]),
    code=ID,
    modifiers=st.lists(ID, max_size=4).map(tuple),
    description=st.just("") | PLAIN,
)
DAYS = st.lists(
    st.builds(QualifiedDate, qualifier=st.sampled_from(["150", "151", "472"]), on=st.dates(date(2000, 1, 1))),
    max_size=2,
).map(tuple)
AMOUNTS = st.lists(
    st.builds(QualifiedAmount, qualifier=st.sampled_from(["B6", "AU", "I"]), amount=MONEY), max_size=2
).map(tuple)
REFERENCES = st.lists(st.builds(Reference, qualifier=st.sampled_from(["6R", "LU"]), value=ID), max_size=2).map(tuple)
LINES = st.lists(
    st.builds(
        RemitLine,
        number=st.just(0),
        procedure=PROCEDURES,
        charge=MONEY,
        paid=MONEY,
        revenue_code=st.sampled_from(["", "0450"]),
        units=st.none() | st.decimals(1, 99, places=0),
        billed=st.none() | PROCEDURES,
        billed_units=st.none() | st.decimals(1, 99, places=0),
        dates=DAYS,
        adjustments=ADJUSTMENTS,
        references=REFERENCES,
        amounts=AMOUNTS,
        quantities=AMOUNTS,
        remark_codes=st.lists(ID, max_size=3).map(tuple),
    ),
    max_size=3,
).map(lambda lines: tuple(replace(each, number=number) for number, each in enumerate(lines, 1)))


@settings(max_examples=150, deadline=None)
@given(
    claims=st.lists(
        st.builds(
            RemitClaim,
            lines=LINES,
            dates=DAYS,
            amounts=AMOUNTS,
            references=REFERENCES,
            number=ID,
            status=st.sampled_from(["1", "2", "4", "19", "22", "25"]),
            charge=MONEY,
            paid=MONEY,
            patient_responsibility=st.none() | MONEY,
            adjustments=ADJUSTMENTS,
            header_number=st.just("1"),
        ),
        max_size=4,
    )
)
def test_any_remittance_is_read_back_the_same(claims: list[RemitClaim]) -> None:
    wanted: WholeRemit = remit(claims=tuple(claims))
    assert [each.whole() for each in read_remits(write_remit(HEADER, [wanted]))] == [wanted]
