"""The demo's people at work: who does what on a day, through the product's own operations.

Every act is one that a person could carry out on a page; refusals are taken as a person would take
them, by leaving the item in the queue.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from denials.operations import CannotWork, correct_and_replace, draft_appeal, save_letter, send_appeal
from django.db.models import Q

from claims.domain.findings import Fix
from claims.domain.status import ClaimStatus
from claims.models import Claim, ClaimFinding
from claims.operations import (
    CannotFix,
    apply_fix,
    change_claim,
    override_finding,
    resubmit_claim,
    void_claim,
)
from coding.domain.status import CaseStatus
from coding.models import CodingCase
from coding.operations import Service, finalize_case, save_codes
from compliance.models import User
from compliance.scope import practice_scope
from denials.domain.status import DenialStatus
from denials.models import Denial
from payments.domain.status import RemitClaimStatus
from payments.models import RemitClaim
from payments.operations import CannotPost, match_claim
from rcm.demo import facts
from rcm.demo.mending import Mender
from rcm.demo.register import Registered
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

UNPLANNED_AFTER = timedelta(days=2)  # a held claim with no planted mistake: looked at after two days
MATCHED_AFTER = timedelta(days=1)  # a poster decides an unmatched payment on the next day


@dataclass
class Cast:
    """The people of the demo and what each knows of the world."""

    world: facts.World
    practices: dict[str, Registered]
    users: dict[str, list[User]]
    visits: dict[str, facts.Encounter] = field(init=False)
    mender: Mender = field(init=False)

    def __post_init__(self) -> None:
        self.visits = {visit.key: visit for visit in self.world.encounters}
        self.mender = Mender()

    def act(self, now: datetime) -> None:
        """One day's work of everybody, practice by practice."""
        for keys in self.practices.values():
            with practice_scope(keys.practice.pk):
                self._code(now)
            with practice_scope(keys.practice.pk):
                self._repair(keys, now)
            with practice_scope(keys.practice.pk):
                self._match(now)
            with practice_scope(keys.practice.pk):
                self._work_denials(keys, now)

    def _person(self, role: str, pick: int) -> User:
        people = self.users[role]
        return people[pick % len(people)]

    def _code(self, now: datetime) -> None:
        waiting = CodingCase.objects.filter(status=CaseStatus.OPEN).values_list("pk", "encounter__external_id")
        for case_id, key in waiting:
            visit = self.visits.get(key)
            if visit is None or visit.coded_at is None or visit.coded_at > now:
                continue
            coder = self._person("coder", case_id)
            services = [
                Service(code=line.code, modifiers=line.modifiers, units=line.units, pointers=line.pointers)
                for line in visit.entered_codes.lines
            ]
            save_codes(
                case_id=case_id, diagnoses=visit.entered_codes.diagnoses, services=services, actor=coder, now=now
            )
            finalize_case(case_id=case_id, actor=coder, now=now)

    def _repair(self, keys: Registered, now: datetime) -> None:
        stopped = (
            Claim.objects.filter(status__in=[ClaimStatus.HELD, ClaimStatus.REJECTED])
            .select_related("encounter")
            .order_by("pk")
        )
        for claim in list(stopped):
            visit = self.visits.get(claim.encounter.external_id)
            mistake = visit.mistake if visit else None
            waited = now - claim.status_at
            biller = self._person("biller", claim.pk)
            if visit is None or mistake is None or claim.frequency != "1":
                if waited >= UNPLANNED_AFTER:
                    self._tidy(claim, biller, now)
            elif mistake.fix.after_days is not None and waited >= timedelta(days=mistake.fix.after_days):
                self._mend(claim, visit, mistake.fix, keys, biller, now)

    def _tidy(self, claim: Claim, biller: User, now: datetime) -> None:
        """What no mistake explains: take every one-key fix, override the rest with a reason."""
        try:
            for finding in _open_stops(claim):
                if finding.fix:
                    apply_fix(finding_id=finding.pk, actor=biller, now=now)
            for finding in _open_stops(claim):
                override_finding(finding_id=finding.pk, reason="Checked against the note", actor=biller, now=now)
        except CannotFix:
            return

    def _mend(
        self,
        claim: Claim,
        visit: facts.Encounter,
        fix: facts.Fix,
        keys: Registered,
        biller: User,
        now: datetime,
    ) -> None:
        try:
            if fix.action == facts.FixAction.VOID:
                void_claim(claim_id=claim.pk, actor=biller, now=now, reason="Entered twice")
                return
            changes = self.mender.register(claim, visit, fix, keys, actor=biller, now=now)
            if changes:
                change_claim(claim_id=claim.pk, fixes=changes, actor=biller, now=now)
            claim.refresh_from_db()
            self._tidy(claim, biller, now)
            claim.refresh_from_db()
            if claim.status == ClaimStatus.REJECTED:
                resubmit_claim(claim_id=claim.pk, actor=biller, now=now)
        except CannotFix:
            return

    def _match(self, now: datetime) -> None:
        waiting = RemitClaim.objects.filter(
            status=RemitClaimStatus.EXCEPTION, suggestion__isnull=False, remit__received_at__lte=now - MATCHED_AFTER
        )
        for row in list(waiting):
            try:
                match_claim(
                    remit_claim_id=row.pk,
                    claim_id=row.suggestion_id or 0,
                    actor=self._person("poster", row.pk),
                    now=now,
                )
            except CannotPost:
                continue

    def _work_denials(self, keys: Registered, now: datetime) -> None:
        for claim, denials in _denied_claims():
            visit = self.visits.get(claim.encounter.external_id)
            mistake = visit.mistake if visit else None
            if visit is None or mistake is None or mistake.play == facts.Play.LEAVE:
                continue
            waited = now - min(denial.opened_at for denial in denials)
            specialist = self._person("denial_specialist", claim.pk)
            if mistake.play == facts.Play.APPEAL and mistake.appeal:
                if waited >= timedelta(days=mistake.appeal.after_days):
                    self._appeal(denials, mistake.appeal, specialist, now)
            elif mistake.fix.after_days is not None and waited >= timedelta(days=mistake.fix.after_days):
                self._correct(claim, denials, visit, mistake.fix, keys, specialist, now)

    def _correct(
        self,
        claim: Claim,
        denials: list[Denial],
        visit: facts.Encounter,
        fix: facts.Fix,
        keys: Registered,
        specialist: User,
        now: datetime,
    ) -> None:
        changes: list[Fix] = self.mender.register(claim, visit, fix, keys, actor=specialist, now=now)
        try:
            correct_and_replace(denial_id=denials[0].pk, fixes=changes, actor=specialist, now=now)
        except CannotWork:
            return

    def _appeal(self, denials: list[Denial], plan: facts.Appeal, specialist: User, now: datetime) -> None:
        try:
            appeal = draft_appeal(denial_ids=[denial.pk for denial in denials], actor=specialist, now=now)
            letter = f"{appeal.letter.rstrip()}\n\n{plan.argument}\n"
            save_letter(appeal_id=appeal.pk, letter=letter, actor=specialist, now=now)
            send_appeal(appeal_id=appeal.pk, actor=specialist, now=now)
        except CannotWork:
            return


def _open_stops(claim: Claim) -> list[ClaimFinding]:
    return list(
        ClaimFinding.objects.filter(
            claim=claim, severity="stop", resolved_at__isnull=True, overridden_by__isnull=True
        ).order_by("pk")
    )


def _denied_claims() -> Iterator[tuple[Claim, list[Denial]]]:
    """Claims with denials that nobody has acted on, each with all of them."""
    waiting = WorkItem.objects.open().filter(kind=Kind.DENIAL_NEW).values_list("claim_id", flat=True)
    denials: dict[int, list[Denial]] = {}
    rows = Denial.objects.filter(Q(status=DenialStatus.NEW), claim_id__in=list(waiting))
    for denial in rows.select_related("claim__encounter").order_by("pk"):
        denials.setdefault(denial.claim_id, []).append(denial)
    for found in denials.values():
        yield found[0].claim, found
