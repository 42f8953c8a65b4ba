"""Writes 837D batches. Source: X12 005010X224A2; functions follow the loops of the guide from the top down."""

from collections.abc import Iterator
from operator import attrgetter

from edi.claim_837.facts import WrittenBatch
from edi.claim_837.write import check_size, claim_segments, write_batch
from edi.claim_837.write_claim import write_adjudications, write_numbers, write_other_payers, write_providers
from edi.claim_837.writing import (
    Writing,
    amount_text,
    causes_text,
    day_text,
    optional_amount,
    period,
    write_attachments,
    write_contract,
    write_file_information,
    write_note,
    write_pricing,
    write_references,
)
from edi.claim_837d.facts import Claim, DentalBatch, ServiceLine
from edi.claim_837d.names import (
    CLAIM_PROVIDERS,
    CLAIM_REFERENCES,
    LINE_DATES,
    LINE_PROVIDERS,
    LINE_REFERENCES,
    ROLES,
)
from edi.errors import X12Error
from edi.segments import DEFAULT_DELIMITERS, Delimiters

_MOST_LINES = 50
_MOST_DIAGNOSES = 4
_MOST_TOOTH_STATUSES = 35
_MOST_TEETH = 32

_claim_numbers = attrgetter(*CLAIM_REFERENCES.values())
_claim_providers = attrgetter(*CLAIM_PROVIDERS.values())
_line_numbers = attrgetter(*LINE_REFERENCES.values())
_line_providers = attrgetter(*LINE_PROVIDERS.values())


def write_claims(batch: DentalBatch) -> WrittenBatch:
    """One interchange, one group, one transaction set. Claims are grouped by billing provider, subscriber (with
    payer) and patient in order of first appearance.

    Raises X12Error when there is no claim, a claim number comes twice, a claim has more lines, diagnoses, teeth,
    modifiers or pointers than the guide allows, or a value that isn't free text holds a delimiter.
    """
    return write_batch(batch, batch.claims, batch.guide, _check, _write_claim)


def segments_of(claim: Claim, delimiters: Delimiters = DEFAULT_DELIMITERS) -> Iterator[list[str]]:
    """What the writer writes for the run that `claim.raw` holds: CLM to the last segment of the last line.

    Each segment is its elements, composites joined; what the guide has no room for is written nevertheless. Raises
    X12Error when a value holds a delimiter.
    """
    return claim_segments(claim, _write_claim, delimiters)


def _check(claim: Claim) -> None:
    check_size(claim, most_lines=_MOST_LINES)
    if len(claim.diagnoses) > _MOST_DIAGNOSES:
        raise X12Error("A dental claim carries at most four diagnoses.", segment_id="HI", loop="2300")
    if len(claim.tooth_statuses) > _MOST_TOOTH_STATUSES:
        raise X12Error("A dental claim tells the status of at most 35 teeth.", segment_id="DN2", loop="2300")
    if any(len(line.teeth) > _MOST_TEETH for line in claim.lines):
        raise X12Error("A dental line names at most 32 teeth.", segment_id="TOO", loop="2400")


def _write_claim(w: Writing, claim: Claim) -> None:
    out = w.out
    _write_clm(w, claim)
    if claim.accident_date:
        out.append(["DTP", "439", "D8", day_text(claim.accident_date)])
    if claim.appliance_date:
        out.append(["DTP", "452", "D8", day_text(claim.appliance_date)])
    if claim.service_from:
        out.append(["DTP", "472", *period(claim.service_from, claim.service_to)])
    if claim.repricer_received_date:
        out.append(["DTP", "050", "D8", day_text(claim.repricer_received_date)])
    if found := claim.orthodontics:
        months = optional_amount(found.months), optional_amount(found.months_remaining)
        out.append(["DN1", *months, "", found.indicator])
    for each in claim.tooth_statuses:
        out.append(["DN2", each.number, each.status, "", "", "", "JP"])
    write_attachments(w, claim.attachments)
    write_contract(w, claim.contract)
    if claim.patient_paid is not None:
        out.append(["AMT", "F5", amount_text(claim.patient_paid)])
    write_numbers(w, CLAIM_REFERENCES, _claim_numbers(claim))
    write_references(w, claim.references)
    write_file_information(w, claim.file_information)
    for note in claim.notes:
        write_note(w, note)
    if claim.diagnoses:
        kinds = ("ABK", "ABF") if claim.diagnosis_version == 10 else ("BK", "BF")
        principal, *others = claim.diagnoses
        out.append(["HI", w.code(kinds[0], principal), *[w.code(kinds[1], each) for each in others]])
    write_pricing(w, claim.pricing)
    write_providers(w, CLAIM_PROVIDERS, _claim_providers(claim), ROLES)
    write_other_payers(w, claim)
    for line in claim.lines:
        _write_line(w, line)


def _write_clm(w: Writing, claim: Claim) -> None:
    causes = causes_text(w, claim.causes, claim.accident_state, claim.accident_country)
    w.out.append(
        [
            "CLM",
            claim.number,
            amount_text(claim.charge),
            "",
            "",
            w.composite((claim.place_of_service, "B", claim.frequency)),
            "Y" if claim.provider_signature else "N",
            claim.assignment,
            claim.benefits_assigned,
            claim.release,
            "",
            causes,
            claim.special_program,
            *[""] * 6,
            "PB" if claim.is_predetermination else "",
            claim.delay_reason,
        ]
    )


def _write_line(w: Writing, line: ServiceLine) -> None:
    out = w.out
    out.append(["LX", str(line.number)])
    out.append(
        [
            "SV3",
            w.procedure(line.qualifier, line.code, line.modifiers, line.description),
            amount_text(line.charge),
            line.place_of_service,
            w.composite(line.oral_cavities),
            line.prosthesis,
            amount_text(line.units),
            *[""] * 4,
            w.pointers(line.pointers) if line.pointers else "",
        ]
    )
    for each in line.teeth:
        out.append(["TOO", "JP", each.number, w.composite(each.surfaces)])
    if line.service_from:
        out.append(["DTP", "472", *period(line.service_from, line.service_to)])
    for qualifier, name in LINE_DATES.items():
        if day := getattr(line, name):
            out.append(["DTP", qualifier, "D8", day_text(day)])
    write_contract(w, line.contract)
    write_numbers(w, LINE_REFERENCES, _line_numbers(line))
    write_references(w, line.references)
    if line.sales_tax is not None:
        out.append(["AMT", "T", amount_text(line.sales_tax)])
    write_file_information(w, line.file_information)
    write_pricing(w, line.pricing)
    write_providers(w, LINE_PROVIDERS, _line_providers(line), ROLES)
    write_adjudications(w, line)
