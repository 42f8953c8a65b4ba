"""Audits over HTTP: blind before the second coding is fixed, open after; each person sees what is theirs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coding.domain.audits import as_json
from coding.domain.codes import CaseCodes, Service
from coding.models import AuditPlan, CodingAudit
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.operations import issue_token
from compliance.scope import practice_scope
from tests import builders
from tests.builders import NOW
from tests.coding.samples import NOTE, load_samples
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, open_items

pytestmark = pytest.mark.django_db
FIRST = CaseCodes(("E11.9", "I10"), (Service(code="99214", modifiers=("25",), pointers=(1,)),))
PAGE = {"revision": "0", "dx": ["I10"], "px": "99213", "modifiers": "25", "pointers": "A", "units": "1"}


@pytest.fixture
def people(person: Callable[..., User], practice: Practice) -> dict[str, User]:
    roles = {"coder": Role.CODER, "auditor": Role.CODING_AUDITOR, "supervisor": Role.SUPERVISOR}
    return {name: person(role, practice) for name, role in roles.items()}


@pytest.fixture
def audit(practice: Practice, people: dict[str, User]) -> CodingAudit:
    load_samples()
    with practice_scope(practice.pk):
        case = builders.a_case(practice, note=NOTE, diagnoses=FIRST.diagnoses, procedures=[("99214", ["25"], 1, [1])])
        case.coder = people["coder"]
        case.save()
        return CodingAudit.objects.create(
            practice=practice,
            case=case,
            coder=people["coder"],
            reasons=["random"],
            first=as_json(FIRST),
            sampled_at=NOW,
            due_date=builders.DAY,
        )


@pytest.fixture
def at(client: Client, people: dict[str, User]) -> Callable[[str], Client]:
    def signed_in(name: str) -> Client:
        client.force_login(people[name])
        return client

    return signed_in


def text(answer: Any) -> str:
    return str(answer.content.decode())


def fixed(at: Callable[[str], Client], audit: CodingAudit, **changed: Any) -> Client:
    auditor = at("auditor")
    auditor.post(f"/coding/audits/{audit.pk}/take")
    assert auditor.post(f"/coding/audits/{audit.pk}/fix", PAGE | changed).status_code == 302
    return auditor


def explained(at: Callable[[str], Client], audit: CodingAudit) -> None:
    auditor = fixed(at, audit)
    reasons = {f"reason_{n}": "As the note says" for n in range(1, 9)}
    answer = auditor.post(f"/coding/audits/{audit.pk}/explain", reasons | {"note": "Read the plan again."})
    assert answer.status_code == 302


def status(audit: CodingAudit) -> tuple[str, str]:
    with practice_scope(audit.practice_id):
        found = CodingAudit.objects.get(pk=audit.pk)
        return found.status, found.outcome


def test_before_and_while_coding_nothing_tells_the_first_codes(at: Callable[[str], Client], audit: CodingAudit) -> None:
    auditor = at("auditor")
    url = f"/coding/audits/{audit.pk}/"
    pages = [text(auditor.get("/coding/audits/")), text(auditor.get(url))]
    auditor.post(f"{url}take")
    pages += [text(auditor.get(url)), text(auditor.get(f"{url}search", {"q": "E11.9"}))]
    assert "on this visit" not in pages[-1]
    assert not any(code in page for page in pages[:3] for code in ("E11.9", "99214"))
    answer = auditor.get(f"/coding/{audit.case_id}/")
    assert (answer.status_code, answer["Location"]) == (302, url)
    assert auditor.get(f"/coding/{audit.case_id}/search", {"q": "E11.9"}).status_code == 404
    with practice_scope(audit.practice_id):
        assert not AuditEvent.objects.filter(verb="case.viewed").exists()


def test_a_program_is_told_no_code_before_it_is_fixed(
    at: Callable[[str], Client], client: Client, audit: CodingAudit, people: dict[str, User]
) -> None:
    key = issue_token(user=people["auditor"], name="t", scopes=["coding.audit"], now=NOW)[1]

    def body() -> dict[str, Any]:
        answer = client.get(f"/api/v1/coding-audits/{audit.pk}/", headers={"authorization": f"Bearer {key}"})
        return dict(answer.json())

    assert "first" not in body()
    assert body()["codes"] == []
    fixed(at, audit)
    assert {row["category"] for row in body()["codes"]} == {"added", "sequencing", "level_high"}


def test_the_second_coder_codes_and_then_sees_both(at: Callable[[str], Client], audit: CodingAudit) -> None:
    auditor = at("auditor")
    url = f"/coding/audits/{audit.pk}/"
    auditor.post(f"{url}take")
    headers = {"HX-Request": "true"}
    added = auditor.post(f"{url}codes", PAGE | {"add": "m17.11"}, headers=headers)
    assert (added.status_code, 'value="M17.11"' in text(added)) == (200, True)
    wrong = auditor.post(f"{url}codes", PAGE | {"revision": "1", "modifiers": "2"}, headers=headers)
    assert (wrong.status_code, "two letters or digits" in text(wrong)) == (422, True)
    auditor.post(f"{url}fix", PAGE | {"revision": "1"})
    page = text(auditor.get(url))
    assert "Visit level too high" in page
    assert "Not supported by the note" in page
    assert 'name="reason_1"' in page


def test_the_visits_coder_sees_it_only_when_it_is_explained(at: Callable[[str], Client], audit: CodingAudit) -> None:
    url = f"/coding/audits/{audit.pk}/"
    assert at("coder").get(url).status_code == 404
    assert "Okafor" not in text(at("coder").get("/coding/audits/"))
    explained(at, audit)
    coder = at("coder")
    assert "Okafor" in text(coder.get("/coding/audits/?view=coder"))
    page = text(coder.get(url))
    assert "Read the plan again." in page
    assert coder.post(f"{url}answer", {"answer": "agree", "words": ""}).status_code == 302
    assert status(audit) == ("closed", "accepted")


def test_a_dispute_goes_to_the_supervisor(at: Callable[[str], Client], audit: CodingAudit) -> None:
    explained(at, audit)
    url = f"/coding/audits/{audit.pk}/"
    at("coder").post(f"{url}answer", {"answer": "dispute", "words": "Drug therapy was managed."})
    assert status(audit)[0] == "disputed"
    assert at("auditor").post(f"{url}settle", {"words": "No"}).status_code == 403
    supervisor = at("supervisor")
    assert "pick where the coder was right" in text(supervisor.get(url))
    assert supervisor.post(f"{url}settle", {"words": ""}).status_code == 422
    positions = _differing(audit)
    supervisor.post(f"{url}settle", {"words": "The plan supports it.", "pick": positions})
    assert status(audit) == ("closed", "overturned")


def _differing(audit: CodingAudit) -> list[int]:
    with practice_scope(audit.practice_id):
        return list(audit.codes.filter(agreed=False).values_list("position", flat=True))


def test_other_coders_see_no_audit(
    client: Client, audit: CodingAudit, person: Callable[..., User], practice: Practice
) -> None:
    client.force_login(person(Role.CODER, practice))
    assert client.get(f"/coding/audits/{audit.pk}/").status_code == 404
    assert client.post(f"/coding/audits/{audit.pk}/take").status_code == 403
    assert client.get("/coding/quality/").status_code == 403


def test_audit_work_is_seen_by_those_who_do_it(
    at: Callable[[str], Client],
    audit: CodingAudit,
    client: Client,
    person: Callable[..., User],
    practice: Practice,
) -> None:
    item = NewItem(
        practice_id=practice.pk,
        kind=Kind.CODING_AUDIT,
        subject_type="coding.codingaudit",
        subject_id=audit.pk,
        reason="Drawn: at random",
        patient_name="Okafor, Denise",
    )
    with practice_scope(practice.pk):
        open_items(items=[item], now=NOW)
    assert "Okafor" in text(at("auditor").get("/coding/"))
    assert "Okafor" not in text(at("coder").get("/worklist/"))
    explained(at, audit)
    assert "Okafor" in text(at("coder").get("/"))
    client.force_login(person(Role.CODER, practice))
    assert "Okafor" not in text(client.get("/worklist/?owner=all"))


def test_figures_open_the_rows_behind_them(at: Callable[[str], Client], audit: CodingAudit, practice: Practice) -> None:
    fixed(at, audit)
    with practice_scope(practice.pk):
        CodingAudit.objects.update(fixed_at=timezone.now())
    page = text(at("supervisor").get("/coding/quality/"))
    assert "0.0 %" in page
    assert 'href="/coding/audits/codes?agreed=no"' in page
    rows = text(at("supervisor").get("/coding/audits/codes?code=99214"))
    assert "Visit level too high" in rows
    assert "E11.9" not in rows
    assert "0 of 3" in " ".join(_plain(text(at("supervisor").get("/overview/"))).split())


def _plain(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_the_supervisor_sets_how_much_is_audited(
    at: Callable[[str], Client], audit: CodingAudit, practice: Practice
) -> None:
    fields = {
        "random": 10, "high_value": 20, "high_level": 0, "modifier": 0, "low_confidence": 0, "new_coder": 0,
        "auto_completed": 0,
    }  # fmt: skip
    data = {f"p{practice.pk}-{name}_percent": str(value) for name, value in fields.items()}
    data |= {
        f"p{practice.pk}-high_value": "350.00",
        f"p{practice.pk}-new_coder_days": "60",
        "practice": str(practice.pk),
    }
    assert at("auditor").get("/coding/audits/plan").status_code == 403
    supervisor = at("supervisor")
    assert "nothing is audited yet" in text(supervisor.get("/coding/audits/plan"))
    refused = supervisor.post("/coding/audits/plan", data | {f"p{practice.pk}-random_percent": "101"})
    assert refused.status_code == 422
    assert supervisor.post("/coding/audits/plan", data).status_code == 302
    with practice_scope(practice.pk):
        plan = AuditPlan.objects.get()
    assert (plan.random_percent, plan.high_value_percent, plan.new_coder_days) == (10, 20, 60)
    assert plan.high_value == 350
