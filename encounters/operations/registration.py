"""Putting a patient's registration right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from compliance.models import User
from compliance.operations import record_event
from encounters.models import Authorization, Coverage, Encounter, Patient, Payer
from encounters.operations.coverage import WAITING_STAGE, CannotCorrect, as_issued
from worklist.nudge import nudge

BACKWARDS = "The coverage would end before it begins. Check the dates on the card."


class CannotRegister(Exception):
    """The new facts contradict each other or the calendar."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCoverage:
    """A plan as the card shows it; subscriber fields stay empty when the patient holds it."""

    payer_id: int
    member_id: str
    effective_from: date
    effective_to: date | None = None
    rank: int = 1
    group_number: str = ""
    relationship: str = "18"
    subscriber_last_name: str = ""
    subscriber_first_name: str = ""
    subscriber_birth_date: date | None = None
    subscriber_sex: str = ""


@transaction.atomic
def correct_person(
    *,
    patient_id: int,
    actor: User | None,
    now: datetime,
    birth_date: date | None = None,
    sex: str | None = None,
) -> Patient:
    """Correct a patient's birth date or sex. Raises CannotRegister for a birth date ahead."""
    patient = Patient.objects.select_for_update().get(pk=patient_id)
    if birth_date is not None and birth_date > now.date():
        raise CannotRegister("This birth date is in the future. Check the card.")
    changed = {name: value for name, value in {"birth_date": birth_date, "sex": sex}.items() if value is not None}
    for name, value in changed.items():
        setattr(patient, name, value)
    patient.save(update_fields=list(changed))
    record_event(
        actor=actor,
        now=now,
        verb="patient.corrected",
        subject=patient,
        patient_id=patient.pk,
        detail={"fields": sorted(changed)},
    )
    nudge(WAITING_STAGE)
    return patient


@transaction.atomic
def correct_coverage(
    *,
    coverage_id: int,
    effective_from: date,
    effective_to: date | None,
    rank: int,
    actor: User | None,
    now: datetime,
) -> Coverage:
    """Correct from when to when a plan covers its member, and in which order it pays. Raises CannotRegister."""
    coverage = Coverage.objects.select_for_update(of=("self",)).select_related("payer").get(pk=coverage_id)
    if effective_to is not None and effective_to < effective_from:
        raise CannotRegister(BACKWARDS)
    after = {"effective_from": effective_from, "effective_to": effective_to, "rank": rank}
    before = {name: getattr(coverage, name) for name in after}
    if before == after:
        raise CannotRegister("Nothing is changed: the file says so already.")
    for name, value in after.items():
        setattr(coverage, name, value)
    coverage.save(update_fields=list(after))
    record_event(
        actor=actor,
        now=now,
        verb="coverage.corrected",
        subject=coverage,
        detail={"before": _told(before), "after": _told(after)},
    )
    nudge(WAITING_STAGE)
    return coverage


def _told(values: dict[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in values.items()}


@transaction.atomic
def replace_coverage(
    *,
    patient_id: int,
    new: NewCoverage,
    actor: User | None,
    now: datetime,
    ends_coverage_id: int | None = None,
    ended_on: date | None = None,
) -> Coverage:
    """Register a plan and, with `ends_coverage_id`, end the one it follows. Raises CannotRegister."""
    patient = Patient.objects.select_for_update().get(pk=patient_id)
    if new.effective_to is not None and new.effective_to < new.effective_from:
        raise CannotRegister(BACKWARDS)
    try:
        member_id = as_issued(Payer.objects.get(pk=new.payer_id), new.member_id)
    except CannotCorrect as refusal:
        raise CannotRegister(str(refusal)) from refusal
    if ends_coverage_id is not None:
        ended = Coverage.objects.select_for_update().get(pk=ends_coverage_id, patient=patient)
        ended.effective_to = ended_on
        ended.save(update_fields=["effective_to"])
    coverage = Coverage.objects.create(
        practice_id=patient.practice_id,
        patient=patient,
        payer_id=new.payer_id,
        rank=new.rank,
        member_id=member_id,
        group_number=new.group_number,
        relationship=new.relationship,
        subscriber_last_name=new.subscriber_last_name,
        subscriber_first_name=new.subscriber_first_name,
        subscriber_birth_date=new.subscriber_birth_date,
        subscriber_sex=new.subscriber_sex,
        effective_from=new.effective_from,
        effective_to=new.effective_to,
    )
    record_event(actor=actor, now=now, verb="coverage.registered", subject=coverage)
    nudge("build_claims")  # a visit may have waited for any plan at all
    nudge(WAITING_STAGE)
    return coverage


@transaction.atomic
def register_authorization(
    *,
    patient_id: int,
    payer_id: int,
    number: str,
    codes: Sequence[str],
    valid_from: date,
    valid_to: date,
    actor: User | None,
    now: datetime,
    encounter_id: int | None = None,
) -> Authorization:
    """Put a payer's approval on file, and on the visit that it was asked for when that is named.

    The same number again gives the one that is there. Raises CannotRegister.
    """
    if valid_to < valid_from:
        raise CannotRegister("The authorization would end before it begins. Check the dates.")
    patient = Patient.objects.select_for_update().get(pk=patient_id)
    approval = Authorization.objects.filter(patient=patient, number=number).first()
    if approval is None:
        approval = Authorization.objects.create(
            practice_id=patient.practice_id,
            patient=patient,
            payer_id=payer_id,
            number=number,
            codes=list(codes),
            valid_from=valid_from,
            valid_to=valid_to,
        )
        record_event(actor=actor, now=now, verb="authorization.registered", subject=approval)
    if encounter_id is not None:
        _tie(Encounter.objects.select_for_update().get(pk=encounter_id, patient=patient), approval, actor, now)
    nudge(WAITING_STAGE)
    return approval


def _tie(visit: Encounter, approval: Authorization, actor: User | None, now: datetime) -> None:
    visit.authorization = approval
    visit.save(update_fields=["authorization"])
    record_event(actor=actor, now=now, verb="encounter.authorization_set", subject=visit, note=approval.number)
