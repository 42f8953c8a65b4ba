"""Claims to send, a clearinghouse in a folder, and small hand-written answers from the other side."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings

from claims.domain.status import ClaimStatus
from claims.models import Claim, ClaimLine
from compliance.models import Practice
from compliance.scope import practice_scope
from encounters.models import Coverage
from tests.builders import CHARGES, DAY, NOW, a_case, a_coverage, a_patient, a_visit

_numbers = count(1)
_controls = count(500)


def a_claim(
    practice: Practice,
    *,
    lines: Sequence[tuple[Any, ...]] = (("99213",),),
    diagnoses: Sequence[str] = ("M17.11",),
    coverage: Coverage | None = None,
    **fields: Any,
) -> Claim:
    """A claim that passed its edits. A line is (code, modifiers, units, pointers), the later ones optional."""
    own = coverage or a_coverage(a_patient(practice), fields.pop("payer", None))
    visit = a_visit(practice, patient=own.patient, **fields.pop("visit", {}))
    case = a_case(practice, visit=visit, diagnoses=diagnoses, procedures=lines)
    charges = [Decimal(CHARGES[row[0]]) * (row[2] if len(row) > 2 else 1) for row in lines]
    values: dict[str, Any] = {
        "number": f"26-{next(_numbers):06d}",
        "encounter": visit,
        "coding_case": case,
        "patient": own.patient,
        "payer": own.payer,
        "coverage": own,
        "rendering": visit.provider,
        "referring": visit.referring,
        "location": visit.location,
        "status": ClaimStatus.READY,
        "status_at": NOW,
        "place_of_service": "11",
        "service_from": DAY,
        "service_to": DAY,
        "diagnoses": list(diagnoses),
        "charge_amount": sum(charges),
        "filing_deadline": DAY + timedelta(days=own.payer.filing_days),
        "created_at": NOW,
        "scrubbed_at": NOW,
    } | fields
    claim = Claim.objects.create(practice=practice, **values)
    ClaimLine.objects.bulk_create(
        ClaimLine(
            practice=practice,
            claim=claim,
            number=number,
            code=row[0],
            modifiers=list(row[1]) if len(row) > 1 else [],
            units=row[2] if len(row) > 2 else 1,
            pointers=list(row[3]) if len(row) > 3 else [1],
            charge_amount=charge,
            service_date=values["service_from"],
        )
        for number, (row, charge) in enumerate(zip(lines, charges, strict=True), 1)
    )
    return claim


def claims_of(practice: Practice, how_many: int, **fields: Any) -> list[Claim]:
    with practice_scope(practice.pk):
        return [a_claim(practice, **fields) for _ in range(how_many)]


class Post:
    """The practice's end of the exchange folder, seen from the clearinghouse."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice
        self.folder = Path(settings.EXCHANGE_DIR) / practice.slug

    def sent(self) -> list[str]:
        """Names in to_payer."""
        found = (self.folder / "to_payer").glob("[!.]*")
        return sorted(each.name for each in found if each.is_file())

    def content(self, name: str) -> bytes:
        return (self.folder / "to_payer" / name).read_bytes()

    def take(self, name: str) -> None:
        """What the clearinghouse does with a file it has read."""
        (self.folder / "to_payer" / "taken").mkdir(exist_ok=True)
        (self.folder / "to_payer" / name).rename(self.folder / "to_payer" / "taken" / name)

    def leave(self, name: str, content: str | bytes) -> None:
        """A file for the practice."""
        self.waiting.mkdir(parents=True, exist_ok=True)
        (self.waiting / name).write_bytes(content.encode() if isinstance(content, str) else content)

    @property
    def waiting(self) -> Path:
        return self.folder / "from_payer"


def envelope(functional_id: str, guide: str, sets: Iterable[tuple[str, Sequence[str]]], at: datetime = NOW) -> str:
    """ISA to IEA around transaction sets given as (id, segments without terminators)."""
    control = next(_controls)
    parts = [
        _isa(control, at),
        f"GS*{functional_id}*CLEARHARBOR*LAKESHORE*{at:%Y%m%d}*{at:%H%M}*{control}*X*{guide}",
    ]
    number = 0
    for set_id, segments in sets:
        number += 1
        parts += [f"ST*{set_id}*{number:04d}*{guide}", *segments, f"SE*{len(segments) + 2}*{number:04d}"]
    parts += [f"GE*{number}*{control}", f"IEA*1*{control:09d}"]
    return "~\n".join(parts) + "~\n"


def _isa(control: int, at: datetime) -> str:
    return (
        f"ISA*00*{'':10}*00*{'':10}*ZZ*{'CLEARHARBOR':15}*ZZ*{'LAKESHORE':15}*{at:%y%m%d}*{at:%H%M}"
        f"*^*00501*{control:09d}*0*P*:"
    )


def ta1(batch: int, code: str = "A", note: str = "000") -> str:
    control = next(_controls)
    return f"{_isa(control, NOW)}~TA1*{batch:09d}*260504*1400*{code}*{note}~IEA*0*{control:09d}~"


def verdict_999(
    batch: int, status: str = "A", sets: Sequence[tuple[str, str, Sequence[str]]] = (), group: str = "HC"
) -> str:
    """`sets`: (ST02, IK501, error segments) for each transaction set that is named."""
    body = [f"AK1*{group}*{batch}*005010X222A1"]
    for set_control, verdict, errors in sets:
        body += [f"AK2*837*{set_control}*005010X222A1", *errors, f"IK5*{verdict}"]
    good = sum(verdict in "AE" for _, verdict, _ in sets)
    body.append(f"AK9*{status}*{len(sets) or 1}*{len(sets) or 1}*{good if sets else int(status in 'AE')}")
    return envelope("FA", "005010X231A1", [("999", body)])


def ack_277ca(
    batch: int | str,
    claims: Sequence[tuple[str, str, str]],
    *,
    source: tuple[str, str, str] = ("PR", "HARBOR MUTUAL", "HM001"),
    whole: str = "A1:19",
) -> str:
    """`claims`: (claim number, STC01, payer's claim number). `whole`: STC01 on the batch."""
    entity, name, identifier = source
    body = [
        "BHT*0085*08*A1*20260504*1400*TH",
        "HL*1**20*1",
        f"NM1*{entity}*2*{name}*****PI*{identifier}",
        "TRN*1*A1",
        "DTP*050*D8*20260504",
        "DTP*009*D8*20260504",
        "HL*2*1*21*1",
        "NM1*41*2*LAKESHORE*****46*LAKESHORE",
        f"TRN*2*{batch}",
        f"STC*{whole}*20260504*{'U' if whole[:2] > 'A2' else 'WQ'}*100",
        "HL*3*2*19*1",
        "NM1*85*2*LAKESHORE*****XX*1730458817",
        "TRN*1*0",
    ]
    for place, (number, status, control) in enumerate(claims, 4):
        body += [f"HL*{place}*3*PT", "NM1*QC*1*OKAFOR*DENISE****MI*HMX1", f"TRN*2*{number}"]
        body.append(f"STC*{status}*20260504*{'WQ' if status[:2] in ('A1', 'A2') else 'U'}*168")
        body += [f"REF*1K*{control}"] if control else []
        body.append("DTP*472*D8*20260427")
    return envelope("HN", "005010X214", [("277", body)])


def status_277(answers: Sequence[tuple[str, str, str]], at: datetime = NOW) -> str:
    """`answers`: (trace, the STC from its first element on, our claim number)."""
    body = [
        "BHT*0010*08*S1*20260504*1400*DG",
        "HL*1**20*1",
        "NM1*PR*2*HARBOR MUTUAL*****PI*HM001",
        "HL*2*1*21*1",
        "NM1*41*2*LAKESHORE*****46*LAKESHORE",
        "HL*3*2*19*1",
        "NM1*1P*2*LAKESHORE*****XX*1730458817",
    ]
    for place, (trace, status, number) in enumerate(answers, 4):
        body += [f"HL*{place}*3*22*0", "NM1*IL*1*OKAFOR*DENISE****MI*HMX1", f"TRN*2*{trace}", f"STC*{status}"]
        body += [f"REF*EJ*{number}"] if number else []
    return envelope("HN", "005010X212", [("277", body)], at)
