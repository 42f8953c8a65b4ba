"""Writes 835 files, for tests and for round trips. Source: X12 005010X221A1."""

from collections.abc import Iterable, Iterator, Sequence

from edi.adjustments import write_cas
from edi.elements import date_text, money_text, optional_text, plain
from edi.envelope import InterchangeHeader, InterchangeWriter
from edi.parties import NamedParty, write_address, write_contact, write_name, write_references
from edi.remit_835.facts import (
    ProviderAdjustment,
    ProviderSummary,
    QualifiedAmount,
    QualifiedDate,
    RemitClaim,
    RemitHeader,
    RemitLine,
    RemitParty,
    RemitProcedure,
    WholeRemit,
)
from edi.segments import DEFAULT_DELIMITERS, Delimiters, Element

GUIDE = "005010X221A1"
Segments = Iterator[Sequence[Element]]


def write_remit(header: InterchangeHeader, remits: Sequence[WholeRemit]) -> bytes:
    """One interchange, one group, one ST per remittance, in the given order.

    Raises X12Error when a value holds a delimiter or a character that X12 can't carry.
    """
    writer = InterchangeWriter(header, functional_id="HP", guide=GUIDE)
    for remit in remits:
        writer.begin_set("835", remit.header.set_control_number, guide="")
        writer.segments(_header(remit.header, header.delimiters))
        above: tuple[str, ProviderSummary | None] | None = None
        for claim in remit.claims:
            if above != (claim.header_number, claim.summary):
                above = (claim.header_number, claim.summary)
                writer.segments(_group(claim))
            writer.segments(_claim(claim, header.delimiters))
        writer.segments(_plb(remit.provider_adjustments))
        writer.end_set()
    return writer.finish()


def segments_of(
    facts: RemitHeader | RemitClaim | Sequence[ProviderAdjustment], delimiters: Delimiters = DEFAULT_DELIMITERS
) -> Segments:
    """What the writer makes of just these facts: a heading from its ST on, a claim from its CLP on, or PLB."""
    if isinstance(facts, RemitHeader):
        yield ["ST", "835", facts.set_control_number]
        yield from _header(facts, delimiters)
    elif isinstance(facts, RemitClaim):
        yield from _claim(facts, delimiters)
    else:
        yield from _plb(facts)


def _header(header: RemitHeader, delimiters: Delimiters) -> Segments:
    yield [
        "BPR",
        header.handling,
        money_text(header.paid),
        header.credit_debit,
        header.method,
        header.payment_format,
        *[""] * 4,
        header.originating_company,
        *[""] * 5,
        date_text(header.payment_date),
    ]
    yield ["TRN", "1", header.trace_number, header.payer_id, header.trace_supplement]
    if header.receiver_id:
        yield ["REF", "EV", header.receiver_id]
    yield from write_references(header.references)
    if header.production_date:
        yield ["DTM", "405", date_text(header.production_date)]
    yield from _party("PR", header.payer, delimiters)
    yield from _party("PE", header.payee, delimiters)


def _group(claim: RemitClaim) -> Segments:
    """LX, TS3, TS2 above the first claim of a group."""
    yield ["LX", claim.header_number or "1"]
    if claim.summary:
        if claim.summary.elements:
            yield ["TS3", *claim.summary.elements]
        if claim.summary.inpatient:
            yield ["TS2", *claim.summary.inpatient]


def _party(entity: str, party: RemitParty, delimiters: Delimiters) -> Segments:
    yield ["N1", entity, plain(party.name, 60, delimiters), party.id_qualifier, party.id]
    yield from write_address(party.address, delimiters)
    yield from write_references(party.references)
    for contact in party.contacts:
        yield write_contact(contact, delimiters)


def _claim(claim: RemitClaim, delimiters: Delimiters) -> Segments:
    yield [
        "CLP",
        claim.number,
        claim.status,
        money_text(claim.charge),
        money_text(claim.paid),
        optional_text(claim.patient_responsibility),
        claim.filing_indicator,
        claim.payer_control_number,
        claim.facility_code,
        claim.frequency,
        "",
        claim.drg,
        optional_text(claim.drg_weight),
        optional_text(claim.discharge_fraction),
    ]
    yield from write_cas(claim.adjustments)
    for party in _parties(claim):
        yield write_name(party.entity, party.name, party.id_qualifier, party.id, delimiters=delimiters)
    if claim.inpatient:
        yield ["MIA", *claim.inpatient.elements]
    if claim.outpatient:
        yield ["MOA", *claim.outpatient.elements]
    yield from write_references(claim.references)
    yield from _dates(claim.dates)
    for contact in claim.contacts:
        yield write_contact(contact, delimiters)
    yield from _amounts("AMT", claim.amounts)
    yield from _amounts("QTY", claim.quantities)
    for line in claim.lines:
        yield from _line(line, delimiters)


def _parties(claim: RemitClaim) -> Iterator[NamedParty]:
    for party in (
        claim.patient,
        claim.insured,
        claim.corrected_insured,
        claim.rendering,
        claim.crossover_carrier,
        claim.corrected_payer,
        claim.other_insured,
    ):
        if party:
            yield party


def _line(line: RemitLine, delimiters: Delimiters) -> Segments:
    yield [
        "SVC",
        _procedure(line.procedure, delimiters),
        money_text(line.charge),
        money_text(line.paid),
        line.revenue_code,
        optional_text(line.units),
        _procedure(line.billed, delimiters) if line.billed else "",
        optional_text(line.billed_units),
    ]
    yield from _dates(line.dates)
    yield from write_cas(line.adjustments)
    yield from write_references(line.references)
    yield from _amounts("AMT", line.amounts)
    yield from _amounts("QTY", line.quantities)
    lists = (*line.remark_lists, *["HE"] * (len(line.remark_codes) - len(line.remark_lists)))
    for code_list, remark in zip(lists, line.remark_codes, strict=False):
        yield ["LQ", code_list, remark]


def _procedure(procedure: RemitProcedure, delimiters: Delimiters) -> list[str]:
    modifiers = [*procedure.modifiers[:4], "", "", "", ""][:4]
    return [procedure.qualifier, procedure.code, *modifiers, plain(procedure.description, 80, delimiters)]


def _dates(dates: Iterable[QualifiedDate]) -> Segments:
    for each in dates:
        yield ["DTM", each.qualifier, date_text(each.on)]


def _amounts(segment_id: str, amounts: Iterable[QualifiedAmount]) -> Segments:
    for each in amounts:
        yield [segment_id, each.qualifier, money_text(each.amount)]


def _plb(adjustments: Iterable[ProviderAdjustment]) -> Segments:
    """One PLB per run of up to six adjustments of one provider and fiscal date."""
    run: list[ProviderAdjustment] = []
    for each in adjustments:
        same = run and (run[0].provider_id, run[0].fiscal_date) == (each.provider_id, each.fiscal_date)
        if run and (not same or len(run) == 6):
            yield _plb_segment(run)
            run = []
        run.append(each)
    if run:
        yield _plb_segment(run)


def _plb_segment(run: Sequence[ProviderAdjustment]) -> list[Element]:
    segment: list[Element] = ["PLB", run[0].provider_id, date_text(run[0].fiscal_date)]
    for each in run:
        segment += [[each.code, each.reference], money_text(each.amount)]
    return segment
