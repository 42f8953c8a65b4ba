"""The shape of the demo world. Everything is frozen, fictional and made from a seed.

Two truths stand side by side: what *our* practice has on file (`Coverage.member_id`, `Encounter.entered_codes`)
and what the payer holds or the note supports (`Coverage.roster`, `Encounter.true_codes`). Where they differ,
the encounter carries a `PlantedMistake` that says who will notice and what a person will do about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Mistake(StrEnum):
    """What went wrong with a visit."""

    WRONG_MEMBER_ID = "wrong_member_id"
    WRONG_BIRTH_DATE = "wrong_birth_date"
    INACTIVE_COVERAGE = "inactive_coverage"
    MISSING_AUTHORIZATION = "missing_authorization"
    UNSPECIFIC_DIAGNOSIS = "unspecific_diagnosis"
    INVALID_DIAGNOSIS = "invalid_diagnosis"
    DIAGNOSIS_NOT_COVERED = "diagnosis_not_covered"
    UNBUNDLED_PAIR = "unbundled_pair"
    MISSING_MODIFIER = "missing_modifier"
    WRONG_UNITS = "wrong_units"
    POINTER_MISSING = "pointer_missing"
    REFERRING_NPI = "referring_npi"
    AGE_SEX_CONFLICT = "age_sex_conflict"
    DUPLICATE_VISIT = "duplicate_visit"
    LATE_FILING = "late_filing"


class CaughtBy(StrEnum):
    """Who is expected to notice a mistake first."""

    OUR_EDITS = "our_edits"
    CLEARINGHOUSE = "clearinghouse"
    PAYER = "payer"


class FixAction(StrEnum):
    """What a person changes; the `Fix` field that carries the new value is named beside each."""

    RECODE = "recode"  # Fix.coding
    CORRECT_MEMBER_ID = "correct_member_id"  # Fix.coverage
    CORRECT_PERSON = "correct_person"  # Fix.birth_date, Fix.sex
    REPLACE_COVERAGE = "replace_coverage"  # Fix.coverage; Fix.ended_on for the old one
    ADD_AUTHORIZATION = "add_authorization"  # Fix.authorization
    CORRECT_REFERRING = "correct_referring"  # Fix.referring
    VOID = "void"  # nothing to bill
    NOTHING = "nothing"  # only a letter, or a write-off, is left


class Play(StrEnum):
    """What the denial specialist does with a denial."""

    CORRECT = "correct"  # apply the fix and send a replacement
    APPEAL = "appeal"  # send a letter
    LEAVE = "leave"  # stays in the worklist


@dataclass(frozen=True, slots=True)
class Address:
    """A US postal address; `zip_code` is ZIP+4 without hyphen."""

    street: str
    city: str
    state: str
    zip_code: str


@dataclass(frozen=True, slots=True)
class Practice:
    """A client of the billing company and its billing identity."""

    slug: str
    name: str
    npi: str
    tax_id: str
    submitter_id: str
    taxonomy: str
    address: Address
    phone: str


@dataclass(frozen=True, slots=True)
class Location:
    """A place where visits happen. `key` is unique in the world."""

    key: str
    practice: str  # Practice.slug
    name: str
    place_of_service: str
    npi: str | None  # facilities other than the office carry their own
    address: Address
    phone: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A rendering provider. `username` is set for those who can log in."""

    key: str
    practice: str
    first_name: str
    last_name: str
    credentials: str
    npi: str
    taxonomy: str
    specialty: str  # Scenario.specialty
    username: str | None = None


@dataclass(frozen=True, slots=True)
class ReferringProvider:
    """A doctor outside of the practice who sent the patient."""

    first_name: str
    last_name: str
    credentials: str
    npi: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Two codes on one day: `column_two` needs `modifier`; "" means it is never paid beside `column_one`."""

    column_one: str
    column_two: str
    modifier: str


@dataclass(frozen=True, slots=True)
class Payer:
    """A payer as the practice knows it, and (marked) where the payer's own rules are different.

    Days are calendar days: `filing_days` from service, `correction_days` and `appeal_days` from the decision,
    `silence_days` from acceptance until the practice worries, `status_poll_days` between two 276 requests.
    """

    payer_id: str  # 2010BB NM109
    name: str
    plan_name: str
    kind: str  # commercial, medicare, medicaid
    claim_filing: str  # SBR09
    address: Address
    phone: str
    filing_days: int
    payer_filing_days: int  # the payer's own limit: differs where our contract file is out of date
    appeal_days: int
    correction_days: int
    silence_days: int
    status_poll_days: int
    member_id_pattern: str
    acknowledge_hours: int
    decision_days: tuple[int, int]
    pay_weekday: int | None
    deductible: Decimal
    coinsurance: Decimal
    copay: Decimal
    fee_schedule: Mapping[str, Decimal]
    needs_authorization: frozenset[str]  # the payer's own list
    known_authorization: frozenset[str]  # the part of it that the practice knows
    covered_diagnoses: Mapping[str, tuple[str, ...]]
    bundles: tuple[Bundle, ...]  # the payer's own list; the NCCI pairs are in every payer's
    unspecific_diagnoses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """Name, birth date, sex ("F" or "M")."""

    first_name: str
    last_name: str
    birth_date: date
    sex: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What the payer holds about this coverage."""

    member_id: str
    patient: Person
    subscriber: Person
    active_from: date
    active_to: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A coverage on our file and, in `roster`, the payer's own version (None: the payer never heard of it)."""

    key: str
    payer_id: str
    order: int  # 1 primary, 2 secondary
    member_id: str
    group_number: str | None
    relationship: str  # of the patient to the subscriber: self, spouse, child
    subscriber: Person
    active_from: date
    active_to: date | None
    roster: Roster | None


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient as registered in the practice."""

    mrn: str
    practice: str
    person: Person
    address: Address
    phone: str
    registered_on: date
    coverages: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Authorization:
    """A payer's approval.

    `registered_on` None: the payer has it, we do not know of it. `on_payer_file` False: only we believe in it.
    `payer_to` is the last day on the payer's file, `last_day` the one on ours.
    """

    number: str
    mrn: str
    payer_id: str
    member_id: str
    codes: tuple[str, ...]
    first_day: date
    last_day: date
    payer_to: date
    registered_on: date | None
    on_payer_file: bool = True


@dataclass(frozen=True, slots=True)
class CodedLine:
    """One service line. `pointers` are 1-based places in `Coding.diagnoses`."""

    code: str
    modifiers: tuple[str, ...]
    units: int
    pointers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """Diagnoses in order (dotted ICD-10-CM) and service lines."""

    diagnoses: tuple[str, ...]
    lines: tuple[CodedLine, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the note that a code rests on; each phrase occurs in the note as written here."""

    code: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """What a person changes once the mistake is noticed; None fields stay as they are.

    `after_days` counts calendar days from the hold, rejection or denial; None: nobody ever does it.
    """

    action: FixAction
    after_days: int | None
    coding: Coding | None = None
    coverage: Coverage | None = None
    ended_on: date | None = None
    birth_date: date | None = None
    sex: str | None = None
    authorization: Authorization | None = None
    referring: ReferringProvider | None = None


@dataclass(frozen=True, slots=True)
class Appeal:
    """A letter to the payer: sent so many days after the denial, with one paragraph of argument."""

    after_days: int
    argument: str


@dataclass(frozen=True, slots=True)
class PlantedMistake:
    """One mistake of one visit. `play` and `appeal` matter when the payer denies."""

    kind: Mistake
    caught_by: CaughtBy
    says: str
    fix: Fix
    play: Play
    appeal: Appeal | None = None


@dataclass(frozen=True, slots=True)
class Encounter:
    """A visit, its note, the coding the note supports and the coding that the demo's coder will enter.

    `signed_at` None: the provider has not signed. `coded_at` None with a signed note: the coder has not come
    to it; both may lie after the world's `today`, then it simply has not happened yet.
    """

    key: str
    practice: str
    mrn: str
    provider: str  # Provider.key
    location: str  # Location.key
    place_of_service: str
    service_date: date
    specialty: str
    scenario: str
    payer_id: str
    is_new_patient: bool
    reason: str
    note: str
    evidence: tuple[Evidence, ...]
    signed_at: datetime | None
    coded_at: datetime | None
    true_codes: Coding
    entered_codes: Coding
    referring: ReferringProvider | None = None  # as entered
    authorization: Authorization | None = None  # on our claim only if its registered_on is set
    duplicate_of: str | None = None
    mistake: PlantedMistake | None = None


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A person who can log in; `practices` are the slugs served."""

    role: str
    username: str
    display_name: str
    practices: tuple[str, ...]
    provider: str | None = None  # Provider.key


@dataclass(frozen=True, slots=True)
class World:
    """All of it. `encounters` are in order of service date; each practice's money starts from nothing."""

    seed: int
    today: date
    practices: tuple[Practice, ...]
    locations: tuple[Location, ...]
    providers: tuple[Provider, ...]
    payers: tuple[Payer, ...]
    charge_master: Mapping[str, Decimal]  # code → charge of one unit
    patients: tuple[Patient, ...]
    authorizations: tuple[Authorization, ...]
    encounters: tuple[Encounter, ...]
    users: tuple[DemoUser, ...]
