"""Writes 837P batches. Source: X12 005010X222A1; functions follow the loops of the guide from the top down."""

from collections.abc import Iterator
from dataclasses import fields
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
    causes_text,
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
from edi.claim_837p.facts import Claim, Form, ProfessionalBatch, ServiceLine, Transport
from edi.claim_837p.names import (
    CLAIM_DATES,
    CLAIM_PROVIDERS,
    CLAIM_REFERENCES,
    LINE_AMOUNTS,
    LINE_DATES,
    LINE_PROVIDERS,
    LINE_QUANTITIES,
    LINE_REFERENCES,
)
from edi.errors import X12Error
from edi.segments import DEFAULT_DELIMITERS, Delimiters

_MOST_DIAGNOSES = 12
_MOST_LINES = 50
_NO_ROLES: dict[str, str] = {}

# Most claims have few of the fields: each group is fetched at once and passed over when nothing in it is set.
_claim_dates = attrgetter(*CLAIM_DATES.values())
_claim_numbers = attrgetter(*CLAIM_REFERENCES.values())
_claim_providers = attrgetter(*CLAIM_PROVIDERS.values())
_claim_extras = attrgetter("transport", "spinal_manipulation", "conditions", "note", "file_information")
_LINE_EXTRAS = (
    *("equipment", "attachments", "transport", "certificate", "conditions"),
    *(*LINE_DATES.values(), *LINE_QUANTITIES.values(), "test_results", "contract", "references"),
    *(*LINE_AMOUNTS.values(), "file_information", "note", "third_party_note", "purchase", "pricing"),
    *("drug", "adjudications", "forms"),
)
_line_extras = attrgetter(*_LINE_EXTRAS)
# What most lines that were read have and nothing else: they need not be asked for all the rest.
_SIMPLE_LINE = {each.name for each in fields(ServiceLine)} - {
    *_LINE_EXTRAS,
    *LINE_PROVIDERS.values(),
    *[name for name in LINE_REFERENCES.values() if name != "line_control_number"],
}
_line_numbers = attrgetter(*LINE_REFERENCES.values())
_line_providers = attrgetter(*LINE_PROVIDERS.values())
_NO_EXTRAS = _line_extras(ServiceLine.__new__(ServiceLine))


def write_claims(batch: ProfessionalBatch) -> WrittenBatch:
    """One interchange, one group, one transaction set. Claims are grouped by billing provider, subscriber (with
    payer) and patient in order of first appearance.

    Raises X12Error when there is no claim, a claim number comes twice, a claim has more diagnoses, lines, modifiers or
    pointers than the guide allows, or a value that isn't free text holds a delimiter.
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
    if not 1 <= len(claim.diagnoses) <= _MOST_DIAGNOSES:
        raise X12Error("A claim carries 1 to 12 diagnoses.", segment_id="HI", loop="2300")


def _write_claim(w: Writing, claim: Claim) -> None:
    out = w.out
    _write_clm(w, claim)
    if any(_claim_dates(claim)):
        _write_dates(w, claim)
    if claim.attachments:
        write_attachments(w, claim.attachments)
    if claim.contract:
        write_contract(w, claim.contract)
    if claim.patient_paid is not None:
        out.append(["AMT", "F5", amount_text(claim.patient_paid)])
    numbers = _claim_numbers(claim)
    if any(numbers):
        write_numbers(w, CLAIM_REFERENCES, numbers)
    if claim.references:
        write_references(w, claim.references)
    if any(_claim_extras(claim)):
        write_file_information(w, claim.file_information)
        write_note(w, claim.note)
        _write_transport(w, claim.transport)
        if found := claim.spinal_manipulation:
            out.append(["CR2", *[""] * 7, found.condition, "", w.free(found.description, 80), w.free(found.more, 80)])
        write_conditions(w, claim.conditions)
    _write_codes(w, claim)
    if claim.pricing:
        write_pricing(w, claim.pricing)
    providers = _claim_providers(claim)
    if any(providers):
        write_providers(w, CLAIM_PROVIDERS, providers, _NO_ROLES)
    if claim.other_payers:
        write_other_payers(w, claim)
    for line in claim.lines:
        _write_line(w, line)


def _write_clm(w: Writing, claim: Claim) -> None:
    causes = causes_text(w, claim.causes, claim.accident_state, claim.accident_country)
    parts = [
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
        claim.signature_source,
    ]
    if causes or claim.special_program or claim.delay_reason:
        parts += [causes, claim.special_program, *[""] * 7, claim.delay_reason]
    w.out.append(parts)


def _write_dates(w: Writing, claim: Claim) -> None:
    first, last = claim.disability_from, claim.disability_to
    for qualifier, name in CLAIM_DATES.items():
        day = getattr(claim, name)
        if name == "disability_from" and first and last:
            w.out.append(["DTP", "314", *period(first, last)])
        elif day and not (name == "disability_to" and first):
            w.out.append(["DTP", qualifier, "D8", day_text(day)])


def _write_codes(w: Writing, claim: Claim) -> None:
    """HI."""
    first, other = ("ABK", "ABF") if claim.diagnosis_version == 10 else ("BK", "BF")
    if claim.diagnoses:
        principal, *others = claim.diagnoses
        w.out.append(["HI", w.code(first, principal), *[w.code(other, each) for each in others]])
    if claim.anesthesia_procedures:
        kinds = zip(("BP", "BO"), claim.anesthesia_procedures, strict=False)
        w.out.append(["HI", *[w.code(*each) for each in kinds]])
    for start in range(0, len(claim.condition_codes), 12):
        w.out.append(["HI", *[w.code("BG", each) for each in claim.condition_codes[start : start + 12]]])


def _write_transport(w: Writing, found: Transport | None) -> None:
    """CR1."""
    if found:
        weight = ["LB", amount_text(found.weight)] if found.weight is not None else ["", ""]
        purposes = [w.free(found.round_trip_purpose, 80), w.free(found.stretcher_purpose, 80)]
        w.out.append(["CR1", *weight, "", found.reason, "DH", amount_text(found.miles), "", "", *purposes])


def _write_line(w: Writing, line: ServiceLine) -> None:
    out = w.out
    out.append(["LX", str(line.number)])
    _write_sv1(w, line)
    simple = vars(line).keys() <= _SIMPLE_LINE
    extras = not simple and _line_extras(line) != _NO_EXTRAS
    if extras:
        _write_service(w, line)
    if line.service_from:
        out.append(["DTP", "472", *period(line.service_from, line.service_to)])
    if simple:
        if line.line_control_number:
            out.append(["REF", "6R", line.line_control_number])
        return
    if extras:
        _write_measures(w, line)
    numbers = _line_numbers(line)
    if any(numbers):
        write_numbers(w, LINE_REFERENCES, numbers)
    if extras:
        write_references(w, line.references)
        _write_extras(w, line)
        write_drug(w, line.drug)
    providers = _line_providers(line)
    if any(providers):
        write_providers(w, LINE_PROVIDERS, providers, _NO_ROLES)
    if extras:
        write_adjudications(w, line)
        for form in line.forms:
            _write_form(w, form)


def _write_sv1(w: Writing, line: ServiceLine) -> None:
    parts = [
        "SV1",
        w.procedure(line.qualifier, line.code, line.modifiers, line.description),
        amount_text(line.charge),
        line.unit_basis,
        amount_text(line.units),
        line.place_of_service,
        "",
        w.pointers(line.pointers),
    ]
    if line.emergency or line.epsdt or line.family_planning or line.copay_exempt:
        parts += ["", "Y" if line.emergency else "", "", "Y" if line.epsdt else ""]
        parts += ["Y" if line.family_planning else "", "", "", "0" if line.copay_exempt else ""]
    w.out.append(parts)


def _write_service(w: Writing, line: ServiceLine) -> None:
    """SV5, PWK, CR1, CR3, CRC."""
    if found := line.equipment:
        amounts = [amount_text(each) for each in (found.days, found.rental, found.purchase)]
        w.out.append(["SV5", w.composite(("HC", found.code)), "DA", *amounts, found.frequency])
    write_attachments(w, line.attachments)
    _write_transport(w, line.transport)
    if line.certificate:
        w.out.append(["CR3", line.certificate.kind, "MO", amount_text(line.certificate.months)])
    write_conditions(w, line.conditions)


def _write_measures(w: Writing, line: ServiceLine) -> None:
    """DTP other than the day of service, QTY, MEA, CN1."""
    for qualifier, name in LINE_DATES.items():
        if day := getattr(line, name):
            w.out.append(["DTP", qualifier, "D8", day_text(day)])
    for qualifier, name in LINE_QUANTITIES.items():
        if (amount := getattr(line, name)) is not None:
            w.out.append(["QTY", qualifier, amount_text(amount)])
    for each in line.test_results:
        w.out.append(["MEA", each.reference, each.kind, amount_text(each.value)])
    write_contract(w, line.contract)


def _write_extras(w: Writing, line: ServiceLine) -> None:
    """AMT, K3, NTE, PS1, HCP."""
    for qualifier, name in LINE_AMOUNTS.items():
        if (amount := getattr(line, name)) is not None:
            w.out.append(["AMT", qualifier, amount_text(amount)])
    write_file_information(w, line.file_information)
    write_note(w, line.note)
    if line.third_party_note:
        w.out.append(["NTE", "TPO", w.free(line.third_party_note, 80)])
    if line.purchase:
        w.out.append(["PS1", line.purchase.provider_id, amount_text(line.purchase.charge)])
    write_pricing(w, line.pricing)


def _write_form(w: Writing, form: Form) -> None:
    w.out.append(["LQ", form.kind, form.number])
    for each in form.answers:
        day = day_text(each.on) if each.on else ""
        text = w.free(each.text, 50)
        w.out.append(["FRM", each.question, each.response, text, day, optional_amount(each.percent)])
