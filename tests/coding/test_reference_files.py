"""Every real file of ../shared/reference loads by the documented command; skipped where there are none.

The practitioner's pairs, 2.5 million, are left to the command line (docs/coding.md has their time); a piece of them
shows that a piece is refused.
"""

import gzip
import io
from itertools import islice
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from coding.catalogue import ADD_ON_ROWS, GPCI_ROWS, PAIR_ROWS, UNIT_ROWS, VALUE_ROWS
from coding.domain.codefiles.ncci import ncci_pairs
from coding.domain.codefiles.rows import AddOnRow, GpciRow, UnitRow, ValueRow
from coding.models import AddOnEdit, Code, Gpci, RelativeValue, Release, Term, UnitLimit

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not REFERENCE.is_dir(), reason="the real files are not part of the project"),
]
FILES = [
    ("icd10cm", "icd10cm_order_fy2025.zip", 97_584),
    ("icd10cm-index", "icd10cm_alphabetic_index_fy2025.csv", 75_904),
    ("icd10cm-neoplasm", "icd10cm_neoplasm_table_fy2025.csv", 9_085),
    ("icd10cm-drug", "icd10cm_drug_table_fy2025.csv", 40_075),
    ("icd10cm-external", "icd10cm_external_causes_index_fy2025.csv", 7_478),
    ("icd10pcs", "icd10pcs_codes_fy2025.zip", 78_948),
    ("hcpcs", "hcpcs_level2_short_2026q2.csv", 6_664),
    ("mue-practitioner", "mue_practitioner_2024q3.csv", 14_677),
    ("mue-outpatient", "mue_outpatient_2024q3.csv", 14_628),
    ("add-on", "addon_edits_2024q2.csv", 7_465),
    ("rvu", "PPRRVU2025_Oct_no_descriptions.csv", 19_090),
    ("gpci", "GPCI2025.csv", 109),
    ("locality", "25LOCCO.csv", 110),
    ("anesthesia", "ANES2025.csv", 109),
]
PAIRS = REFERENCE / "ncci_ptp_practitioner_2024q3.tsv.gz"


def load(kind: str, path: Path) -> None:
    call_command("load_codes", kind, str(path), stdout=io.StringIO())


@pytest.mark.parametrize(("kind", "name", "rows"), FILES, ids=lambda value: str(value))
def test_a_real_file_loads_whole(kind: str, name: str, rows: int) -> None:
    load(kind, REFERENCE / name)
    assert Release.objects.get().rows == rows


def test_real_codes_and_terms_read_as_published() -> None:
    load("icd10cm", REFERENCE / "icd10cm_order_fy2025.zip")
    load("icd10cm-index", REFERENCE / "icd10cm_alphabetic_index_fy2025.csv")
    assert Code.objects.filter(billable=True).count() == 74_260
    assert Code.objects.get(code="E11.42").parent == "E11.4"
    assert set(Term.objects.filter(text="abscess abdomen wall").values_list("code", flat=True)) <= {"L02.211"}
    assert Term.objects.exclude(code="").count() > 70_000


def test_the_built_in_tables_say_what_cms_says() -> None:
    for kind, name in (
        ("mue-practitioner", "mue_practitioner_2024q3.csv"),
        ("add-on", "addon_edits_2024q2.csv"),
        ("rvu", "PPRRVU2025_Oct_no_descriptions.csv"),
        ("gpci", "GPCI2025.csv"),
    ):
        load(kind, REFERENCE / name)
    limits = {UnitRow(*row) for row in UnitLimit.objects.values_list("code", "units", "adjudication")}
    assert set(UNIT_ROWS) <= limits
    add_ons = {AddOnRow(*row) for row in AddOnEdit.objects.values_list("add_on", "primary", "edit_type")}
    assert set(ADD_ON_ROWS) <= add_ons
    assert set(VALUE_ROWS) <= {ValueRow(*row) for row in RelativeValue.objects.values_list(*ValueRow._fields)}
    assert set(GPCI_ROWS) <= {GpciRow(*row) for row in Gpci.objects.values_list(*GpciRow._fields)}


def test_the_built_in_pairs_are_cmss() -> None:
    wanted = {(pair.column_one, pair.column_two) for pair in PAIR_ROWS}
    with gzip.open(PAIRS, "rt") as lines:
        near = (line for line in lines if (line[:5], line[6:11]) in wanted)
        real = {(*row[:2], row.modifier_indicator) for row in ncci_pairs(near) if row.deleted_on is None}
    assert {(*pair[:2], pair.modifier_indicator) for pair in PAIR_ROWS} <= real


def test_a_piece_of_the_pairs_is_refused(tmp_path: Path) -> None:
    piece = tmp_path / "ncci_ptp_practitioner_2024q3.tsv"
    with gzip.open(PAIRS, "rt") as lines:
        piece.write_text("".join(islice(lines, 20_000)))
    with pytest.raises(CommandError, match="it is only a part of the file"):
        load("ptp-practitioner", piece)
    assert not Release.objects.exists()
