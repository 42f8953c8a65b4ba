"""Mistakes at the front desk: what our file says of a patient that the payer's does not."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from rcm.demo.facts import Coding, Coverage, Fix, FixAction, Mistake, Patient, Payer, Person
from rcm.demo.identity import swapped
from rcm.demo.mistakes import Kind
from rcm.demo.notes import with_pair_modifiers
from rcm.demo.people import Registry

REGISTRATION = frozenset({Mistake.WRONG_MEMBER_ID, Mistake.WRONG_BIRTH_DATE, Mistake.INACTIVE_COVERAGE})


def touches_registration(kind: Kind) -> bool:
    """Whether the mistake lies in the patient's file, so that the patient is made for this one visit."""
    return kind.mistake in REGISTRATION or (kind.mistake, kind.variant) == (Mistake.AGE_SEX_CONFLICT, "sex")


@dataclass(slots=True)
class FrontDesk:
    """Registers patients wrongly and knows how to put it right."""

    rng: Random
    registry: Registry
    payers: tuple[Payer, ...]

    def mistaken(self, kind: Kind, patient: Patient, coding: Coding, service_date: date) -> tuple[Patient, Fix]:
        """The patient as wrongly registered, and the fix (its delay still open)."""
        coverage = patient.coverages[0]
        if kind.mistake == Mistake.WRONG_MEMBER_ID:
            wrong = self._wrong_number(coverage, kind.variant)
            fix = Fix(FixAction.CORRECT_MEMBER_ID, None, coverage=coverage)
            return _with_coverage(patient, replace(coverage, member_id=wrong)), fix
        if kind.mistake == Mistake.WRONG_BIRTH_DATE:
            wrong_person = replace(patient.person, birth_date=_mistyped(patient.person.birth_date))
            fix = Fix(FixAction.CORRECT_PERSON, None, birth_date=patient.person.birth_date)
            return _with_person(patient, wrong_person), fix
        if kind.mistake == Mistake.INACTIVE_COVERAGE:
            return self._inactive(kind, patient, coding, service_date)
        wrong_person = replace(patient.person, sex="M")
        return _with_person(patient, wrong_person), Fix(FixAction.CORRECT_PERSON, None, sex=patient.person.sex)

    def _wrong_number(self, coverage: Coverage, variant: str) -> str:
        if variant == "short":
            return coverage.member_id[:-1]
        wrong = swapped(coverage.member_id)
        while wrong in self.registry.taken:
            wrong = f"{wrong[:-1]}{(int(wrong[-1]) + 1) % 10}"
        self.registry.taken.add(wrong)
        return wrong

    def _inactive(self, kind: Kind, patient: Patient, coding: Coding, service_date: date) -> tuple[Patient, Fix]:
        coverage = patient.coverages[0]
        last_day = service_date - timedelta(days=self.rng.randrange(8, 60))
        roster = replace(coverage.roster, active_to=last_day) if coverage.roster else None
        ended = replace(coverage, roster=roster, active_to=last_day if kind.variant == "known" else None)
        fix = Fix(FixAction.NOTHING, None, ended_on=last_day)
        if self.rng.random() < 0.75:
            other = self._other_payer(coverage.payer_id, coding)
            new = self.registry.new_coverage(
                patient.person, other.payer_id, key=f"{patient.mrn}-3", on=service_date, self_only=True
            )
            start = last_day + timedelta(days=1)
            assert new.roster is not None
            new = replace(new, active_from=start, roster=replace(new.roster, active_from=start))
            fix = Fix(FixAction.REPLACE_COVERAGE, None, coverage=new, ended_on=last_day)
        return _with_coverage(patient, ended), fix

    def _other_payer(self, payer_id: str, coding: Coding) -> Payer:
        others = [each for each in self.payers if each.kind == "commercial" and each.payer_id != payer_id]
        return self.rng.choice([each for each in others if _takes(each, coding)] or others)


def _takes(payer: Payer, coding: Coding) -> bool:
    """Whether the payer would take the coding as it stands."""
    needs = any(line.code in payer.needs_authorization for line in coding.lines)
    return not needs and with_pair_modifiers(coding.lines, payer) == coding.lines


def _mistyped(day: date) -> date:
    """Day and month exchanged where that is another date, else the year before."""
    if day.day <= 12 and day.day != day.month:
        return date(day.year, day.day, day.month)
    return day.replace(year=day.year - 1, day=min(day.day, 28))


def _with_coverage(patient: Patient, coverage: Coverage) -> Patient:
    return replace(patient, coverages=(coverage, *patient.coverages[1:]))


def _with_person(patient: Patient, person: Person) -> Patient:
    """The patient under another identity on our file; the payer's roster keeps the right one."""
    coverages = tuple(
        replace(each, subscriber=person) if each.subscriber == patient.person else each for each in patient.coverages
    )
    return replace(patient, person=person, coverages=coverages)
