"""Coverage determinations: loaded rows become facts, the workbench warns, their page is searched."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coding.domain.codes import CaseCodes, Service
from coding.domain.edit_tables import Determination
from coding.domain.edits import findings_on
from coding.models import CodeSystem, CodingCase, CoveragePolicy, Gpci, ReleaseKind
from coding.operations import save_codes
from coding.queries import case_facts, codes_of, edit_tables
from compliance.models import Practice, User
from compliance.scope import practice_scope
from encounters.domain.status import PayerKind
from tests import builders
from tests.builders import DAY, NOW
from tests.coding.samples import load_samples, waiting_case

pytestmark = pytest.mark.django_db
INJECTION = Service(code="20610", modifiers=("RT",), pointers=(2,))


def rule(diagnosis: str, rule: str = "covered", **fields: Any) -> None:
    values: dict[str, Any] = {
        "release": builders.a_release(ReleaseKind.COVERAGE), "policy": "L33394", "title": "Injections of joints",
        "procedure": "20610", "diagnosis": diagnosis, "rule": rule,
    }  # fmt: skip
    CoveragePolicy.objects.create(**values | fields)


@pytest.fixture
def case(practice: Practice, coder: User) -> CodingCase:
    """A Medicare patient's knee injection that points at hypertension, with arthritis beside it."""
    load_samples()
    builders.add_codes(CodeSystem.ICD10CM, {"M17": "Osteoarthritis of knee"}, billable=False)
    with practice_scope(practice.pk):
        payer = builders.a_payer(practice, payer_id="MEDI", name="Medicare", kind=PayerKind.MEDICARE)
        visit = builders.a_visit(practice, payer=payer)
        case = waiting_case(practice, visit=visit)
        return save_codes(case_id=case.pk, diagnoses=["M17.11", "I10"], services=[INJECTION], actor=coder, now=NOW)


def determinations(*diagnoses: str, day: date = DAY) -> tuple[Determination, ...]:
    return edit_tables({day: {"20610"}}, diagnoses=diagnoses)[day].determinations.get("20610", ())


def found(case: CodingCase) -> dict[str, str]:
    with practice_scope(case.practice_id):
        codes = CaseCodes(("M17.11", "I10"), (INJECTION,))
        return {one.code: one.says for one in findings_on(case_facts(case.practice_id, {case.pk: codes})[case.pk])}


def test_rows_in_force_are_brought_together_by_policy(case: CodingCase) -> None:
    rule("M17", contractor="08202")
    rule("M17", contractor="08102")
    rule("I10", "excluded", contractor="08102")
    rule("E11.9", effective_to=date(2020, 1, 1))
    rule("J02.0", effective_from=date(2030, 1, 1))
    rule("M17.0", policy="NCD 1")
    (lcd, ncd) = determinations("M17.11", "I10", "E11.9", "J02.0")
    assert (lcd.policy, lcd.title, lcd.contractors) == (
        "L33394",
        "Injections of joints",
        frozenset({"08202", "08102"}),
    )
    assert (lcd.covered, lcd.excluded) == (frozenset({"M17"}), frozenset({"I10"}))
    assert (ncd.policy, ncd.contractors, ncd.covers_some, ncd.covered) == ("NCD 1", frozenset(), True, frozenset())
    assert determinations("E11.9", day=date(2019, 6, 1))[0].covered == {"E11.9"}


def test_a_key_points_the_line_to_what_is_covered(client: Client, coder: User, case: CodingCase) -> None:
    rule("M17")
    client.force_login(coder)
    page = client.get(f"/coding/{case.pk}/").content.decode()
    assert "L33394 (Injections of joints) covers 20610 for no diagnosis of line 1" in page
    assert 'href="/coding/policies/L33394/20610?on=2026-04-27&amp;case=' in page
    fields = {
        "revision": "1", "dx": ["M17.11", "I10"], "px": "20610", "modifiers": "RT", "pointers": "B", "units": "1",
        "fix": "CV01@line.1.pointers@",
    }  # fmt: skip
    answer = client.post(f"/coding/{case.pk}/codes", fields, headers={"HX-Request": "true"}).content.decode()
    assert "L33394" not in answer
    with practice_scope(case.practice_id):
        assert codes_of(CodingCase.objects.get(pk=case.pk)).services[0].pointers == (1, 2)


def test_the_place_of_the_visit_tells_the_contractor(case: CodingCase) -> None:
    rule("M17", contractor="08202")
    assert "CV01" in found(case)  # no cost indices are loaded: nobody knows the contractor
    gpci = builders.a_release(ReleaseKind.GPCI)
    with practice_scope(case.practice_id):
        state = case.encounter.location.state
    Gpci.objects.create(
        release=gpci, contractor="15202", locality="00", state=state, name="Ohio", work=1, practice_expense=1,
        malpractice=1,
    )  # fmt: skip
    assert "CV01" not in found(case)
    rule("M17", policy="L2", contractor="15202")
    assert found(case)["CV01"].startswith("L2 ")


def test_the_table_that_is_not_loaded_is_named_to_medicare_alone(
    client: Client, coder: User, case: CodingCase, practice: Practice
) -> None:
    client.force_login(coder)
    assert "Coverage determinations" in client.get(f"/coding/{case.pk}/").content.decode()
    with practice_scope(practice.pk):
        other = waiting_case(practice)
        save_codes(case_id=other.pk, diagnoses=["M17.11", "I10"], services=[INJECTION], actor=coder, now=NOW)
    assert "Coverage determinations" not in client.get(f"/coding/{other.pk}/").content.decode()


def test_determinations_cost_one_query_whatever_is_asked(case: CodingCase) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            determinations("M17.11", "I10")
        return len(queries)

    before = cost()
    rule("M17")
    assert cost() == before + 1
    for number in range(30):
        rule(f"M{number + 20}", policy=f"L{number}")
    assert cost() == before + 1


def test_what_is_covered_is_searched(client: Client, coder: User, case: CodingCase) -> None:
    rule("M17")
    rule("I10", "excluded")
    client.force_login(coder)
    url = "/coding/policies/L33394/20610"
    page = client.get(url, {"on": "2026-04-27"}).content.decode()
    assert "1 covered, 1 excluded" in page
    assert "Osteoarthritis of knee" in client.get(url, {"on": "2026-04-27", "q": "M17.11"}).content.decode()
    by_words = client.get(url, {"on": "2026-04-27", "q": "hypertension"}).content.decode()
    assert "Essential (primary) hypertension" in by_words
    assert "Osteoarthritis of knee" not in by_words
    assert "No diagnosis of this determination has" in client.get(url, {"q": "zzz"}).content.decode()
    assert f'href="/coding/{case.pk}/"' in client.get(url, {"case": case.pk}).content.decode()
    assert client.get("/coding/policies/L1/20610").status_code == 404
