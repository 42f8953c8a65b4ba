"""Validity of an 837P by pyx12 and the maps it ships (005010X222A1)."""

import functools
import io
import json
import logging
from dataclasses import dataclass
from typing import Any

import pyx12.map_if
import pyx12.params
import pyx12.x12n_document

from payersim.interchange import Group, Interchange, Segment, TransactionSet

# pyx12 logs the faulty values, which are patients' data.
_log = logging.getLogger("pyx12")
_log.setLevel(logging.CRITICAL + 1)
_log.addHandler(logging.NullHandler())
_log.propagate = False

# A map takes an eighth of a second to load and is never changed by a validation.
pyx12.map_if.load_map_file = functools.cache(pyx12.map_if.load_map_file)
_PARAMETERS = pyx12.params.ParamsBase()

PROFESSIONAL = "005010X222A1"
_SEGMENT_CODES = frozenset({"1", "2", "3", "4", "5", "6", "7", "8", "I4", "I6", "I7", "I8", "I9"})
_ELEMENT_CODES = frozenset(
    {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "12", "13", "I6", "I9", "I10", "I11", "I12", "I13"}
)
_NUMBERING = {"HL1": ("1", "628"), "HL2": ("2", "734"), "LX": ("1", "554")}


@dataclass(frozen=True, slots=True)
class ElementFault:
    """One IK4: where in the segment, which data element, and what is wrong with it."""

    position: tuple[str, ...]
    reference: str
    code: str
    bad_value: str = ""


@dataclass(frozen=True, slots=True)
class SegmentFault:
    """One IK3: which segment of the set (its position counts ST as 1), and what is wrong with it."""

    segment_id: str
    position: int
    loop: str
    code: str
    elements: tuple[ElementFault, ...] = ()
    minor: bool = False


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """IK501 for one transaction set, A accepted, E accepted with errors, R rejected; and why."""

    transaction: TransactionSet
    verdict: str
    faults: tuple[SegmentFault, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupVerdict:
    """AK9 for one functional group."""

    group: Group
    sets: tuple[SetVerdict, ...]
    codes: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """AK901: A, E, P (some sets rejected) or R."""
        if not self.accepted:
            return "R"
        if len(self.accepted) < len(self.sets):
            return "P"
        return "E" if self.codes or any(each.verdict == "E" for each in self.sets) else "A"

    @property
    def accepted(self) -> tuple[SetVerdict, ...]:
        """The sets that go on to adjudication."""
        return tuple(each for each in self.sets if each.verdict != "R")


def validate_claims(interchange: Interchange) -> tuple[GroupVerdict, ...]:
    """Judge every group and set of an interchange of 837P claims; accepted sets know the loop of each segment."""
    supported = all(_group_code(group) == "" for group in interchange.groups)
    report = _run_pyx12(interchange.text) if supported else None
    if report is None:
        return tuple(_refused(group, _group_code(group)) for group in interchange.groups)
    loops, found, clean = report
    if clean:
        return _all_accepted(interchange, loops)
    return tuple(
        _judged(group, placed, found[number] if number < len(found) else {"errors": [], "transactions": []})
        for number, (group, placed) in enumerate(zip(interchange.groups, _placed(interchange, loops), strict=True))
    )


def _group_code(group: Group) -> str:
    if group.header.value(1) != "HC":
        return "1"
    return "" if group.header.value(8) == PROFESSIONAL else "2"


def _run_pyx12(text: str) -> tuple[list[str], list[dict[str, Any]], bool] | None:
    """Loop of every segment, the error tree's groups, and whether all is valid; None when pyx12 gives up."""
    loops: list[str] = []

    def note_loop(_segment: object, _reader: object, node: Any, _valid: bool) -> None:
        loops.append(node.get_path().split("/")[-2])

    errors = io.StringIO()
    try:
        clean = pyx12.x12n_document.x12n_document(
            _PARAMETERS, io.StringIO(text), None, None, fd_json=errors, callback=note_loop
        )
        tree = json.loads(errors.getvalue())
    except Exception:  # pyx12 raises many kinds on input it can't walk; the group is refused as a whole
        return None
    return loops, tree["interchanges"][0]["groups"], clean


def _refused(group: Group, code: str) -> GroupVerdict:
    sets = tuple(SetVerdict(each, "R", codes=each.codes or ("5",)) for each in group.sets)
    return GroupVerdict(group, sets, tuple(each for each in (code, *group.codes) if each))


def _all_accepted(interchange: Interchange, loops: list[str]) -> tuple[GroupVerdict, ...]:
    return tuple(
        GroupVerdict(group, tuple(SetVerdict(each, "A") for each in placed))
        for group, placed in zip(interchange.groups, _placed(interchange, loops), strict=True)
    )


def _placed(interchange: Interchange, loops: list[str]) -> list[tuple[TransactionSet, ...]]:
    """The transaction sets of each group, every segment with its loop. The walk is over the same segments."""
    placed: list[tuple[TransactionSet, ...]] = []
    at = 1
    for group in interchange.groups:
        at += 1
        sets = []
        for each in group.sets:
            end = at + len(each.segments)
            pairs = zip(each.segments, loops[at:end], strict=False)
            sets.append(TransactionSet(tuple(Segment(one.elements, loop) for one, loop in pairs), each.codes))
            at = end
        placed.append(tuple(sets))
        at += 1
    return placed


def _judged(group: Group, placed: tuple[TransactionSet, ...], tree: dict[str, Any]) -> GroupVerdict:
    group_codes = tuple(dict.fromkeys([*group.codes, *(each["err_cde"] for each in tree["errors"])]))
    found = tree["transactions"]
    sets = tuple(
        _judged_set(each, found[number] if number < len(found) else None) for number, each in enumerate(placed)
    )
    if group_codes:
        sets = tuple(SetVerdict(each.transaction, "R", each.faults, each.codes) for each in sets)
    return GroupVerdict(group, sets, group_codes)


def _judged_set(transaction: TransactionSet, tree: dict[str, Any] | None) -> SetVerdict:
    if tree is None:
        return SetVerdict(transaction, "R", codes=("5",))
    faults = tuple(fault for each in tree["segments"] for fault in _segment_faults(each, transaction))
    codes = list(dict.fromkeys([*transaction.codes, *(each["err_cde"] for each in tree["errors"])]))
    if any(not fault.minor for fault in faults):
        codes.append("5")
    verdict = "R" if codes else "E" if faults else "A"
    if tree["ack_code"] == "R" and verdict == "A":
        verdict, codes = "R", ["5"]
    return SetVerdict(transaction, verdict, faults, tuple(codes))


def _segment_faults(tree: dict[str, Any], transaction: TransactionSet) -> list[SegmentFault]:
    position = int(tree["seg_count"])
    inside = 0 < position <= len(transaction.segments)
    loop = transaction.segments[position - 1].loop if inside else ""
    place = (tree["seg_id"] or "", position, loop if loop[:1].isdigit() else "")
    elements = [fault for each in tree["elements"] for fault in _element_faults(each)]
    faults = []
    for code in dict.fromkeys(each["err_cde"] for each in tree["errors"]):
        if code == "SEG1":
            faults.append(SegmentFault(*place, "8", minor=True))
        elif code in _NUMBERING:
            element, reference = _NUMBERING[code]
            elements.append(ElementFault((element,), reference, "7"))
        elif code in _SEGMENT_CODES and code != "8":
            faults.append(SegmentFault(*place, code))
    if elements or any(each["err_cde"] == "8" for each in tree["errors"]):
        faults.append(SegmentFault(*place, "8", tuple(elements)))
    return faults


def _element_faults(tree: dict[str, Any]) -> list[ElementFault]:
    position = tuple(str(tree[name]) for name in ("ele_pos", "subele_pos", "repeat_pos") if tree[name])
    return [
        ElementFault(position, tree["ele_ref_num"] or "", each["err_cde"], str(each["err_val"] or "")[:99])
        for each in tree["errors"]
        if each["err_cde"] in _ELEMENT_CODES
    ]
