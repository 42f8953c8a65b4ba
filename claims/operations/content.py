"""Writing a changed claim: lines, diagnoses, parties, charges in the ledger, trail; then every edit again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from claims.domain.content import ClaimContent, content_of, differences
from claims.domain.facts import ClaimFacts
from claims.domain.status import EDITABLE, ClaimStatus, Frequency
from claims.models import Claim, ClaimLine
from claims.operations.charges import post_charges, reverse_charges
from claims.operations.history import Happened, last_event, record
from claims.operations.scrub import Scrubbed, scrub_claims
from claims.queries.facts import claim_facts
from coding.domain.edits.content import LineContent
from compliance.models import User
from encounters import operations as encounters
from encounters.models import Coverage, Provider


class CannotCorrect(Exception):
    """The claim is not in a state in which it can be changed, or the value cannot stand in its field."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the claim since it was read; nothing of this change was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that was made: the claim after its edits ran, and the audit event by which `undo_fix` takes it back."""

    claim: Claim
    event_id: int
    scrubbed: Scrubbed


def locked_claim(claim_id: int) -> Claim:
    """The claim's row, locked until the transaction ends. Raises Claim.DoesNotExist."""
    return Claim.objects.select_for_update(of=("self",)).select_related("patient", "payer", "coverage").get(pk=claim_id)


def editable_claim(claim_id: int, now: datetime, revision: int | None = None) -> Claim:
    """A locked claim that may be changed. Raises CannotCorrect, or ChangedMeanwhile for a stale `revision`."""
    claim = locked_claim(claim_id)
    if revision is not None and revision != claim.revision:
        raise ChangedMeanwhile(_who_changed(claim, now))
    if claim.status not in EDITABLE:
        hint = " Send a correction instead." if claim.status == ClaimStatus.ADJUDICATED else ""
        raise CannotCorrect(f"Claim {claim} is {claim.get_status_display().lower()}: the payer has it.{hint}")
    if claim.frequency == Frequency.VOID:
        raise CannotCorrect(f"Claim {claim} is a void: it repeats the claim that it withdraws.")
    return claim


def changed_meanwhile(claim: Claim, now: datetime) -> ChangedMeanwhile:
    """The refusal in one sentence: who changed the claim, and when."""
    return ChangedMeanwhile(_who_changed(claim, now))


def _who_changed(claim: Claim, now: datetime) -> str:
    event = last_event(claim)
    if event is None:
        return "This claim changed since you opened it. Reload it, then make your change again."
    minutes = max(0, int((now - event.at).total_seconds() // 60))
    ago = "just now" if minutes < 1 else f"{minutes} minute{'s' if minutes > 1 else ''} ago"
    if minutes >= 120:
        ago = f"on {event.at:%m/%d/%Y}"
    who = str(event.actor) if event.actor else "The system"
    return f"{who} changed this claim {ago}. Reload it, then make your change again."


def write_content(
    *, claim: Claim, facts: ClaimFacts, after: ClaimContent, actor: User, now: datetime, verb: str, says: str
) -> Change:
    """Bring a locked claim from its facts to new content, and run every edit again.

    When charges change, the ledger takes the old ones back and gets the new ones, under the new revision.
    Raises CannotCorrect when nothing changes or a party is not the patient's or the practice's.
    """
    before = content_of(facts)
    changes = differences(before, after)
    if not changes:
        raise CannotCorrect("This changes nothing: the claim says so already.")
    claim.revision += 1
    claim.touched = True
    set_parties(claim, before, after, actor, now)
    claim.diagnoses = list(after.diagnoses)
    claim.authorization_number = after.authorization_number
    claim.place_of_service = after.place_of_service
    if "lines" in changes:
        _write_lines(claim, before, after, actor, now)
    claim.save()
    detail: dict[str, Any] = {
        "revision": claim.revision,
        "before": {name: old for name, (old, _) in changes.items()},
        "after": {name: new for name, (_, new) in changes.items()},
    }
    record(
        actor=actor,
        now=now,
        happenings=[Happened(claim=claim, verb=verb, says=says, tone="move", detail=detail)],
    )
    event = last_event(claim, [verb])
    scrubbed = scrub_claims(practice_id=claim.practice_id, claim_ids=[claim.pk], now=now, actor=actor)[claim.pk]
    return Change(claim=scrubbed.claim, event_id=event.pk if event else 0, scrubbed=scrubbed)


def facts_of(claim: Claim, now: datetime) -> ClaimFacts:
    """The facts of one claim."""
    return claim_facts(claim.practice_id, [claim.pk], now)[claim.pk]


def set_parties(claim: Claim, before: ClaimContent, after: ClaimContent, actor: User, now: datetime) -> None:
    """Put coverage, member id and referring provider of the new content on a claim. Raises CannotCorrect."""
    if after.coverage_id != before.coverage_id:
        coverage = (
            Coverage.objects.filter(pk=after.coverage_id, patient_id=claim.patient_id).select_related("payer").first()
        )
        if coverage is None:
            raise CannotCorrect("This coverage is not on the patient’s file. Choose one of the patient’s.")
        claim.coverage, claim.payer = coverage, coverage.payer
        if claim.frequency == Frequency.ORIGINAL:
            claim.filing_deadline = claim.service_from + timedelta(days=coverage.payer.filing_days)
    elif after.member_id != before.member_id:
        try:
            encounters.correct_member_id(coverage_id=after.coverage_id, member_id=after.member_id, actor=actor, now=now)
        except encounters.CannotCorrect as refusal:
            raise CannotCorrect(str(refusal)) from refusal
    if after.referring_id != before.referring_id:
        if (
            after.referring_id
            and not Provider.objects.filter(pk=after.referring_id, practice_id=claim.practice_id).exists()
        ):
            raise CannotCorrect("This referring provider is not on file. Add the provider first.")
        claim.referring_id = after.referring_id


def _write_lines(claim: Claim, before: ClaimContent, after: ClaimContent, actor: User, now: datetime) -> None:
    claim.lines.filter(number__gt=len(after.lines)).delete()
    kept = list(claim.lines.order_by("number"))
    for row, content in zip(kept, after.lines, strict=False):
        _fill(row, content)
    fields = ["code", "modifiers", "units", "pointers", "charge_amount", "service_date"]
    ClaimLine.objects.bulk_update(kept, fields)
    added = [
        _fill(ClaimLine(practice_id=claim.practice_id, claim=claim, number=number), content)
        for number, content in enumerate(after.lines[len(kept) :], len(kept) + 1)
    ]
    ClaimLine.objects.bulk_create(added)
    claim.charge_amount = after.charge_amount
    if [line.charge_amount for line in before.lines] != [line.charge_amount for line in after.lines]:
        reverse_charges(claim=claim, actor=actor, now=now, reason=f"Charges of claim {claim} corrected")
        post_charges(claims=[(claim, [*kept, *added])], actor=actor, now=now)


def _fill(row: ClaimLine, content: LineContent) -> ClaimLine:
    row.code = content.code
    row.modifiers = list(content.modifiers)
    row.units = content.units
    row.pointers = list(content.pointers)
    row.charge_amount = content.charge_amount
    row.service_date = content.service_date
    return row
