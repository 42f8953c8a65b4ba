"""`manage.py load_codes KIND FILE`: plain, gz and zip; what it says, what it refuses, and that it is all or nothing."""

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from coding.models import Code, CodeSystem, PairEdit, Release, ReleaseKind, Term
from tests.builders import a_release, add_codes
from tests.coding import code_files as files
from tests.coding.code_files import write

pytestmark = pytest.mark.django_db


def load(kind: str, *paths: Path, **options: object) -> str:
    out = io.StringIO()
    call_command("load_codes", kind, *map(str, paths), stdout=out, **options)
    return out.getvalue()


def refused(kind: str, *paths: Path, **options: object) -> str:
    """What the command says; nothing is loaded."""
    before = (Release.objects.count(), Code.objects.count(), PairEdit.objects.count())
    with pytest.raises(CommandError) as refusal:
        load(kind, *paths, **options)
    assert (Release.objects.count(), Code.objects.count(), PairEdit.objects.count()) == before
    said = str(refusal.value)
    assert said.startswith("Nothing was loaded. ")
    assert "\n" not in said
    return said.removeprefix("Nothing was loaded. ")


def test_the_right_text_is_found_in_a_zip_and_named_by_it(tmp_path: Path) -> None:
    path = tmp_path / "code-descriptions.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("icd10OrderFiles.pdf", b"%PDF-1.6 layout")
        archive.writestr("icd10cm_order_addenda_2025.txt", "Add:         1 A000    Cholera\n")
        archive.writestr("Table and Index/icd10cm_order_2025.txt", files.ORDER.replace("\n", "\r\n"))
    said = load("icd10cm", path)
    assert said.splitlines() == [
        "ICD-10-CM FY2025: 5 rows from code-descriptions.zip, in force from 10/01/2024.",
        "Search: 1 index built.",
    ]
    assert Code.objects.get(code="A00.0").wording == "Cholera due to Vibrio cholerae 01, biovar cholerae"


def test_gzip_and_windows_letters(tmp_path: Path) -> None:
    path = tmp_path / "ccipra_2024q3.txt.gz"
    path.write_bytes(gzip.compress(files.PAIRS.replace("More", "M\u00e9re").encode("cp1252")))
    assert "NCCI pairs, practitioner 2024q3: 2 rows" in load("ptp-practitioner", path)
    assert PairEdit.objects.get(column_one="45385").rationale == "Mére extensive procedure"


def test_pairs_that_cms_cut_in_pieces_are_one_release(tmp_path: Path) -> None:
    one = write(tmp_path, "ccipra-v303r0-f1.txt", files.PAIRS)
    two = write(tmp_path, "ccipra-v303r0-f2.txt", files.PAIRS.replace("45385", "46606"))
    assert "2024q4: 4 rows from ccipra-v303r0-f1.txt, ccipra-v303r0-f2.txt" in load("ptp-practitioner", one, two)


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "icd10cm_order_2025.txt", files.ORDER)
    load("icd10cm", path)
    keys = set(Code.objects.values_list("pk", flat=True))
    assert load("icd10cm", path) == "ICD-10-CM FY2025 is loaded already from the same file. Nothing was changed.\n"
    assert set(Code.objects.values_list("pk", flat=True)) == keys


def test_it_says_what_changed(tmp_path: Path) -> None:
    load("icd10cm", write(tmp_path, "icd10cm_order_2025.txt", files.ORDER))
    lines = files.ORDER.replace("biovar eltor", "El Tor").splitlines(keepends=True)
    said = load("icd10cm", write(tmp_path, "icd10cm_order_2026.txt", "".join(lines[:4])))
    assert "Since FY2025: 0 added, 1 changed, 1 deleted.\n  changed: A00.1\n  deleted: S52.501A" in said


def test_the_person_says_what_the_file_does_not(tmp_path: Path) -> None:
    path = write(tmp_path, "ours.csv", "code,wording\n99213,Our words\n")
    assert refused("cpt", path) == (
        "ours.csv does not say from which day it holds. Add --effective and the day, as in 2025-10-01."
    )
    load("cpt", path, release="2026 licence", effective=date(2026, 1, 1))
    assert Release.objects.get().name == "2026 licence"
    load("cpt", path, effective=date(2027, 1, 1))  # the same words hold on for another year
    assert list(Release.objects.order_by("effective_from").values_list("name", "effective_to")) == [
        ("2026 licence", date(2026, 12, 31)),
        ("2027-01-01", None),
    ]


def test_the_tabular_list_gives_its_instructions_to_the_codes_of_its_time(tmp_path: Path) -> None:
    tabular = write(tmp_path, "icd10cm-tabular-2025.xml", files.TABULAR)
    assert refused("icd10cm-tabular", tabular).startswith("There is no ICD-10-CM release to put these instructions on.")
    load("icd10cm", write(tmp_path, "icd10cm_order_2025.txt", files.ORDER))
    assert "ICD-10-CM tabular instructions FY2025: 3 rows" in load("icd10cm-tabular", tabular)
    assert Code.objects.get(code="A00").notes == {"excludes1": ["food poisoning (A05.-)"]}
    assert Term.objects.get().text == "Classical cholera"
    assert "Nothing was changed" in load("icd10cm-tabular", tabular)


@pytest.mark.parametrize(
    ("kind", "name", "text", "says"),
    [
        ("rvu", "mue_2024q3.csv", files.UNITS, "mue_2024q3.csv looks like a file of medically unlikely edits: load it"),
        ("mue-practitioner", "a_2024q3.csv", files.ADD_ONS, "looks like a file of add-on edits: load it as kind add"),
        ("icd10cm", "icd10cm_codes_2025.txt", "A000    Cholera\n", "is not of kind icd10cm: icd10cm_codes_2025.txt"),
        ("ptp-outpatient", "ccipra-v303r0-f1.txt", files.PAIRS, "is for kind ptp-practitioner, not ptp-outpatient."),
        ("hcpcs", "empty.csv", "", "empty.csv is empty."),
        ("rvu", "PPRRVU2025_Oct.csv", files.RVU.partition("29881")[0], "PPRRVU2025_Oct.csv has no rows."),
        ("rvu", "PPRRVU2025_Oct.csv", files.RVU + "99213,,,A,,1.3", "Line 5 is no line of a PPRRVU file, or is cut"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_and_named(kind: str, name: str, text: str, says: str, tmp_path: Path) -> None:
    assert says in refused(kind, write(tmp_path, name, text))


def test_damaged_archives_and_files_that_are_not_there(tmp_path: Path) -> None:
    many = "".join(f"{code}\t{code + 7}\t\t\t*\t1\t\n" for code in range(20000, 30000))
    whole = gzip.compress((files.PAIRS + many).encode())
    cut = tmp_path / "ccipra_2024q3.txt.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    assert "is cut short or damaged. Download it again." in refused("ptp-practitioner", cut)
    broken = tmp_path / "icd10cm_2025.zip"
    broken.write_bytes(b"PK\x03\x04" + bytes(100))
    assert "is cut short or damaged. Download it again." in refused("icd10cm", broken)
    assert refused("icd10cm", tmp_path / "nowhere.zip").startswith("There is no file ")


def test_a_part_of_a_large_table_is_refused(tmp_path: Path) -> None:
    def table(first: int, last: int) -> str:
        return files.UNITS + "".join(f"{code:05},1,3,x\n" for code in range(first, last))

    half = write(tmp_path, "mue_practitioner_2024q3.csv", table(10000, 12000))
    assert "has no codes that begin with 0: it is only a part of the file." in refused("mue-practitioner", half)
    load("mue-practitioner", write(tmp_path, "mue_practitioner_2024q4.csv", table(9000, 11000) + "99999,1,3,x\n"))
    fewer = write(tmp_path, "mue_practitioner_2025q1.csv", table(9500, 10500) + "99998,1,3,x\n")
    assert "has 1,003 rows where the release before has 2,003: it is only a part." in refused("mue-practitioner", fewer)


def test_a_code_that_stands_twice(tmp_path: Path) -> None:
    path = write(tmp_path, "mue_practitioner_2024q3.csv", files.UNITS + "99213,3,3,x\n")
    assert refused("mue-practitioner", path) == "The file has 99213 twice."


def test_official_codes_keep_the_kinds_that_pages_show(tmp_path: Path) -> None:
    earlier = a_release(ReleaseKind.CPT, effective_from=date(2025, 1, 1))
    add_codes(CodeSystem.CPT, {"99213": "Ours"}, earlier, kind="visit")
    load("cpt", write(tmp_path, "cpt.csv", "99213,Licensed\n"), effective=date(2026, 1, 1))
    assert Code.objects.get(wording="Licensed").kind == "visit"
