"""Loops 2100 and 2110 of an 835: one claim with its lines. Source: X12 005010X221A1.

The hottest reader of all. A segment of a kind that repeats itself through a file (a date, an adjustment, an amount)
is read twice and then remembered by its text, so that it need not even be split; the rest goes straight from the
elements into the fields.
"""

from collections.abc import Callable
from typing import Any

from edi.adjustments import adjustments_of
from edi.elements import DECIMALS, ZERO, RunNotes, as_decimal
from edi.facts import make
from edi.parties import NamedParty, Reference, contact_of, name_of
from edi.remit_835.facts import (
    InpatientFacts,
    OutpatientFacts,
    ProviderSummary,
    QualifiedAmount,
    QualifiedDate,
    RemitClaim,
    RemitLine,
    RemitProcedure,
)
from edi.segments import Delimiters
from edi.tokenizer import Passages, Run

_MOST_KEPT = 8192  # texts
_LONGEST_KEPT = 200  # characters of one
_MIA_REMARKS = (5, 20, 21, 22, 23)
_MOA_REMARKS = (3, 4, 5, 6, 7)
_CLP_PADDING = [""] * 10
_NEW_CLAIM: dict[str, Any] = {  # all that nearly every claim has: copying it is quicker than adding one by one
    "number": "",
    "status": "",
    "charge": ZERO,
    "paid": ZERO,
    "patient_responsibility": None,
    "filing_indicator": "",
    "payer_control_number": "",
    "facility_code": "",
    "frequency": "",
    "adjustments": (),
    "references": (),
    "dates": (),
    "amounts": (),
    "lines": (),
    "header_number": "",
    "summary": None,
    "raw": "",
    "segment_number": 0,
}
_NEW_LINE: dict[str, Any] = {
    "dates": (),
    "adjustments": (),
    "references": (),
    "amounts": (),
    "number": 0,
    "segment_number": 0,
}
_PARTIES = {
    "QC": "patient",
    "IL": "insured",
    "74": "corrected_insured",
    "82": "rendering",
    "TT": "crossover_carrier",
    "PR": "corrected_payer",
    "GB": "other_insured",
}

Fields = dict[str, Any]
Found = tuple[str | None, Any]  # a field and what a segment adds to it; for an SVC None and the fields of its line


class ClaimReader:
    """Reads the claims of one remittance, one passage (CLP and what follows it) after another."""

    __slots__ = ("_component", "_element", "_known", "_mark", "_notes", "_once", "_passages", "_procedures")

    def __init__(self, passages: Passages, delimiters: Delimiters) -> None:
        self._passages = passages
        self._component = delimiters.component
        self._element = delimiters.element
        self._mark = delimiters.segment
        self._known: dict[str, Found] = {}
        self._once: set[str] = set()
        self._procedures: dict[str, RemitProcedure] = {}
        self._notes = RunNotes()

    def read(
        self, text: str, bares: list[str], number: int, header_number: str, summary: ProviderSummary | None = None
    ) -> RemitClaim:
        """One claim with its lines; a segment belongs to the open line, or to the claim before the first SVC.

        `bares` are the segments of `text`, `number` the first one's.
        """
        known, element = self._known, self._element
        lines: list[RemitLine] = []
        opened = claim = self._clp(bares[0].split(element))
        segments = enumerate(map(known.get, bares))
        next(segments)
        for index, kept in segments:
            if kept is None:
                parts = bares[index].split(element)
                if parts[0] == "REF" and len(parts) > 2:  # one in seven segments, and hardly ever the same twice
                    opened["references"] += (make(Reference, {"qualifier": parts[1], "value": parts[2]}),)
                    continue
                if parts[0] == "NM1":
                    self._nm1(parts, index, claim)
                    continue
                kept = self._read(parts, bares[index], index, claim, opened, bool(lines))
                if kept is None:
                    continue
            field, found = kept
            if field:
                opened[field] += found
            else:
                opened = found.copy()
                opened["segment_number"] = number + index
                lines.append(make(RemitLine, opened))  # which shares the dict: what follows goes into the line
                opened["number"] = len(lines)
        claim["header_number"], claim["summary"] = header_number, summary
        claim["segment_number"], claim["raw"] = number, text + self._mark
        claim["lines"] = tuple(lines)
        if self._notes.found or "remark_codes" in claim:
            self._note_problems(self._passages.run(number, len(bares)), claim)
        return make(RemitClaim, claim)

    def _note_problems(self, run: Run, claim: Fields) -> None:
        notes = self._notes
        if claim.pop("remark_codes", None):
            claim.pop("remark_lists", None)
            notes.index, notes.loop = 0, "2100"
            notes.note(None, "LQ stands before the first SVC.", "stray")
        claim["problems"] = notes.problems(run)

    def _clp(self, parts: list[str]) -> Fields:
        size = len(parts)
        if size < 10:
            parts = parts + _CLP_PADDING[size:]
        fields = _NEW_CLAIM.copy()
        fields["number"] = number = parts[1]
        fields["status"] = parts[2]
        fields["charge"] = charge = DECIMALS[parts[3]]
        fields["paid"] = paid = as_decimal(parts[4])  # hardly ever the same twice
        owed = parts[5]
        fields["patient_responsibility"] = owing = DECIMALS[owed] if owed else None
        fields["filing_indicator"] = parts[6]
        fields["payer_control_number"] = parts[7]
        fields["facility_code"] = parts[8]
        fields["frequency"] = parts[9]
        if size > 11:
            fields["drg"] = parts[11]
        if size > 12 or not number or charge is None or paid is None or (owed and owing is None):
            self._take_rest(parts, fields)
        return fields

    def _take_rest(self, parts: list[str], fields: Fields) -> None:
        """The amounts of a CLP that has more than most, or something wrong with it."""
        notes = self._notes
        notes.index, notes.loop = 0, "2100"
        if not parts[1]:
            notes.note(1, "CLP01 is missing.")
        fields["charge"], fields["paid"] = notes.money(parts, 3), notes.money(parts, 4)
        for field, position in (("patient_responsibility", 5), ("drg_weight", 12), ("discharge_fraction", 13)):
            fields[field] = notes.optional(parts, position)

    def _read(
        self, parts: list[str], bare: str, index: int, claim: Fields, opened: Fields, in_line: bool
    ) -> Found | None:
        """A segment not met before: what it adds to the open line or claim; None when it is the claim's anyway.

        What can come again is remembered, unless something is wrong with it.
        """
        name = parts[0]
        notes = self._notes
        noted = len(notes.found)
        notes.index, notes.loop = index, "2110" if in_line or name == "SVC" else "2100"
        take = _REPEATING.get(name)
        if take is None:
            self._rare(parts, claim, opened)
            return None
        found = take(self, parts)
        if len(notes.found) == noted and len(bare) < _LONGEST_KEPT:
            self._remember(bare, found)
        return found

    def _remember(self, bare: str, found: Found) -> None:
        """From the second time on: what comes once would only fill the memory and wake the garbage collector."""
        if bare in self._once:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[bare] = found
            return
        if len(self._once) >= _MOST_KEPT:
            self._once.clear()
        self._once.add(bare)

    def _svc(self, parts: list[str]) -> Found:
        notes = self._notes
        size = len(parts)
        composite = parts[1] if size > 1 else ""
        fields: Fields = {
            "procedure": self._procedures.get(composite) or self._procedure(composite),
            "charge": notes.money(parts, 2),
            "paid": notes.money(parts, 3),
            **_NEW_LINE,
        }
        if size > 4:
            if parts[4]:
                fields["revenue_code"] = parts[4]
            if size > 5:
                fields["units"] = notes.optional(parts, 5)
                if size > 6:
                    fields["billed"] = self._procedure(parts[6]) if parts[6] else None
                    fields["billed_units"] = notes.optional(parts, 7)
        return None, fields

    def _cas(self, parts: list[str]) -> Found:
        return "adjustments", tuple(adjustments_of(parts, self._notes.note))

    def _dtm(self, parts: list[str]) -> Found:
        day = self._notes.day(parts, 2)
        return "dates", (make(QualifiedDate, {"qualifier": parts[1], "on": day}),) if day else ()

    def _ref(self, parts: list[str]) -> Found:
        """One without a number."""
        return "references", (Reference(qualifier="".join(parts[1:2]), value=""),)

    def _amt(self, parts: list[str]) -> Found:
        return "amounts", (self._amount(parts),)

    def _amount(self, parts: list[str]) -> QualifiedAmount:
        amount = self._notes.money(parts, 2)
        return make(QualifiedAmount, {"qualifier": parts[1] if len(parts) > 1 else "", "amount": amount})

    def _procedure(self, composite: str) -> RemitProcedure:
        parts = composite.split(self._component)
        size = len(parts)
        found = RemitProcedure(
            qualifier=parts[0],
            code=parts[1] if size > 1 else "",
            modifiers=tuple([each for each in parts[2:6] if each]),
            description=parts[6] if size > 6 else "",
        )
        if len(composite) < _LONGEST_KEPT:
            if len(self._procedures) >= _MOST_KEPT:
                self._procedures.clear()
            self._procedures[composite] = found
        return found

    def _nm1(self, parts: list[str], index: int, claim: Fields) -> None:
        if len(parts) < 10:
            parts = parts + [""] * (10 - len(parts))
        if field := _PARTIES.get(parts[1]):  # another one stays in the raw text
            if field in claim:
                self._notes.index, self._notes.loop = index, "2100"
                self._notes.note(1, "The claim names the same party twice.")
            party = {"entity": parts[1], "name": name_of(parts), "id_qualifier": parts[8], "id": parts[9]}
            claim[field] = make(NamedParty, party)

    def _rare(self, parts: list[str], claim: Fields, opened: Fields) -> None:
        """PER, MIA and MOA, which are the claim's wherever they stand, LQ, and what has no place here."""
        match parts[0]:
            case "LQ":
                _remark(parts, opened)
            case "QTY":
                opened["quantities"] = (*opened.get("quantities", ()), self._amount(parts))
            case "PER":
                claim["contacts"] = (*claim.get("contacts", ()), contact_of(parts))
            case "MIA":
                claim["inpatient"] = InpatientFacts(elements=tuple(parts[1:]), remark_codes=_some(parts, _MIA_REMARKS))
            case "MOA":
                claim["outpatient"] = OutpatientFacts(
                    elements=tuple(parts[1:]), remark_codes=_some(parts, _MOA_REMARKS)
                )
            case name:
                self._notes.note(None, f"{name[:3]} doesn't belong into a claim.", "stray")


_REPEATING: dict[str, Callable[[ClaimReader, list[str]], Found]] = {
    "SVC": ClaimReader._svc,
    "CAS": ClaimReader._cas,
    "DTM": ClaimReader._dtm,
    "REF": ClaimReader._ref,
    "AMT": ClaimReader._amt,
}


def _remark(parts: list[str], opened: Fields) -> None:
    """LQ. `remark_lists` stays away as long as every remark is a RARC."""
    _, code_list, code = (*parts, "", "")[:3]
    codes: tuple[str, ...] = opened.get("remark_codes", ())
    lists: tuple[str, ...] = opened.get("remark_lists", ())
    opened["remark_codes"] = (*codes, code)
    if lists or code_list != "HE":
        opened["remark_lists"] = (*(lists or ("HE",) * len(codes)), code_list)


def _some(parts: list[str], positions: tuple[int, ...]) -> tuple[str, ...]:
    """The elements that are there at those positions."""
    return tuple([parts[each] for each in positions if each < len(parts) and parts[each]])
