"""What stands above the claims of an 837: heading, billing provider, subscriber with payer, patient.

Source: X12 005010X222A1, loops 1000 to 2010 (the same in X223A2 and X224A2).
"""

from typing import Any

from edi.claim_837.facts import (
    BillingProvider,
    Heading,
    Patient,
    Payer,
    PayToPlan,
    Receiver,
    Submitter,
    Subscriber,
)
from edi.claim_837.reading import Fields, Parts, Reading, reference
from edi.elements import as_date
from edi.facts import make
from edi.parties import Address, Contact, Organization, Person, Reference, address_of, contact_of, name_of
from edi.tokenizer import Run

NOBODY = Organization(name="")
_SBR_PADDING = [""] * 10
_MOST_KEPT = 4096  # payers
_LONGEST_KEPT = 20  # segments of one


class Party:
    """A loop that starts with NM1, taken apart."""

    __slots__ = ("contact", "demographics", "index", "place", "references", "start", "street")

    def __init__(self, segments: list[Parts], start: int, stop: int, component: str) -> None:
        self.index = start
        self.start = segments[start]
        self.street: Parts = []
        self.place: Parts = []
        self.references: list[Reference] = []
        self.contact: Contact | None = None
        self.demographics = 0  # where its DMG is, 0 for none
        for index in range(start + 1, stop):
            parts = segments[index]
            name = parts[0]
            if name == "N3":
                self.street = parts
            elif name == "N4":
                self.place = parts
            elif name == "DMG":
                self.demographics = index
            elif name == "REF":
                self.references.append(reference(parts, component))
            elif name == "PER" and self.contact is None:
                self.contact = contact_of(parts)

    @property
    def id(self) -> str:
        """NM109."""
        return self.start[9] if len(self.start) > 9 else ""

    @property
    def id_qualifier(self) -> str:
        """NM108."""
        return self.start[8] if len(self.start) > 8 else ""

    @property
    def address(self) -> Address | None:
        """N3 and N4."""
        return address_of(self.street, self.place) if self.street or self.place else None

    def write_birth(self, segments: list[Parts], reading: Reading, fields: Fields) -> None:
        """Birth date and sex into the fields."""
        if self.demographics:
            parts = segments[self.demographics]
            if len(parts) > 2 and parts[2]:
                reading.index = self.demographics
                fields["birth_date"] = reading.day(parts, 2)
            if len(parts) > 3:
                fields["sex"] = parts[3]


class Parties(dict[str, tuple[int, int]]):
    """Where the loops of a level are, by entity code; of several with one code the first. `start` is the first NM1."""

    __slots__ = ("segments", "start")

    def __init__(self, run: Run) -> None:
        names, self.segments = run.names, run.parts
        starts = [index for index, name in enumerate(names) if name == "NM1"]
        starts.append(len(names))
        self.start = start = starts[0]
        for stop in starts[1:]:
            parts = self.segments[start]
            self.setdefault(parts[1] if len(parts) > 1 else "", (start, stop))
            start = stop

    def party(self, entity: str, component: str) -> Party | None:
        """The loop of an entity, taken apart."""
        place = self.get(entity)
        return Party(self.segments, *place, component) if place else None


def read_heading(run: Run, guide: str, component: str) -> Heading:
    """ST, BHT, submitter and receiver."""
    segments = run.parts
    loops = Parties(run)
    bht = next((each for each in segments[: loops.start] if each[0] == "BHT"), [])
    bht = bht + [""] * (7 - len(bht))
    submitter, receiver = loops.party("41", component), loops.party("40", component)
    return Heading(
        set_control_number=segments[0][2] if len(segments[0]) > 2 else "",
        guide=guide,
        purpose=bht[2],
        reference=bht[3],
        created_on=as_date(bht[4]),
        claim_kind=bht[6],
        submitter=Submitter(
            name=name_of(submitter.start) if submitter else NOBODY,
            id=submitter.id if submitter else "",
            contact=(submitter.contact if submitter else None) or Contact(),
        ),
        receiver=Receiver(
            name=receiver.start[3] if receiver and len(receiver.start) > 3 else "", id=receiver.id if receiver else ""
        ),
        raw=run.text,
        segment_number=run.number,
    )


def read_billing(run: Run, reading: Reading) -> BillingProvider:
    """Loops 2000A and 2010AA to AC."""
    segments = run.parts
    loops = Parties(run)
    own, pay_to, plan = [loops.party(entity, reading.component) for entity in ("85", "87", "PE")]
    fields: Fields = {"name": NOBODY, "npi": "", "tax_id": "", "address": Address(line1="")}
    if own:
        numbers = own.references
        tax = next((each for each in numbers if each.qualifier == "EI"), None)
        tax = tax or next((each for each in numbers if each.qualifier == "SY"), None)
        fields = {
            "name": name_of(own.start),
            "npi": own.id,
            "tax_id": tax.value if tax else "",
            "address": own.address or Address(line1=""),
            "contact": own.contact,
            "references": tuple([each for each in numbers if each is not tax]),
        }
        if tax:
            fields["tax_id_qualifier"] = tax.qualifier
    else:
        reading.note(None, "The billing provider (NM1*85) is missing.", "missing")
    for parts in segments[: loops.start]:
        if parts[0] == "PRV" and len(parts) > 3:
            fields["taxonomy"] = parts[3]
        elif parts[0] == "CUR" and len(parts) > 2:
            fields["currency"] = parts[2]
    if pay_to:
        fields["pay_to"] = pay_to.address
    if plan:
        fields["pay_to_plan"] = _pay_to_plan(plan)
    return make(BillingProvider, _closed(fields, run, reading))


def _pay_to_plan(plan: Party) -> PayToPlan:
    tax = next((each for each in plan.references if each.qualifier == "EI"), None)
    return PayToPlan(
        name=plan.start[3] if len(plan.start) > 3 else "",
        id=plan.id,
        id_qualifier=plan.id_qualifier,
        address=plan.address,
        tax_id=tax.value if tax else "",
        references=tuple([each for each in plan.references if each is not tax]),
    )


def read_subscriber(run: Run, reading: Reading, payers: dict[tuple[str, ...], Payer]) -> tuple[Subscriber, Payer]:
    """Loops 2000B, 2010BA and 2010BB; `payers` remembers payers by their text."""
    segments = run.parts
    loops = Parties(run)
    insured = loops.party("IL", reading.component)
    fields: Fields = {"name": NOBODY, "member_id": ""}
    sbr: Parts = _SBR_PADDING
    missing = "SBR is missing."
    for index in range(1, loops.start):
        parts = segments[index]
        if parts[0] == "SBR":
            sbr, missing = parts, ""
        elif parts[0] == "PAT":
            reading.index = index
            _read_state(fields, parts, reading)
    reading.index = 0
    if missing:
        reading.note(None, missing, "missing")
    write_policy(fields, sbr)
    if insured:
        insured_fields(fields, insured, segments, reading)
    else:
        reading.note(None, "The subscriber (NM1*IL) is missing.", "missing")
    payer = _payer(run, loops, reading, payers)
    return make(Subscriber, _closed(fields, run, reading)), payer


def _payer(run: Run, loops: Parties, reading: Reading, payers: dict[tuple[str, ...], Payer]) -> Payer:
    place = loops.get("PR")
    if place is None:
        reading.note(None, "The payer (NM1*PR) is missing.", "missing")
        return Payer(name="", id="")
    key = tuple(run.block.bares[run.start + place[0] : run.start + place[1]])
    found = payers.get(key)
    if found is None:
        found = payer_of(Party(run.parts, *place, reading.component))
        if len(payers) < _MOST_KEPT and len(key) < _LONGEST_KEPT:
            payers[key] = found
    return found


def write_policy(fields: Fields, sbr: Parts) -> None:
    """SBR into the fields of a Subscriber or OtherPayer."""
    size = len(sbr)
    if size < 10:
        sbr = sbr + _SBR_PADDING[size:]
    fields["responsibility"], fields["relationship"], fields["filing_indicator"] = sbr[1], sbr[2], sbr[9]
    if sbr[3]:
        fields["group_number"] = sbr[3]
    if sbr[4]:
        fields["group_name"] = sbr[4]
    if sbr[5]:
        fields["insurance_type"] = sbr[5]


def insured_fields(fields: Fields, insured: Party, segments: list[Parts], reading: Reading) -> None:
    """Loop 2010BA into the fields of a Subscriber."""
    start = insured.start
    fields["name"] = name_of(start)
    if len(start) > 9:
        fields["member_id_qualifier"], fields["member_id"] = start[8], start[9]
    if insured.street or insured.place:
        fields["address"] = address_of(insured.street, insured.place)
    insured.write_birth(segments, reading, fields)
    if insured.references:
        fields["references"] = tuple(insured.references)
    if insured.contact:
        fields["contact"] = insured.contact


def payer_of(payer: Party) -> Payer:
    """NM1*PR with what belongs to it."""
    start = payer.start
    return Payer(
        name=start[3] if len(start) > 3 else "",
        id=payer.id,
        id_qualifier=payer.id_qualifier,
        address=payer.address,
        references=tuple(payer.references),
    )


def read_patient(run: Run, reading: Reading) -> Patient:
    """Loops 2000C and 2010CA."""
    segments = run.parts
    loops = Parties(run)
    patient = loops.party("QC", reading.component)
    fields: Fields = {"relationship": "", "name": Person(last_name=""), "address": Address(line1="")}
    for index in range(1, loops.start):
        parts = segments[index]
        if parts[0] == "PAT":
            fields["relationship"] = parts[1] if len(parts) > 1 else ""
            reading.index = index
            _read_state(fields, parts, reading)
    if patient:
        name = name_of(patient.start)
        fields["name"] = name if isinstance(name, Person) else Person(last_name=name.name)
        fields["address"] = patient.address or Address(line1="")
        patient.write_birth(segments, reading, fields)
        fields["references"] = tuple(patient.references)
        fields["contact"] = patient.contact
    else:
        reading.index = 0
        reading.note(None, "The patient (NM1*QC) is missing.", "missing")
    return make(Patient, _closed(fields, run, reading))


def _read_state(fields: dict[str, Any], parts: Parts, reading: Reading) -> None:
    """PAT05 to PAT09: death, weight, pregnancy."""
    if len(parts) > 6 and parts[6]:
        fields["death_date"] = reading.day(parts, 6)
    if len(parts) > 8 and parts[8]:
        fields["weight"] = reading.money(parts, 8)
    if len(parts) > 9:
        fields["pregnant"] = parts[9] == "Y"


def _closed(fields: Fields, run: Run, reading: Reading) -> Fields:
    fields["raw"] = run.text
    fields["segment_number"] = run.number
    if reading.found:
        fields["problems"] = reading.problems(run)
    return fields
