"""Writes 837I batches. Source: X12 005010X223A2; functions follow the loops of the guide from the top down."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from edi.claim_837.facts import WrittenBatch
from edi.claim_837.write import check_size, claim_segments, write_batch
from edi.claim_837.write_claim import (
    write_adjudications,
    write_drug,
    write_numbers,
    write_other_payers,
    write_providers,
)
from edi.claim_837.writing import (
    Writing,
    amount_text,
    day_text,
    optional_amount,
    period,
    write_attachments,
    write_conditions,
    write_contract,
    write_file_information,
    write_note,
    write_pricing,
    write_references,
)
from edi.claim_837i import names
from edi.claim_837i.facts import (
    Claim,
    CodedValue,
    Diagnosis,
    InstitutionalBatch,
    Occurrence,
    OccurrenceSpan,
    Procedure,
    ServiceLine,
)
from edi.errors import X12Error
from edi.segments import DEFAULT_DELIMITERS, Delimiters

_MOST_LINES = 999
_MOST_IN_SEGMENT = 12
_MOST_TWICE = 24
_NO_ROLES: dict[str, str] = {}

_claim_numbers = attrgetter(*names.CLAIM_REFERENCES.values())
_claim_providers = attrgetter(*names.CLAIM_PROVIDERS.values())
_line_numbers = attrgetter(*names.LINE_REFERENCES.values())
_line_providers = attrgetter(*names.LINE_PROVIDERS.values())
_LISTS = (
    ("visit_reasons", 3),
    ("external_causes", 12),
    ("other_diagnoses", _MOST_TWICE),
    ("other_procedures", _MOST_TWICE),
    ("occurrence_spans", _MOST_TWICE),
    ("occurrences", _MOST_TWICE),
    ("coded_values", _MOST_TWICE),
    ("condition_codes", _MOST_TWICE),
    ("treatment_codes", _MOST_TWICE),
)
_lists = attrgetter(*[name for name, _ in _LISTS])


def write_claims(batch: InstitutionalBatch) -> WrittenBatch:
    """One interchange, one group, one transaction set. Claims are grouped by billing provider, subscriber (with
    payer) and patient in order of first appearance.

    Raises X12Error when there is no claim, a claim number comes twice, a claim has no principal diagnosis or no
    statement dates, more lines, codes or modifiers than the guide allows, or a value that isn't free text holds a
    delimiter.
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
    if claim.principal is None:
        raise X12Error("An institutional claim has a principal diagnosis.", segment_id="HI", loop="2300")
    if claim.statement_from is None:
        raise X12Error("An institutional claim has statement dates.", segment_id="DTP", element=3, loop="2300")
    for (name, most), found in zip(_LISTS, _lists(claim), strict=True):
        if len(found) > most:
            raise X12Error(f"A claim carries at most {most} {name.replace('_', ' ')}.", segment_id="HI", loop="2300")


def _write_claim(w: Writing, claim: Claim) -> None:
    out = w.out
    parts = ["CLM", claim.number, amount_text(claim.charge), "", ""]
    parts += [w.composite((claim.facility_type, "A", claim.frequency)), "", claim.assignment]
    parts += [claim.benefits_assigned, claim.release]
    if claim.delay_reason:
        parts += [*[""] * 10, claim.delay_reason]
    out.append(parts)
    _write_dates(w, claim)
    if claim.admission_type or claim.admission_source or claim.patient_status:
        out.append(["CL1", claim.admission_type, claim.admission_source, claim.patient_status])
    write_attachments(w, claim.attachments)
    write_contract(w, claim.contract)
    if claim.patient_due is not None:
        out.append(["AMT", "F3", amount_text(claim.patient_due)])
    write_numbers(w, names.CLAIM_REFERENCES, _claim_numbers(claim))
    for each in claim.device_exemptions:
        out.append(["REF", "LX", each])
    write_references(w, claim.references)
    write_file_information(w, claim.file_information)
    for note in claim.notes:
        write_note(w, note)
    write_conditions(w, claim.conditions)
    _write_codes(w, claim)
    write_pricing(w, claim.pricing)
    write_providers(w, names.CLAIM_PROVIDERS, _claim_providers(claim), names.ROLES)
    write_other_payers(w, claim)
    for line in claim.lines:
        _write_line(w, line)


def _write_dates(w: Writing, claim: Claim) -> None:
    """DTP 096, 434, 435, 050."""
    out = w.out
    if claim.discharge_hour:
        out.append(["DTP", "096", "TM", claim.discharge_hour])
    if claim.statement_from:
        out.append(["DTP", "434", *period(claim.statement_from, claim.statement_to or claim.statement_from)])
    if claim.admission_date:
        hour = claim.admission_hour
        out.append(["DTP", "435", "DT" if hour else "D8", day_text(claim.admission_date) + hour])
    if claim.repricer_received_date:
        out.append(["DTP", "050", "D8", day_text(claim.repricer_received_date)])


def _write_codes(w: Writing, claim: Claim) -> None:
    """HI, list by list."""
    version = 0 if claim.diagnosis_version == 10 else 1
    if claim.principal:
        _write_list(w, [_diagnosis(w, names.PRINCIPAL[version], claim.principal)])
    if claim.admitting:
        _write_list(w, [w.code(names.ADMITTING[version], claim.admitting)])
    _write_list(w, [w.code(names.VISIT_REASON[version], each) for each in claim.visit_reasons])
    _write_list(w, [_diagnosis(w, names.EXTERNAL_CAUSE[version], each) for each in claim.external_causes])
    if claim.drg:
        _write_list(w, [w.code(names.DRG, claim.drg)])
    _write_list(w, [_diagnosis(w, names.OTHER_DIAGNOSIS[version], each) for each in claim.other_diagnoses])
    if claim.principal_procedure:
        _write_list(w, [_procedure(w, names.PRINCIPAL_PROCEDURE[version], claim.principal_procedure)])
    _write_list(w, [_procedure(w, names.OTHER_PROCEDURE[version], each) for each in claim.other_procedures])
    _write_list(w, [_span(w, each) for each in claim.occurrence_spans])
    _write_list(w, [_occurrence(w, each) for each in claim.occurrences])
    _write_list(w, [_value(w, each) for each in claim.coded_values])
    _write_list(w, [w.code(names.CONDITION, each) for each in claim.condition_codes])
    _write_list(w, [w.code(names.TREATMENT, each) for each in claim.treatment_codes])


def _write_list(w: Writing, entries: Sequence[str]) -> None:
    for start in range(0, len(entries), _MOST_IN_SEGMENT):
        w.out.append(["HI", *entries[start : start + _MOST_IN_SEGMENT]])


def _diagnosis(w: Writing, kind: str, diagnosis: Diagnosis) -> str:
    present = diagnosis.present_on_admission
    if not present:
        return w.code(kind, diagnosis.code)
    return w.composite((kind, diagnosis.code.replace(".", ""), *[""] * 6, present))


def _procedure(w: Writing, kind: str, procedure: Procedure) -> str:
    if procedure.on is None:
        return w.code(kind, procedure.code)
    return w.composite((kind, procedure.code.replace(".", ""), "D8", day_text(procedure.on)))


def _span(w: Writing, span: OccurrenceSpan) -> str:
    days = [day_text(each) if each else "" for each in (span.first, span.last)]
    return w.composite((names.OCCURRENCE_SPAN, span.code, "RD8", "-".join(days)))


def _occurrence(w: Writing, occurrence: Occurrence) -> str:
    return w.composite((names.OCCURRENCE, occurrence.code, "D8", day_text(occurrence.on) if occurrence.on else ""))


def _value(w: Writing, value: CodedValue) -> str:
    return w.composite((names.VALUE, value.code, "", "", amount_text(value.amount)))


def _write_line(w: Writing, line: ServiceLine) -> None:
    out = w.out
    out.append(["LX", str(line.number)])
    procedure = ""
    if line.code or line.qualifier:
        procedure = w.procedure(line.qualifier, line.code, line.modifiers, line.description)
    parts = ["SV2", line.revenue_code, procedure, amount_text(line.charge), line.unit_basis, amount_text(line.units)]
    if line.noncovered is not None:
        parts += ["", optional_amount(line.noncovered)]
    out.append(parts)
    if line.attachments:
        write_attachments(w, line.attachments)
    if line.service_from:
        out.append(["DTP", "472", *period(line.service_from, line.service_to)])
    numbers = _line_numbers(line)
    if any(numbers):
        write_numbers(w, names.LINE_REFERENCES, numbers)
    write_references(w, line.references)
    for qualifier, name in names.LINE_AMOUNTS.items():
        if (amount := getattr(line, name)) is not None:
            out.append(["AMT", qualifier, amount_text(amount)])
    if line.third_party_note:
        out.append(["NTE", "TPO", w.free(line.third_party_note, 80)])
    write_pricing(w, line.pricing)
    write_drug(w, line.drug)
    providers = _line_providers(line)
    if any(providers):
        write_providers(w, names.LINE_PROVIDERS, providers, _NO_ROLES)
    write_adjudications(w, line)
