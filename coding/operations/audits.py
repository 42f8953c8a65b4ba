"""Audits by a second coder: drawing the sample, coding blind, explaining, answering, settling."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from coding.domain.audits import (
    REASON_WORDS,
    AuditStatus,
    Outcome,
    Reason,
    as_json,
    can_move,
    compare,
    due_on,
    from_json,
    sampled_for,
)
from coding.domain.codes import CaseCodes, beyond_any_claim
from coding.models import AuditedCode, AuditPlan, CodingAudit, CodingCase
from coding.operations.send_back import send_back
from coding.queries.audits import audit_rows, finished_cases, plan_of, saw_first_coding
from compliance.models import User
from compliance.operations import Event, record_event, record_events
from encounters.queries import first_payer_names
from worklist.domain.kinds import Kind
from worklist.operations import NewItem, close_items, give_items, open_items

AUDIT = "coding.codingaudit"


class CannotAudit(Exception):
    """The audit is not in the state for this, or is not this person's to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """How much is audited: percents by reason, the dollars that count as high, the days that count as new."""

    percents: Mapping[Reason, int]
    high_value: Decimal
    new_coder_days: int


@transaction.atomic
def set_audit_plan(*, practice_id: int, rates: Rates, actor: User, now: datetime) -> AuditPlan:
    """Set how much a practice audits from now on; the first plan begins with cases finished after it."""
    values: dict[str, int | Decimal] = {f"{reason}_percent": percent for reason, percent in rates.percents.items()}
    values |= {"high_value": rates.high_value, "new_coder_days": rates.new_coder_days}
    plan, _ = AuditPlan.objects.update_or_create(
        practice_id=practice_id,
        defaults=values | {"changed_at": now, "changed_by": actor},
        create_defaults=values | {"changed_at": now, "changed_by": actor, "since": now},
    )
    detail = {name: str(value) for name, value in values.items()}
    record_event(actor=actor, now=now, verb="audit_plan.set", subject=plan, detail=detail)
    return plan


def draw_sample(*, practice_id: int, case_ids: Sequence[int], now: datetime) -> list[CodingAudit]:
    """Let finished cases take part in the draw, once each; those drawn become audits with work for an auditor.

    The caller holds the cases' row locks. A fixed number of statements for any number of them.
    """
    plan = plan_of(practice_id)
    cases = finished_cases(practice_id, case_ids, now)
    CodingCase.objects.filter(pk__in=case_ids).update(drawn_at=now)
    drawn = {case.pk: sampled_for(facts, plan) for case, facts in cases}
    audits = CodingAudit.objects.bulk_create(
        CodingAudit(
            practice_id=practice_id,
            case=case,
            coder_id=case.coder_id,
            reasons=list(drawn[case.pk]),
            first=as_json(facts.codes),
            sampled_at=now,
            due_date=due_on(now),
        )
        for case, facts in cases
        if drawn[case.pk]
    )
    payers = _payers(audits)
    open_items(items=[_item(audit, Kind.CODING_AUDIT, payers) for audit in audits], now=now)
    record_events(actor=None, now=now, events=[_event(audit, "audit.sampled") for audit in audits])
    return audits


@transaction.atomic
def take_audit(*, audit_id: int, actor: User, now: datetime) -> CodingAudit:
    """Begin an audit as its second coder.

    Raises CannotAudit for the visit's own coder, for somebody who has seen the first coding, and when another
    auditor has it.
    """
    audit = _locked(audit_id, AuditStatus.OPEN)
    _refuse_auditor(audit, actor)
    if audit.auditor_id == actor.pk:
        return audit
    audit.auditor = actor
    audit.save(update_fields=["auditor"])
    give_items(
        practice_id=audit.practice_id,
        kind=Kind.CODING_AUDIT,
        subject_type=AUDIT,
        subject_id=audit.pk,
        to=actor,
        instead=True,
    )
    record_events(actor=actor, now=now, events=[_event(audit, "audit.taken")])
    return audit


def _refuse_auditor(audit: CodingAudit, actor: User) -> None:
    """Maker is not checker, and the second coder has not seen the first coding."""
    if audit.coder_id == actor.pk:
        raise CannotAudit("You coded this visit. Another coder audits it.")
    if audit.auditor_id not in (None, actor.pk):
        raise CannotAudit(f"{audit.auditor} is auditing this visit.")
    if saw_first_coding(audit, actor):
        raise CannotAudit("You have seen the codes of this visit. A coder who has not must audit it.")


@transaction.atomic
def save_second(*, audit_id: int, codes: CaseCodes, revision: int | None, actor: User, now: datetime) -> CodingAudit:
    """Keep the second coding as far as it is. Raises CannotAudit."""
    audit = _locked(audit_id, AuditStatus.OPEN)
    if audit.auditor_id != actor.pk:
        raise CannotAudit("Begin the audit first.")
    if refusal := beyond_any_claim(codes):
        raise CannotAudit(refusal)
    kept = as_json(codes)
    if kept == audit.second:
        return audit
    if revision is not None and revision != audit.revision:
        raise CannotAudit("Another window of yours changed this. Reload to see both, then make your change again.")
    audit.second, audit.revision = kept, audit.revision + 1
    audit.save(update_fields=["second", "revision"])
    return audit


@transaction.atomic
def fix_second(*, audit_id: int, actor: User, now: datetime) -> CodingAudit:
    """Fix the second coding and compare the two; without a difference the audit is done. Raises CannotAudit."""
    audit = _locked(audit_id, AuditStatus.OPEN)
    if audit.auditor_id != actor.pk:
        raise CannotAudit("Begin the audit first.")
    _refuse_auditor(audit, actor)
    second = from_json(audit.second)
    if not second.diagnoses or not second.services:
        raise CannotAudit("A coding needs a diagnosis and a procedure at least.")
    compared = compare(from_json(audit.first), second)
    AuditedCode.objects.bulk_create(
        AuditedCode(
            practice_id=audit.practice_id,
            audit=audit,
            position=position,
            procedure=one.procedure,
            category=one.category,
            code=one.code,
            first=one.first,
            second=one.second,
            first_says=one.first_says,
            second_says=one.second_says,
            agreed=one.agreed,
        )
        for position, one in enumerate(compared, 1)
    )
    audit.fixed_at = now
    if all(one.agreed for one in compared):
        _close(audit, Outcome.AGREED, actor, now)
    else:
        _move(audit, AuditStatus.FIXED)
        audit.save(update_fields=["status", "fixed_at"])
    record_events(actor=actor, now=now, events=[_event(audit, "audit.fixed")])
    return audit


@transaction.atomic
def send_note(*, audit_id: int, reasons: Mapping[int, str], note: str, actor: User, now: datetime) -> CodingAudit:
    """Explain every difference (reasons by position) and send the education note to the coder.

    A case that was completed without a coder has nobody to teach: its audit closes at once. Raises CannotAudit.
    """
    audit = _locked(audit_id, AuditStatus.FIXED)
    if audit.auditor_id != actor.pk:
        raise CannotAudit(f"{audit.auditor} audits this visit and explains the differences.")
    rows = [row for row in audit.codes.all() if not row.agreed]
    for row in rows:
        row.reason = reasons.get(row.position, "").strip()[:200]
    if any(not row.reason for row in rows):
        raise CannotAudit("Give a reason for every difference.")
    AuditedCode.objects.bulk_update(rows, ["reason"])
    audit.note, audit.noted_at = note.strip(), now
    if audit.coder_id is None:
        _close(audit, Outcome.ACCEPTED, actor, now)
        return audit
    _move(audit, AuditStatus.NOTED)
    audit.save(update_fields=["note", "noted_at", "status"])
    _close_work(audit, "Explained to the coder", actor, now)
    open_items(items=[_item(audit, Kind.CODING_EDUCATION, _payers([audit]))], now=now)
    give_items(
        practice_id=audit.practice_id,
        kind=Kind.CODING_EDUCATION,
        subject_type=AUDIT,
        subject_id=audit.pk,
        to=audit.coder,
    )
    record_events(actor=actor, now=now, events=[_event(audit, "audit.noted")])
    return audit


@transaction.atomic
def answer_note(*, audit_id: int, agrees: bool, words: str, actor: User, now: datetime) -> CodingAudit:
    """The coder's answer to an education note: agreed, and the audit is done; or disputed, for the supervisor.

    Raises CannotAudit.
    """
    audit = _locked(audit_id, AuditStatus.NOTED)
    if audit.coder_id != actor.pk:
        raise CannotAudit("This note is for the coder of the visit.")
    if not agrees and not words.strip():
        raise CannotAudit("Say which words of the note support your codes.")
    audit.answer, audit.answered_at = words.strip(), now
    if agrees:
        _close(audit, Outcome.ACCEPTED, actor, now)
        return audit
    _move(audit, AuditStatus.DISPUTED)
    audit.save(update_fields=["answer", "answered_at", "status"])
    _close_work(audit, "Disputed", actor, now)
    open_items(items=[_item(audit, Kind.CODING_DISPUTE, _payers([audit]))], now=now)
    record_events(actor=actor, now=now, events=[_event(audit, "audit.disputed")])
    return audit


@transaction.atomic
def settle_dispute(
    *, audit_id: int, coder_right: Collection[int], words: str, actor: User, now: datetime
) -> CodingAudit:
    """Decide a dispute: on the differences named by position the first coder was right; the others stand.

    Raises CannotAudit for the two people it is about.
    """
    audit = _locked(audit_id, AuditStatus.DISPUTED)
    if actor.pk in (audit.coder_id, audit.auditor_id):
        raise CannotAudit("The dispute is between you and a colleague. Somebody else decides it.")
    if not words.strip():
        raise CannotAudit("Say why.")
    rows = [row for row in audit.codes.all() if not row.agreed]
    right = [row for row in rows if row.position in coder_right]
    AuditedCode.objects.filter(pk__in=[row.pk for row in right]).update(agreed=True, overturned=True)
    audit.ruling, audit.ruled_by = words.strip(), actor
    _close(audit, Outcome.OVERTURNED if len(right) == len(rows) else Outcome.UPHELD, actor, now)
    return audit


def _close(audit: CodingAudit, outcome: Outcome, actor: User, now: datetime) -> None:
    _move(audit, AuditStatus.CLOSED)
    audit.outcome, audit.closed_at = outcome, now
    audit.save()
    _close_work(audit, f"Audit {outcome}", actor, now)
    if outcome in (Outcome.ACCEPTED, Outcome.UPHELD):
        send_back(audit=audit, actor=actor, now=now)
    record_events(actor=actor, now=now, events=[_event(audit, "audit.closed", outcome)])


def _close_work(audit: CodingAudit, outcome: str, actor: User, now: datetime) -> None:
    close_items(
        practice_id=audit.practice_id,
        kinds=[Kind.CODING_AUDIT, Kind.CODING_EDUCATION, Kind.CODING_DISPUTE],
        subject_type=AUDIT,
        subject_ids=[audit.pk],
        outcome=outcome,
        now=now,
        actor=actor,
    )


def _move(audit: CodingAudit, to: AuditStatus) -> None:
    """Raises CannotAudit for a step that the life of an audit does not have."""
    if not can_move(audit.status, to):
        raise CannotAudit("This audit has moved on. Reload the page to see where it stands.")
    audit.status = to


def _locked(audit_id: int, status: AuditStatus) -> CodingAudit:
    """The audit in the state that an act needs. Raises CannotAudit when it has moved on."""
    audit = audit_rows().select_for_update(of=("self",)).get(pk=audit_id)
    if audit.status != status:
        raise CannotAudit("This audit has moved on. Reload the page to see where it stands.")
    return audit


def _payers(audits: Sequence[CodingAudit]) -> dict[int, str]:
    return first_payer_names([audit.case.encounter.patient_id for audit in audits])


def _item(audit: CodingAudit, kind: Kind, payers: Mapping[int, str]) -> NewItem:
    visit = audit.case.encounter
    reason, step = {
        Kind.CODING_AUDIT: ("Drawn: " + REASON_WORDS[Reason(audit.reasons[0])], "Code it blind"),
        Kind.CODING_EDUCATION: ("A second coder codes it differently", "Read, agree or dispute"),
        Kind.CODING_DISPUTE: ("The coder disputes an audit", "Decide"),
    }[kind]
    return NewItem(
        practice_id=audit.practice_id,
        kind=kind,
        subject_type=AUDIT,
        subject_id=audit.pk,
        reason=reason,
        next_step=step,
        category=visit.provider.specialty,
        clock_date=audit.clock[0],
        patient_id=visit.patient_id,
        patient_name=str(visit.patient),
        payer_name=payers.get(visit.patient_id, ""),
        service_date=visit.service_date,
    )


def _event(audit: CodingAudit, verb: str, note: str = "") -> Event:
    return Event.about(
        audit, verb, patient_id=audit.case.encounter.patient_id, note=note, detail={"case": audit.case_id}
    )
