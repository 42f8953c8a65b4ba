"""`python -m edi parse`."""

import json
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from edi.__main__ import main
from edi.claim_837p import write_claims
from edi.remit_835 import write_remit
from edi.status_276 import write_inquiries
from tests.edi.samples import HEADER, batch, claim, remit
from tests.edi.test_acks import ACCEPTED, HEAD, interchange
from tests.edi.test_status import ANSWER, FIRST, asked


def run(content: bytes, *arguments: str) -> tuple[int, list[dict[str, object]], str]:
    out, err = StringIO(), StringIO()
    status = main(list(arguments or ("parse", "-")), stdin=BytesIO(content), stdout=out, stderr=err)
    return status, [json.loads(each) for each in out.getvalue().splitlines()], err.getvalue()


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (write_claims(batch(claim())).content, ["claim"]),
        (write_remit(HEADER, [remit()]), ["remit", "remit_claim", "remit_claim", "provider_adjustment"]),
        (interchange("999", "005010X231A1", "AK1*HC*1~AK9*A*1*1*1~"), ["syntax_ack"]),
        (interchange("277", "005010X214", HEAD + ACCEPTED), ["claim_ack"]),
        (interchange("277", "005010X212", ANSWER), ["status_answer"] * 4),
        (write_inquiries(asked(FIRST)), ["status_inquiry"]),
    ],
)
def test_one_line_for_each_fact(content: bytes, kinds: list[str]) -> None:
    status, lines, err = run(content)
    assert (status, err) == (0, "")
    assert [each["kind"] for each in lines] == kinds


def test_money_is_text_and_dates_are_iso() -> None:
    _, [found], _ = run(write_claims(batch(claim())).content)
    assert found["charge"] == "150"
    assert found["lines"][0]["service_from"] == "2026-02-20"  # type: ignore[index]  # JSON of a list of lines


def test_envelope_problems_follow() -> None:
    content = write_claims(batch(claim())).content.replace(b"GE*1*", b"GE*2*")
    _, lines, _ = run(content)
    assert [each["kind"] for each in lines] == ["claim", "problem"]


@pytest.mark.parametrize("content", [b"", b"not x12", interchange("271", "005010X279A1", "BHT*0022*11~")])
def test_what_cannot_be_read_ends_with_two_and_one_line(content: bytes) -> None:
    status, lines, err = run(content)
    assert (status, lines) == (2, [])
    assert err.count("\n") == 1


def test_usage_and_missing_file() -> None:
    assert run(b"", "validate")[0] == 2
    status, _, err = run(b"", "parse", "/nowhere/file")
    assert status == 2
    assert "No such file" in err


def test_it_runs_with_nothing_but_the_standard_library(tmp_path: Path) -> None:
    sample = tmp_path / "sample.835"
    sample.write_bytes(write_remit(HEADER, [remit()]))
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(root)!r}); sys.argv = ['edi', 'parse', "
            f"{str(sample)!r}]; import runpy; runpy.run_module('edi', run_name='__main__')",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 4
