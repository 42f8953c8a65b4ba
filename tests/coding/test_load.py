"""Loading releases: by side of each other, a repeat changes nothing, a wrong file changes nothing."""

from collections.abc import Iterable
from datetime import date

import pytest

from coding.domain.codefiles import WrongFile
from coding.domain.codefiles.rows import CodeRow, Row
from coding.models import Code, CodeSystem, Release, ReleaseKind, Term
from coding.operations.load import Incoming, Loaded, load_built_in, load_release
from coding.operations.load.built_in import icd10cm_rows
from tests.builders import NOW

pytestmark = pytest.mark.django_db

KNEE = CodeRow("icd10cm", "M17", "Osteoarthritis of knee", billable=False)
RIGHT = CodeRow("icd10cm", "M17.11", "Unilateral primary osteoarthritis, right knee", parent="M17.1")
LEFT = CodeRow("icd10cm", "M17.12", "Unilateral primary osteoarthritis, left knee", parent="M17.1")


def load(rows: Iterable[Row], year: int = 2026, *, kind: ReleaseKind = ReleaseKind.ICD10CM, state: str = "") -> Loaded:
    """A release of a federal fiscal year."""
    incoming = Incoming(
        kind=kind,
        name=f"FY{year}",
        effective_from=date(year - 1, 10, 1),
        source="test.txt",
        sha256=state or f"{year}",
        rows=rows,
    )
    return load_release(incoming, now=NOW)


def codes_on(day: date) -> list[str]:
    return sorted(Code.objects.on(day).values_list("code", flat=True))


def test_releases_stand_side_by_side_and_the_day_decides() -> None:
    load([KNEE, RIGHT], 2025)
    load([KNEE, LEFT], 2026)
    assert codes_on(date(2025, 9, 30)) == ["M17", "M17.11"]
    assert codes_on(date(2025, 10, 1)) == ["M17", "M17.12"]
    assert codes_on(date(2020, 1, 1)) == ["M17", "M17.11"]  # before all: the first there is
    spans = Release.objects.order_by("effective_from").values_list("name", "effective_to")
    assert list(spans) == [("FY2025", date(2025, 9, 30)), ("FY2026", None)]


def test_the_same_bytes_change_nothing() -> None:
    first = load([KNEE, RIGHT])
    again = load([KNEE, RIGHT])
    assert (first.is_new, again.is_new) == (True, False)
    assert first.release == again.release
    assert Code.objects.count() == 2


def test_a_release_says_what_it_changes() -> None:
    load([KNEE, RIGHT], 2025)
    reworded = KNEE._replace(wording="Knee osteoarthritis")
    changes = load([reworded, LEFT], 2026).release.changes
    assert (changes["since"], changes["added"], changes["changed"], changes["deleted"]) == ("FY2025", 1, 1, 1)
    assert changes["samples"] == {
        "added": ["icd10cm M17.12"],
        "changed": ["icd10cm M17"],
        "deleted": ["icd10cm M17.11"],
    }


def test_a_corrected_file_takes_the_place_of_its_release() -> None:
    load([KNEE, RIGHT], state="first")
    corrected = load([KNEE, RIGHT._replace(wording="Right knee")], state="second")
    assert Release.objects.get().pk == corrected.release.pk
    assert Code.objects.get(code="M17.11").wording == "Right knee"
    assert corrected.release.changes["changed"] == 1


def test_a_code_that_stands_twice_loads_nothing() -> None:
    with pytest.raises(WrongFile, match="The file has icd10cm M17 twice."):
        load([KNEE, RIGHT, KNEE])
    assert (Release.objects.count(), Code.objects.count()) == (0, 0)


def test_wordings_with_commas_quotes_tabs_and_backslashes_survive() -> None:
    wording = 'Pain, "dull",\tleft\\right;\n50 %'
    load([KNEE._replace(wording=wording, notes={"includes": [wording]})])
    knee = Code.objects.get()
    assert (knee.wording, knee.notes) == (wording, {"includes": [wording]})


def test_a_release_without_instructions_takes_those_that_are_known() -> None:
    noted = {"inclusion_terms": ["Worn right knee"], "excludes1": ["injury (S80-S89)"]}
    load([KNEE, RIGHT._replace(notes=noted)], 2025)
    load([KNEE, RIGHT], 2026)
    for row in Code.objects.filter(code="M17.11"):
        assert row.notes == noted
    assert list(Term.objects.values_list("text", "code", "release__name")) == [
        ("Worn right knee", "M17.11", "FY2025"),
        ("Worn right knee", "M17.11", "FY2026"),
    ]


def test_what_is_built_in_loads_once_and_gives_way_to_official_tables() -> None:
    cpt = [CodeRow("cpt", "99213", "As licensed")]
    load(cpt, kind=ReleaseKind.CPT)
    built_in = {loaded.release.kind for loaded in load_built_in(now=NOW)}
    assert {ReleaseKind.ICD10CM, ReleaseKind.HCPCS} <= built_in
    assert ReleaseKind.CPT not in built_in
    assert load_built_in(now=NOW) == []
    assert Code.objects.get(code="J3301").system == CodeSystem.HCPCS
    load([CodeRow("hcpcs", "J3301", "As published")], kind=ReleaseKind.HCPCS)
    assert Code.objects.filter(system=CodeSystem.HCPCS).get().wording == "As published"
    assert load_built_in(now=NOW) == []


def test_an_icd10cm_code_comes_with_its_own_instructions() -> None:
    rows = {row.code: row for row in icd10cm_rows()}
    assert len(rows) > 97_000
    diabetes = rows["E11"]
    assert not diabetes.billable
    assert diabetes.notes["excludes1"]
    assert rows["E11.42"].billable
    assert rows["E11.42"].parent == "E11.4"
    assert rows["B20"].billable  # a category that is a block as well
    assert "A: initial encounter for closed fracture" in rows["S52"].notes["seventh"]
