"""Files are written again byte for byte, but for what is changed."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from io import BytesIO
from typing import Any

import pytest

from edi.ack_277ca import Ack277CA
from edi.ack_999 import Ack999
from edi.adjustments import Adjustment
from edi.claim_837.facts import AnyClaim
from edi.claim_837p import Claim, Patient, write_claims
from edi.envelope import Kind, check_envelope
from edi.errors import X12Error
from edi.parties import Address, Person
from edi.reading import every_fact
from edi.remit_835 import ProviderAdjustment, RemitClaim
from edi.rewrite import rewrite, unchanged
from tests.edi.kinds import OF_997, SAMPLES, in_one_interchange, together
from tests.edi.samples import batch, claim

CLAIM = write_claims(batch(claim())).content
ALL = {**{str(kind): content for kind, content in SAMPLES.items()}, "997": OF_997}
ODD: dict[str, Callable[[bytes], bytes]] = {
    "line breaks": lambda content: content.replace(b"~", b"~\r\n"),
    "blank lines and a mark": lambda content: b"\xef\xbb\xbf\n\n" + content.replace(b"~", b"~\n  \n") + b"\n\x1a",
    "LF for a terminator": lambda content: content.replace(b"~", b"\n"),
    "CR LF where LF is the terminator": lambda content: content.replace(b"~", b"\r\n").replace(b":\r\n", b":\n", 1),
    "other marks": lambda content: content.replace(b"*", b"|").replace(b":~", b">~", 1).replace(b"~", b"!"),
    "empty segments": lambda content: content.replace(b"~ST", b"~~\n~ST").replace(b"~SE", b"~~SE"),
    "nothing behind the IEA": lambda content: content.removesuffix(b"~"),
    "records of 80": lambda content: b"\n".join(content[at : at + 80] for at in range(0, len(content), 80)),
    "unknown segments": lambda content: content.replace(b"~SE", b"~K3*ODD~ZZZ*1:2*^~SE").replace(
        b"~NM1", b"~ZZ9*\xc3\x89~NM1"
    ),
    "Latin-1": lambda content: content.replace(b"ANN", b"\xc0NN").replace(b"JUNE", b"J\xdcNE"),
}


def rewritten(content: bytes, change: Callable[[Any], Any] = unchanged) -> bytes:
    target = BytesIO()
    rewrite(content, target, change=change)
    return target.getvalue()


def facts_of(content: bytes) -> list[Any]:
    return [fact for name, fact in every_fact(content) if name != "problem"]


def changes(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    """Segments that are not the same."""
    left, right = before.split(b"~"), after.split(b"~")
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [
        (b"~".join(left[start:stop]), b"~".join(right[begin:end]))
        for tag, start, stop, begin, end in matcher.get_opcodes()
        if tag != "equal"
    ]


@pytest.mark.parametrize("kind", ALL)
def test_without_a_change_every_byte_stays(kind: str) -> None:
    assert rewritten(ALL[kind]) == ALL[kind]


@pytest.mark.parametrize("oddness", ODD)
@pytest.mark.parametrize("kind", ALL)
def test_so_it_does_in_odd_files(kind: str, oddness: str) -> None:
    content = ODD[oddness](ALL[kind])
    assert rewritten(content) == content


def test_several_interchanges_and_groups_stay() -> None:
    content = (
        together(*SAMPLES.values())
        + b"\n"
        + in_one_interchange(*(each for kind, each in SAMPLES.items() if kind is not Kind.ACK_TA1))
    )
    assert rewritten(content) == content


def test_a_kind_that_nobody_reads_is_copied() -> None:
    content = SAMPLES[Kind.STATUS_276].replace(b"ST*276*0001*005010X212", b"ST*820*0001*005010X218")
    assert rewritten(content) == content


def test_a_replacement_claim_differs_in_what_makes_it_one() -> None:
    def replacing(fact: Any) -> Any:
        return replace(fact, frequency="7", payer_control_number="PAYER123") if isinstance(fact, Claim) else fact

    after = rewritten(CLAIM, replacing)
    assert [each.frequency for each in facts_of(after)[1:]] == ["7"]
    assert after.count(b"~") == CLAIM.count(b"~") + 1
    assert b"~REF*F8*PAYER123~" in after
    undone = after.replace(b"REF*F8*PAYER123~", b"").replace(b"11:B:7", b"11:B:1")
    assert len(changes(CLAIM, undone)) == 1  # SE01
    assert check_envelope(after) == []


def _given(fact: Any, number: str) -> Any:
    return replace(fact, payer_control_number=number) if isinstance(fact, Claim) else fact


def test_a_segment_more_or_less_takes_the_line_breaks_of_its_neighbours() -> None:
    lines = CLAIM.replace(b"~", b"~\r\n")
    after = rewritten(lines, lambda fact: _given(fact, "P1"))
    assert after.split(b"\r\n").index(b"REF*F8*P1~") > 0
    assert all(each.endswith(b"~") for each in after.split(b"\r\n")[:-1])
    back = rewritten(after, lambda fact: _given(fact, ""))
    assert back == lines


def test_a_level_is_changed_through_all_claims_below_it() -> None:
    content = write_claims(batch(claim(), claim(number="B"))).content

    def move(fact: Any, number: str = "") -> Any:
        if not isinstance(fact, Claim) or number not in ("", fact.number):
            return fact
        return replace(fact, billing=replace(fact.billing, npi="1999999984"))

    assert [each.billing.npi for each in facts_of(rewritten(content, move))[1:]] == ["1999999984"] * 2
    with pytest.raises(X12Error, match="different things"):
        rewritten(content, lambda fact: move(fact, "B"))


def test_changes_that_have_no_place_are_refused() -> None:
    def refused(kind: Kind, change: Callable[[Any], Any], says: str) -> None:
        with pytest.raises(X12Error, match=says):
            rewritten(SAMPLES[kind], change)

    refused(Kind.CLAIM_837P, _with_patient, "can't come or go")
    refused(Kind.STATUS_277, lambda fact: replace(fact, payer=None), "'payer'")
    refused(Kind.ELIGIBILITY_271, lambda fact: replace(fact, provider=None, traces=()), "'provider'")
    refused(
        Kind.REMIT_835,
        lambda fact: replace(fact, header_number="9") if isinstance(fact, RemitClaim) else fact,
        "'header_number'",
    )
    refused(Kind.ACK_277CA, lambda fact: replace(fact, batch_reference="OTHER"), "only the answers on its claims")
    refused(Kind.ACK_TA1, lambda fact: "A", "one of the same kind")
    refused(Kind.ACK_999, lambda fact: replace(fact, functional_id="H*C"), "can't carry")
    refused(Kind.ACK_999, lambda fact: replace(fact, functional_id="É"), "can't carry")
    refused(Kind.STATUS_277, lambda fact: replace(fact, trace="A:B"), "can't carry")
    refused(Kind.CLAIM_837P, lambda fact: _given(fact, "A:B"), "can't carry")


def _with_patient(fact: Any) -> Any:
    person = Patient(relationship="19", name=Person(last_name="ALDER"), address=Address(line1="2 SHORE ROAD"))
    return replace(fact, patient=None if fact.patient else person) if isinstance(fact, Claim) else fact


def _below(fact: Any, header_number: str) -> Any:
    return replace(fact, header_number=header_number) if isinstance(fact, RemitClaim) else fact


def test_an_answer_on_a_claim_of_a_277ca_changes_alone() -> None:
    def corrected(fact: Ack277CA) -> Ack277CA:
        first = replace(fact.claims[0], payer_control_number="NEW1")
        return replace(fact, claims=(first, *fact.claims[1:]))

    before = SAMPLES[Kind.ACK_277CA]
    ((old, new),) = changes(before, rewritten(before, corrected))
    assert (old.split(b"*")[:2], new) == ([b"REF", b"1K"], b"REF*1K*NEW1")


def test_a_997_keeps_the_names_of_its_segments() -> None:
    def refused(fact: Ack999) -> Ack999:
        first = replace(fact.sets[0], codes=("1", "5"))
        return replace(fact, sets=(first, *fact.sets[1:]))

    ((old, new),) = changes(OF_997, rewritten(OF_997, refused))
    assert (old[:5], new[-4:]) == (b"AK5*A", b"*1*5")


def test_one_pair_of_a_plb_changes_alone() -> None:
    before = SAMPLES[Kind.REMIT_835].replace(b"PLB*", b"PLB*", 1)
    pair = next(fact for fact in facts_of(before) if isinstance(fact, ProviderAdjustment))

    def more(fact: Any) -> Any:
        if isinstance(fact, ProviderAdjustment):
            return replace(fact, amount=fact.amount + Decimal("0.50"))
        return fact

    after = [fact for fact in facts_of(rewritten(before, more)) if isinstance(fact, ProviderAdjustment)]
    assert after[0].amount == pair.amount + Decimal("0.50")


def test_reasons_in_segments_of_their_own_are_changed_once() -> None:
    content = SAMPLES[Kind.REMIT_835]
    at = content.index(b"CAS*")
    cut = content[:at] + b"CAS*OA*A1*0~CAS*OA*23*0~K3*X~CAS*OA*B7*0~" + content[at:]
    number = next(fact.number for fact in facts_of(cut) if isinstance(fact, RemitClaim))
    wanted: list[tuple[Adjustment, ...]] = []

    def raised(found: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
        return tuple(replace(each, amount=Decimal(7)) if each.reason == "23" else each for each in found)

    def change(fact: Any) -> Any:
        if not isinstance(fact, RemitClaim) or fact.number != number:
            return fact
        lines = tuple(replace(each, adjustments=raised(each.adjustments)) for each in fact.lines)
        changed = replace(fact, adjustments=raised(fact.adjustments), lines=lines)
        wanted.append(changed.all_adjustments)
        return changed

    after = rewritten(cut, change)
    found = [fact.all_adjustments for fact in facts_of(after) if isinstance(fact, RemitClaim) and fact.number == number]
    assert found == wanted
    assert b"K3*X~" in after


REFUSED = re.compile("can't be written|different things|277CA|can't come or go")
OF_NAMES = {
    "entity",
    "qualifier",
    "elements",
    "number",
    "function",
    "tax_id_qualifier",
    "level",
    "kind",
}  # they place the fact
NOT_SAID = {"raw", "problems", "segment_number", "interchange"}


def others(value: Any) -> Iterator[Any]:
    """Values that differ from one in a single place."""
    if isinstance(value, Decimal):
        yield value + Decimal("1.25")
    elif isinstance(value, date):
        yield value + timedelta(days=1)
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from ((*value[:place], other, *value[place + 1 :]) for other in others(each))
        if value and is_dataclass(value[-1]):
            yield value[:-1]
    elif is_dataclass(value) and not isinstance(value, type):
        for name, other in of_facts(value):
            yield replace(value, **{name: other})
    elif isinstance(value, str) and value.isalnum() and len(value) > 2:
        yield value[:-1] + ("9" if value[-1] != "9" else "8")


def of_facts(facts: Any) -> Iterator[tuple[str, Any]]:
    for each in fields(facts):
        if each.compare and each.name not in NOT_SAID and each.name not in OF_NAMES:
            yield from ((each.name, other) for other in others(getattr(facts, each.name)))


def bare(facts: Any) -> Any:
    if isinstance(facts, Ack277CA):
        facts = replace(facts, claims=tuple(map(bare, facts.claims)))
    return replace(facts, problems=()) if hasattr(facts, "problems") else facts


def taking(facts: list[Any]) -> Callable[[Any], Any]:
    """A change to these facts, one after another."""
    coming = iter(facts)
    return lambda fact: next(coming)


def check_changes(content: bytes, seed: int, most: int) -> int:
    """Change one thing of one fact, write, read: just that is changed. Gives the number of changes written."""
    facts = facts_of(content)
    variants = [(at, name, other) for at, fact in enumerate(facts) for name, other in of_facts(fact)]
    done = 0
    for at, name, other in random.Random(seed).sample(variants, min(most, len(variants))):
        shared = name if name in ("billing", "subscriber", "payer", "patient") else ""
        of_all = isinstance(facts[at], AnyClaim) and shared
        wanted = [
            replace(fact, **{name: other})
            if place == at or (of_all and getattr(fact, name, None) is getattr(facts[at], name))
            else fact
            for place, fact in enumerate(facts)
        ]
        try:
            after = rewritten(content, taking(wanted))
        except X12Error as error:
            if REFUSED.search(error.says):
                continue
            raise
        assert [bare(fact) for fact in facts_of(after)] == [bare(fact) for fact in wanted], (name, other)
        done += 1
    return done


@pytest.mark.parametrize("kind", ALL)
def test_whatever_changes_is_read_back_and_nothing_else_is_touched(kind: str) -> None:
    assert check_changes(ALL[kind], seed=7, most=60) > 0


def test_a_file_that_breaks_off_is_refused() -> None:
    with pytest.raises(X12Error):
        rewritten(CLAIM[: len(CLAIM) // 2])
