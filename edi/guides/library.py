"""Finds the guide of a transaction set; tables are read when first asked for and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from edi.guides import (
    ack_277ca,
    ack_999,
    claim_837d,
    claim_837i,
    claim_837p,
    control,
    eligibility_270,
    eligibility_271,
    remit_835,
    review_278,
    status_276,
    status_277,
)
from edi.guides.dictionary import SEGMENTS
from edi.guides.notation import Entry, Loop, Use, read_dictionary, read_guide
from edi.guides.shared import BLOCKS, LISTS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A table as it is written down."""

    accepted: tuple[str, ...]  # ST03 or GS08
    functional_id: str  # GS01
    text: str
    blocks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One implementation guide: `root` is the loop ST … SE.

    `accepted` are the versions (ST03, GS08) that these tables stand for, `functional_id` is GS01.
    """

    set_id: str
    name: str
    accepted: tuple[str, ...]
    functional_id: str
    root: Loop


def _versions(base: str, *amendments: str) -> tuple[str, ...]:
    return tuple(f"005010{base}{each}" for each in amendments)


_SOURCES: dict[tuple[str, str], _Source] = {
    ("837", "X222"): _Source(
        accepted=_versions("X222", "A1", "A2", ""),
        functional_id="HC",
        text=claim_837p.GUIDE,
        blocks={"claim": claim_837p.CLAIM},
    ),
    ("837", "X223"): _Source(
        accepted=_versions("X223", "A2", "A3", "A1", ""),
        functional_id="HC",
        text=claim_837i.GUIDE,
        blocks={"claim": claim_837i.CLAIM},
    ),
    ("837", "X224"): _Source(
        accepted=_versions("X224", "A2", "A3", "A1", ""),
        functional_id="HC",
        text=claim_837d.GUIDE,
        blocks={"claim": claim_837d.CLAIM},
    ),
    ("835", "X221"): _Source(accepted=_versions("X221", "A1", ""), functional_id="HP", text=remit_835.GUIDE),
    ("270", "X279"): _Source(
        accepted=_versions("X279", "A1", ""),
        functional_id="HS",
        text=eligibility_270.GUIDE,
        blocks=eligibility_270.BLOCKS,
    ),
    ("271", "X279"): _Source(
        accepted=_versions("X279", "A1", ""),
        functional_id="HB",
        text=eligibility_271.GUIDE,
        blocks=eligibility_271.BLOCKS,
    ),
    ("276", "X212"): _Source(
        accepted=_versions("X212", "", "E1", "E2"),
        functional_id="HR",
        text=status_276.GUIDE,
        blocks=status_276.BLOCKS,
    ),
    ("277", "X212"): _Source(
        accepted=_versions("X212", "", "E1", "E2"),
        functional_id="HN",
        text=status_277.GUIDE,
        blocks=status_277.BLOCKS,
    ),
    ("277", "X214"): _Source(accepted=_versions("X214", "", "E1", "E2"), functional_id="HN", text=ack_277ca.GUIDE),
    ("278", "X217"): _Source(
        accepted=_versions("X217", "", "E1", "E2"),
        functional_id="HI",
        text=review_278.GUIDE,
        blocks=review_278.BLOCKS | review_278.REQUEST_BLOCKS,
    ),
    ("278", "X217 response"): _Source(
        accepted=_versions("X217", "", "E1", "E2"),
        functional_id="HI",
        text=review_278.GUIDE,
        blocks=review_278.BLOCKS | review_278.RESPONSE_BLOCKS,
    ),
    ("999", "X231"): _Source(accepted=_versions("X231", "A1", ""), functional_id="FA", text=ack_999.GUIDE),
}

KNOWN_SETS = frozenset(set_id for set_id, _ in _SOURCES)
"""ST01 of the transaction sets that there are tables for."""


@cache
def dictionary() -> dict[str, Entry]:
    """Every segment that a guide names, by id."""
    return read_dictionary(SEGMENTS)


@cache
def guide_for(set_id: str, version: str, purpose: str = "") -> Guide | None:
    """The guide for ST01 and a version (ST03, else GS08), None when there is no table for it.

    `purpose` is BHT02; a 278 with 11 is a response, which may hold more than a request.
    """
    name = version[6:10]
    if set_id == "278" and purpose == "11":
        name += " response"
    source = _SOURCES.get((set_id, name))
    if not source or not version.startswith("005010"):
        return None
    return _read(set_id, name)


@cache
def _read(set_id: str, name: str) -> Guide:
    source = _SOURCES[set_id, name]
    root = read_guide(source.text, dictionary(), BLOCKS | dict(source.blocks), LISTS)
    return Guide(set_id=set_id, name=name, accepted=source.accepted, functional_id=source.functional_id, root=root)


@cache
def control_segments() -> dict[str, Use]:
    """ISA, GS, GE, IEA and TA1."""
    root = read_guide(control.GUIDE, dictionary(), {}, {})
    return {each.id: each for each in root.children if isinstance(each, Use)}
