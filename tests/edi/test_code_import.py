"""Code lists: what is built in, dates, and taking over the official lists as their owners publish them."""

import io
from datetime import date
from pathlib import Path

import pytest

from edi.codes import bill_type, carc, claim_status, group, rarc, service_type, states, taxonomy
from edi.codes.commands import main
from edi.codes.importing import CannotImport, import_list, read_list
from edi.codes.load import KINDS, table
from edi.validate.tables import Tables

REASONS = [f"{number}" for number in range(1, 161)]


def carc_csv(extra: str = "") -> bytes:
    rows = "".join(f"{each},Reason {each},1/1/1995,\n" for each in REASONS)
    return f"Code,Description,Start Date,Stop Date\n{rows}{extra}".encode()


def run(*arguments: str) -> tuple[int, str, str]:
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(list(arguments), stdout=stdout, stderr=stderr), stdout.getvalue(), stderr.getvalue()


@pytest.mark.parametrize("kind", [each for each, what in KINDS.items() if what.built_in])
def test_every_built_in_code_has_the_shape_of_its_list(kind: str) -> None:
    matches = KINDS[kind].matches
    found = table(kind)
    assert len(found) >= 5
    assert [code for code in found if not matches(code)] == []
    assert all(each.says and len(each.says) < 80 and not each.says.endswith(".") for each in found.values())


def test_the_long_lists_are_long() -> None:
    assert len(carc.WORDS) >= 400
    assert len(rarc.WORDS) >= 1100
    assert len(claim_status.STATUSES) >= 700
    assert len(service_type.WORDS) >= 180
    assert len(taxonomy.WORDS) >= 150


@pytest.mark.parametrize(
    ("code", "day", "active"),
    [
        ("45", date(2026, 1, 1), True),
        ("17", date(2026, 1, 1), False),
        ("17", date(2009, 6, 30), True),
        ("17", date(2009, 7, 1), False),
        ("253", date(2013, 6, 1), False),
        ("253", None, True),
        ("125", None, False),
        ("999", None, False),
    ],
)
def test_a_reason_is_active_between_its_days(code: str, day: date | None, active: bool) -> None:
    assert table("carc").active(code, day) is active


def test_withdrawn_statuses_are_known_but_never_active() -> None:
    assert "10" in claim_status.STATUSES
    assert not claim_status.STATUSES_BUILT_IN.active("10", date(2010, 1, 1))
    assert claim_status.STATUSES_BUILT_IN.active("20", date(2010, 1, 1))


@pytest.mark.parametrize(
    ("state", "zip_code", "fits"),
    [
        ("MN", "558020001", True),
        ("MN", "90210", False),
        ("NY", "06390", True),
        ("TX", "88510", True),
        ("PR", "00901", True),
        ("AE", "09012", True),
        ("DC", "20201", True),
        ("ON", "12345", True),
    ],
)
def test_zip_codes_belong_to_states(state: str, zip_code: str, fits: bool) -> None:
    assert states.zip_fits(state, zip_code) is fits


def test_every_state_has_zip_codes() -> None:
    assert states.ZIP_PREFIXES.keys() == set(states.BUILT_IN)
    assert len(states.BUILT_IN) == 62


def test_shape_of_a_taxonomy() -> None:
    assert taxonomy.has_shape("207Q00000X")
    assert not any(map(taxonomy.has_shape, ("207Q00000Y", "207q00000X", "907Q00000X", "207Q0000X", "")))


def test_inpatient_bills() -> None:
    assert [each for each in bill_type.FACILITIES if bill_type.is_inpatient(each)][:4] == ["11", "12", "18", "21"]


def test_import_says_what_changed_and_is_idempotent(tmp_path: Path) -> None:
    first = import_list("carc", carc_csv(), tmp_path)
    assert (len(first.added), first.total) == (160, 160)
    again = import_list("carc", carc_csv(), tmp_path)
    assert again.nothing
    assert again.says == "carc: nothing changed, 160 codes."
    newer = (
        carc_csv("A1,Denied,1/1/1995,\n").replace(b"Reason 7,", b"Other words,").replace(b"160,Reason 160", b"161,New")
    )
    change = import_list("carc", newer, tmp_path)
    assert (change.added, change.removed, change.changed) == (("161", "A1"), ("160",), ("7",))


def test_imported_tables_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_list("carc", carc_csv().replace(b"Reason 45", b"Words of the owner"), tmp_path)
    assert table("carc", tmp_path).says("45") == "Words of the owner"
    assert "253" not in table("carc", tmp_path)
    assert "253" in table("carc")
    monkeypatch.setenv("EDI_CODES", str(tmp_path))
    assert carc.says("45") == "Words of the owner"
    assert group.says("CO") == group.WORDS["CO"]
    assert "253" not in Tables().reasons


def test_a_new_import_is_seen_at_once(tmp_path: Path) -> None:
    import_list("carc", carc_csv(), tmp_path)
    assert table("carc", tmp_path).says("9") == "Reason 9"
    import_list("carc", carc_csv().replace(b"Reason 9,", b"Another reason,"), tmp_path)
    assert table("carc", tmp_path).says("9") == "Another reason"


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("not a code,Words,1/1/1995,\n", "row 162"),
        ("200,,1/1/1995,\n", "200 has no words"),
        ("200,Words,yesterday,\n", "'yesterday' is not a date"),
        ("5,Other words,1/1/1995,\n", "5 stands in the file twice"),
    ],
)
def test_one_bad_row_refuses_the_whole_file(tmp_path: Path, extra: str, says: str) -> None:
    with pytest.raises(CannotImport, match=says):
        import_list("carc", carc_csv(extra), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_half_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match="at least 150"):
        import_list("carc", b"Code,Description\n1,Deductible\n", tmp_path)


def test_a_page_with_a_table() -> None:
    rows = "".join(
        f'<tr class="c"><td>{each}</td><td>Reason &amp; {each}<span><br />Start: 01/01/1995 | Last Modified: 09/20/2009'
        f"{' | Stop: 07/01/2009' if each == '17' else ''}</span></td></tr>"
        for each in REASONS
    )
    found = {each.code: each for each in read_list("carc", f"<html><table>{rows}</table></html>".encode())}
    assert len(found) == 160
    assert (found["17"].says, found["17"].start, found["17"].stop) == (
        "Reason & 17",
        date(1995, 1, 1),
        date(2009, 7, 1),
    )
    assert found["18"].stop is None


def test_tabs_plain_text_and_the_icd_order_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_list("relationship", b"code\tname\n01\tA\n18\tB\n19\tC\n20\tD\n21\tE\n")[1].says == "B"
    assert read_list("relationship", b"01 One\n18 Self itself\n19 C\n20 D\n21 E\n")[1].says == "Self itself"
    monkeypatch.setitem(KINDS, "icd10cm", KINDS["relationship"].__class__(name="D", shape=r"[A-Z]\d[0-9A-Z]{1,5}"))
    order = (
        f"00001 A00     0 {'Head':60} Head\n"
        f"00002 A000    1 {'Short words':60} Long words of the code\n"
        f"00003 A001    1 {'Short only':60}\n"
    )
    assert [(each.code, each.says) for each in read_list("icd10cm", order.encode())] == [
        ("A000", "Long words of the code"),
        ("A001", "Short only"),
    ]


def test_taxonomy_list_as_published() -> None:
    head = "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section\n"
    rows = "".join(f"207Q{number:05d}X,Physicians,Family,,Text,,Name {number},Individual\n" for number in range(300))
    found = read_list("taxonomy", (head + rows).encode("cp1252"))
    assert (len(found), found[7].code, found[7].says) == (300, "207Q00007X", "Name 7")


def test_places_of_service_as_published_leave_out_what_is_unassigned() -> None:
    rows = "".join(f"<tr><td>{number:02d}</td><td>Place {number}</td><td>Words</td></tr>" for number in range(1, 41))
    page = (
        "<table><tr><th>Place of Service Code(s)</th><th>Place of Service Name</th><th>Description</th></tr>"
        f"{rows}<tr><td>43-48</td><td>Unassigned</td><td>N/A</td></tr></table>"
    )
    found = read_list("place_of_service", page.encode())
    assert (len(found), found[0].code, found[0].says) == (40, "01", "Place 1")


def test_drug_codes_get_their_eleven_digits() -> None:
    rows = "".join(f"0409-{number:04d}-1\tA vial\t20200101\t\n" for number in range(1000))
    head = "NDCPACKAGECODE\tPACKAGEDESCRIPTION\tSTARTMARKETINGDATE\tENDMARKETINGDATE\n"
    found = read_list("ndc", (head + rows).encode())
    assert (len(found), found[7].code, found[7].start) == (1000, "00409000701", date(2020, 1, 1))


def test_the_command(tmp_path: Path) -> None:
    source = tmp_path / "reasons.csv"
    source.write_bytes(carc_csv())
    target = tmp_path / "tables"
    assert run("import", "carc", str(source), "--to", str(target)) == (
        0,
        "carc: 160 added, 0 changed, 0 removed, now 160 codes.\n  added: 1, 10, 100, 101, 102 and 155 more\n",
        "",
    )
    status, listed, _ = run("list", "--from", str(target))
    assert status == 0
    assert "carc                         160  imported\n" in listed
    assert run("show", "carc", "3", "--from", str(target))[:2] == (0, "3: Reason 3 (from 1995-01-01)\n")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["import", "carc", "/no/such/file", "--to", "/tmp"], 1),
        (["import", "carc", "/dev/null"], 2),
        (["show", "carc", "QQ"], 1),
    ],
)
def test_the_command_refuses_in_words(arguments: list[str], status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDI_CODES", raising=False)
    code, _, said = run(*arguments)
    assert code == status
    assert said


def test_imported_diagnoses_replace_the_shape(tmp_path: Path) -> None:
    content = "".join(f"A{number:06d} Words\n" for number in range(10_000)).encode()
    import_list("icd10cm", content, tmp_path)
    assert Tables(tmp_path).is_diagnosis("A000001")
    assert not Tables(tmp_path).is_diagnosis("E119")
    assert Tables().is_diagnosis("E119")
