"""Running the edits over claims and acting on what they find: held with a reason, or ready."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from claims.domain.facts import ClaimFacts
from claims.domain.scrub import repaired
from claims.domain.status import EDITABLE, ClaimStatus
from claims.models import Claim, ClaimFinding
from claims.operations.history import CLAIM, Happened, record
from claims.operations.work import bring_registration_work_up, work_on
from claims.queries.facts import claim_facts
from coding.domain.edits.findings import Finding, Severity
from compliance.models import User
from worklist.domain.kinds import Kind
from worklist.nudge import nudge
from worklist.operations import NewItem, close_items, open_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrubbed:
    """One claim after the edits: what was repaired, and what is open (overridden findings are not)."""

    claim: Claim
    before: ClaimFacts
    facts: ClaimFacts
    repairs: Sequence[Finding]
    findings: Sequence[Finding]

    @property
    def stops(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == Severity.STOP]

    @property
    def stops_for_billing(self) -> list[Finding]:
        """What billing can put right. The rest waits for the front desk, and shows in its queue alone."""
        return [finding for finding in self.stops if not finding.for_front_desk]

    @property
    def lead(self) -> Finding | None:
        """The finding that tells why the claim is held: the first with a fix, else billing's first, else the first."""
        stops = self.stops_for_billing or self.stops
        return next((finding for finding in stops if finding.fix), next(iter(stops), None))


@transaction.atomic
def scrub_claims(
    *, practice_id: int, claim_ids: Iterable[int], now: datetime, actor: User | None = None
) -> dict[int, Scrubbed]:
    """Scrub claims that the payer does not have, in a fixed number of statements for any number of them.

    Repairs are made and recorded, findings stored (those that are gone are closed), and each claim is held
    with work for a person, or ready for the next batch. A claim that a person holds stays held, and a
    rejected one stays rejected: their findings are brought up to date.
    """
    claims = _locked(practice_id, claim_ids)
    facts = claim_facts(practice_id, claims, now)
    overridden = _overridden(claims)
    results = {}
    for pk, claim in claims.items():
        after, repairs, findings = repaired(facts[pk])
        open_ones = [finding for finding in findings if finding.identity not in overridden[pk]]
        results[pk] = Scrubbed(claim=claim, before=facts[pk], facts=after, repairs=repairs, findings=open_ones)
    _store_repairs(results.values())
    _store_findings(results, now)
    _move(practice_id, results, actor, now)
    return results


def _locked(practice_id: int, claim_ids: Iterable[int]) -> dict[int, Claim]:
    rows = (
        Claim.objects.in_state(*EDITABLE)
        .filter(practice_id=practice_id, pk__in=list(claim_ids))
        .select_related("patient", "payer")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    return {claim.pk: claim for claim in rows}


def _overridden(claims: Mapping[int, Claim]) -> defaultdict[int, set[tuple[str, str, str]]]:
    found: defaultdict[int, set[tuple[str, str, str]]] = defaultdict(set)
    rows = ClaimFinding.objects.filter(claim__in=claims.values(), overridden_by__isnull=False)
    for claim_id, code, at, says in rows.values_list("claim_id", "code", "at", "says"):
        found[claim_id].add((code, at, says))
    return found


CLAIM_REPAIR_SQL = """
    UPDATE claims_claim AS t
    SET diagnoses = v.diagnoses, authorization_number = v.number, revision = t.revision + 1
    FROM (VALUES {rows}) AS v (id, diagnoses, number) WHERE t.id = v.id
"""
LINE_REPAIR_SQL = """
    UPDATE claims_claimline AS t SET modifiers = v.modifiers, pointers = v.pointers
    FROM (VALUES {rows}) AS v (claim_id, number, modifiers, pointers)
    WHERE t.claim_id = v.claim_id AND t.number = v.number
"""


def _store_repairs(results: Iterable[Scrubbed]) -> None:
    """Write what repairs changed: diagnoses, authorization, modifiers, pointers; never money or the number of lines."""
    changed = [one for one in results if one.repairs]
    if not changed:
        return
    claim_values = [
        value
        for one in changed
        for value in (one.claim.pk, list(one.facts.diagnoses), one.facts.authorization_number)
    ]  # fmt: skip
    lines = [(one.claim.pk, line) for one in changed for line in one.facts.lines]
    line_values = [
        value
        for pk, line in lines
        for value in (pk, line.number, list(line.modifiers), list(line.pointers))
    ]  # fmt: skip
    with connection.cursor() as cursor:
        rows = ", ".join(["(%s::bigint, %s::varchar[], %s)"] * len(changed))
        cursor.execute(CLAIM_REPAIR_SQL.format(rows=rows), claim_values)
        rows = ", ".join(["(%s::bigint, %s::smallint, %s::varchar[], %s::smallint[])"] * len(lines))
        cursor.execute(LINE_REPAIR_SQL.format(rows=rows), line_values)
    for one in changed:
        one.claim.diagnoses = list(one.facts.diagnoses)
        one.claim.authorization_number = one.facts.authorization_number
        one.claim.revision += 1


def _store_findings(results: Mapping[int, Scrubbed], now: datetime) -> None:
    """Close open findings that are gone, keep those that are still there, add the new ones and the repairs."""
    rows = ClaimFinding.objects.filter(claim_id__in=results, resolved_at__isnull=True)
    standing: set[tuple[int, tuple[str, str, str]]] = set()
    gone = []
    wanted = {(pk, finding.identity) for pk, one in results.items() for finding in one.findings}
    for pk, claim_id, code, at, says in rows.values_list("pk", "claim_id", "code", "at", "says"):
        key = (claim_id, (code, at, says))
        if key in wanted and key not in standing:
            standing.add(key)
        else:
            gone.append(pk)
    if gone:
        ClaimFinding.objects.filter(pk__in=gone).update(resolved_at=now)
    ClaimFinding.objects.bulk_create(
        _row(one.claim, finding, now, resolved=repair)
        for pk, one in results.items()
        for repair, findings in ((True, one.repairs), (False, one.findings))
        for finding in findings
        if repair or (pk, finding.identity) not in standing
    )


def _row(claim: Claim, finding: Finding, now: datetime, *, resolved: bool) -> ClaimFinding:
    return ClaimFinding(
        practice_id=claim.practice_id,
        claim=claim,
        code=finding.code,
        family=finding.family.value,
        severity=finding.severity.value,
        at=finding.at,
        says=finding.says,
        fix_label=finding.fix_label,
        fix=finding.fix.as_json() if finding.fix else {},
        found_at=now,
        resolved_at=now if resolved else None,
    )


def _move(practice_id: int, results: Mapping[int, Scrubbed], actor: User | None, now: datetime) -> None:
    stay = [one for one in results.values() if one.claim.status == ClaimStatus.REJECTED or one.claim.held_by_person]
    stay_ids = {one.claim.pk for one in stay}
    loose = [one for one in results.values() if one.claim.pk not in stay_ids]
    stopped = [one for one in loose if one.stops]
    passed = [one for one in loose if not one.stops]
    newly_held = [one for one in stopped if one.claim.status != ClaimStatus.HELD]
    newly_ready = [one for one in passed if one.claim.status != ClaimStatus.READY]
    everything = Claim.objects.filter(practice_id=practice_id, pk__in=list(results))
    everything.update(scrubbed_at=now)
    _remember_first(results.values())
    _set_state(newly_held, ClaimStatus.HELD, now)
    _set_state(newly_ready, ClaimStatus.READY, now)
    _share_out(practice_id, results.values(), stopped, passed, actor, now)
    record(
        actor=actor,
        now=now,
        happenings=[
            *(_repair_told(one) for one in results.values() if one.repairs),
            *(_held_told(one) for one in newly_held),
            *(_ready_told(one) for one in newly_ready),
        ],
    )
    if newly_ready:
        nudge("submit_ready_claims")


def _share_out(
    practice_id: int,
    everything: Iterable[Scrubbed],
    stopped: Sequence[Scrubbed],
    passed: Sequence[Scrubbed],
    actor: User | None,
    now: datetime,
) -> None:
    """Each desk gets what it can put right, so that no two work on one thing: billing's row and the front desk's.

    A claim that waits for the front desk alone is in no queue of billing until that has answered.
    """
    ours = [one for one in stopped if one.stops_for_billing]
    theirs = [one for one in stopped if not one.stops_for_billing]
    open_items(items=[_work(one) for one in ours], now=now)
    for done, outcome in ((passed, "Passed every edit"), (theirs, "Waits for the front desk")):
        close_items(
            practice_id=practice_id,
            kinds=[Kind.CLAIM_HELD],
            subject_type=CLAIM,
            subject_ids=[one.claim.pk for one in done],
            outcome=outcome,
            now=now,
            actor=actor,
        )
    bring_registration_work_up(
        [(one.claim, one.stops) for one in everything],
        practice_id=practice_id,
        now=now,
        outcome="Put right",
        actor=actor,
    )


def _remember_first(results: Iterable[Scrubbed]) -> None:
    """Whether a claim passed untouched is decided by its first scrub, once: no edit stopped it."""
    first = [one for one in results if one.claim.clean_at_first is None]
    for clean in (True, False):
        ids = [one.claim.pk for one in first if (not one.stops) == clean]
        if ids:
            Claim.objects.filter(pk__in=ids).update(clean_at_first=Coalesce("clean_at_first", Value(clean)))


def _set_state(results: Sequence[Scrubbed], to: ClaimStatus, now: datetime) -> None:
    if results:
        Claim.objects.filter(pk__in=[one.claim.pk for one in results]).move_to(to, now)
    for one in results:
        one.claim.move_to(to, now)


def _work(one: Scrubbed) -> NewItem:
    claim, lead = one.claim, one.lead
    assert lead is not None, "only stopped claims get work"
    return work_on(
        claim,
        kind=Kind.CLAIM_HELD,
        reason=lead.brief,
        next_step=lead.fix_label,
        has_fix=lead.fix is not None,
        category=lead.family.value,
    )


def _repair_told(one: Scrubbed) -> Happened:
    return Happened(
        claim=one.claim,
        verb="claim.repaired",
        says="Repaired: " + " ".join(dict.fromkeys(finding.says for finding in one.repairs)),
        tone="done",
        detail={"edits": [finding.code for finding in one.repairs]},
    )


def _held_told(one: Scrubbed) -> Happened:
    lead = one.lead
    more = f" And {len(one.stops) - 1} more." if len(one.stops) > 1 else ""
    return Happened(
        claim=one.claim,
        verb="claim.held",
        says=f"Held: {lead.says if lead else ''}{more}",
        tone="you",
        detail={"edits": [finding.code for finding in one.stops]},
    )


def _ready_told(one: Scrubbed) -> Happened:
    return Happened(claim=one.claim, verb="claim.readied", says="Passed every edit, ready to send.", tone="idle")


def open_stops(claim: Claim) -> list[ClaimFinding]:
    """The findings that keep a claim from being sent."""
    return list(claim.findings.filter(Q(severity=Severity.STOP.value) & Q(resolved_at__isnull=True)).order_by("pk"))
