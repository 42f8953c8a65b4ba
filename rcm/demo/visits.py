"""Makes the visits one after another: who comes, what is written and coded, and what goes wrong."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from rcm.demo.authorizations import approval, expired, extended, needed_codes, unregistered
from rcm.demo.calendar import coded_at, coded_days_after, signed_at
from rcm.demo.choices import Choices, Option
from rcm.demo.facts import (
    Authorization,
    CaughtBy,
    Coding,
    Encounter,
    Fix,
    FixAction,
    Location,
    Mistake,
    Patient,
    Payer,
    Person,
    PlantedMistake,
    Play,
    Provider,
    ReferringProvider,
)
from rcm.demo.identity import broken_npi
from rcm.demo.mistakes import Kind, Visit, planted_coding
from rcm.demo.notes import draw_values, evidence_of, right_coding, write_note
from rcm.demo.people import Registry, age_on
from rcm.demo.practices import LOCATIONS, PRACTICE_OF, PROVIDERS, REFERRING
from rcm.demo.registration import FrontDesk, touches_registration
from rcm.demo.repairs import appeal_for, choose_play, fix_delay
from rcm.demo.scenarios import ONCE_A_YEAR, Scenario

_TRIES = 12
_NEW_SHARE = 0.3


@dataclass(slots=True)
class _Chart:
    """What has to be remembered of a patient who may come again."""

    patient: Patient
    last_day: date
    had: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Clinic:
    """The year of both practices. Call `see` in order of dates."""

    rng: Random
    today: date
    registry: Registry
    choices: Choices
    desk: FrontDesk
    patients_per_visit: float
    patients: list[Patient] = field(default_factory=list)
    authorizations: list[Authorization] = field(default_factory=list)
    encounters: list[Encounter] = field(default_factory=list)
    charts: dict[tuple[str, str], list[_Chart]] = field(default_factory=dict)
    approvals: int = 0

    def see(self, service_date: date, kind: Kind | None) -> None:
        """One visit on the day, with its mistake if it has one."""
        if kind is not None and kind.mistake == Mistake.DUPLICATE_VISIT:
            original = self._recent_clean_visit()
            if original is not None:
                self._enter_twice(original, kind)
                return
            kind = None
        option = self.choices.draw(self.rng, kind)
        patient, is_new = self._patient_for(option, service_date, kind)
        self._record(option, patient, service_date, kind, is_new=is_new)

    def _record(self, option: Option, patient: Patient, service_date: date, kind: Kind | None, *, is_new: bool) -> None:
        scenario, payer, rng = option.scenario, option.payer, self.rng
        age = age_on(patient.person, service_date)
        values = draw_values(rng, scenario, patient.person, age)
        right = right_coding(scenario, values, payer, age=age, is_new=is_new)
        visit = Visit(scenario, values, payer, right, age, is_new)
        referring = self._referring(scenario, kind)
        provider = rng.choice([each for each in PROVIDERS if _fits(each, scenario)])
        signed = signed_at(rng, service_date, self.today) if kind is None or not _is_late(kind) else None
        mistake, coding, approved = None, right, self._approval(patient, right, payer, service_date)
        entered_referring = referring
        if kind is not None:
            coding = _planted(kind, visit)
            if kind.mistake == Mistake.REFERRING_NPI and referring is not None:
                entered_referring = replace(referring, npi=broken_npi(referring.npi))
                fix = Fix(FixAction.CORRECT_REFERRING, None, referring=referring)
            else:
                patient, approved, fix = self._spoil(kind, patient, visit, approved, service_date)
            mistake = self._plan(kind, fix, service_date)
        if approved is not None:
            self.authorizations.append(approved)
        self._keep(patient, kind)
        signed, coded = self._moments(signed, service_date, kind, payer)
        self.encounters.append(
            Encounter(
                key=f"V{len(self.encounters) + 1:06d}",
                practice=patient.practice,
                mrn=patient.mrn,
                provider=provider.key,
                location=_location(provider, scenario).key,
                place_of_service=scenario.pos,
                service_date=service_date,
                specialty=scenario.specialty,
                scenario=scenario.key,
                payer_id=payer.payer_id,
                is_new_patient=is_new,
                reason=scenario.reason.format_map(values),
                note=write_note(scenario, values, is_new=is_new, referring=referring),
                evidence=evidence_of(scenario, values, right),
                signed_at=signed,
                coded_at=coded,
                true_codes=right,
                entered_codes=coding,
                referring=entered_referring,
                authorization=approved,
                mistake=mistake,
            )
        )

    # patients

    def _patient_for(self, option: Option, service_date: date, kind: Kind | None) -> tuple[Patient, bool]:
        """Somebody who fits, known or new; and whether the visit is billed as a new patient's."""
        practice = PRACTICE_OF[option.scenario.specialty]
        single = kind is not None and touches_registration(kind)
        if not single and len(self.patients) >= self.patients_per_visit * (len(self.encounters) + 1):
            chart = self._known_patient(option, practice, service_date)
            if chart is not None:
                chart.last_day = service_date
                chart.had.add(option.scenario.key)
                return chart.patient, False
        patient = self.registry.new_patient(
            practice=practice,
            sex=option.scenario.sex or self.rng.choices("FM", (55, 45))[0],
            age=self.rng.randint(*option.ages),
            on=service_date,
            payer_id=option.payer.payer_id,
            self_only=single,
        )
        if not single:
            self.patients.append(patient)
            known = self.charts.setdefault((practice, option.payer.payer_id), [])
            known.append(_Chart(patient, service_date, {option.scenario.key}))
        return patient, self.rng.random() < _NEW_SHARE

    def _known_patient(self, option: Option, practice: str, service_date: date) -> _Chart | None:
        known = self.charts.get((practice, option.payer.payer_id), [])
        for _ in range(_TRIES if known else 0):
            chart = self.rng.choice(known)
            if _can_come(chart, option, service_date):
                return chart
        return None

    def _keep(self, patient: Patient, kind: Kind | None) -> None:
        if kind is not None and touches_registration(kind):
            self.patients.append(patient)

    # what goes wrong

    def _spoil(
        self, kind: Kind, patient: Patient, visit: Visit, approved: Authorization | None, service_date: date
    ) -> tuple[Patient, Authorization | None, Fix]:
        """The patient and the approval as they really are on file, and the fix without its delay."""
        if touches_registration(kind):
            wrong, fix = self.desk.mistaken(kind, patient, visit.coding, service_date)
            return wrong, approved, fix
        if kind.mistake == Mistake.MISSING_AUTHORIZATION and approved is not None:
            left, fix = self._without_approval(kind, approved, service_date)
            return patient, left, fix
        if _is_late(kind):
            return patient, approved, Fix(FixAction.NOTHING, None)
        return patient, approved, Fix(FixAction.RECODE, None, coding=visit.coding)

    def _without_approval(
        self, kind: Kind, approved: Authorization, service_date: date
    ) -> tuple[Authorization | None, Fix]:
        if kind.variant == "expired":
            self.approvals += 1
            more = extended(approved, service_date, self.approvals)
            self.authorizations.append(more)
            return expired(approved, service_date), Fix(FixAction.ADD_AUTHORIZATION, None, authorization=more)
        if self.rng.random() < 0.7:
            hidden = unregistered(approved)
            return hidden, Fix(FixAction.ADD_AUTHORIZATION, None, authorization=hidden)
        return None, Fix(FixAction.NOTHING, None)

    def _plan(self, kind: Kind, fix: Fix, service_date: date) -> PlantedMistake:
        play = choose_play(self.rng, kind, fix.action)
        days = fix_delay(self.rng, kind, play, service_date=service_date, today=self.today)
        if fix.action == FixAction.NOTHING or play == Play.APPEAL:
            days = None
        return PlantedMistake(
            kind.mistake,
            kind.caught_by,
            kind.says,
            replace(fix, after_days=days),
            play,
            appeal_for(self.rng, kind, play),
        )

    def _recent_clean_visit(self) -> Encounter | None:
        twice = {each.duplicate_of for each in self.encounters[-120:]}
        for each in reversed(self.encounters[-60:]):
            if each.mistake is None and each.coded_at is not None and each.key not in twice:
                return each
        return None

    def _enter_twice(self, original: Encounter, kind: Kind) -> None:
        later = timedelta(days=self.rng.randrange(1, 4))
        days = fix_delay(self.rng, kind, Play.CORRECT, service_date=original.service_date, today=self.today)
        fix = Fix(FixAction.VOID, days)
        if original.signed_at is None or original.coded_at is None:
            return
        self.encounters.append(
            replace(
                original,
                key=f"V{len(self.encounters) + 1:06d}",
                signed_at=original.signed_at + timedelta(minutes=20),
                coded_at=original.coded_at + later,
                duplicate_of=original.key,
                mistake=PlantedMistake(kind.mistake, CaughtBy.OUR_EDITS, kind.says, fix, Play.CORRECT),
            )
        )

    # the rest

    def _approval(self, patient: Patient, coding: Coding, payer: Payer, day: date) -> Authorization | None:
        codes = needed_codes(coding, payer)
        if not codes:
            return None
        self.approvals += 1
        return approval(self.rng, patient, patient.coverages[0], codes, day, self.approvals)

    def _referring(self, scenario: Scenario, kind: Kind | None) -> ReferringProvider | None:
        wanted = kind is not None and kind.mistake == Mistake.REFERRING_NPI
        if wanted or (scenario.referred and self.rng.random() < 0.8):
            return self.rng.choice(REFERRING)
        return None

    def _moments(
        self, signed: datetime | None, service_date: date, kind: Kind | None, payer: Payer
    ) -> tuple[datetime | None, datetime | None]:
        if kind is None or not _is_late(kind):
            return signed, coded_at(self.rng, signed, self.today)
        limit = payer.payer_filing_days if kind.variant == "payer" else payer.filing_days
        coded = coded_days_after(self.rng, service_date, limit + self.rng.randrange(3, 16))
        return coded - timedelta(days=self.rng.randrange(1, 4)), coded


def _planted(kind: Kind, visit: Visit) -> Coding:
    coding = planted_coding(kind, visit)
    if coding is None:  # Choices draws only visits that can carry the mistake
        raise LookupError(f"{visit.scenario.key} with {visit.payer.payer_id} has no place for {kind.mistake}")
    return coding


def _is_late(kind: Kind) -> bool:
    return kind.mistake == Mistake.LATE_FILING


def _can_come(chart: _Chart, option: Option, day: date) -> bool:
    person: Person = chart.patient.person
    low, high = option.ages
    return (
        chart.last_day < day
        and (not option.scenario.sex or person.sex == option.scenario.sex)
        and low <= age_on(person, day) <= high
        and not (option.scenario.key in chart.had and option.scenario.key in ONCE_A_YEAR)
    )


def _fits(provider: Provider, scenario: Scenario) -> bool:
    return provider.specialty == scenario.specialty and (not scenario.by or provider.credentials in scenario.by)


def _location(provider: Provider, scenario: Scenario) -> Location:
    fitting = [
        each for each in LOCATIONS if each.practice == provider.practice and each.place_of_service == scenario.pos
    ]
    return fitting[len(provider.last_name) % len(fitting)]
