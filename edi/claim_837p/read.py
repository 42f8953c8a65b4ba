"""Reads 837P files one claim at a time. Source: X12 005010X222A1.

A level or claim is a list of segments; `split` cuts it into its loops at the segments that start one.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from edi.claim_837p.facts import (
    Attachment,
    BillingProvider,
    Claim,
    Note,
    Patient,
    Payer,
    Subscriber,
)
from edi.claim_837p.names import (
    CLAIM_DATES,
    CLAIM_PROVIDERS,
    CLAIM_REFERENCES,
)
from edi.claim_837p.read_loops import (
    find_party,
    read_birth,
    read_line,
    read_loop_address,
    read_loop_name,
    read_other_payer,
    read_payer,
    read_provider,
    read_references,
)
from edi.elements import Values
from edi.envelope import Kind, TransactionSet, transaction_sets
from edi.hierarchy import DEPENDENT, SOURCE, SUBSCRIBER, read_level
from edi.loops import Loop, first, split, text_of
from edi.parties import (
    Address,
    Person,
    Reference,
    read_contact,
    read_reference,
)
from edi.segments import Segment


def read_claims(stream: BinaryIO | bytes) -> Iterator[Claim]:
    """Every claim of every 837P transaction set, in the order of the file; other transaction sets are passed over.

    Raises X12Error when the file is not X12, breaks off, or a claim stands outside the hierarchy. A value that can't
    be read is a problem of its claim.
    """
    for transaction in transaction_sets(stream):
        if transaction.kind is Kind.CLAIM_837P:
            yield from _read_set(transaction)


def _read_set(transaction: TransactionSet) -> Iterator[Claim]:
    place = _Place()
    claim: Loop = []
    for segment in transaction:
        name = segment.id
        if name in ("CLM", "HL", "SE"):
            if claim:
                yield place.claim(claim)
            claim = [segment] if name == "CLM" else []
            if name == "HL":
                place.enter(segment)
        elif claim:
            claim.append(segment)
        else:
            place.keep(segment)


class _Place:
    """Where in the hierarchy the reader stands."""

    def __init__(self) -> None:
        self.values = Values("2000")
        self.known: set[str] = set()
        self.open: Loop | None = None
        self.blocks: dict[str, Loop] = {}
        self.billing: BillingProvider | None = None
        self.subscriber: tuple[Subscriber, Payer] | None = None
        self.patient: Patient | None = None

    def enter(self, segment: Segment) -> None:
        """A new HL: what hung below it is gone."""
        self.values = Values("2000")
        level = read_level(segment, self.known, self.values)
        if level.code == SOURCE:
            self.billing, self.subscriber, self.patient = None, None, None
            self.blocks = {}
        elif level.code == SUBSCRIBER:
            self.subscriber, self.patient = None, None
            self.blocks.pop(DEPENDENT, None)
        self.patient = None
        self.open = self.blocks[level.code] = [segment]

    def keep(self, segment: Segment) -> None:
        """A segment of the open level, before its first claim."""
        if self.open is not None:
            self.open.append(segment)

    def claim(self, segments: Loop) -> Claim:
        """A claim of the open level."""
        values = Values("2300")
        values.problems += self.values.problems
        if self.billing is None:
            self.billing = _billing(self._block(SOURCE, segments[0]), values)
        if self.subscriber is None:
            self.subscriber = _subscriber(self._block(SUBSCRIBER, segments[0]), values)
        if self.patient is None and DEPENDENT in self.blocks:
            self.patient = _patient(self.blocks[DEPENDENT], values)
        subscriber, payer = self.subscriber
        return _claim(segments, self.billing, subscriber, payer, self.patient, values)

    def _block(self, code: str, claim: Segment) -> Loop:
        if code not in self.blocks:
            who = "billing provider" if code == SOURCE else "subscriber"
            raise claim.error(f"The claim stands below no {who} level (HL {code}).", loop="2300")
        return self.blocks[code]


def _billing(block: Loop, values: Values) -> BillingProvider:
    head, loops = split(block, "NM1")
    own = find_party(loops, "85")
    pay_to = find_party(loops, "87")
    start = own[0] if own else block[0]
    if not own:
        values.note(start, None, "The billing provider (NM1*85) is missing.", "missing")
    tax = first(own, "REF", "EI") or first(own, "REF", "SY")
    specialty = first(head, "PRV", "BI")
    contact = first(own, "PER")
    return BillingProvider(
        name=read_loop_name(own),
        npi=start[9] if own else "",
        tax_id=tax[2] if tax else "",
        tax_id_qualifier=tax[1] if tax else "EI",
        taxonomy=specialty[3] if specialty else "",
        address=read_loop_address(own) or Address(line1=""),
        contact=read_contact(contact) if contact else None,
        pay_to=read_loop_address(pay_to),
        references=tuple(read_reference(each) for each in own if each.id == "REF" and each is not tax),
    )


def _subscriber(block: Loop, values: Values) -> tuple[Subscriber, Payer]:
    head, loops = split(block, "NM1")
    sbr = first(head, "SBR")
    insured, payer = find_party(loops, "IL"), find_party(loops, "PR")
    for found, what in ((sbr, "SBR"), (insured, "The subscriber (NM1*IL)"), (payer, "The payer (NM1*PR)")):
        if not found:
            values.note(block[0], None, f"{what} is missing.", "missing")
    birth_date, sex = read_birth(insured, values)
    subscriber = Subscriber(
        responsibility=sbr[1] if sbr else "",
        relationship=sbr[2] if sbr else "",
        group_number=sbr[3] if sbr else "",
        group_name=sbr[4] if sbr else "",
        insurance_type=sbr[5] if sbr else "",
        filing_indicator=sbr[9] if sbr else "",
        name=read_loop_name(insured),
        member_id=insured[0][9] if insured else "",
        address=read_loop_address(insured),
        birth_date=birth_date,
        sex=sex,
        references=read_references(insured),
    )
    return subscriber, read_payer(payer)


def _patient(block: Loop, values: Values) -> Patient:
    head, loops = split(block, "NM1")
    relation = first(head, "PAT")
    patient = find_party(loops, "QC")
    if not patient:
        values.note(block[0], None, "The patient (NM1*QC) is missing.", "missing")
    name = read_loop_name(patient)
    birth_date, sex = read_birth(patient, values)
    return Patient(
        relationship=relation[1] if relation else "",
        name=name if isinstance(name, Person) else Person(last_name=name.name),
        address=read_loop_address(patient) or Address(line1=""),
        birth_date=birth_date,
        sex=sex,
        references=read_references(patient),
    )


def _claim(
    segments: Loop,
    billing: BillingProvider,
    subscriber: Subscriber,
    payer: Payer,
    patient: Patient | None,
    values: Values,
) -> Claim:
    own, line_groups = split(segments, "LX")
    own, other_groups = split(own, "SBR")
    own, provider_groups = split(own, "NM1")
    clm = segments[0]
    place, _, frequency = (*clm.components(5), "", "")[:3]
    causes = (*clm.components(11), "", "", "", "", "")[:5]
    fields = _claim_fields(own, values)
    for group in provider_groups:
        if field := CLAIM_PROVIDERS.get(group[0][1]):
            fields[field] = read_provider(group)
    values.loop = "2320"
    other_payers = tuple(read_other_payer(each, values) for each in other_groups)
    values.loop = "2400"
    lines = tuple(read_line(each, values) for each in line_groups)
    values.loop = "2300"
    return Claim(
        billing=billing,
        subscriber=subscriber,
        payer=payer,
        patient=patient,
        number=clm[1],
        charge=values.money(clm, 2),
        place_of_service=place,
        frequency=frequency,
        provider_signature=clm[6] == "Y",
        assignment=clm[7],
        benefits_assigned=clm[8],
        release=clm[9],
        signature_source=clm[10],
        causes=tuple(each for each in causes[:3] if each),
        accident_state=causes[3],
        accident_country=causes[4],
        special_program=clm[12],
        delay_reason=clm[20],
        other_payers=other_payers,
        lines=lines,
        problems=tuple(values.problems),
        raw=text_of(segments),
        segment_number=clm.number,
        **fields,
    )


def _claim_fields(own: Loop, values: Values) -> dict[str, Any]:
    """The fields of Claim that come from the segments between CLM and the first loop."""
    fields: dict[str, Any] = {"diagnoses": ()}
    references: list[Reference] = []
    attachments: list[Attachment] = []
    for segment in own:
        match segment.id:
            case "DTP":
                if field := CLAIM_DATES.get(segment[1]):
                    fields[field] = values.period(segment, 2)[0]
            case "PWK":
                attachments.append(Attachment(report=segment[1], transmission=segment[2], control_number=segment[6]))
            case "AMT" if segment[1] == "F5":
                fields["patient_paid"] = values.money(segment, 2)
            case "REF":
                field = CLAIM_REFERENCES.get(segment[1])
                if field and field not in fields:
                    fields[field] = segment[2]
                else:
                    references.append(read_reference(segment))
            case "NTE" if "note" not in fields:
                fields["note"] = Note(kind=segment[1], text=segment[2])
            case "HI" if segment[1].startswith(("ABK", "BK")):
                composites = [segment.components(each) for each in range(1, len(segment.parts))]
                fields["diagnoses"] = tuple(each[1] for each in composites if len(each) > 1)
                if len(fields["diagnoses"]) < len(composites):
                    values.note(segment, None, "HI has a diagnosis without a code.")
                fields["diagnosis_version"] = 10 if composites[0][0] == "ABK" else 9
    return {**fields, "references": tuple(references), "attachments": tuple(attachments)}
