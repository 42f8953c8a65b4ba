"""Nothing that a file can hold makes a reader raise anything but X12Error."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from edi import claim_837d, claim_837i, claim_837p
from edi.ack_277ca import read_277ca
from edi.ack_999 import read_999
from edi.ack_ta1 import read_ta1
from edi.adjustments import Adjustment
from edi.balance import remit_problems
from edi.claim_837p import Note, read_claims, write_claims
from edi.elements import as_date, as_decimal, money_text, plain
from edi.envelope import check_envelope, identify
from edi.errors import X12Error
from edi.parties import Person, Reference
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
from edi.status_276 import read_inquiries, write_inquiries
from edi.status_277 import read_answers
from tests.edi.samples import HEADER, batch, claim, remit, secondary_claim, subscriber, varied_claims
from tests.edi.samples_837 import batch_d, batch_i, full_d, full_i, full_p, institutional
from tests.edi.test_acks import ACCEPTED, HEAD, interchange
from tests.edi.test_status import ANSWER, CHILDS, FIRST, asked

SEEDS = [
    claim_837p.write_claims(batch(full_p())).content,
    claim_837i.write_claims(batch_i(full_i(), institutional(number="B"))).content,
    claim_837d.write_claims(batch_d(full_d())).content,
    write_claims(batch(*varied_claims(3, 11), secondary_claim(number="Z"))).content,
    write_remit(HEADER, [remit()]),
    interchange("277", "005010X214", HEAD + ACCEPTED),
    interchange("277", "005010X212", ANSWER),
    interchange(
        "999", "005010X231A1", "AK1*HC*18~AK2*837*1~IK3*NM1*9*2010*8~CTX*A:B~IK4*9:1*67*6*B~IK5*R*5~AK9*R*1*1*0~"
    ),
    write_inquiries(asked(FIRST, CHILDS)),
]
JUNK = st.sampled_from(
    [b"", b"~", b"*", b":", b"^", b"\n", b"\x00", b"-", b"9" * 5000, b"\xff", b"NaN", b"1e9", "٣".encode()]
)


def _rewrite_claims(content: bytes) -> list[object]:
    """Whatever was read can be written to be compared."""
    rewritten: list[object] = []
    for kind in (claim_837p, claim_837i, claim_837d):
        for found in kind.read_claims(BytesIO(content)):
            with suppress(X12Error):
                rewritten += kind.segments_of(found)
    return rewritten


def _balance_remits(content: bytes) -> list[object]:
    return [remit_problems(each.whole()) for each in read_remits(BytesIO(content))]


READERS: list[Callable[[bytes], object]] = [
    identify,
    check_envelope,
    _balance_remits,
    _rewrite_claims,
    *(
        lambda content, read=read: list(read(content))
        for read in (read_claims, read_277ca, read_999, read_ta1, read_answers, read_inquiries)
    ),
]


def read_everything(content: bytes) -> None:
    for read in READERS:
        with suppress(X12Error):
            read(content)


@settings(max_examples=400, deadline=None)
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
