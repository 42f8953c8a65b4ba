"""Real files: no valid one gets an error, every bad one is named, and pyx12 agrees where it can."""

import csv
import io
import logging
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyx12.params import ParamsBase
from pyx12.x12n_document import x12n_document

from edi.errors import X12Error
from edi.validate import ERROR, Finding, validate

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
HERE = (CORPUS / "INDEX.tsv").exists()
corpus = pytest.mark.skipif(not HERE, reason="the corpus of real files is not beside the repository")


def rows() -> list[dict[str, str]]:
    if not HERE:
        return []
    with (CORPUS / "INDEX.tsv").open(newline="") as index:
        return list(csv.DictReader(index, delimiter="\t"))


def structure(content: bytes) -> list[Finding]:
    return [each for each in validate(content) if each.level < 3]


def errors(content: bytes) -> list[str]:
    return [each.code for each in structure(content) if each.severity == ERROR]


# faults that these files really have, each seen by eye
FAULTY = {
    # their ISA names ":" as the component separator, their text uses ">" (two of them also count lines differently)
    "837P/demo.cob.2ndary.example4.837": {"wrong-separator"},
    "837P/demo.example9.837": {"wrong-separator", "bad-code"},
    "837P/demo.example11.837": {"wrong-separator", "bad-code"},
    "837P/demo.example12.837": {"wrong-separator"},
    "837I/out-of-network-repriced-claim.837i": {"wrong-separator"},
    "837I/ppo-repriced-claim.837i": {"wrong-separator", "unexpected-segment"},
    "835/cob-contractural-adjustment.835": {"wrong-separator"},
    "835/secondary-payment.835": {"wrong-separator"},
    "835/tertiary-payment.835": {"missing-element", "bad-code"},  # SVC*HC*24599: an element too many
    "835/managed-care.835": {"bad-date"},  # month 23
    "835/sample2.txt": {"bad-date"},  # month 00
    "837P/demo.ambulance.example5.837": {"missing-element"},  # CLM05-2
    "837P/demo.cob.example3.A.837": {"missing-loop"},  # the other payer (2330B)
    "837P/demo.cob.example4.837": {"unexpected-segment"},  # AMT*F2 is of version 4010
}


@corpus
@pytest.mark.parametrize("name", [each["file"] for each in rows() if each["status"] == "valid"])
def test_a_valid_file_has_no_false_error(name: str) -> None:
    assert set(errors((CORPUS / name).read_bytes())) == FAULTY.get(name, set())


@corpus
@pytest.mark.parametrize("row", [each for each in rows() if each["status"] != "valid"], ids=lambda each: each["file"])
def test_a_bad_file_is_named(row: dict[str, str]) -> None:
    found = structure((CORPUS / row["file"]).read_bytes())
    codes = {each.code for each in found}
    named = {each.split("=")[0] for each in row["envelope_problems"].split(";") if each}
    assert codes >= named
    if not named:  # HL04 promises a level that isn't there
        assert [(each.code, each.segment, each.element) for each in found] == [("hierarchy", "HL", 4)]


def pyx12_accepts(text: str) -> bool:
    logging.disable(logging.CRITICAL)
    try:
        return bool(x12n_document(ParamsBase(), io.StringIO(text), io.StringIO(), None))
    finally:
        logging.disable(logging.NOTSET)


SPOILT = [
    "837P/X222-commercial-health-insurance.edi",
    "835/X221-multiple-claims-single-check.edi",
]


def spoilt(name: str) -> Iterator[str]:
    """A file with one segment taken out, doubled, moved, cut or filled with nonsense; counts right."""
    if not HERE:
        return
    text = (CORPUS / name).read_text("latin-1").replace("\r", "").replace("\n", "")
    chance = random.Random(name)
    for _ in range(4):
        segments = text.split("~")
        inner = [at for at, each in enumerate(segments) if each and each[:3] not in ("ISA", "IEA") and each[1:2] != "S"]
        inner = [at for at in inner if not segments[at].startswith(("ST*", "SE*", "GS*", "GE*"))]
        at = chance.choice(inner)
        elements = segments[at].split("*")
        where = chance.randrange(1, len(elements))
        match chance.randrange(5):
            case 0:
                del segments[at]
            case 1:
                segments.insert(at, segments[at])
            case 2:
                segments.insert(chance.choice(inner[:-1]), segments.pop(at))
            case 3:
                elements[where] = "20260230"
                segments[at] = "*".join(elements)
            case _:
                elements[where] = ""
                segments[at] = "*".join(elements)
        start = next(at for at, each in enumerate(segments) if each.startswith("ST*"))
        end = next(at for at, each in enumerate(segments) if each.startswith("SE*"))
        segments[end] = f"SE*{end - start + 1}*{segments[end].split('*')[2]}"
        yield "~".join(segments)


@corpus
@pytest.mark.parametrize("name", SPOILT)
def test_what_pyx12_refuses_is_found(name: str) -> None:
    """Warnings count: pyx12 refuses elements that the guide doesn't use and trailing separators, payers don't."""
    refused = 0
    for text in spoilt(name):
        if not pyx12_accepts(text):
            refused += 1
            assert structure(text.encode("latin-1")), text
    assert refused > 0


@corpus
def test_one_segment_gone_or_doubled_or_misspelt_is_seldom_more_than_one_error() -> None:
    chance = random.Random(11)
    good = [(CORPUS / each["file"]).read_text("latin-1") for each in rows() if each["status"] == "valid"]
    good = [each for each in good if not errors(each.encode("latin-1"))]
    counts: list[int] = []
    for _ in range(300):
        segments = chance.choice(good).replace("\r", "").replace("\n", "").split("~")
        at = chance.choice(
            [at for at, each in enumerate(segments[:-3]) if each[:3] not in ("ISA", "GS*", "ST*", "SE*")]
        )
        match chance.randrange(3):
            case 0:
                del segments[at]
            case 1:
                segments.insert(at, segments[at])
            case _:
                segments[at] = "QZQ" + segments[at][segments[at].index("*") :]
        found = errors("~".join(segments).encode("latin-1"))
        counts.append(len([each for each in found if each != "SE01"]))
    assert sum(each > 1 for each in counts) < 40
    assert max(counts) < 7
    assert sum(each == 0 for each in counts) < 100  # many segments may be left out, or stand twice


@corpus
def test_pyx12_is_corrected() -> None:
    """A certificate of medical necessity (PWK*CT*AD) and a second PLB are right; pyx12 refuses both."""
    oxygen = (CORPUS / "837P" / "X222-oxygen.edi").read_bytes()
    assert b"PWK*CT*" in oxygen
    assert not pyx12_accepts(oxygen.decode())
    assert errors(oxygen) == []


@corpus
def test_random_changes_never_break_the_validator() -> None:
    """Bytes changed, cut and doubled: findings or X12Error, nothing else."""
    chance = random.Random(3)
    files = [(CORPUS / each["file"]).read_bytes() for each in rows()]
    outcomes: set[bool | None] = set()
    for _ in range(150):
        content = bytearray(chance.choice(files))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(106, len(content))
            match chance.randrange(3):
                case 0:
                    content[at] = chance.choice(b"~*:^A1 \x00\xff\n")
                case 1:
                    del content[at : at + chance.randint(1, 40)]
                case _:
                    content[at:at] = content[at - 60 : at]
        try:
            outcomes.add(any(each.severity == ERROR for each in validate(bytes(content))))
        except X12Error:
            outcomes.add(None)
    assert True in outcomes
