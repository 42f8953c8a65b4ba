"""The pages of remittances: who may, what they show, what they cost."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim
from compliance.domain.permissions import Role
from compliance.models import AuditEvent, Practice, User
from compliance.scope import practice_scope
from payments.models import ProviderAdjustment, Remit, RemitClaim
from payments.queries.remit_page import remit_record
from payments.stages import ingest_remits, post_remits
from tests.builders import NOW
from tests.payments.builders import D, a_claim, a_file, a_line, a_plb, a_remit, an_answer, taken_back
from tests.payments.test_posting import paid_99213

People = Callable[..., User]


@pytest.fixture
def poster(client: Client, practice: Practice, person: People) -> Client:
    client.force_login(person(Role.POSTER, practice))
    return client


def receive(practice: Practice, *remits: object) -> Remit:
    with practice_scope(practice.pk):
        a_file(practice, *remits)  # type: ignore[arg-type]  # whatever the codec takes
        ingest_remits.run(practice.pk, NOW)
        post_remits.run(practice.pk, NOW)
        return Remit.objects.latest("pk")


def billed(practice: Practice, *lines: tuple[str, str], **fields: object) -> Claim:
    with practice_scope(practice.pk):
        return a_claim(practice, *lines, **fields)  # type: ignore[arg-type]  # overrides of any column


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def remit(practice: Practice) -> Remit:
    """Paid in part, unmatched with a suggestion, an untied takeback."""
    mixed = billed(practice, ("99214", "242.00"), ("20610", "168.00"))
    near = billed(practice, number="26-119030")
    with practice_scope(practice.pk):
        answers = [
            an_answer(
                mixed,
                a_line(1, "99214", "242", "0", "CO-4-242"),
                a_line(2, "20610", "168", "65.97", "CO-45-85.54", "PR-2-16.49"),
            ),
            replace(paid_99213(near), number="26-11903", payer_control_number=""),
        ]
    return receive(practice, a_remit(*answers, plb=[a_plb("WO", "0815", "20"), a_plb("L6", "", "-3.18")]))


def test_the_page_proves_explains_and_offers(poster: Client, remit: Remit) -> None:
    page = text_of(poster, reverse("remit_detail", args=[remit.pk]))
    assert "Balanced to the cent" in page
    assert "2 claims paid" in page
    assert "$128.37" in page
    assert "Earlier overpayment taken back (WO)" in page
    assert "2 exceptions" in page
    assert "No claim 26-11903; same patient, date and amount as 26-119030" in page
    assert "Match 26-119030" in page
    assert "Denied: modifier missing (CO-4)" in page
    assert "20 % coinsurance" in page
    assert "1 of 2 lines denied" in page
    assert "Waits for a decision" in page


def test_every_line_of_the_page_foots(remit: Remit) -> None:
    with practice_scope(remit.practice_id):
        record = remit_record(remit.pk, view="all", number=1)
    for claim in record.claims:
        for money in (claim.money, *(line.money for line in claim.lines)):
            assert money.charge == money.contractual + money.denied + money.patient + money.paid
    assert record.undecided == D("42.40")
    assert record.posted + record.undecided == remit.amount


def test_the_views_hold_the_claims_they_name(poster: Client, remit: Remit) -> None:
    with practice_scope(remit.practice_id):
        for view, shown in (("all", 2), ("denied", 1), ("patient", 2), ("junk", 2)):
            record = remit_record(remit.pk, view=view, number=1)
            assert len(record.claims) == record.shown == shown, view


def test_opening_it_is_recorded_for_each_patient_shown(poster: Client, remit: Remit) -> None:
    text_of(poster, reverse("remit_detail", args=[remit.pk]))
    with practice_scope(remit.practice_id):
        seen = AuditEvent.objects.filter(verb="remit.viewed")
        assert sorted(seen.values_list("subject_type", flat=True)) == [
            "payments.remit",
            "payments.remitclaim",
            "payments.remitclaim",
        ]


def test_a_poster_matches_by_the_offered_number(poster: Client, remit: Remit) -> None:
    with practice_scope(remit.practice_id):
        row = RemitClaim.objects.get(status="exception")
    answer = poster.post(reverse("remit_claim_match", args=[row.pk]), {"claim": "26-119030"}, follow=True)
    assert "Posted on 26-119030" in answer.content.decode()
    with practice_scope(remit.practice_id):
        row.refresh_from_db()
        assert row.status == "posted"


@pytest.mark.parametrize(
    ("claim", "says"),
    [("26-000000", "There is no claim 26-000000"), ("", "Claim number: This field is required")],
)
def test_a_wrong_number_is_refused_in_one_sentence(poster: Client, remit: Remit, claim: str, says: str) -> None:
    with practice_scope(remit.practice_id):
        row = RemitClaim.objects.get(status="exception")
    answer = poster.post(reverse("remit_claim_match", args=[row.pk]), {"claim": claim}, follow=True)
    assert says in answer.content.decode()
    with practice_scope(remit.practice_id):
        row.refresh_from_db()
        assert row.status == "exception"


def test_a_poster_sets_aside_and_accepts(poster: Client, remit: Remit) -> None:
    with practice_scope(remit.practice_id):
        row = RemitClaim.objects.get(status="exception")
        plb = ProviderAdjustment.objects.get(status="exception")
    poster.post(reverse("remit_claim_set_aside", args=[row.pk]), {"reason": "Not ours"})
    poster.post(reverse("remit_adjustment_accept", args=[plb.pk]), {"claim": "", "note": "Levy"})
    with practice_scope(remit.practice_id):
        remit.refresh_from_db()
        assert remit.status == "posted"


def test_a_poster_posts_the_clean_ones(poster: Client, practice: Practice) -> None:
    claim = billed(practice)
    with practice_scope(practice.pk):
        a_file(practice, a_remit(paid_99213(claim)))
        ingest_remits.run(practice.pk, NOW)
        remit = Remit.objects.get()
    url = reverse("remit_detail", args=[remit.pk])
    assert "Post 1 clean" in text_of(poster, url)
    poster.post(reverse("remit_post", args=[remit.pk]))
    assert "Post 1 clean" not in text_of(poster, url)


def test_a_reversal_says_what_it_takes_back(poster: Client, practice: Practice) -> None:
    claim, other = billed(practice), billed(practice)
    with practice_scope(practice.pk):
        first, back = a_remit(paid_99213(claim)), taken_back(paid_99213(claim))
        second = a_remit(back, paid_99213(other), trace="T2")
    receive(practice, first)
    page = text_of(poster, reverse("remit_detail", args=[receive(practice, second).pk]))
    assert "Takes back the payment of 05/18/26" in page


def test_raw_shows_a_segment_a_line(poster: Client, remit: Remit) -> None:
    page = text_of(poster, reverse("remit_raw", args=[remit.pk]))
    assert "\nCLP*26-11903*1*168*62.4~" in page


def test_the_list_filters_by_state_and_payer(poster: Client, practice: Practice, remit: Remit) -> None:
    claim = billed(practice)
    with practice_scope(practice.pk):
        sound = a_remit(paid_99213(claim), trace="SOUND1")
    receive(practice, sound)
    url = reverse("remit_list")
    assert "SOUND1" in text_of(poster, url)
    filtered = text_of(poster, f"{url}?state=exceptions&payer=Harbor+Mutual")
    assert "88213047" in filtered
    assert "SOUND1" not in filtered
    assert "No remittance matches" in text_of(poster, f"{url}?payer=Nobody")


URLS = ("remit_detail", "remit_raw")
DEEDS = ("remit_post",)


@pytest.mark.parametrize("name", URLS)
def test_another_practice_finds_nothing(
    client: Client, other_practice: Practice, person: People, remit: Remit, name: str
) -> None:
    client.force_login(person(Role.POSTER, other_practice))
    assert client.get(reverse(name, args=[remit.pk])).status_code == 404


def test_another_practice_decides_nothing(
    client: Client, other_practice: Practice, person: People, remit: Remit
) -> None:
    client.force_login(person(Role.POSTER, other_practice))
    with practice_scope(remit.practice_id):
        row = RemitClaim.objects.get(status="exception")
        plb = ProviderAdjustment.objects.get(status="exception")
    for name, pk in (
        ("remit_post", remit.pk),
        ("remit_claim_match", row.pk),
        ("remit_claim_set_aside", row.pk),
        ("remit_adjustment_accept", plb.pk),
    ):
        assert client.post(reverse(name, args=[pk])).status_code == 404, name
    assert client.get(reverse("remit_claim", args=[row.pk])).status_code == 404
    assert client.get(reverse("remit_adjustment", args=[plb.pk])).status_code == 404


def test_a_biller_reads_but_does_not_post(client: Client, practice: Practice, person: People, remit: Remit) -> None:
    client.force_login(person(Role.BILLER, practice))
    page = text_of(client, reverse("remit_detail", args=[remit.pk]))
    assert "Match 26-119030" not in page
    assert client.post(reverse("remit_post", args=[remit.pk])).status_code == 403


def test_a_coder_does_not_read_remittances(client: Client, practice: Practice, person: People, remit: Remit) -> None:
    client.force_login(person(Role.CODER, practice))
    assert client.get(reverse("remit_list")).status_code == 403
    assert client.get(reverse("remit_detail", args=[remit.pk])).status_code == 403


def cost(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_list_costs_the_same_for_one_and_twenty_five(poster: Client, practice: Practice) -> None:
    url = reverse("remit_list")
    receive(practice, a_remit(trace="R0"))
    one = cost(poster, url)
    receive(practice, *[a_remit(trace=f"R{n}", set_control_number=f"{n:04d}") for n in range(1, 25)])
    assert text_of(poster, url).count("data-row=") == 25
    assert cost(poster, url) == one


def test_the_page_costs_the_same_for_one_and_twenty_five(poster: Client, practice: Practice) -> None:
    claims = [billed(practice) for _ in range(52)]
    with practice_scope(practice.pk):
        answers = [paid_99213(claim) for claim in claims]
        lost = [replace(each, number=f"X{at}", payer_control_number="") for at, each in enumerate(answers)]
    small = receive(practice, a_remit(answers[0], lost[1], trace="S"))
    large = receive(practice, a_remit(*answers[2:27], *lost[27:], trace="L"))
    costs = [cost(poster, reverse("remit_detail", args=[each.pk])) for each in (small, large)]
    assert costs[0] == costs[1]
