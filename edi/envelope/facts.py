"""What ISA, GS and ST say. Source: X12 005010 control segments (appendix C of every implementation guide)."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from edi.segments import DEFAULT_DELIMITERS, Delimiters


class Kind(StrEnum):
    """What a file holds, by its first transaction set."""

    CLAIM_837P = "837P"
    CLAIM_837I = "837I"
    CLAIM_837D = "837D"
    REMIT_835 = "835"
    ACK_999 = "999"
    ACK_TA1 = "TA1"
    ACK_277CA = "277CA"
    STATUS_277 = "277"
    STATUS_276 = "276"
    ELIGIBILITY_270 = "270"
    ELIGIBILITY_271 = "271"
    REVIEW_278 = "278"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interchange:
    """The ISA. `control_number` keeps its nine digits (ISA13); `usage` is P or T."""

    sender_qualifier: str
    sender_id: str
    receiver_qualifier: str
    receiver_id: str
    date: date | None
    time: time | None
    version: str
    control_number: str
    acknowledgment_requested: bool
    usage: str
    delimiters: Delimiters
    segment_number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The GS."""

    functional_id: str  # GS01: HC, HP, FA, HN, HR
    sender_id: str
    receiver_id: str
    date: date | None
    time: time | None
    control_number: str  # GS06
    guide: str  # GS08
    segment_number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InterchangeHeader:
    """What the writer of an interchange must be told. `written_at` becomes ISA09/10, GS04/05 and BHT04/05."""

    sender_id: str  # ISA06 and GS02
    receiver_id: str  # ISA08 and GS03
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    control_number: int  # ISA13
    group_control_number: int  # GS06
    written_at: datetime
    usage: str = "P"  # ISA15: P production, T test
    acknowledgment_requested: bool = True  # ISA14
    delimiters: Delimiters = DEFAULT_DELIMITERS


_BY_GUIDE = {
    ("837", "X222"): Kind.CLAIM_837P,
    ("837", "X223"): Kind.CLAIM_837I,
    ("837", "X224"): Kind.CLAIM_837D,
    ("277", "X214"): Kind.ACK_277CA,
    ("277", "X212"): Kind.STATUS_277,
    ("276", "X212"): Kind.STATUS_276,
    ("270", "X279"): Kind.ELIGIBILITY_270,
    ("271", "X279"): Kind.ELIGIBILITY_271,
    ("278", "X217"): Kind.REVIEW_278,
}


def kind_of(set_id: str, guide: str) -> Kind:
    """Kind of a transaction set from ST01 and its guide (ST03, else GS08)."""
    if set_id == "835":
        return Kind.REMIT_835
    if set_id in ("999", "997"):  # the 997 says the same with AK3 to AK5 in place of IK3 to IK5
        return Kind.ACK_999
    return _BY_GUIDE.get((set_id, guide[6:10]), Kind.OTHER)
