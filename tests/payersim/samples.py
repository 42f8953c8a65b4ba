"""Small templates for what a practice writes, and readers for what the payers answer. No code of the product."""

import copy
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyx12.params
import pyx12.x12n_document

from payersim.clock.loop import Clearinghouse

NPI = "1730458811"
RENDERING = "1992753883"
NO_EVENTS = {
    "reversal_rate": 0,
    "takeback_rate": 0,
    "interest_rate": 0,
    "repeat_file_rate": 0,
    "reorder_rate": 0,
    "unknown_claim_rate": 0,
    "lost_claim_rate": 0,
}
PAYER: dict[str, Any] = {
    "payer_id": "HM001",
    "name": "Harbor Mutual",
    "kind": "commercial",
    "filing_days": 180,
    "acknowledge_hours": 6,
    "decision_days": [9, 9],
    "pay_weekday": None,
    "deductible": "0",
    "coinsurance": "0.20",
    "copay": "30.00",
    "fee_schedule": {
        "99213": "92.40",
        "20610": "61.15",
        "72148": "240.00",
        "82306": "41.00",
        "36415": "8.57",
        "11056": "60.00",
    },
    "needs_authorization": ["72148"],
    "covered_diagnoses": {"82306": ["E55", "M81"]},
    "bundles": [
        {"column_one": "20610", "column_two": "99213", "modifier": "25"},
        {"column_one": "82306", "column_two": "36415", "modifier": ""},
        {"column_one": "20610", "column_two": "11056", "modifier": "59"},
    ],
    "unspecific_diagnoses": ["M25.569"],
    "members": [
        {
            "member_id": "M1001",
            "last_name": "Okafor",
            "first_name": "Ada",
            "birth_date": "1970-03-09",
            "sex": "F",
            "active_from": "2025-01-01",
            "active_to": None,
        },
        {
            "member_id": "M1002",
            "last_name": "Lindqvist",
            "first_name": "Nils",
            "birth_date": "1958-11-30",
            "sex": "M",
            "active_from": "2025-06-01",
            "active_to": "2025-12-31",
        },
    ],
    "authorizations": [
        {"number": "AU77", "member_id": "M1001", "codes": ["72148"], "from": "2026-01-01", "to": "2026-03-31"}
    ],
    "events": NO_EVENTS,
}
NETWORK: dict[str, Any] = {
    "seed": 7,
    "clearinghouse": {"id": "CLEARHARBOR", "name": "Clear Harbor Exchange"},
    "practices": [
        {
            "slug": "lakeshore",
            "name": "Lakeshore Family Medicine",
            "npi": NPI,
            "tax_id": "12-3456789",
            "submitter_id": "LAKESHORE",
        }
    ],
    "payers": [PAYER],
}


def network(events: Mapping[str, object] | None = None, **changes: Any) -> dict[str, Any]:
    """The payers file with its one payer changed."""
    raw = copy.deepcopy(NETWORK)
    raw["payers"][0].update(copy.deepcopy(changes))
    raw["payers"][0]["events"] = {**NO_EVENTS, **(events or {})}
    return raw


@dataclass
class Service:
    code: str = "99213"
    charge: str = "150"
    modifiers: str = ""
    units: str = "1"
    pointers: str = "1"
    day: str = "20260105"
    extra: str = ""


@dataclass
class Bill:
    """One claim of an 837P."""

    number: str = "26-000001"
    services: list[Service] = field(default_factory=lambda: [Service()])
    payer_id: str = "HM001"
    frequency: str = "1"
    original: str = ""
    member: str = "M1001"
    last_name: str = "OKAFOR"
    first_name: str = "ADA"
    birth: str = "19700309"
    diagnoses: tuple[str, ...] = ("M25561", "I10")
    authorization: str = ""
    charge: str = ""
    order: str = "P"
    other_payer: str = ""


def claim_segments(bill: Bill, level: int) -> str:
    """Loops 2000B to 2400 of one claim."""
    total = bill.charge or str(sum(Decimal(each.charge) for each in bill.services))
    codes = "*".join(f"{'ABK' if n == 0 else 'ABF'}:{code}" for n, code in enumerate(bill.diagnoses))
    parts = [
        f"HL*{level}*1*22*0",
        f"SBR*{bill.order}*18*******CI",
        f"NM1*IL*1*{bill.last_name}*{bill.first_name}****MI*{bill.member}",
        "N3*1 MAIN ST~N4*LAKESHORE*OH*44107",
        f"DMG*D8*{bill.birth}*F",
        f"NM1*PR*2*HARBOR MUTUAL*****PI*{bill.payer_id}",
        f"CLM*{bill.number}*{total}***11:B:{bill.frequency}*Y*A*Y*Y",
        *([f"REF*G1*{bill.authorization}"] if bill.authorization else []),
        *([f"REF*F8*{bill.original}"] if bill.original else []),
        f"HI*{codes}",
        f"NM1*82*1*SOLBERG*INGRID****XX*{RENDERING}",
        *([bill.other_payer] if bill.other_payer else []),
    ]
    for number, each in enumerate(bill.services, start=1):
        procedure = ":".join(["HC", each.code, *([each.modifiers] if each.modifiers else [])])
        parts.append(f"LX*{number}~SV1*{procedure}*{each.charge}*UN*{each.units}***{each.pointers}")
        parts.append(f"DTP*472*D8*{each.day}~REF*6R*{bill.number}L{number}")
        if each.extra:
            parts.append(each.extra)
    return "".join(f"{part}~" for part in parts)


def envelope(body: str, *, control: int, kind: str, version: str, ta1: str = "0", **changes: str) -> str:
    """ISA to IEA around one or more transaction sets."""
    sets = body.count("~SE*")
    sender = changes.get("sender", "LAKESHORE")
    receiver = changes.get("receiver", "CLEARHARBOR")
    isa = f"ISA*00*{'':10}*00*{'':10}*ZZ*{sender:<15}*ZZ*{receiver:<15}*260106*0800*^*00501*{control:09d}*{ta1}*T*:~"
    gs = f"GS*{kind}*{sender}*{receiver}*20260106*0800*{control}*X*{version}~"
    return f"{isa}{gs}{body}GE*{sets}*{control}~IEA*1*{control:09d}~"


def set_837(bills: Iterable[Bill], *, number: str = "0001", npi: str = NPI) -> str:
    """One 837P transaction set."""
    head = (
        f"ST*837*{number}*005010X222A1~BHT*0019*00*B{number}*20260106*0800*CH~"
        "NM1*41*2*LAKESHORE*****46*LAKESHORE~PER*IC*DESK*TE*2165550100~"
        "NM1*40*2*CLEAR HARBOR*****46*CLEARHARBOR~"
        f"HL*1**20*1~NM1*85*2*LAKESHORE FAMILY MEDICINE*****XX*{npi}~"
        "N3*12 SHORE RD~N4*LAKESHORE*OH*441071234~REF*EI*123456789~"
    )
    body = head + "".join(claim_segments(bill, level) for level, bill in enumerate(bills, start=2))
    return f"{body}SE*{body.count('~') + 1}*{number}~"


def file_837(*bills: Bill, control: int = 1, ta1: str = "0", npi: str = NPI) -> str:
    """An 837P interchange of one set."""
    body = set_837(bills, npi=npi)
    return envelope(body, control=control, kind="HC", version="005010X222A1", ta1=ta1)


def file_276(number: str, *, control: int, payer_control: str = "", member: str = "M1001", more: str = "") -> str:
    """A 276 interchange that asks for one claim."""
    level = (
        f"HL*4*3*22*0~DMG*D8*19700309*F~NM1*IL*1*OKAFOR*ADA****MI*{member}~TRN*1*TRACE9~"
        + (f"REF*1K*{payer_control}~" if payer_control else "")
        + f"REF*EJ*{number}~AMT*T3*150~DTP*472*D8*20260105~"
    )
    body = (
        "ST*276*0001*005010X212~BHT*0010*13*Q1*20260106*0800~"
        "HL*1**20*1~NM1*PR*2*HARBOR MUTUAL*****PI*HM001~"
        "HL*2*1*21*1~NM1*41*2*LAKESHORE*****46*LAKESHORE~"
        f"HL*3*2*19*1~NM1*1P*2*LAKESHORE FAMILY MEDICINE*****XX*{NPI}~"
        f"{level}{more}"
    )
    text = f"{body}SE*{body.count('~') + 1}*0001~"
    return envelope(text, control=control, kind="HR", version="005010X212")


class Town:
    """An exchange folder with its clearinghouse, driven by the test's clock."""

    def __init__(self, folder: Path, raw: Mapping[str, Any]) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.payers = folder / "payers.json"
        self.payers.write_text(json.dumps(raw))
        self.exchange = folder / "exchange"
        self.to_payer = self.exchange / "lakeshore" / "to_payer"
        self.from_payer = self.exchange / "lakeshore" / "from_payer"
        self.to_payer.mkdir(parents=True)
        self.now = datetime(2026, 1, 6, 8, tzinfo=UTC)
        self.house = Clearinghouse(self.exchange, self.payers)
        self._control = 0
        self._seen: set[str] = set()

    def leave(self, text: str, name: str = "") -> str:
        """Write a file for the payers."""
        self._control += 1
        name = name or f"{self._control:09d}.837"
        (self.to_payer / name).write_text(text)
        return name

    def send(self, *bills: Bill) -> None:
        """Send claims in a fresh interchange, and have it taken."""
        self._control += 1
        (self.to_payer / f"{self._control:09d}.837").write_text(file_837(*bills, control=self._control))
        self.tick()

    def ask(self, number: str, **about: str) -> list[list[str]]:
        """Ask for a claim's status; returns the segments of the 277."""
        self._control += 1
        text = file_276(number, control=self._control, **about)
        (self.to_payer / f"{self._control:09d}.276").write_text(text)
        self.tick()
        self.fresh("277")
        self.tick(hours=1)
        (answer,) = self.fresh("277")
        return segments(answer)

    def tick(self, *, days: int = 0, hours: int = 0) -> tuple[int, int]:
        """Move the clock and tick."""
        self.now += timedelta(days=days, hours=hours)
        return self.house.tick(self.now)

    def run(self, days: int) -> None:
        """One tick a day."""
        for _ in range(days):
            self.tick(days=1)

    def fresh(self, extension: str) -> list[bytes]:
        """Files of a kind that this test has not read yet, by name."""
        found = sorted(path for path in self.from_payer.glob(f"*.{extension}") if path.name not in self._seen)
        self._seen.update(path.name for path in found)
        return [path.read_bytes() for path in found]

    def order(self, kind: str, claim_number: str = "", days: int = 0) -> str:
        """Place an order and carry it out; returns its outcome."""
        store = self.house._store
        number = store.order(kind, claim_number, days)
        self.tick()
        row = store.db.execute("SELECT outcome FROM orders WHERE id = ?", (number,)).fetchone()
        return str(row["outcome"])


def segments(content: bytes) -> list[list[str]]:
    """A file's segments as lists of elements."""
    return [each.split("*") for each in content.decode().split("~") if each]


def some(content: bytes, *start: str) -> list[list[str]]:
    """Segments that begin with these elements."""
    return [each for each in segments(content) if tuple(each[: len(start)]) == start]


def pyx12_faults(content: bytes) -> str:
    """What pyx12 has against a file: "" when it is valid."""
    report = io.StringIO()
    valid = pyx12.x12n_document.x12n_document(
        pyx12.params.ParamsBase(), io.StringIO(content.decode()), None, None, fd_json=report
    )
    return "" if valid else report.getvalue()


@dataclass
class PaidLine:
    """An SVC loop as read back."""

    charge: Decimal
    paid: Decimal
    cas: list[tuple[str, str, Decimal]] = field(default_factory=list)
    control: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass
class Paid:
    """A CLP loop as read back."""

    number: str
    status: str
    charge: Decimal
    paid: Decimal
    patient: Decimal
    control: str
    original: str = ""
    lines: list[PaidLine] = field(default_factory=list)

    @property
    def denials(self) -> list[tuple[str, str, list[str]]]:
        """Group, reason and remarks of every line that was paid nothing."""
        return [(*line.cas[0][:2], line.remarks) for line in self.lines if line.paid == 0]


@dataclass
class Remit:
    """An 835 as read back, by another reader than its writer."""

    amount: Decimal
    trace: str
    claims: list[Paid] = field(default_factory=list)
    plb: list[tuple[str, str, Decimal]] = field(default_factory=list)

    @property
    def balances(self) -> bool:
        """Line, claim and file."""
        lines = [line for claim in self.claims for line in claim.lines]
        return (
            all(line.charge - sum(amount for *_, amount in line.cas) == line.paid for line in lines)
            and all(sum(line.paid for line in claim.lines) == claim.paid for claim in self.claims)
            and all(sum(line.charge for line in claim.lines) == claim.charge for claim in self.claims)
            and sum(claim.paid for claim in self.claims) - sum(amount for *_, amount in self.plb) == self.amount
        )


def read_835(content: bytes) -> Remit:
    """Read an 835 back."""
    remit = Remit(Decimal(0), "")
    for one in segments(content):
        one += [""] * 14
        match one[0]:
            case "BPR":
                remit.amount = Decimal(one[2])
            case "TRN":
                remit.trace = one[2]
            case "CLP":
                charge, paid, patient = (Decimal(each or 0) for each in one[3:6])
                remit.claims.append(Paid(one[1], one[2], charge, paid, patient, one[7]))
            case "SVC":
                remit.claims[-1].lines.append(PaidLine(Decimal(one[2]), Decimal(one[3])))
            case "CAS":
                for at in range(2, 12, 3):
                    if one[at]:
                        remit.claims[-1].lines[-1].cas.append((one[1], one[at], Decimal(one[at + 1])))
            case "REF" if one[1] == "6R":
                remit.claims[-1].lines[-1].control = one[2]
            case "REF" if one[1] == "F8":
                remit.claims[-1].original = one[2]
            case "LQ":
                remit.claims[-1].lines[-1].remarks.append(one[2])
            case "PLB":
                for at in range(3, 14, 2):
                    if one[at]:
                        code, _, reference = one[at].partition(":")
                        remit.plb.append((code, reference, Decimal(one[at + 1])))
    return remit
