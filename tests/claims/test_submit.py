"""Ready claims leave as one stored interchange, exactly once."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import pyx12.params
import pyx12.x12n_document
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.domain.status import ClaimStatus
from claims.gateways import FolderClearinghouse
from claims.models import Batch, BatchStatus, Claim, ClaimEvent, ClaimFinding, Submission
from claims.operations.batch import store_batch
from claims.operations.send import deliver_batches
from claims.stages import submit_ready_claims
from compliance.models import AuditEvent, Practice
from compliance.scope import practice_scope
from edi.claim_837p import read_claims
from encounters.models import Payer
from tests.builders import DAY, NOW, a_coverage, a_location, a_patient, a_payer, a_provider
from tests.claims.wire import Post, a_claim, claims_of
from worklist.domain.kinds import Kind
from worklist.models import WorkItem
from worklist.operations import NewItem, open_items

LATER = NOW + timedelta(hours=1)


def state(practice: Practice) -> list[tuple[Any, ...]]:
    """Everything that a second run must leave alone."""
    with practice_scope(practice.pk):
        return [
            *Claim.objects.order_by("pk").values_list("pk", "status", "status_at", "submitted_at"),
            *Batch.objects.order_by("pk").values_list("pk", "sha256", "sent_at", "status"),
            *Submission.objects.order_by("pk").values_list("pk", "answer"),
            (ClaimEvent.objects.count(), AuditEvent.objects.count(), WorkItem.objects.count()),
        ]


def test_ready_claims_leave_in_one_batch(practice: Practice) -> None:
    first, second = claims_of(practice, 2)
    assert submit_ready_claims.run(practice.pk, NOW) == 2
    with practice_scope(practice.pk):
        batch = Batch.objects.get()
        claim = Claim.objects.get(pk=first.pk)
        event = claim.events.get()
        positions = list(batch.submissions.order_by("position").values_list("claim_id", "position", "set_control"))
    assert Post(practice).sent() == ["000000001.837"]
    assert Post(practice).content("000000001.837") == bytes(batch.content)
    assert (batch.status, batch.sent_at, batch.claim_count, batch.charge_amount) == (
        BatchStatus.SENT, NOW, 2, Decimal("336.00"),
    )  # fmt: skip
    assert (claim.status, claim.first_submitted_at, claim.submitted_at) == (ClaimStatus.SUBMITTED, NOW, NOW)
    assert claim.poll_due_at == NOW + timedelta(days=7)
    assert (event.says, event.raw_kind) == ("Sent in batch 1.", "837P")
    assert event.raw.startswith(f"CLM*{first.number}*168*")
    assert positions == [(first.pk, 1, "0001"), (second.pk, 2, "0001")]


def test_a_submission_keeps_what_the_payer_was_told(practice: Practice) -> None:
    (claim,) = claims_of(practice, 1)
    submit_ready_claims.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        content = Submission.objects.get().content
        member = Claim.objects.select_related("coverage").get(pk=claim.pk).coverage.member_id
        assert bytes(Batch.objects.get().content).decode().find(content[-60:]) > 0
    assert f"*MI*{member}~" in content
    assert content.endswith("REF*6R*1~")


def test_running_twice_changes_nothing(practice: Practice) -> None:
    claims_of(practice, 3)
    submit_ready_claims.run(practice.pk, NOW)
    before = state(practice)
    assert submit_ready_claims.run(practice.pk, LATER) == 0
    assert state(practice) == before
    assert Post(practice).sent() == ["000000001.837"]


def test_a_crash_between_store_and_send_is_made_good(practice: Practice) -> None:
    (claim,) = claims_of(practice, 1)
    with practice_scope(practice.pk):
        store_batch(practice_id=practice.pk, claim_ids=[claim.pk], now=NOW)
    assert Post(practice).sent() == []
    assert submit_ready_claims.run(practice.pk, LATER) == 0
    assert Post(practice).sent() == ["000000001.837"]
    with practice_scope(practice.pk):
        assert Batch.objects.get().sent_at == LATER


@pytest.mark.parametrize("taken", [False, True])
def test_a_crash_between_send_and_record_sends_nothing_twice(practice: Practice, taken: bool) -> None:
    (claim,) = claims_of(practice, 1)
    with practice_scope(practice.pk):
        batch = store_batch(practice_id=practice.pk, claim_ids=[claim.pk], now=NOW)
    assert batch is not None
    post = Post(practice)
    FolderClearinghouse(post.folder).deliver("000000001.837", bytes(batch.content))
    if taken:
        post.take("000000001.837")
    submit_ready_claims.run(practice.pk, LATER)
    assert post.sent() == ([] if taken else ["000000001.837"])
    with practice_scope(practice.pk):
        batch.refresh_from_db()
    assert (batch.status, batch.sent_at) == (BatchStatus.SENT, LATER)


def test_a_folder_that_cannot_be_written_keeps_the_batch(practice: Practice) -> None:
    claims_of(practice, 1)
    post = Post(practice)
    post.folder.mkdir(parents=True)
    (post.folder / "to_payer").write_text("in the way")
    submit_ready_claims.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        assert Batch.objects.get().sent_at is None
    (post.folder / "to_payer").unlink()
    submit_ready_claims.run(practice.pk, LATER)
    assert post.sent() == ["000000001.837"]


class Watching(FolderClearinghouse):
    """Notes whether it was called inside a transaction."""

    inside: list[bool]

    def deliver(self, name: str, content: bytes) -> bool:
        self.inside.append(connection.in_atomic_block)
        return super().deliver(name, content)


@pytest.mark.django_db(transaction=True)
def test_the_network_is_used_outside_transactions(practice: Practice, tmp_path: Path) -> None:
    (claim,) = claims_of(practice, 1)
    with practice_scope(practice.pk):
        store_batch(practice_id=practice.pk, claim_ids=[claim.pk], now=NOW)
    watching = Watching(tmp_path / practice.slug)
    watching.inside = []
    assert deliver_batches(practice_id=practice.pk, clearinghouse=watching, now=NOW) == 1
    assert watching.inside == [False]


def test_a_claim_that_cannot_be_written_is_held_and_blocks_nobody(practice: Practice) -> None:
    good, without = claims_of(practice, 2)
    with practice_scope(practice.pk):
        bad = a_claim(practice, diagnoses=["M17.11"] * 13)
        without.coverage.member_id = ""
        without.coverage.save()
    assert submit_ready_claims.run(practice.pk, NOW) == 3
    with practice_scope(practice.pk):
        statuses = dict(Claim.objects.values_list("pk", "status"))
        items = dict(WorkItem.objects.filter(kind=Kind.CLAIM_HELD).values_list("claim_id", "reason"))
        finding = ClaimFinding.objects.get(claim=bad)
    assert statuses == {good.pk: "submitted", bad.pk: "held", without.pk: "held"}
    assert items == {
        bad.pk: "Can’t be sent. A claim carries 1 to 12 diagnoses.",
        without.pk: "Can’t be sent. It lacks the member ID.",
    }
    assert finding.severity == "stop"
    assert [claim.number for claim in read_claims(Post(practice).content("000000001.837"))] == [good.number]


def test_when_nothing_can_be_written_no_batch_is_made(practice: Practice) -> None:
    with practice_scope(practice.pk):
        a_claim(practice, diagnoses=[])
    submit_ready_claims.run(practice.pk, NOW)
    assert Post(practice).sent() == []
    with practice_scope(practice.pk):
        assert not Batch.objects.exists()


def test_only_scrubbed_ready_claims_of_the_practice_leave(practice: Practice, other_practice: Practice) -> None:
    with practice_scope(practice.pk):
        a_claim(practice, status=ClaimStatus.HELD)
        a_claim(practice, scrubbed_at=None)
    (other,) = claims_of(other_practice, 1)
    assert submit_ready_claims.run(practice.pk, NOW) == 0
    assert (Post(practice).sent(), Post(other_practice).sent()) == ([], [])
    with practice_scope(other_practice.pk):
        assert Claim.objects.get(pk=other.pk).status == ClaimStatus.READY
    submit_ready_claims.run(other_practice.pk, NOW)
    assert Post(other_practice).sent() == ["000000001.837"]


def test_sending_closes_the_work_that_held_it(practice: Practice) -> None:
    (claim,) = claims_of(practice, 1)
    with practice_scope(practice.pk):
        items = [
            NewItem(practice_id=practice.pk, kind=kind, subject_type="claims.claim", subject_id=claim.pk, reason="x")
            for kind in (Kind.CLAIM_HELD, Kind.CLAIM_REJECTED, Kind.DENIAL_NEW)
        ]
        open_items(items=items, now=NOW)
    submit_ready_claims.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        assert [item.kind for item in WorkItem.objects.open()] == [Kind.DENIAL_NEW]


def test_a_second_submission_keeps_the_first_date(practice: Practice) -> None:
    (claim,) = claims_of(practice, 1)
    submit_ready_claims.run(practice.pk, NOW)
    with practice_scope(practice.pk):
        Claim.objects.filter(pk=claim.pk).update(status=ClaimStatus.READY)
    submit_ready_claims.run(practice.pk, LATER)
    with practice_scope(practice.pk):
        claim.refresh_from_db()
        assert (claim.first_submitted_at, claim.submitted_at) == (NOW, LATER)
        assert claim.submissions.count() == 2
    assert Post(practice).sent() == ["000000001.837", "000000002.837"]


def statements(practice: Practice, ids: list[int]) -> int:
    with practice_scope(practice.pk), CaptureQueriesContext(connection) as captured:
        store_batch(practice_id=practice.pk, claim_ids=ids, now=NOW)
    return len(captured)


def test_the_number_of_statements_does_not_grow(practice: Practice) -> None:
    one, many = claims_of(practice, 1), claims_of(practice, 40)
    assert statements(practice, [c.pk for c in many]) == statements(practice, [c.pk for c in one])


def test_more_than_a_batch_holds_goes_in_several(practice: Practice) -> None:
    claims_of(practice, 5)
    small = replace(submit_ready_claims, store=replace(submit_ready_claims.store, chunk=2))
    assert small.run(practice.pk, NOW) == 5
    with practice_scope(practice.pk):
        assert list(Batch.objects.order_by("pk").values_list("claim_count", flat=True)) == [2, 2, 1]


def valid(content: bytes) -> str:
    """Empty when pyx12 finds the file valid, else its complaints."""
    report = io.StringIO()
    parameters = pyx12.params.params()
    good = pyx12.x12n_document.x12n_document(parameters, io.StringIO(content.decode()), None, None, fd_json=report)
    return "" if good else report.getvalue()


def dependent(practice: Practice, payer: Payer) -> Any:
    return a_coverage(
        a_patient(practice, middle_name="Q", sex="M"),
        payer,
        relationship="19",
        subscriber_last_name="Okafor",
        subscriber_first_name="Samuel",
        subscriber_birth_date=date(1960, 2, 2),
        subscriber_sex="M",
        group_number="G-77",
    )


VARIETY: list[Callable[[Practice], dict[str, Any]]] = [
    lambda p: {},
    lambda p: {
        "lines": (("99214", ["25"], 1, [1, 2]), ("20610", ["RT"], 1, [1]), ("J3301", [], 4, [2])),
        "diagnoses": ["M17.11", "I10"],
    },
    lambda p: {"coverage": dependent(p, a_payer(p))},
    lambda p: {"payer": a_payer(p, payer_id="MCR01", name="Medicare of Ohio", kind="medicare", filing_indicator="MB")},
    lambda p: {"payer": a_payer(p, payer_id="MCD01", name="Ohio Aid", kind="medicaid", filing_indicator="MC")},
    lambda p: {"authorization_number": "AU-0042", "visit": {"referring": a_provider(p, npi="1992753881")}},
    lambda p: {
        "visit": {
            "provider": a_provider(p, npi="1245319599", last_name="Núñez-O'Hara", taxonomy="207X00000X"),
            "location": a_location(p, name="Surgery center", street="9 Bay St", zip_code="44107", npi="1992753881"),
        },
        "place_of_service": "24",
    },
    lambda p: {"diagnoses": ["M17.11", "E11.9", "I10", "J02.0"], "lines": (("99213", [], 1, [1, 2, 3, 4]),)},
    lambda p: {"place_of_service": "12", "visit": {"location": a_location(p, name="Home", street="4 Elm St")}},
]  # fmt: skip


def test_every_kind_of_claim_is_valid_for_an_independent_validator(practice: Practice) -> None:
    with practice_scope(practice.pk):
        made = [a_claim(practice, **build(practice)) for build in VARIETY]
        for frequency in ("7", "8"):
            original = a_claim(practice, status=ClaimStatus.ADJUDICATED, payer_control_number="2630914402")
            made.append(a_claim(practice, frequency=frequency, original=original))
    submit_ready_claims.run(practice.pk, NOW)
    content = Post(practice).content("000000001.837")
    assert valid(content) == ""
    back = {claim.number: claim for claim in read_claims(content)}
    assert set(back) == {claim.number for claim in made}
    assert [back[claim.number].payer_control_number for claim in made[-2:]] == ["2630914402"] * 2


def test_the_claim_says_what_its_facts_say(practice: Practice) -> None:
    with practice_scope(practice.pk):
        surgery = a_location(practice, name="Surgery center", street="9 Bay St", zip_code="44107", npi="1992753881")
        surgeon = a_provider(practice, npi="1245319599", last_name="Haas", taxonomy="207X00000X")
        a_claim(
            practice,
            coverage=dependent(practice, a_payer(practice)),
            visit={"location": surgery, "provider": surgeon, "referring": a_provider(practice, npi="1992753881")},
            place_of_service="24",
            authorization_number="AU-0042",
            lines=(("99214", ["25"], 1, [1]), ("J3301", [], 4, [2, 1])),
            diagnoses=("M17.11", "E11.9"),
        )
    submit_ready_claims.run(practice.pk, NOW)
    (claim,) = read_claims(Post(practice).content("000000001.837"))
    assert claim.patient is not None
    assert (claim.patient.relationship, claim.subscriber.relationship, claim.subscriber.group_number) == (
        "19",
        "",
        "G-77",
    )
    assert (claim.prior_authorization, claim.place_of_service, claim.diagnoses) == ("AU-0042", "24", ("M1711", "E119"))
    assert claim.rendering is not None
    assert (claim.rendering.npi, claim.rendering.taxonomy) == ("1245319599", "207X00000X")
    assert claim.referring is not None
    assert claim.referring.npi == "1992753881"
    assert claim.service_facility is not None
    assert claim.service_facility.address is not None
    assert claim.service_facility.address.postal_code == "441079998"
    assert claim.billing.address.postal_code == "441071234"
    assert [(x.number, x.line_control_number, x.modifiers, x.units, x.pointers, x.charge) for x in claim.lines] == [
        (1, "1", ("25",), Decimal(1), (1,), Decimal(242)),
        (2, "2", (), Decimal(4), (2, 1), Decimal(76)),
    ]
    assert claim.lines[0].service_from == DAY
