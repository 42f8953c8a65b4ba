"""The demo's people at work: who does what on a day, through the product's own operations.

Every act is one that a person could carry out on a page; refusals are taken as a person would take
them, by leaving the item in the queue.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from claims.domain.status import ClaimStatus, Frequency
from claims.models import Claim, ClaimFinding
from claims.operations.correct import (
    CannotCorrect,
    CannotOverride,
    CannotResubmit,
    CannotVoid,
    ChangedMeanwhile,
    apply_fix,
    override_finding,
    resubmit_rejected,
    void_claim,
)
from coding.domain.status import CaseStatus
from coding.models import CodingCase
from coding.operations import Coding, code_cases, finalize_cases
from compliance.models import User
from compliance.scope import practice_scope
from denials.domain.status import DenialStatus
from denials.models import Denial
from denials.operations import CannotWork, correct_and_replace, draft_appeal, save_letter, send_appeal
from encounters import operations as encounters
from encounters.operations.registration import CannotRegister
from payments.domain.status import RemitClaimStatus
from payments.models import RemitClaim
from payments.operations.decide import CannotPost, match_claim
from rcm.demo import facts
from rcm.demo.closing import clear_old_work
from rcm.demo.mending import Mender
from rcm.demo.register import Registered
from rcm.demo.review import Reviewers, codes_of
from rcm.demo.surprises import LEFT_WAITING

UNPLANNED_AFTER = timedelta(days=2)  # a held claim with no planted mistake: looked at after two days
REQUEST = "Please send your decision"  # the drafted letter's last paragraph; the own argument goes before it
CLOSING_DAY = 4  # Friday
MATCHED_AFTER = timedelta(days=1)  # a poster decides an unmatched payment on the next day
REFUSALS = (
    CannotCorrect, CannotOverride, CannotPost, CannotRegister, CannotResubmit, CannotVoid, CannotWork, ChangedMeanwhile,
    encounters.CannotCorrect,
)  # fmt: skip


@dataclass
class Cast:
    """The people of the demo and what each knows of the world."""

    world: facts.World
    practices: dict[str, Registered]
    users: dict[str, list[User]]
    visits: dict[str, facts.Encounter] = field(init=False)
    mender: Mender = field(init=False)
    reviewers: Reviewers = field(init=False)
    tried: set[tuple[int, datetime]] = field(default_factory=set)  # claims in a state that nobody can help

    def __post_init__(self) -> None:
        self.visits = {visit.key: visit for visit in self.world.encounters}
        self.mender = Mender()
        self.reviewers = Reviewers(world=self.world, users=self.users, visits=self.visits)

    def act(self, now: datetime) -> set[int]:
        """One day's work of everybody; returns the practices in which somebody did anything."""
        busy = set()
        for keys in self.practices.values():
            with practice_scope(keys.practice.pk):
                self.reviewers.ask(now)
                self.reviewers.audit(now, keys.practice.pk)
                done = [self._code(now), self._repair(keys, now), self._match(now), self._work_denials(keys, now)]
                if now.weekday() == CLOSING_DAY:
                    done.append(clear_old_work(self.users["supervisor"][0], now))
            if any(done):
                busy.add(keys.practice.pk)
        return busy

    def _person(self, role: str, pick: int) -> User:
        people = self.users[role]
        return people[pick % len(people)]

    def _code(self, now: datetime) -> int:
        """Each coder finishes the visits of the day; a case that the product refuses stays in the queue."""
        desks: defaultdict[int, list[Coding]] = defaultdict(list)
        waiting = CodingCase.objects.filter(status=CaseStatus.OPEN).order_by("pk")
        for case_id, key in waiting.values_list("pk", "encounter__external_id"):
            visit = self.visits.get(key)
            if visit is not None and visit.coded_at is not None and visit.coded_at <= now:
                desk = case_id % len(self.users["coder"])
                desks[desk].append(Coding(case_id=case_id, codes=codes_of(visit.entered_codes)))
        coded = 0
        for desk, codings in desks.items():
            coder = self._person("coder", desk)
            refused = code_cases(codings=codings, actor=coder, now=now).refused
            revisions = {coding.case_id: None for coding in codings if coding.case_id not in refused}
            refused |= finalize_cases(revisions=revisions, actor=coder, now=now).refused
            coded += len(codings) - len(refused)
        return coded

    def _repair(self, keys: Registered, now: datetime) -> int:
        before = len(self.tried)
        stopped = Claim.objects.in_state(ClaimStatus.HELD, ClaimStatus.REJECTED).order_by("pk")
        for claim_id, since, frequency, key in list(
            stopped.values_list("pk", "status_at", "frequency", "encounter__external_id")
        ):
            if (claim_id, since) in self.tried:
                continue
            visit = self.visits.get(key)
            mistake = visit.mistake if visit else None
            biller = self._person("biller", claim_id)
            if visit is None or mistake is None or frequency != Frequency.ORIGINAL:
                if now - since >= UNPLANNED_AFTER:
                    self.tried.add((claim_id, since))
                    self._tidy(claim_id, biller, now)
            elif _has_come(mistake.fix.after_days, since, now):
                self.tried.add((claim_id, since))
                self._mend(claim_id, visit, mistake.fix, keys, biller, now)
        return len(self.tried) - before

    def _tidy(self, claim_id: int, biller: User, now: datetime) -> None:
        """What is left: take every one-key fix, override the rest with a reason, send a rejected claim again."""
        if _open_stops(claim_id):
            with _refusals_left_alone():
                for finding in _open_stops(claim_id):
                    if finding.fix and finding.pk in {each.pk for each in _open_stops(claim_id)}:
                        apply_fix(finding_id=finding.pk, actor=biller, now=now)
            with _refusals_left_alone():
                for finding in _open_stops(claim_id):
                    override_finding(finding_id=finding.pk, reason="Checked against the note", actor=biller, now=now)
        with _refusals_left_alone():
            if Claim.objects.in_state(ClaimStatus.REJECTED).filter(pk=claim_id).exists():
                resubmit_rejected(claim_id=claim_id, actor=biller, now=now)

    def _mend(
        self, claim_id: int, visit: facts.Encounter, fix: facts.Fix, keys: Registered, biller: User, now: datetime
    ) -> None:
        claim = Claim.objects.get(pk=claim_id)
        with _refusals_left_alone():
            if fix.action == facts.FixAction.VOID:
                void_claim(claim_id=claim.pk, actor=biller, now=now, reason="Entered twice")
                return
            self.mender.mend(claim, visit, fix, keys, actor=biller, now=now)
        self._tidy(claim_id, biller, now)

    def _match(self, now: datetime) -> int:
        """A poster takes the suggestion; the payments of the last weeks are left waiting."""
        before = len(self.tried)
        if self.world.today - now.date() <= LEFT_WAITING:
            return 0
        waiting = RemitClaim.objects.filter(
            status=RemitClaimStatus.EXCEPTION, suggestion__isnull=False, remit__received_at__lte=now - MATCHED_AFTER
        )
        for pk, suggested, since in list(waiting.values_list("pk", "suggestion_id", "remit__received_at")):
            if (-pk, since) in self.tried or suggested is None:
                continue
            self.tried.add((-pk, since))
            with _refusals_left_alone():
                match_claim(remit_claim_id=pk, claim_id=suggested, actor=self._person("poster", pk), now=now)
        return len(self.tried) - before

    def _work_denials(self, keys: Registered, now: datetime) -> int:
        before = len(self.tried)
        for denied in _denied_claims():
            visit = self.visits.get(denied.visit)
            mistake = visit.mistake if visit else None
            token = (denied.claim_id, denied.since)
            if visit is None or mistake is None or mistake.play == facts.Play.LEAVE or token in self.tried:
                continue
            specialist = self._person("denial_specialist", denied.claim_id)
            if mistake.play == facts.Play.APPEAL and mistake.appeal:
                if _has_come(mistake.appeal.after_days, denied.since, now):
                    self.tried.add(token)
                    _appeal(denied.denials, mistake.appeal, specialist, now)
            elif _has_come(mistake.fix.after_days, denied.since, now):
                self.tried.add(token)
                self._correct(denied, visit, mistake.fix, keys, specialist, now)
        return len(self.tried) - before

    def _correct(
        self,
        denied: "Denied",
        visit: facts.Encounter,
        fix: facts.Fix,
        keys: Registered,
        specialist: User,
        now: datetime,
    ) -> None:
        claim = Claim.objects.get(pk=denied.claim_id)
        with _refusals_left_alone():
            changes = self.mender.changes(claim, visit, fix, keys, actor=specialist, now=now)
            correct_and_replace(denial_id=denied.denials[0], fixes=changes, actor=specialist, now=now)


@dataclass
class Denied:
    """A claim with denials that nobody has acted on, the first of them opened at `since`."""

    claim_id: int
    visit: str
    since: datetime
    denials: list[int]


def _denied_claims() -> list[Denied]:
    found: dict[int, Denied] = {}
    waiting = Denial.objects.filter(status=DenialStatus.NEW).order_by("opened_at", "pk")
    rows = waiting.values_list("pk", "claim_id", "claim__encounter__external_id", "opened_at")
    for pk, claim_id, visit, opened_at in rows:
        found.setdefault(claim_id, Denied(claim_id, visit, opened_at, [])).denials.append(pk)
    return list(found.values())


@contextmanager
def _refusals_left_alone() -> Iterator[None]:
    """A person's act: done whole or, when the product refuses it, not at all."""
    try:
        with transaction.atomic():
            yield
    except REFUSALS:
        pass


def _has_come(after_days: int | None, since: datetime, now: datetime) -> bool:
    return after_days is not None and now - since >= timedelta(days=after_days)


def _appeal(denials: list[int], plan: facts.Appeal, specialist: User, now: datetime) -> None:
    with _refusals_left_alone():
        appeal = draft_appeal(denial_ids=denials, actor=specialist, now=now)
        letter = appeal.letter.replace(REQUEST, f"{plan.argument}\n\n{REQUEST}", 1)
        save_letter(appeal_id=appeal.pk, letter=letter, actor=specialist, now=now)
        send_appeal(appeal_id=appeal.pk, actor=specialist, now=now)


def _open_stops(claim_id: int) -> list[ClaimFinding]:
    return list(
        ClaimFinding.objects.filter(
            claim_id=claim_id, severity="stop", resolved_at__isnull=True, overridden_by__isnull=True
        ).order_by("pk")
    )
