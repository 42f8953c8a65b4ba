"""`python -m edi`."""

import json
import os
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edi.claim_837p import write_claims
from edi.commands import main
from edi.envelope import Kind
from edi.tokenizer import read_segments
from tests.edi.kinds import SAMPLES, in_one_interchange, together
from tests.edi.samples import batch, claim

ROOT = Path(__file__).resolve().parents[2]
CLAIM = write_claims(batch(claim())).content
NAMES = {
    Kind.CLAIM_837P: ["claim_batch", *["claim"] * 5],
    Kind.CLAIM_837I: ["claim_batch", "institutional_claim", "institutional_claim"],
    Kind.CLAIM_837D: ["claim_batch", "dental_claim"],
    Kind.REMIT_835: ["remit", "remit_claim", "remit_claim", "provider_adjustment"] * 2,
    Kind.ACK_999: ["syntax_ack"],
    Kind.ACK_TA1: ["interchange_ack"],
    Kind.ACK_277CA: ["claim_ack"],
    Kind.STATUS_277: ["status_answer"] * 5,
    Kind.STATUS_276: ["status_inquiry"] * 2,
    Kind.ELIGIBILITY_270: ["eligibility_inquiry"] * 2,
    Kind.ELIGIBILITY_271: ["eligibility_answer"] * 2,
    Kind.REVIEW_278: ["review"],
}


class Done:
    """What a command left behind."""

    def __init__(self, content: bytes, *arguments: str) -> None:
        out, err = StringIO(), StringIO()
        self.status = main(list(arguments), stdin=BytesIO(content), stdout=out, stderr=err)
        self.out, self.err = out.getvalue(), err.getvalue()

    @property
    def facts(self) -> list[dict[str, Any]]:
        return [json.loads(each) for each in self.out.splitlines()]

    @property
    def kinds(self) -> list[str]:
        return [each["kind"] for each in self.facts]


def shell(
    *arguments: str, stdin: bytes = b"", out: Any = subprocess.PIPE, **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """The command as a process of its own, with nothing but the standard library."""
    return subprocess.run(
        [sys.executable, "-S", "-m", "edi", *arguments],
        input=stdin,
        stdout=out,
        stderr=subprocess.PIPE,
        check=False,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
    )


@pytest.mark.parametrize("kind", SAMPLES)
def test_parse_prints_a_line_for_each_fact(kind: Kind) -> None:
    done = Done(SAMPLES[kind], "parse", "-")
    assert (done.status, done.err) == (0, "")
    assert done.kinds == NAMES[kind]


def test_parse_prints_money_as_text_and_dates_in_iso() -> None:
    heading, found = Done(CLAIM, "parse", "-").facts
    assert heading["created_on"] == "2026-03-02"
    assert found["charge"] == "150"
    assert found["lines"][0]["service_from"] == "2026-02-20"
    assert "raw" not in found


def test_parse_names_the_group_of_an_adjustment() -> None:
    facts = Done(SAMPLES[Kind.REMIT_835], "parse", "-").facts
    adjustments = [each for fact in facts for each in fact.get("adjustments", [])]
    adjustments += [each for fact in facts for line in fact.get("lines", []) for each in line.get("adjustments", [])]
    assert adjustments
    assert all(each["group"] and each["reason"] and each["amount"] for each in adjustments)


def test_parse_takes_several_interchanges_in_their_order() -> None:
    done = Done(together(*SAMPLES.values()), "parse", "-")
    assert (done.status, done.err) == (0, "")
    assert done.kinds == [name for kind in SAMPLES for name in NAMES[kind]]


def test_parse_takes_several_groups_in_their_order() -> None:
    kinds = (Kind.STATUS_276, Kind.REMIT_835, Kind.CLAIM_837D)
    done = Done(in_one_interchange(*(SAMPLES[each] for each in kinds)), "parse", "-")
    assert done.kinds == [name for kind in kinds for name in NAMES[kind]]


def test_parse_tells_what_is_wrong_with_an_envelope_once() -> None:
    done = Done(SAMPLES[Kind.REMIT_835].replace(b"SE*", b"SE*9"), "parse", "-")
    problems = [each for each in done.facts if each["kind"] == "problem"]
    assert [each["code"] for each in problems] == ["SE01", "SE01"]


def test_parse_prints_what_stands_before_a_break() -> None:
    content = SAMPLES[Kind.REMIT_835]
    done = Done(content[: content.rindex(b"CLP*")], "parse", "-")
    assert done.status == 2
    assert done.kinds[:3] == ["remit", "remit_claim", "remit_claim"]
    assert done.err.count("\n") == 1


NOT_READABLE = [b"", b"not x12", b"\x00" * 500, CLAIM.replace(b"*00501*", b"*00401*"), CLAIM[:200]]


@pytest.mark.parametrize("command", ["parse", "validate", "acknowledge"])
@pytest.mark.parametrize("content", NOT_READABLE, ids=["empty", "text", "zeros", "4010", "ISA"])
def test_what_is_not_x12_ends_with_two_and_one_line(command: str, content: bytes) -> None:
    done = Done(content, command, "-")
    if content == NOT_READABLE[-1] and command != "parse":
        assert done.status in (1, 2)  # an ISA alone is X12 that breaks off
        return
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_a_kind_that_nobody_reads_is_said() -> None:
    done = Done(SAMPLES[Kind.STATUS_276].replace(b"ST*276*0001*005010X212", b"ST*820*0001*005010X218"), "parse", "-")
    assert done.status == 2
    assert "no transaction set of a kind that can be read" in done.err


def test_validate_is_silent_about_a_clean_file() -> None:
    done = Done(CLAIM, "validate", "-")
    assert (done.status, done.out) == (0, "0 errors, 0 warnings\n")
    assert Done(CLAIM, "validate", "--json", "-").out == ""


def test_validate_names_the_place_of_a_fault() -> None:
    content = CLAIM.replace(b"11:B:1", b"00:B:1")
    done = Done(content, "validate", "-")
    number = next(each.number for each in read_segments(content) if each.id == "CLM")
    assert done.status == 1
    assert f"segment {number}" in done.out
    (found,) = Done(content, "validate", "-", "--json").facts
    assert (found["segment"], found["element"], found["level"], found["severity"]) == ("CLM", 5, 5, "error")


def test_validate_lets_warnings_pass_unless_strict() -> None:
    content = CLAIM.replace(b"005010X222A1~ST", b"005010X222~ST")  # GS08 is not ST03
    assert Done(content, "validate", "-").out.endswith("0 errors, 1 warning\n")
    assert Done(content, "validate", "-").status == 0
    assert Done(content, "validate", "-", "--strict").status == 1


def test_acknowledge_accepts_or_names_what_is_wrong() -> None:
    done = Done(CLAIM, "acknowledge", "-")
    assert done.status == 0
    assert [each["status"] for each in Done(done.out.encode(), "parse", "-").facts if "status" in each] == ["A"]
    refused = Done(CLAIM.replace(b"~LX*1", b"~ZZZ*1~LX*1"), "acknowledge", "-")
    assert refused.status == 1
    (ack,) = [each for each in Done(refused.out.encode(), "parse", "-").facts if each["kind"] == "syntax_ack"]
    assert ack["status"] == "R"
    assert [each["segment_id"] for each in ack["sets"][0]["errors"]] == ["ZZZ"]


def test_diff_says_what_changed_in_words(tmp_path: Path) -> None:
    before, after = tmp_path / "before.837", tmp_path / "after.837"
    before.write_bytes(CLAIM)
    after.write_bytes(CLAIM.replace(b"11:B:1", b"11:B:7"))
    assert Done(CLAIM, "diff", str(before), "-").status == 0
    done = Done(b"", "diff", str(before), str(after))
    assert done.status == 1
    assert "  Frequency changed from 1 to 7\n" in done.out


def test_diff_names_what_only_one_file_has(tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.835", tmp_path / "part.835"
    content = SAMPLES[Kind.REMIT_835]
    first = content.index(b"CLP*")
    whole.write_bytes(content)
    part.write_bytes(content[:first] + content[content.index(b"CLP*", first + 3) :])
    done = Done(b"", "diff", str(whole), str(part))
    assert done.status == 1
    assert f"only in {whole}" in done.out


def test_a_terminal_gets_no_commands_out_of_a_file(tmp_path: Path) -> None:
    before, after = tmp_path / "before.837", tmp_path / "after.837"
    before.write_bytes(CLAIM)
    after.write_bytes(CLAIM.replace(b"11:B:1", b"11:B:\x1b[2J"))
    assert "\x1b" not in Done(b"", "diff", str(before), str(after)).out
    assert "\x1b" not in Done(after.read_bytes(), "validate", "-").out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["parse"],
        ["parse", "a", "b"],
        ["validate"],
        ["validate", "-", "--loud"],
        ["acknowledge"],
        ["diff", "-"],
        ["diff", "-", "-"],
        ["codes"],
        ["codes", "import", "carc", "/nowhere", "--to", "/nowhere"],
        ["parse", "/nowhere/file"],
        ["validate", "/"],
    ],
)
def test_a_wrong_call_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    done = Done(b"", *arguments)
    assert done.status in (1, 2)
    assert "Traceback" not in done.err
    assert done.err or capsys.readouterr().err


def test_help_is_no_mistake() -> None:
    assert Done(b"", "--help").out == Done(b"", "parse", "-h").out
    assert Done(b"", "--help").status == 0


def test_a_file_without_permission_is_said(tmp_path: Path) -> None:
    closed = tmp_path / "closed.835"
    closed.write_bytes(CLAIM)
    closed.chmod(0)
    done = Done(b"", "parse", str(closed))
    if os.geteuid():
        assert (done.status, done.err) == (2, f"{closed}: Permission denied\n")
    else:  # nothing is closed to the superuser
        assert done.status == 0


def test_official_lists_are_looked_up() -> None:
    assert Done(b"", "codes", "show", "carc", "45").out.startswith("45: ")


def test_it_runs_alone_with_the_standard_library() -> None:
    done = shell("parse", "-", stdin=CLAIM)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(each)["kind"] for each in done.stdout.splitlines()] == ["claim_batch", "claim"]
    done = shell("validate", "-", stdin=CLAIM)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"0 errors, 0 warnings\n", b"")


def test_names_beyond_ascii_print_whatever_the_terminal_takes() -> None:
    accented = CLAIM.replace(b"*ANNA*", "*ANNÉ*".encode()).replace(b"*Anna*", "*Anné*".encode())
    done = shell("parse", "-", stdin=accented, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(each)["kind"] for each in done.stdout.decode().splitlines()] == ["claim_batch", "claim"]


def test_a_closed_pipe_and_a_full_disk_end_quietly(tmp_path: Path) -> None:
    big = tmp_path / "big.835"
    big.write_bytes(together(*[SAMPLES[Kind.REMIT_835]] * 300))
    reading, writing = os.pipe()
    os.close(reading)
    done = shell("parse", str(big), out=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")
    if os.path.exists("/dev/full"):
        with open("/dev/full", "wb") as full:
            done = shell("parse", str(big), out=full)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr


@settings(max_examples=60, deadline=None)
@given(
    content=st.binary(max_size=400), head=st.booleans(), command=st.sampled_from(["parse", "validate", "acknowledge"])
)
def test_no_bytes_end_in_a_traceback(content: bytes, head: bool, command: str) -> None:
    done = Done(CLAIM[:106] + content if head else content, command, "-")
    assert done.status in (0, 1, 2)
    assert done.status != 2 or done.err.count("\n") == 1
