"""What a person changes to put a mistake right: registration first, then the claim's own fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.models import Claim, ClaimLine
from claims.operations.correct import LineEdit, edit_claim, recode_claim
from coding.domain.edits.findings import Fix, FixKind
from compliance.models import User
from encounters.models import Coverage
from encounters.operations import correct_member_id
from encounters.operations.registration import NewCoverage, correct_person, register_authorization, replace_coverage
from rcm.demo import facts
from rcm.demo.register import RELATIONSHIPS, Registered


@dataclass
class Mender:
    """Turns the world's fixes into registration acts and changes of a claim."""

    def mend(
        self,
        claim: Claim,
        visit: facts.Encounter,
        fix: facts.Fix,
        keys: Registered,
        *,
        actor: User,
        now: datetime,
    ) -> None:
        """Put right a claim that the payer does not have. Raises the refusals of what it calls."""
        if fix.action == facts.FixAction.RECODE and fix.coding:
            lines = [
                LineEdit(code=line.code, modifiers=line.modifiers, units=line.units, pointers=line.pointers)
                for line in fix.coding.lines
            ]
            recode_claim(claim_id=claim.pk, diagnoses=fix.coding.diagnoses, lines=lines, actor=actor, now=now)
            return
        for change in self.changes(claim, visit, fix, keys, actor=actor, now=now):
            edit_claim(
                claim_id=claim.pk,
                actor=actor,
                now=now,
                coverage_id=int(change.value) if change.kind == FixKind.SET_COVERAGE else None,
                authorization_number=change.value if change.kind == FixKind.SET_AUTHORIZATION else None,
                referring_id=int(change.value) if change.kind == FixKind.SET_REFERRING else None,
            )

    def changes(
        self,
        claim: Claim,
        visit: facts.Encounter,
        fix: facts.Fix,
        keys: Registered,
        *,
        actor: User,
        now: datetime,
    ) -> list[Fix]:
        """Carry out what belongs to registration; returns the changes that the claim itself needs."""
        action = fix.action
        if action == facts.FixAction.RECODE and fix.coding:
            return recode(list(claim.lines.all()), claim.diagnoses, fix.coding)
        if action == facts.FixAction.CORRECT_MEMBER_ID and fix.coverage:
            correct_member_id(coverage_id=claim.coverage_id, member_id=fix.coverage.member_id, actor=actor, now=now)
        elif action == facts.FixAction.CORRECT_PERSON:
            correct_person(patient_id=claim.patient_id, birth_date=fix.birth_date, sex=fix.sex, actor=actor, now=now)
        elif action == facts.FixAction.REPLACE_COVERAGE and fix.coverage:
            return [self._replace_coverage(claim, fix, fix.coverage, keys, actor=actor, now=now)]
        elif action == facts.FixAction.ADD_AUTHORIZATION and fix.authorization:
            return [self._add_authorization(claim, fix.authorization, keys, actor=actor, now=now)]
        elif action == facts.FixAction.CORRECT_REFERRING and fix.referring:
            return [Fix(kind=FixKind.SET_REFERRING, value=str(keys.referring[fix.referring.npi]))]
        return []

    def _replace_coverage(
        self, claim: Claim, fix: facts.Fix, plan: facts.Coverage, keys: Registered, *, actor: User, now: datetime
    ) -> Fix:
        own = plan.relationship == "self"
        payer_id = keys.payers[plan.payer_id]
        plans = Coverage.objects.filter(patient_id=claim.patient_id, payer_id=payer_id, member_id=plan.member_id)
        row = plans.first() or replace_coverage(
            patient_id=claim.patient_id,
            new=NewCoverage(
                payer_id=payer_id,
                member_id=plan.member_id,
                effective_from=plan.active_from,
                effective_to=plan.active_to,
                rank=plan.order,
                group_number=plan.group_number or "",
                relationship=RELATIONSHIPS[plan.relationship],
                subscriber_last_name="" if own else plan.subscriber.last_name,
                subscriber_first_name="" if own else plan.subscriber.first_name,
                subscriber_birth_date=None if own else plan.subscriber.birth_date,
                subscriber_sex="" if own else plan.subscriber.sex,
            ),
            ends_coverage_id=claim.coverage_id,
            ended_on=fix.ended_on,
            actor=actor,
            now=now,
        )
        return Fix(kind=FixKind.SET_COVERAGE, value=str(row.pk))

    def _add_authorization(
        self, claim: Claim, one: facts.Authorization, keys: Registered, *, actor: User, now: datetime
    ) -> Fix:
        register_authorization(
            patient_id=claim.patient_id,
            payer_id=keys.payers[one.payer_id],
            number=one.number,
            codes=one.codes,
            valid_from=one.first_day,
            valid_to=one.last_day,
            actor=actor,
            now=now,
        )
        return Fix(kind=FixKind.SET_AUTHORIZATION, value=one.number)


def recode(lines: Sequence[ClaimLine], diagnoses: Sequence[str], coding: facts.Coding) -> list[Fix]:
    """The changes that turn a claim's codes into these."""
    fixes: list[Fix] = []
    if tuple(diagnoses) != coding.diagnoses:
        fixes.append(Fix(kind=FixKind.SET_DIAGNOSES, values=coding.diagnoses))
    for line, right in zip(lines, coding.lines, strict=False):
        if line.code != right.code:
            fixes.append(Fix(kind=FixKind.SET_CODE, line=line.number, value=right.code))
        if tuple(line.modifiers) != right.modifiers:
            fixes.append(Fix(kind=FixKind.SET_MODIFIERS, line=line.number, values=right.modifiers))
        if line.units != right.units:
            fixes.append(Fix(kind=FixKind.SET_UNITS, line=line.number, value=str(right.units)))
        if tuple(line.pointers) != right.pointers:
            pointers = tuple(str(pointer) for pointer in right.pointers)
            fixes.append(Fix(kind=FixKind.SET_POINTERS, line=line.number, values=pointers))
    surplus = reversed(lines[len(coding.lines) :])
    return fixes + [Fix(kind=FixKind.REMOVE_LINE, line=line.number) for line in surplus]
