"""Everything that an edit or an 837P needs to know about one claim, as frozen data. Dollars, days, plain dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


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
class PersonFacts:
    """The patient (2010CA) or the subscriber (2010BA)."""

    last_name: str
    first_name: str
    middle_name: str = ""
    birth_date: date | None = None
    sex: str = ""
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
class ProviderFacts:
    id: int
    npi: str
    last_name: str
    first_name: str
    credential: str
    taxonomy: str
    specialty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFacts:
    """Where the visit was; `npi` is empty when the place is the billing provider's own."""

    name: str
    place_of_service: str
    npi: str
    address: AddressFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFacts:
    """A code of a code set. `siblings` are the codes under the same parent, `children` the ones below it.

    `excludes1` are code ranges (first, last) by prefix that must not stand beside it, its parents' included.
    """

    code: str
    wording: str
    billable: bool = True
    parent: str = ""
    kind: str = ""
    children: tuple[tuple[str, str, bool], ...] = ()  # code, wording, billable
    siblings: tuple[tuple[str, str, bool], ...] = ()
    excludes1: tuple[tuple[str, str], ...] = ()
    code_first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """A service line. `price` is the practice's charge for one unit, None when the charge master has none."""

    number: int  # LX01
    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    pointers: tuple[int, ...] = (1,)  # positions from 1
    charge_amount: Decimal
    service_date: date
    price: Decimal | None = None
    kind: str = ""  # coding.models.Code.kind: visit, procedure, lab, imaging, drug, vaccine, therapy


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
class EarlierVisit:
    """A visit of the patient to this practice within the three years before the claim."""

    service_date: date
    specialty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """One claim with all that is known around it.

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
    place_of_service: str  # CLM05-1
    service_from: date
    service_to: date
    diagnoses: tuple[str, ...]  # with their dots; the first one is the first-listed
    lines: tuple[LineFacts, ...]
    authorization_number: str = ""  # REF*G1
    charge_amount: Decimal
    filing_deadline: date
    today: date  # the day of the scrub
    note: str = ""  # the visit's clinical note
    coverages: tuple[CoverageFacts, ...] = ()  # all of the patient's, best rank first
    authorizations: tuple[AuthorizationFacts, ...] = ()
    earlier_lines: tuple[EarlierLine, ...] = ()  # same patient, same service dates
    earlier_visits: tuple[EarlierVisit, ...] = ()  # only looked up when a new-patient code is billed
    codes: Mapping[str, CodeFacts] = field(default_factory=dict)  # diagnoses known to the code set
    diagnosis_set_loaded: bool = False  # False: nothing can be said about a code that is not in `codes`
    prices: Mapping[str, Decimal] = field(default_factory=dict)  # charge master on the service date

    @property
    def payer(self) -> PayerFacts:
        return self.coverage.payer

    def pointed(self, line: LineFacts) -> tuple[str, ...]:
        """The diagnoses that a line points at, in its order."""
        return tuple(self.diagnoses[place - 1] for place in line.pointers if 0 < place <= len(self.diagnoses))
