"""The whole loop with the simulated clearinghouse, which shares no code with ours."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.models import Claim, ClaimEvent, InboundFile, StatusInquiry
from claims.stages import acknowledge_claims, fetch_inbound, poll_claim_status, submit_ready_claims
from compliance.models import Practice
from compliance.scope import practice_scope
from payersim.clock.loop import Clearinghouse
from tests.builders import NOW, a_provider
from tests.claims.wire import Post, a_claim
from tests.payersim.samples import NPI, RENDERING, network
from worklist.domain.kinds import Kind
from worklist.models import WorkItem


@pytest.fixture
def claims(practice: Practice) -> list[Claim]:
    """Two claims that the payer will take, and one of a member it does not know."""
    with practice_scope(practice.pk):
        Practice.objects.filter(pk=practice.pk).update(npi=NPI)
        doctor = a_provider(practice, npi=RENDERING)
        return [a_claim(practice, visit={"provider": doctor}) for _ in range(3)]


@pytest.fixture
def payers(exchange: Path, practice: Practice, claims: list[Claim]) -> Iterator[Clearinghouse]:
    members = [
        {
            "member_id": claim.coverage.member_id,
            "last_name": claim.patient.last_name,
            "first_name": claim.patient.first_name,
            "birth_date": f"{claim.patient.birth_date}",
            "sex": claim.patient.sex,
            "active_from": "2025-01-01",
            "active_to": None,
        }
        for claim in claims[:2]
    ]
    raw: dict[str, Any] = network(members=members, acknowledge_hours=6, decision_days=[20, 20])
    raw["practices"][0] |= {"tax_id": practice.tax_id}
    (exchange / "payers.json").write_text(json.dumps(raw))
    house = Clearinghouse(exchange, exchange / "payers.json")
    yield house
    house.close()


def hear(practice: Practice, payers: Clearinghouse, at: datetime) -> None:
    payers.tick(at)
    fetch_inbound.run(practice.pk, at)
    acknowledge_claims.run(practice.pk, at)


def statuses(practice: Practice) -> list[str]:
    with practice_scope(practice.pk):
        return list(Claim.objects.order_by("pk").values_list("status", flat=True))


def test_claims_go_out_and_answers_come_back(practice: Practice, payers: Clearinghouse, claims: list[Claim]) -> None:
    submit_ready_claims.run(practice.pk, NOW)
    hear(practice, payers, NOW)
    assert statuses(practice) == ["received"] * 3
    hear(practice, payers, NOW + timedelta(hours=6))
    assert statuses(practice) == ["accepted", "accepted", "rejected"]
    with practice_scope(practice.pk):
        item = WorkItem.objects.open().get(kind=Kind.CLAIM_REJECTED)
        assert (item.claim_id, item.category) == (claims[2].pk, "Eligibility")
        assert all(Claim.objects.exclude(pk=claims[2].pk).values_list("payer_control_number", flat=True))
        assert not InboundFile.objects.exclude(status="read").exists()
    week = NOW + timedelta(days=8)
    assert poll_claim_status.run(practice.pk, week) == 2
    hear(practice, payers, week)
    hear(practice, payers, week + timedelta(hours=1))
    assert statuses(practice) == ["pended", "pended", "rejected"]
    with practice_scope(practice.pk):
        assert set(StatusInquiry.objects.values_list("category", "status_code")) == {("P1", "20")}
        says = ClaimEvent.objects.filter(raw_kind="277").values_list("says", flat=True)
        assert set(says) == {"Harbor Mutual: in process, no action needed."}


def test_a_file_handed_over_twice_counts_once(practice: Practice, payers: Clearinghouse, claims: list[Claim]) -> None:
    """The clearinghouse refuses the second copy by its number (TA1 025), and our claims don't care."""
    submit_ready_claims.run(practice.pk, NOW)
    content = Post(practice).content("000000001.837")
    hear(practice, payers, NOW)
    (Post(practice).folder / "to_payer" / "again.837").write_bytes(content)
    hear(practice, payers, NOW + timedelta(hours=1))
    assert statuses(practice) == ["received"] * 3
    hear(practice, payers, NOW + timedelta(hours=6))
    assert statuses(practice) == ["accepted", "accepted", "rejected"]
