"""What the three kinds of 837 share: every field survives, nothing foreign gets in, and what isn't named is kept."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edi import claim_837d, claim_837i, claim_837p
from edi.claim_837.writing import Writing, amount_text
from edi.elements import money_text, plain
from edi.errors import X12Error
from edi.merge import merged
from edi.segments import DEFAULT_DELIMITERS
from edi.tokenizer import read_segments
from tests.edi.samples import HEADER, PIPES, batch
from tests.edi.samples_837 import batch_d, batch_i, full_d, full_i, full_p, institutional, unset

KINDS = [
    pytest.param(claim_837p, full_p(), batch, id="837P"),
    pytest.param(claim_837i, full_i(), batch_i, id="837I"),
    pytest.param(claim_837d, full_d(), batch_d, id="837D"),
]
each_kind = pytest.mark.parametrize(("kind", "claim", "wrap"), KINDS)

# a claim's own field that stands for what was not read from a file
NOT_WRITTEN = {"problems", "raw", "segment_number"}
# fields that mean something only together with another one
DEPENDENT = {
    "service_to": "service_from",
    "admission_hour": "admission_date",
    "statement_to": "statement_from",
    "sex": "birth_date",
    "diagnosis_version": "diagnoses",
    "modifiers": "code",
    "description": "code",
}
# what has no default of its own, or is refused when it is missing
REQUIRED = {"admission_date", "birth_date", "service_from"}


@each_kind
def test_the_full_sample_leaves_no_field_of_claim_and_line_at_its_default(
    kind: ModuleType, claim: Any, wrap: Any
) -> None:
    for facts in (claim, claim.lines[0], claim.billing, claim.subscriber, claim.patient, claim.other_payers[0]):
        idle = {
            each.name
            for each in fields(facts)
            if each.default is not MISSING and getattr(facts, each.name) == each.default
        }
        assert idle <= NOT_WRITTEN | {"relationship"}


@each_kind
@pytest.mark.parametrize("delimiters", [DEFAULT_DELIMITERS, PIPES])
def test_every_field_is_written_and_read_back(kind: ModuleType, claim: Any, wrap: Any, delimiters: Any) -> None:
    written = kind.write_claims(wrap(claim, header=replace(HEADER, delimiters=delimiters)))
    [found] = kind.read_claims(written.content)
    assert found == claim
    assert found.raw == written.claims[claim.number]


@each_kind
def test_the_segments_of_a_claim_and_its_levels_are_what_the_writer_writes(
    kind: ModuleType, claim: Any, wrap: Any
) -> None:
    [found] = kind.read_claims(kind.write_claims(wrap(claim)).content)
    for raw, segments in (
        (found.raw, list(kind.segments_of(found))),
        (found.billing.raw, [["HL", "1", "", "20", "1"], *kind.billing_segments(found.billing)]),
        (found.subscriber.raw, [["HL", "2", "1", "22", "1"], *kind.subscriber_segments(found.subscriber, found.payer)]),
        (found.patient.raw, [["HL", "3", "2", "23", "0"], *kind.patient_segments(found.patient)]),
    ):
        assert raw == "".join("*".join(parts) + "~" for parts in segments)


@each_kind
def test_a_change_keeps_what_the_facts_do_not_name(kind: ModuleType, claim: Any, wrap: Any) -> None:
    content = kind.write_claims(wrap(claim)).content.replace(b"~LX*1~", b"~QTY*XX*7~LX*01~", 1)
    [found] = kind.read_claims(content)
    before = list(kind.segments_of(found))
    assert merged(found.raw, before, before) == found.raw
    after = list(kind.segments_of(replace(found, frequency="8")))
    text = merged(found.raw, before, after)
    assert "~QTY*XX*7~LX*01~" in text
    assert len(text) == len(found.raw)
    assert sum(one != two for one, two in zip(text, found.raw, strict=True)) == 1


@each_kind
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_choice_of_fields_is_read_back_the_same(kind: ModuleType, claim: Any, wrap: Any, data: Any) -> None:
    claim = data.draw(thinned(claim))
    lines = tuple(data.draw(thinned(each)) for each in claim.lines)
    subscriber, billing = data.draw(thinned(claim.subscriber)), data.draw(thinned(claim.billing))
    payers = tuple(data.draw(thinned(each)) for each in claim.other_payers)
    claim = replace(claim, lines=lines, subscriber=subscriber, billing=billing, other_payers=payers)
    assert list(kind.read_claims(kind.write_claims(wrap(claim)).content)) == [claim]


def thinned(facts: Any) -> st.SearchStrategy[Any]:
    """The facts with some of their optional fields left out."""
    optional = sorted(
        each.name for each in fields(facts) if each.default is not MISSING and each.name not in REQUIRED | {"pointers"}
    )

    def leave_out(names: set[str]) -> Any:
        found = unset(facts, names)
        lost = {name for name, on in DEPENDENT.items() if hasattr(found, name) and not getattr(found, on, None)}
        return unset(found, lost)

    return st.sets(st.sampled_from(optional)).map(leave_out)


@each_kind
@pytest.mark.parametrize("junk", ["*", ":", "~", "^", "\n", "\x1d", "é"])
def test_no_value_of_any_field_can_add_a_mark(kind: ModuleType, claim: Any, wrap: Any, junk: str) -> None:
    clean = shape(kind.write_claims(wrap(claim)).content)
    tried = 0
    for changed in with_junk(claim, junk):
        tried += 1
        try:
            content = kind.write_claims(wrap(changed)).content
        except X12Error:
            continue
        assert shape(content) == clean
    assert tried > 150


def shape(content: bytes) -> tuple[list[int], list[int]]:
    """How many elements each segment has, and how often each mark stands in the file."""
    return [len(each) for each in read_segments(content)], [content.count(mark) for mark in b"*:~^"]


def with_junk(facts: Any, junk: str) -> Iterator[Any]:
    """The facts once for each text in them, with junk in its middle."""
    for each in fields(facts):
        value = getattr(facts, each.name)
        if each.name in NOT_WRITTEN:
            continue
        for changed in _changed(value, junk):
            yield replace(facts, **{each.name: changed})


def _changed(value: Any, junk: str) -> Iterator[Any]:
    if isinstance(value, str) and value:
        yield value[:1] + junk + value[1:]
    elif is_dataclass(value):
        yield from with_junk(value, junk)
    elif isinstance(value, tuple):
        for at, member in enumerate(value[:2]):
            for changed in _changed(member, junk):
                yield (*value[:at], changed, *value[at + 1 :])


def test_the_refusal_names_the_segment() -> None:
    with pytest.raises(X12Error) as refused:
        claim_837p.write_claims(batch(replace(full_p(), prior_authorization="PA*1")))
    assert refused.value.segment_id == "REF"


@given(amount=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12))
def test_amounts_are_written_like_everywhere_else(amount: Decimal) -> None:
    assert amount_text(amount) == money_text(amount)


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity"])
def test_an_amount_that_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(X12Error, match="not a number"):
        amount_text(Decimal(amount))


@given(text=st.text(max_size=70))
def test_free_text_is_what_plain_makes_of_it(text: str) -> None:
    assert Writing(DEFAULT_DELIMITERS).free(text, 30) == plain(text, 30)


@each_kind
def test_the_heading_of_a_batch_is_read(kind: ModuleType, claim: Any, wrap: Any) -> None:
    sent = replace(wrap(claim), purpose="18", claim_kind="RP", set_control_number="0042")
    [found] = kind.read_batches(kind.write_claims(sent).content)
    heading = found.heading
    assert (heading.submitter, heading.receiver) == (sent.submitter, sent.receiver)
    assert (heading.reference, heading.purpose, heading.claim_kind) == ("B17", "18", "RP")
    assert (heading.set_control_number, heading.guide) == ("0042", sent.guide)
    assert heading.raw.startswith(f"ST*837*0042*{sent.guide}~BHT*")
    assert list(found) == [claim]


def test_other_kinds_are_passed_over() -> None:
    content = claim_837i.write_claims(batch_i(institutional())).content
    assert list(claim_837p.read_claims(content)) == []
    assert list(claim_837d.read_claims(content)) == []
    assert len(list(claim_837i.read_claims(content))) == 1


def test_a_problem_of_a_level_belongs_to_every_claim_below_it() -> None:
    claims = [replace(full_p(), number=each) for each in "AB"]
    content = claim_837p.write_claims(batch(*claims)).content.replace(b"DMG*D8*19800517", b"DMG*D8*19801317")
    for found in claim_837p.read_claims(content):
        assert [(each.segment_id, each.element, each.loop) for each in found.problems] == [("DMG", 2, "2000")]
        assert found.subscriber.birth_date is None
        [problem] = found.problems
        segments = {each.number: each for each in read_segments(content)}
        assert segments[problem.segment_number or 0].offset == problem.byte_offset
