"""What the tests of the claim pages share: claims in the states that a page shows, and people who look at them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.test import Client
from django.utils import timezone

from claims.models import Claim
from claims.operations.adjudicate import Adjudication, LineMoney, record_adjudication
from claims.operations.build import build_claims
from claims.operations.scrub import scrub_claims
from compliance.models import Practice
from compliance.scope import practice_scope
from tests.builders import a_case, a_patient, a_visit

NEEDS_25: tuple[tuple[Any, ...], ...] = (("99214", [], 1, [1, 2]), ("20610", ["RT"], 1, [1]))
TWO_DIAGNOSES = ("M17.11", "E11.9")
CLEAN: tuple[tuple[Any, ...], ...] = (("99213", [], 1, [1]),)
HTMX = {"HX-Request": "true"}


def held(practice: Practice, last_name: str = "Okafor", **fields: Any) -> Claim:
    """A claim that lacks modifier 25, with a one-key fix for it."""
    return scrubbed(practice, NEEDS_25, TWO_DIAGNOSES, last_name, **fields)


def ready(practice: Practice, last_name: str = "Okafor", **fields: Any) -> Claim:
    """A claim that passed every edit."""
    return scrubbed(practice, CLEAN, ("M17.11",), last_name, **fields)


def scrubbed(
    practice: Practice,
    procedures: Sequence[tuple[Any, ...]],
    diagnoses: Sequence[str],
    last_name: str,
    *,
    day: date | None = None,
    at: datetime | None = None,
) -> Claim:
    """A claim as the edits left it, of a visit a week ago unless told otherwise; call it outside any scope."""
    now = at or timezone.now()
    with practice_scope(practice.pk):
        seen_on = day or timezone.localdate() - timedelta(days=7)
        visit = a_visit(practice, patient=a_patient(practice, last_name=last_name), service_date=seen_on)
        case = a_case(practice, visit=visit, procedures=procedures, diagnoses=diagnoses)
        claim = build_claims(practice_id=practice.pk, case_ids=[case.pk], now=now)[0]
        scrub_claims(practice_id=practice.pk, claim_ids=[claim.pk], now=now)
        claim.refresh_from_db()
    return claim


def decided(claim: Claim, *, paid: str = "0", patient: str = "0", contractual: str = "0", denied: str = "0") -> Claim:
    """The claim after the payer decided its first line (the claim's own columns; the ledger is not posted)."""
    now = timezone.now()
    with practice_scope(claim.practice_id):
        Claim.objects.filter(pk=claim.pk).update(
            status="accepted", payer_control_number=f"ICN{claim.pk}", first_submitted_at=now, submitted_at=now
        )
        money = LineMoney(
            line_id=None,
            line_number=1,
            allowed=Decimal(paid) + Decimal(patient),
            contractual=Decimal(contractual),
            paid=Decimal(paid),
            patient=Decimal(patient),
            denied=Decimal(denied),
        )
        decision = Adjudication(
            claim_id=claim.pk,
            lines=(money,),
            denied=Decimal(denied) > 0,
            says=f"{claim.payer} decided.",
            tone="stop" if Decimal(denied) else "done",
            raw="CLP*1*4*168*0~CAS*CO*50*168~",
        )
        record_adjudication(practice_id=claim.practice_id, decisions=[decision], now=now)
        claim.refresh_from_db()
    return claim


def text(answer: Any) -> str:
    return str(answer.content.decode())


def queries_of(client: Client, url: str, assert_max: Callable[..., Any]) -> int:
    """How many queries a page makes."""
    with assert_max(400) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
