"""Real files of other projects, where the folder beside the repository has them."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from edi.ack_999 import read_999
from edi.balance import remit_problems
from edi.claim_837p import read_claims
from edi.envelope import Kind, check_envelope, identify
from edi.remit_835 import read_remits
from edi.status_276 import read_inquiries
from edi.status_277 import read_answers
from edi.tokenizer import read_segments

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(
    not (CORPUS / "INDEX.tsv").exists(), reason="the corpus of real files is not beside the repository"
)


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
