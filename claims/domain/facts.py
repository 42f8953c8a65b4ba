"""Everything that an edit or an 837P needs to know about one claim, as frozen data. Dollars, days, plain dates."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coding.domain.edits.facts import ClinicianFacts, PatientFacts, VisitFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFacts:
    """A US postal address; ZIP as digits without a hyphen."""

    street: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFacts:
    """The billing provider (loops 1000A and 2010AA) and its clearinghouse."""

    id: int
    name: str
    npi: str
    tax_id: str
    taxonomy: str
    phone: str
    address: AddressFacts
    submitter_id: str
    clearinghouse_id: str
    clearinghouse_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts(PatientFacts):
    """The patient (2010CA) or the subscriber (2010BA)."""

    last_name: str
    first_name: str
    middle_name: str = ""
    address: AddressFacts = AddressFacts()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerFacts:
    """The plan as this practice deals with it. Limits in days."""

    id: int
    payer_id: str  # 2010BB NM109
    name: str
    kind: str  # encounters.domain.status.PayerKind
    filing_indicator: str  # SBR09
    filing_days: int
    correction_days: int
    member_id_pattern: str = ""  # regular expression, whole match
    authorization_codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFacts:
    """A membership; `relationship` is the individual relationship code (18: self)."""

    id: int
    payer: PayerFacts
    rank: int
    member_id: str
    group_number: str
    relationship: str
    effective_from: date
    effective_to: date | None

    def active_on(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFacts(ClinicianFacts):
    """A provider as loops 2310A and 2310B name one."""

    npi: str
    last_name: str
    first_name: str
    credential: str
    taxonomy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFacts:
    """Where the visit was; `npi` is empty when the place is the billing provider's own."""

    name: str
    place_of_service: str
    npi: str
    address: AddressFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationFacts:
    """A payer's approval on file for this patient."""

    number: str
    payer_id: int
    codes: frozenset[str]
    valid_from: date
    valid_to: date

    def covers(self, code: str, day: date) -> bool:
        return code in self.codes and self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierLine:
    """A service of another claim of the same patient that still stands."""

    claim_number: str
    status: str
    rendering_id: int
    code: str
    modifiers: tuple[str, ...]
    service_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts(VisitFacts):
    """One claim with all that is known around it: its visit's codes, and who bills them to whom.

    `subscriber` is the patient when the coverage is the patient's own. `original_control_number` is the payer's
    number of the claim that a replacement (7) or void (8) is about: the one to send as REF*F8.
    `payer_control_number` is the payer's number of this claim itself, empty until it answers.
    """

    id: int
    number: str  # CLM01
    revision: int
    status: str
    frequency: str = "1"  # CLM05-3
    original_number: str = ""  # our number of the claim that is replaced or voided
    original_control_number: str = ""  # REF*F8
    payer_control_number: str = ""
    payer_order: str = "P"  # SBR01
    practice: PracticeFacts
    patient_id: int
    patient: PersonFacts
    mrn: str = ""
    subscriber: PersonFacts
    coverage: CoverageFacts
    rendering: ProviderFacts
    referring: ProviderFacts | None = None
    location: LocationFacts
    service_to: date
    authorization_number: str = ""  # REF*G1
    charge_amount: Decimal
    filing_deadline: date
    today: date  # the day of the scrub
    coverages: tuple[CoverageFacts, ...] = ()  # all of the patient's, best rank first
    authorizations: tuple[AuthorizationFacts, ...] = ()
    earlier_lines: tuple[EarlierLine, ...] = ()  # same patient, same service dates

    @property
    def payer(self) -> PayerFacts:
        return self.coverage.payer

    @property
    def payer_kind(self) -> str:
        """Who pays first, by encounters.domain.status.PayerKind."""
        return self.coverage.payer.kind

    @property
    def usual_place(self) -> str:
        """The place of service of the location where the visit was."""
        return self.location.place_of_service
