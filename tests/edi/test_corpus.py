"""Real files of other projects, where the folder beside the repository has them."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from edi import claim_837d, claim_837i, claim_837p
from edi.ack_999 import read_999
from edi.balance import remit_problems
from edi.claim_837p import read_claims
from edi.envelope import Kind, check_envelope, identify
from edi.npi import is_npi
from edi.reading import every_fact
from edi.remit_835 import read_remits
from edi.rewrite import rewrite
from edi.status_276 import read_inquiries
from edi.status_277 import read_answers
from edi.tokenizer import read_segments
from edi.validate import ERROR, validate
from tests.edi.test_rewrite import check_changes

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
HERE = (CORPUS / "INDEX.tsv").exists()

pytestmark = pytest.mark.skipif(not HERE, reason="the corpus of real files is not beside the repository")


def listed(*kinds: str, status: str = "valid") -> list[str]:
    if not (CORPUS / "INDEX.tsv").exists():
        return []
    with (CORPUS / "INDEX.tsv").open(newline="") as index:
        rows = list(csv.DictReader(index, delimiter="\t"))
    return [each["file"] for each in rows if each["transaction"] in kinds and each["status"] == status]


def claims_in(content: bytes, name: str) -> int:
    return sum(segment.id == name for segment in read_segments(content))


@pytest.mark.parametrize("name", listed("270", "271", "276", "277", "835", "837D", "837I", "837P", "999"))
def test_every_valid_file_has_a_clean_envelope_and_its_own_text(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    assert check_envelope(content) == []
    text = "".join(each.text for each in read_segments(content)).encode()
    assert text == content.replace(b"\r", b"").replace(b"\n", b"").rstrip()


# their ISA says ":" where the text uses ">": nothing inside a composite can be known
WRONG_MARK_837P = {
    "837P/demo.cob.2ndary.example4.837",
    "837P/demo.example9.837",
    "837P/demo.example11.837",
    "837P/demo.example12.837",
}


WRONG_MARK = {
    *WRONG_MARK_837P,
    "837I/out-of-network-repriced-claim.837i",
    "837I/ppo-repriced-claim.837i",
}
WRONG_DATE = {"835/managed-care.835", "835/sample2.txt"}  # month 23, month 00
EVERY = listed("270", "271", "276", "277", "835", "837D", "837I", "837P", "997", "999")
SHORT = [name for name in EVERY if HERE and (CORPUS / name).stat().st_size < 6000]


@pytest.mark.parametrize("name", EVERY)
def test_every_valid_file_has_facts_and_no_problems(name: str) -> None:
    found = list(every_fact((CORPUS / name).read_bytes()))
    problems = [fact for kind, fact in found if kind == "problem"]
    assert len(found) > len(problems)
    problems += [each for _, fact in found for each in getattr(fact, "problems", ())]
    assert bool(problems) is (name in WRONG_MARK | WRONG_DATE)


@pytest.mark.parametrize("name", [*EVERY, *listed("270", "271", "835", status="known-bad")])
def test_every_file_is_written_again_byte_for_byte(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    target = BytesIO()
    rewrite(content, target)
    assert target.getvalue() == content


@pytest.mark.parametrize("name", SHORT)
def test_what_changes_in_a_real_file_is_read_back(name: str) -> None:
    assert check_changes((CORPUS / name).read_bytes(), seed=5, most=8) > 0


# Examples are made of invented ids and old addresses: what is reported must be wrong by itself.
INVENTED: dict[str, Callable[[str], Any]] = {
    "npi": lambda value: not is_npi(value),
    "zip-plus-four": lambda value: not re.fullmatch(r"\d{9}", value),
    "zip": lambda value: not re.fullmatch(r"\d{5}|\d{9}", value),
    "taxonomy": lambda value: not re.fullmatch(r"\w{9}X", value),
    "tax-id": lambda value: not re.fullmatch(r"\d{9}", value),
    "post-box": lambda value: "BOX" in value,
}
# faults of balance and situation that these files really have, each seen by eye
FAULTS = {
    "835/sample1.txt": {"payment", "claim-balance"},  # BPR02 below zero; one cent in SVC03
    "835/sample2.txt": {"claim-balance"},  # shortened by its author
    "835/tertiary-payment.835": {"line-balance"},  # an element too many in SVC
    "837P/sample.txt": {"pointer"},  # lines point at a second diagnosis, there is one
}


@pytest.mark.parametrize("name", EVERY)
def test_no_valid_file_has_a_false_error_of_balance_situation_or_code(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    segments = {each.number: each for each in read_segments(content)}
    found = [each for each in validate(content) if each.severity == ERROR and each.level > 2]
    for each in found:
        if each.code in INVENTED:
            assert each.element
            assert INVENTED[each.code](segments[each.segment_number or 0][each.element])
    assert {each.code for each in found} - INVENTED.keys() == FAULTS.get(name, set())


@pytest.mark.parametrize("name", listed("837P"))
def test_every_professional_claim_is_read(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    assert identify(content) is Kind.CLAIM_837P
    found = list(read_claims(content))
    assert len(found) == claims_in(content, "CLM")
    assert sum(len(each.lines) for each in found) == claims_in(content, "SV1")
    for claim in found:
        assert claim.number
        assert claim.subscriber.name
        assert bool(claim.problems) is (name in WRONG_MARK_837P)
        assert claim.diagnoses or claim.problems
        assert claim.charge == sum((each.charge for each in claim.lines), Decimal(0))


# their ISA says ":" where the text uses ">"
WRONG_MARK_837I = {"837I/out-of-network-repriced-claim.837i", "837I/ppo-repriced-claim.837i"}


@pytest.mark.parametrize("name", listed("837I"))
def test_every_institutional_claim_is_read(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    assert identify(content) is Kind.CLAIM_837I
    found = list(claim_837i.read_claims(content))
    assert len(found) == claims_in(content, "CLM")
    assert sum(len(each.lines) for each in found) == claims_in(content, "SV2")
    for claim in found:
        assert bool(claim.problems) is (name in WRONG_MARK_837I)
        assert claim.principal or claim.problems
        assert claim.statement_from
        assert claim.attending
        assert claim.charge == sum((each.charge for each in claim.lines), Decimal(0))


@pytest.mark.parametrize("name", listed("837D"))
def test_every_dental_claim_is_read(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    assert identify(content) is Kind.CLAIM_837D
    found = list(claim_837d.read_claims(content))
    assert len(found) == claims_in(content, "CLM")
    assert sum(len(line.teeth) for each in found for line in each.lines) == claims_in(content, "TOO")
    for claim in found:
        assert not claim.problems
        assert claim.charge == sum((each.charge for each in claim.lines), Decimal(0))


# segments of a claim that no field holds: an amount of version 4010, and what stands where no composite can be read
UNNAMED = {"837P/demo.cob.example4.837": {"AMT"}}


@pytest.mark.parametrize("name", listed("837P", "837I", "837D"))
def test_no_segment_of_a_claim_or_level_is_left_unnamed(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    marks = next(iter(read_segments(content))).delimiters
    kind = {"837P": claim_837p, "837I": claim_837i, "837D": claim_837d}[name[:4]]
    for claim in kind.read_claims(content):
        if claim.problems:
            continue
        levels = [
            (claim.raw, kind.segments_of(claim, marks)),
            (claim.billing.raw, [["HL"], *kind.billing_segments(claim.billing, marks)]),
            (
                claim.subscriber.raw,
                [["HL"], *kind.subscriber_segments(claim.subscriber, claim.payer, marks)],
            ),
        ]
        for raw, written in levels:
            stood = Counter(each.split(marks.element)[0] for each in raw.split(marks.segment) if each)
            assert set(stood - Counter(each[0] for each in written)) <= UNNAMED.get(name, set())


# what these files themselves have wrong, all seen by eye
FAULTS_835 = {
    "835/managed-care.835": ["value"],  # month 23
    "835/sample1.txt": ["claim-balance"],  # one cent in SVC03
    "835/sample2.txt": ["value", "claim-balance"],  # month 00; shortened by its author
    "835/tertiary-payment.835": ["line-balance"],  # SVC*HC*24599: a separator where a component mark belongs
}


@pytest.mark.parametrize("name", listed("835"))
def test_every_remittance_is_read_and_balances(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    found = [each.whole() for each in read_remits(content)]
    assert sum(len(each.claims) for each in found) == claims_in(content, "CLP")
    assert sum(len(claim.lines) for each in found for claim in each.claims) == claims_in(content, "SVC")
    assert [fault.code for each in found for fault in remit_problems(each)] == FAULTS_835.get(name, [])


@pytest.mark.parametrize("name", listed("999"))
def test_every_999_is_read(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    found = list(read_999(content))
    assert len(found) == claims_in(content, "AK9")
    assert all(each.status and each.sets and not each.problems for each in found)


@pytest.mark.parametrize("name", listed("276"))
def test_every_inquiry_is_read(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    found = list(read_inquiries(content))
    assert len(found) == claims_in(content, "TRN")
    assert all(each.trace and each.provider.npi and not each.problems for each in found)


@pytest.mark.parametrize("name", listed("277"))
def test_every_answer_is_read(name: str) -> None:
    content = (CORPUS / name).read_bytes()
    found = list(read_answers(content))
    assert len(found) == claims_in(content, "TRN")
    assert all(each.category and not each.problems for each in found)


@pytest.mark.parametrize("name", listed("270", "271", "835", status="envelope-bad"))
def test_a_bad_envelope_is_named(name: str) -> None:
    assert check_envelope((CORPUS / name).read_bytes())
