"""Writes 837P batches. Source: X12 005010X222A1; functions follow the loops of the guide from the top down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from edi.adjustments import write_cas
from edi.claim_837p.facts import (
    BillingProvider,
    Claim,
    Drug,
    LineAdjudication,
    OtherPayer,
    Patient,
    Payer,
    ProfessionalBatch,
    Provider,
    ServiceLine,
    Subscriber,
    WrittenBatch,
)
from edi.claim_837p.names import (
    CLAIM_DATES,
    CLAIM_PROVIDERS,
    CLAIM_REFERENCES,
    LINE_PROVIDERS,
    LINE_REFERENCES,
)
from edi.elements import money_text, optional_text, period, plain
from edi.envelope import InterchangeWriter
from edi.errors import X12Error
from edi.parties import Organization, write_address, write_contact, write_name, write_references
from edi.segments import Delimiters, Element

GUIDE = "005010X222A1"
_MOST_DIAGNOSES = 12
_MOST_LINES = 50
_MOST_MODIFIERS = 4
_MOST_POINTERS = 4

Segments = Iterator[Sequence[Element]]


def write_claims(batch: ProfessionalBatch) -> WrittenBatch:
    """One interchange, one group, one transaction set. Claims are grouped by billing provider, subscriber (with
    payer) and patient in order of first appearance.

    Raises X12Error when there is no claim, a claim number comes twice, a claim has more diagnoses, lines, modifiers or
    pointers than the guide allows, or a value that isn't free text holds a delimiter.
    """
    _refuse(batch)
    return _BatchWriter(batch).write()


def _refuse(batch: ProfessionalBatch) -> None:
    if not batch.claims:
        raise X12Error("A batch needs at least one claim.")
    numbers = [each.number for each in batch.claims]
    if len(set(numbers)) < len(numbers):
        raise X12Error("Two claims of the batch have the same claim number.", segment_id="CLM", element=1)
    for claim in batch.claims:
        if not 1 <= len(claim.diagnoses) <= _MOST_DIAGNOSES:
            raise X12Error("A claim carries 1 to 12 diagnoses.", segment_id="HI", loop="2300")
        if not 1 <= len(claim.lines) <= _MOST_LINES:
            raise X12Error("A professional claim carries 1 to 50 lines.", segment_id="LX", loop="2400")
        for line in claim.lines:
            if len(line.modifiers) > _MOST_MODIFIERS:
                raise X12Error("A line carries at most four modifiers.", segment_id="SV1", element=1, loop="2400")
            if not 1 <= len(line.pointers) <= _MOST_POINTERS:
                raise X12Error("A line points to 1 to 4 diagnoses.", segment_id="SV1", element=7, loop="2400")


@dataclass(slots=True)
class _Subtree:
    """The claims of one subscriber and payer, for each patient (None: the subscriber)."""

    patients: dict[Patient | None, list[Claim]] = field(default_factory=dict)


class _BatchWriter:
    def __init__(self, batch: ProfessionalBatch) -> None:
        self.batch = batch
        self.marks = batch.header.delimiters
        self.out = InterchangeWriter(batch.header, functional_id="HC", guide=GUIDE)
        self.levels = 0
        self.claims: dict[str, str] = {}
        self.contexts: dict[str, str] = {}
        self.positions: dict[str, tuple[int, int]] = {}

    def write(self) -> WrittenBatch:
        batch, out = self.batch, self.out
        out.begin_set("837", batch.set_control_number)
        out.segments(self._heading())
        for billing, subscribers in _grouped(batch.claims).items():
            top, text = self._level("", "20", children=True)
            text += out.segments(_billing(billing, self.marks))
            for (subscriber, payer), tree in subscribers.items():
                self._subscriber(top, text, subscriber, payer, tree)
        out.end_set()
        return WrittenBatch(content=out.finish(), claims=self.claims, contexts=self.contexts, positions=self.positions)

    def _heading(self) -> Segments:
        batch, marks = self.batch, self.marks
        written_at = batch.header.written_at
        yield ["BHT", "0019", "00", batch.reference, f"{written_at:%Y%m%d}", f"{written_at:%H%M}", "CH"]
        submitter, receiver = batch.submitter, batch.receiver
        yield write_name("41", submitter.name, "46", submitter.id, delimiters=marks)
        yield write_contact(submitter.contact, marks)
        yield write_name("40", Organization(name=receiver.name), "46", receiver.id, delimiters=marks)

    def _level(self, parent: str, code: str, *, children: bool) -> tuple[str, str]:
        self.levels += 1
        number = str(self.levels)
        return number, self.out.segment("HL", number, parent, code, "1" if children else "0")

    def _subscriber(self, top: str, above: str, subscriber: Subscriber, payer: Payer, tree: _Subtree) -> None:
        dependents = any(each is not None for each in tree.patients)
        own, text = self._level(top, "22", children=dependents)
        context = above + text + self.out.segments(_subscriber(subscriber, payer, self.marks))
        for claim in tree.patients.get(None, ()):
            self._claim(context, claim)
        for patient, claims in tree.patients.items():
            if patient is not None:
                _, text = self._level(own, "23", children=False)
                inner = context + text + self.out.segments(_patient(patient, self.marks))
                for claim in claims:
                    self._claim(inner, claim)

    def _claim(self, context: str, claim: Claim) -> None:
        first = self.out.position + 1
        self.claims[claim.number] = self.out.segments(_claim(claim, self.marks))
        self.contexts[claim.number] = context
        self.positions[claim.number] = (first, self.out.position)


def _grouped(claims: Sequence[Claim]) -> dict[BillingProvider, dict[tuple[Subscriber, Payer], _Subtree]]:
    tree: dict[BillingProvider, dict[tuple[Subscriber, Payer], _Subtree]] = {}
    for claim in claims:
        subtree = tree.setdefault(claim.billing, {}).setdefault((claim.subscriber, claim.payer), _Subtree())
        subtree.patients.setdefault(claim.patient, []).append(claim)
    return tree


def _billing(billing: BillingProvider, marks: Delimiters) -> Segments:
    if billing.taxonomy:
        yield ["PRV", "BI", "PXC", billing.taxonomy]
    yield write_name("85", billing.name, "XX", billing.npi, delimiters=marks)
    yield from write_address(billing.address, marks)
    yield ["REF", billing.tax_id_qualifier, billing.tax_id]
    yield from write_references(billing.references)
    if billing.contact:
        yield write_contact(billing.contact, marks)
    if billing.pay_to:
        yield ["NM1", "87", "2" if isinstance(billing.name, Organization) else "1"]
        yield from write_address(billing.pay_to, marks)


def _subscriber(subscriber: Subscriber, payer: Payer, marks: Delimiters) -> Segments:
    yield [
        "SBR",
        subscriber.responsibility,
        subscriber.relationship,
        subscriber.group_number,
        plain(subscriber.group_name, 60, marks),
        subscriber.insurance_type,
        "",
        "",
        "",
        subscriber.filing_indicator,
    ]
    yield write_name("IL", subscriber.name, "MI", subscriber.member_id, delimiters=marks)
    yield from write_address(subscriber.address, marks)
    if subscriber.birth_date:
        yield ["DMG", "D8", f"{subscriber.birth_date:%Y%m%d}", subscriber.sex]
    yield from write_references(subscriber.references)
    yield from _payer(payer, marks)


def _payer(payer: Payer, marks: Delimiters) -> Segments:
    yield write_name("PR", Organization(name=payer.name), payer.id_qualifier, payer.id, delimiters=marks)
    yield from write_address(payer.address, marks)
    yield from write_references(payer.references)


def _patient(patient: Patient, marks: Delimiters) -> Segments:
    yield ["PAT", patient.relationship]
    yield write_name("QC", patient.name, delimiters=marks)
    yield from write_address(patient.address, marks)
    if patient.birth_date:
        yield ["DMG", "D8", f"{patient.birth_date:%Y%m%d}", patient.sex]
    yield from write_references(patient.references)


def _claim(claim: Claim, marks: Delimiters) -> Segments:
    yield _clm(claim)
    for qualifier, name in CLAIM_DATES.items():
        if day := getattr(claim, name):
            yield ["DTP", qualifier, "D8", f"{day:%Y%m%d}"]
    for each in claim.attachments:
        control = ["", "", "AC", each.control_number] if each.control_number else []
        yield ["PWK", each.report, each.transmission, *control]
    if claim.patient_paid is not None:
        yield ["AMT", "F5", money_text(claim.patient_paid)]
    for qualifier, name in CLAIM_REFERENCES.items():
        if value := getattr(claim, name):
            yield ["REF", qualifier, value]
    yield from write_references(claim.references)
    if claim.note:
        yield ["NTE", claim.note.kind, plain(claim.note.text, 80, marks)]
    first, other = ("ABK", "ABF") if claim.diagnosis_version == 10 else ("BK", "BF")
    codes = [each.replace(".", "") for each in claim.diagnoses]
    yield ["HI", [first, codes[0]], *[[other, each] for each in codes[1:]]]
    for entity, name in CLAIM_PROVIDERS.items():
        if provider := getattr(claim, name):
            yield from _provider(entity, provider, marks)
    for payer in claim.other_payers:
        yield from _other_payer(payer, marks)
    for line in claim.lines:
        yield from _line(line, marks)


def _clm(claim: Claim) -> Sequence[Element]:
    causes = [*claim.causes[:3], "", "", ""][:3]
    return [
        "CLM",
        claim.number,
        money_text(claim.charge),
        "",
        "",
        [claim.place_of_service, "B", claim.frequency],
        "Y" if claim.provider_signature else "N",
        claim.assignment,
        claim.benefits_assigned,
        claim.release,
        claim.signature_source,
        [*causes, claim.accident_state, claim.accident_country],
        claim.special_program,
        *[""] * 7,
        claim.delay_reason,
    ]


def _provider(entity: str, provider: Provider, marks: Delimiters) -> Segments:
    yield write_name(entity, provider.name, "XX", provider.npi, delimiters=marks)
    if provider.taxonomy:
        yield ["PRV", "PE", "PXC", provider.taxonomy]
    yield from write_address(provider.address, marks)
    yield from write_references(provider.references)


def _other_payer(other: OtherPayer, marks: Delimiters) -> Segments:
    yield [
        "SBR",
        other.responsibility,
        other.relationship,
        other.group_number,
        plain(other.group_name, 60, marks),
        other.insurance_type,
        "",
        "",
        "",
        other.filing_indicator,
    ]
    yield from write_cas(other.adjustments)
    for qualifier, amount in (("D", other.paid), ("A8", other.noncovered), ("EAF", other.patient_liability)):
        if amount is not None:
            yield ["AMT", qualifier, money_text(amount)]
    yield ["OI", "", "", other.benefits_assigned, other.signature_source, "", other.release]
    if other.remark_codes:
        yield ["MOA", "", "", *other.remark_codes[:5]]
    yield write_name("IL", other.subscriber, "MI", other.member_id, delimiters=marks)
    yield from write_address(other.subscriber_address, marks)
    payer = other.payer
    yield write_name("PR", Organization(name=payer.name), payer.id_qualifier, payer.id, delimiters=marks)
    yield from write_address(payer.address, marks)
    if other.decided_on:
        yield ["DTP", "573", "D8", f"{other.decided_on:%Y%m%d}"]
    yield from write_references(payer.references)


def _line(line: ServiceLine, marks: Delimiters) -> Segments:
    yield ["LX", str(line.number)]
    yield [
        "SV1",
        [*_procedure(line.qualifier, line.code, line.modifiers), plain(line.description, 80, marks)],
        money_text(line.charge),
        line.unit_basis,
        money_text(line.units),
        line.place_of_service,
        "",
        [str(each) for each in line.pointers],
        "",
        "Y" if line.emergency else "",
        "",
        "Y" if line.epsdt else "",
        "Y" if line.family_planning else "",
    ]
    if line.service_from:
        yield ["DTP", "472", *period(line.service_from, line.service_to)]
    for qualifier, name in LINE_REFERENCES.items():
        if value := getattr(line, name):
            yield ["REF", qualifier, value]
    if line.note:
        yield ["NTE", line.note.kind, plain(line.note.text, 80, marks)]
    if line.drug:
        yield from _drug(line.drug)
    for entity, name in LINE_PROVIDERS.items():
        if provider := getattr(line, name):
            yield from _provider(entity, provider, marks)
    for each in line.adjudications:
        yield from _adjudication(each)


def _procedure(qualifier: str, code: str, modifiers: Sequence[str]) -> list[str]:
    return [qualifier, code, *[*modifiers, "", "", "", ""][:_MOST_MODIFIERS]]


def _drug(drug: Drug) -> Segments:
    yield ["LIN", "", "N4", drug.ndc]
    yield ["CTP", "", "", "", money_text(drug.units), [drug.unit]]
    if drug.prescription_number:
        yield ["REF", "XZ", drug.prescription_number]


def _adjudication(each: LineAdjudication) -> Segments:
    yield [
        "SVD",
        each.payer_id,
        money_text(each.paid),
        _procedure(each.qualifier, each.code, each.modifiers),
        "",
        money_text(each.units),
        str(each.bundled_line) if each.bundled_line else "",
    ]
    yield from write_cas(each.adjustments)
    if each.decided_on:
        yield ["DTP", "573", "D8", f"{each.decided_on:%Y%m%d}"]
    if each.patient_liability is not None:
        yield ["AMT", "EAF", optional_text(each.patient_liability)]
