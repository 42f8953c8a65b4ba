"""One claim, CLM to its last segment, whatever its kind. Source: X12 005010X222A1, X223A2, X224A2, loops 2300 to 2440.

The segments are walked once. A segment that starts a loop decides what the next ones belong to; the kind's tables
say which handler takes a segment of claim or line, and which field holds a provider.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from edi.adjustments import adjustments_of
from edi.claim_837.facts import (
    AnyClaim,
    AnyLine,
    BillingProvider,
    Drug,
    InpatientDecision,
    LineAdjudication,
    OtherPayer,
    OtherPayerProvider,
    Patient,
    Payer,
    Subscriber,
)
from edi.claim_837.read_levels import NOBODY, Party, payer_of, write_policy
from edi.claim_837.reading import Fields, Handler, Parts, Reading
from edi.elements import ZERO
from edi.envelope import Kind
from edi.errors import Problem
from edi.facts import make
from edi.parties import name_of
from edi.tokenizer import Run

LOOP_STARTS = frozenset({"LX", "NM1", "SBR", "LIN", "SVD", "LQ"})
_CLM_PADDING = [""] * 21
WHOLE = {str(number): number for number in range(1, 1000)}
_AMOUNTS = {"D": "paid", "A8": "noncovered", "EAF": "patient_liability"}


@dataclass(frozen=True, kw_only=True)
class ClaimTables:
    """How the claims of one kind are read."""

    kind: Kind
    claim: type[AnyClaim]
    line: type[AnyLine]
    read_clm: Handler  # elements of CLM that only this kind has; CLM05 is split by the caller
    empty_claim: Mapping[str, Any]  # fields without a default, in case their segment is missing
    empty_line: Mapping[str, Any]
    claim_segments: Mapping[str, Handler]
    line_segments: Mapping[str, Handler]
    claim_providers: Mapping[str, str]  # entity code: field
    line_providers: Mapping[str, str]
    service: str  # SV1, SV2, SV3
    needs_day: bool  # a line without a date of service is a problem
    read_form: Callable[[list[Parts], int, int, Reading], object] | None = None  # LQ and its FRM


@dataclass(frozen=True, kw_only=True)
class Above:
    """The levels that a claim stands below."""

    billing: BillingProvider
    subscriber: Subscriber
    payer: Payer
    patient: Patient | None
    problems: tuple[Problem, ...]


def read_claim(run: Run, above: Above, tables: ClaimTables, reading: Reading) -> AnyClaim:
    """The claim of a run that starts with CLM."""
    reading.index, reading.loop = 0, "2300"
    fields: Fields = {
        **tables.empty_claim,
        "billing": above.billing,
        "subscriber": above.subscriber,
        "payer": above.payer,
        "patient": above.patient,
        "raw": run.text,
        "segment_number": run.number,
    }
    _clm(fields, run.parts[0], tables, reading)
    _Walk(run, fields, tables, reading).go()
    if reading.lists:
        reading.close_lists()
    if reading.found or above.problems:
        fields["problems"] = above.problems + reading.problems(run)
    return make(tables.claim, fields)


def _clm(fields: Fields, parts: Parts, tables: ClaimTables, reading: Reading) -> None:
    size = len(parts)
    if size < 21:
        parts = parts + _CLM_PADDING[size:]
    fields["number"] = parts[1]
    fields["charge"] = reading.money(parts, 2)
    fields["assignment"] = parts[7]
    fields["benefits_assigned"] = parts[8]
    fields["release"] = parts[9]
    if size > 20:
        fields["delay_reason"] = parts[20]
    tables.read_clm(fields, parts, reading)


class _Walk:
    """Where in a claim the reader stands."""

    __slots__ = ("fields", "lines", "names", "others", "parts", "reading", "run", "tables")

    def __init__(self, run: Run, fields: Fields, tables: ClaimTables, reading: Reading) -> None:
        self.run = run
        self.parts = run.parts
        self.names = run.names
        self.fields = fields
        self.tables = tables
        self.reading = reading
        self.lines: list[Fields] = []
        self.others: list[Fields] = []

    def go(self) -> None:
        """Every loop of the claim, in order."""
        tables, fields = self.tables, self.fields
        names = self.names
        starts = [index for index, name in enumerate(names) if name in LOOP_STARTS]
        starts.append(len(names))
        self.take(fields, tables.claim_segments, 1, starts[0])
        start = starts[0]
        for stop in starts[1:]:
            name = names[start]
            if name == "LX":
                self.line(start, stop)
            elif name == "NM1":
                self.party(start, stop)
            elif name == "SBR":
                self.other_payer(start, stop)
            elif self.lines:
                self.detail(name, start, stop)
            start = stop
        if self.others:
            self.reading.loop = "2320"
            fields["other_payers"] = tuple([make(OtherPayer, _complete_other(each)) for each in self.others])
        fields["lines"] = tuple([make(tables.line, each) for each in self.lines])

    def take(self, fields: Fields, handlers: Mapping[str, Handler], start: int, stop: int) -> None:
        """Segments that are in no inner loop."""
        parts, names, reading = self.parts, self.names, self.reading
        for index in range(start, stop):
            handler = handlers.get(names[index])
            if handler:
                reading.index = index
                handler(fields, parts[index], reading)

    def line(self, start: int, stop: int) -> None:
        """LX and the line's own segments."""
        parts, reading, tables = self.parts, self.reading, self.tables
        reading.index, reading.loop = start, "2400"
        number = WHOLE.get(parts[start][1]) if len(parts[start]) > 1 else None
        fields: Fields = {**tables.empty_line, "number": number or reading.whole(parts[start], 1)}
        self.lines.append(fields)
        names, service = self.names, tables.service
        if (start + 1 == stop or names[start + 1] != service) and service not in names[start:stop]:
            reading.note(None, f"The line has no {service}.", "missing")
        self.take(fields, tables.line_segments, start + 1, stop)
        if tables.needs_day and fields["service_from"] is None and not self.has_day(start, stop):
            reading.index = start
            reading.note(None, "The line has no date of service (DTP*472).", "missing")

    def has_day(self, start: int, stop: int) -> bool:
        return any(each[:2] == ["DTP", "472"] for each in self.parts[start:stop])

    def party(self, start: int, stop: int) -> None:
        """NM1: of the open line, else of the open other payer, else of the claim."""
        parts, tables = self.parts, self.tables
        segment = parts[start]
        entity = segment[1] if len(segment) > 1 else ""
        if self.lines:
            fields, name = self.lines[-1], tables.line_providers.get(entity)
        elif self.others:
            self.other_party(entity, start, stop)
            return
        else:
            fields, name = self.fields, tables.claim_providers.get(entity)
        if name and name not in fields:
            fields[name] = self.reading.provider(parts, self.run, start, stop)

    def other_payer(self, start: int, stop: int) -> None:
        """SBR in loop 2320: what stands before its names."""
        reading = self.reading
        reading.loop = "2320"
        fields: Fields = {}
        write_policy(fields, self.parts[start])
        self.others.append(fields)
        adjustments = []
        for index in range(start + 1, stop):
            parts = self.parts[index]
            reading.index = index
            match parts[0]:
                case "CAS":
                    adjustments += adjustments_of(parts, reading.note)
                case "AMT" if len(parts) > 1 and (name := _AMOUNTS.get(parts[1])):
                    fields[name] = reading.money(parts, 2)
                case "OI":
                    parts = parts + [""] * (7 - len(parts))
                    fields["benefits_assigned"], fields["signature_source"] = parts[3], parts[4]
                    fields["release"] = parts[6]
                case "MIA":
                    fields["inpatient"] = InpatientDecision(elements=tuple(parts[1:]))
                case "MOA":
                    _moa(fields, parts, reading)
        if adjustments:
            fields["adjustments"] = tuple(adjustments)

    def other_party(self, entity: str, start: int, stop: int) -> None:
        """Loops 2330."""
        fields, reading = self.others[-1], self.reading
        party = Party(self.parts, start, stop, reading.component)
        if entity == "IL" and "subscriber" not in fields:
            fields["subscriber"] = name_of(party.start)
            fields["member_id"], fields["member_id_qualifier"] = party.id, party.id_qualifier
            fields["subscriber_address"] = party.address
            fields["subscriber_references"] = tuple(party.references)
        elif entity == "PR" and "payer" not in fields:
            fields["payer"] = payer_of(party)
            for index in range(start + 1, stop):
                parts = self.parts[index]
                if parts[:2] == ["DTP", "573"]:
                    reading.index = index
                    fields["decided_on"] = reading.day(parts)
        elif entity not in ("IL", "PR"):
            is_person = len(party.start) > 2 and party.start[2] == "1"
            found = OtherPayerProvider(entity=entity, is_person=is_person, references=tuple(party.references))
            reading.add(fields, "providers", found)

    def detail(self, name: str, start: int, stop: int) -> None:
        """LIN, SVD, LQ: what hangs below a line."""
        reading, line = self.reading, self.lines[-1]
        reading.index = start
        if name == "LIN":
            if "drug" not in line:
                line["drug"] = _drug(self.parts, start, stop, reading)
        elif name == "SVD":
            reading.loop = "2430"
            reading.add(line, "adjudications", _adjudication(self.parts, start, stop, reading))
        elif self.tables.read_form:
            reading.loop = "2440"
            reading.add(line, "forms", self.tables.read_form(self.parts, start, stop, reading))


def _complete_other(fields: Fields) -> Fields:
    """Names that the loop lacks read as empty."""
    if "subscriber" not in fields:
        fields["subscriber"], fields["member_id"] = NOBODY, ""
    if "payer" not in fields:
        fields["payer"] = Payer(name="", id="")
    if "benefits_assigned" not in fields:
        fields["benefits_assigned"] = fields["release"] = ""
    return fields


def _moa(fields: Fields, parts: Parts, reading: Reading) -> None:
    for name, position in (("reimbursement_rate", 1), ("payable", 2), ("esrd_paid", 8), ("professional_component", 9)):
        amount = reading.optional(parts, position)
        if amount is not None:
            fields[name] = amount
    fields["remark_codes"] = tuple([each for each in parts[3:8] if each])


def _drug(segments: list[Parts], start: int, stop: int, reading: Reading) -> Drug:
    lin = segments[start] + [""] * (4 - len(segments[start]))
    fields: Fields = {"qualifier": lin[2], "ndc": lin[3], "units": ZERO, "unit": ""}
    for index in range(start + 1, stop):
        parts = segments[index]
        if parts[0] == "CTP":
            reading.index = index
            fields["units"] = reading.money(parts, 4)
            fields["unit"] = parts[5].partition(reading.component)[0] if len(parts) > 5 else ""
        elif parts[0] == "REF" and len(parts) > 2:
            fields["link_number" if parts[1] == "VY" else "prescription_number"] = parts[2]
    return make(Drug, fields)


def _adjudication(segments: list[Parts], start: int, stop: int, reading: Reading) -> LineAdjudication:
    svd = segments[start] + [""] * (7 - len(segments[start]))
    qualifier, code, modifiers, description = reading.procedure(svd[3])
    fields: Fields = {
        "payer_id": svd[1],
        "paid": reading.money(svd, 2),
        "qualifier": qualifier,
        "code": code,
        "modifiers": modifiers,
        "description": description,
        "revenue_code": svd[4],
        "units": reading.money(svd, 5),
        "bundled_line": reading.whole(svd, 6) if svd[6] else None,
        "decided_on": None,
    }
    adjustments = []
    for index in range(start + 1, stop):
        parts = segments[index]
        reading.index = index
        if parts[0] == "CAS":
            adjustments += adjustments_of(parts, reading.note)
        elif parts[:2] == ["DTP", "573"]:
            fields["decided_on"] = reading.day(parts)
        elif parts[:2] == ["AMT", "EAF"]:
            fields["patient_liability"] = reading.money(parts, 2)
    fields["adjustments"] = tuple(adjustments)
    return make(LineAdjudication, fields)
