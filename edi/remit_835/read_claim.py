"""Loops 2100 and 2110 of an 835: one claim with its lines. Source: X12 005010X221A1."""

from collections.abc import Callable

from edi.adjustments import Adjustment, read_cas
from edi.elements import Values
from edi.parties import Contact, NamedParty, Reference, read_contact, read_party, read_reference
from edi.remit_835.facts import (
    InpatientFacts,
    OutpatientFacts,
    QualifiedAmount,
    QualifiedDate,
    RemitClaim,
    RemitLine,
    RemitProcedure,
)
from edi.segments import Segment

_MIA_REMARKS = (5, 20, 21, 22, 23)
_MOA_REMARKS = (3, 4, 5, 6, 7)


class _LineReading:
    """Gathers loop 2110."""

    __slots__ = ("adjustments", "amounts", "dates", "quantities", "references", "remarks", "start")

    def __init__(self, start: Segment) -> None:
        self.start = start
        self.dates: list[QualifiedDate] = []
        self.adjustments: list[Adjustment] = []
        self.references: list[Reference] = []
        self.amounts: list[QualifiedAmount] = []
        self.quantities: list[QualifiedAmount] = []
        self.remarks: list[str] = []

    def result(self, number: int, values: Values) -> RemitLine:
        start = self.start
        billed = start[6]
        return RemitLine(
            number=number,
            procedure=_procedure(start, 1),
            charge=values.money(start, 2),
            paid=values.money(start, 3),
            revenue_code=start[4],
            units=values.optional(start, 5),
            billed=_procedure(start, 6) if billed else None,
            billed_units=values.optional(start, 7),
            dates=tuple(self.dates),
            adjustments=tuple(self.adjustments),
            references=tuple(self.references),
            amounts=tuple(self.amounts),
            quantities=tuple(self.quantities),
            remark_codes=tuple(self.remarks),
            segment_number=start.number,
        )


def _procedure(segment: Segment, position: int) -> RemitProcedure:
    parts = segment.components(position)
    count = len(parts)
    return RemitProcedure(
        qualifier=parts[0],
        code=parts[1] if count > 1 else "",
        modifiers=tuple([each for each in parts[2:6] if each]) if count > 2 else (),
        description=parts[6] if count > 6 else "",
    )


class ClaimReading:
    """Gathers loop 2100 with its lines; a segment goes to the open line, or to the claim before the first SVC."""

    def __init__(self, start: Segment, header_number: str) -> None:
        self.start = start
        self.header_number = header_number
        self.values = Values("2100")
        self.texts = [start.bare]
        self.claim = _LineReading(start)
        self.open = self.claim
        self.lines: list[_LineReading] = []
        self.parties: dict[str, NamedParty] = {}
        self.contacts: list[Contact] = []
        self.inpatient: InpatientFacts | None = None
        self.outpatient: OutpatientFacts | None = None

    def take(self, segment: Segment) -> None:
        self.texts.append(segment.bare)
        taker = _TAKERS.get(segment.id)
        if taker:
            taker(self, segment)
        else:
            self.values.note(segment, None, f"{segment.id[:3]} doesn't belong into a claim.", "stray")

    def _svc(self, segment: Segment) -> None:
        self.values.loop = "2110"
        self.open = _LineReading(segment)
        self.lines.append(self.open)

    def _cas(self, segment: Segment) -> None:
        self.open.adjustments += read_cas(segment, self.values)

    def _dtm(self, segment: Segment) -> None:
        if day := self.values.day(segment, 2):
            self.open.dates.append(QualifiedDate(qualifier=segment[1], on=day))

    def _ref(self, segment: Segment) -> None:
        self.open.references.append(read_reference(segment))

    def _amt(self, segment: Segment) -> None:
        self.open.amounts.append(QualifiedAmount(qualifier=segment[1], amount=self.values.money(segment, 2)))

    def _qty(self, segment: Segment) -> None:
        self.open.quantities.append(QualifiedAmount(qualifier=segment[1], amount=self.values.money(segment, 2)))

    def _lq(self, segment: Segment) -> None:
        self.open.remarks.append(segment[2])

    def _nm1(self, segment: Segment) -> None:
        if segment[1] in self.parties:
            self.values.note(segment, 1, "The claim names the same party twice.")
        self.parties[segment[1]] = read_party(segment)

    def _per(self, segment: Segment) -> None:
        self.contacts.append(read_contact(segment))

    def _mia(self, segment: Segment) -> None:
        remarks = tuple(segment[each] for each in _MIA_REMARKS if segment[each])
        self.inpatient = InpatientFacts(elements=tuple(segment.parts[1:]), remark_codes=remarks)

    def _moa(self, segment: Segment) -> None:
        remarks = tuple(segment[each] for each in _MOA_REMARKS if segment[each])
        self.outpatient = OutpatientFacts(elements=tuple(segment.parts[1:]), remark_codes=remarks)

    def result(self) -> RemitClaim:
        start, values, own = self.start, self.values, self.claim
        values.loop = "2100"
        charge, paid = values.money(start, 3), values.money(start, 4)
        responsibility = values.optional(start, 5)
        drg_weight, fraction = values.optional(start, 12), values.optional(start, 13)
        if not start[1]:
            values.note(start, 1, "CLP01 is missing.")
        values.loop = "2110"
        lines = tuple([each.result(number, values) for number, each in enumerate(self.lines, 1)])
        mark = start.delimiters.segment
        return RemitClaim(
            number=start[1],
            status=start[2],
            charge=charge,
            paid=paid,
            patient_responsibility=responsibility,
            filing_indicator=start[6],
            payer_control_number=start[7],
            facility_code=start[8],
            frequency=start[9],
            drg=start[11],
            drg_weight=drg_weight,
            discharge_fraction=fraction,
            adjustments=tuple(own.adjustments),
            inpatient=self.inpatient,
            outpatient=self.outpatient,
            references=tuple(own.references),
            dates=tuple(own.dates),
            contacts=tuple(self.contacts),
            amounts=tuple(own.amounts),
            quantities=tuple(own.quantities),
            lines=lines,
            header_number=self.header_number,
            problems=tuple(values.problems),
            raw=mark.join(self.texts) + mark,
            segment_number=start.number,
            patient=self.parties.get("QC"),
            insured=self.parties.get("IL"),
            corrected_insured=self.parties.get("74"),
            rendering=self.parties.get("82"),
            crossover_carrier=self.parties.get("TT"),
            corrected_payer=self.parties.get("PR"),
            other_insured=self.parties.get("GB"),
        )


_TAKERS: dict[str, Callable[[ClaimReading, Segment], None]] = {
    "SVC": ClaimReading._svc,
    "CAS": ClaimReading._cas,
    "DTM": ClaimReading._dtm,
    "REF": ClaimReading._ref,
    "AMT": ClaimReading._amt,
    "QTY": ClaimReading._qty,
    "LQ": ClaimReading._lq,
    "NM1": ClaimReading._nm1,
    "PER": ClaimReading._per,
    "MIA": ClaimReading._mia,
    "MOA": ClaimReading._moa,
}
