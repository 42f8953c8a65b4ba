"""Taking files: envelope check, receipt (TA1, 999), and a note of every claim, question and appeal."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from payersim.answers.ta1_999 import write_999, write_ta1
from payersim.appeals import Appeal
from payersim.chance import whole
from payersim.claims import Claim, Inquiry, to_json
from payersim.clock.desk import Desk
from payersim.exchange import InFile
from payersim.inbound import INQUIRY_VERSION, claims_in, inquiries_in
from payersim.interchange import Interchange, Unreadable, read_interchange
from payersim.plans import Practice
from payersim.state.store import stamp
from payersim.validate import GroupVerdict, SetVerdict, validate_claims

CLEARINGHOUSE_DELAY = timedelta(hours=1)
STATUS_DELAY = timedelta(hours=1)
APPEAL_DAYS = (15, 30)


def take(desk: Desk, file: InFile, data: bytes, now: datetime) -> None:
    """Take one file in.

    Raises Unreadable when nobody can be answered; the caller puts the file aside.
    """
    match file.path.suffix:
        case ".json":
            _take_appeal(desk, file, data, now)
        case ".837" | ".276":
            _take_interchange(desk, file, data, now)
        case _:
            raise Unreadable("No payer reads files of this kind.")


def _take_interchange(desk: Desk, file: InFile, data: bytes, now: datetime) -> None:
    found = read_interchange(data)
    practice = desk.practices[file.practice]
    fault = _envelope_fault(desk, practice, found)
    if fault:
        _post_ta1(desk, practice, found, fault, now)
        return
    verdicts = _judge_inquiries(found) if file.path.suffix == ".276" else validate_claims(found)
    try:
        parts = [_read_set(each) for verdict in verdicts for each in verdict.accepted]
    except (ValueError, ArithmeticError, LookupError):
        _post_ta1(desk, practice, found, "024", now)
        return
    number = _record(desk, practice, file, found, data, now)
    if found.wants_ta1:
        _post_ta1(desk, practice, found, "000", now)
    if file.path.suffix != ".276" or any(each.verdict != "A" for each in verdicts):
        header = desk.header(practice.slug, now, found.usage)
        desk.post(practice.slug, now, found.control, "999", write_999(header, verdicts))
    for claims, inquiries in parts:
        _note_claims(desk, practice, number, claims, now)
        _note_inquiries(desk, practice, number, inquiries, now)


def _envelope_fault(desk: Desk, practice: Practice, found: Interchange) -> str:
    """The TA1 note code (element I18) for which the interchange is refused, or ""."""
    if found.sender_qualifier != "ZZ":
        return "005"
    if found.sender != practice.submitter_id:
        return "006"
    if found.receiver_qualifier != "ZZ":
        return "007"
    if found.receiver != desk.network.clearinghouse_id:
        return "008"
    if not found.control.isdigit():
        return "018"
    if desk.store.has_interchange(found.sender, found.control):
        return "025"
    return found.fault


def _post_ta1(desk: Desk, practice: Practice, found: Interchange, code: str, now: datetime) -> None:
    usage = found.usage if found.usage in ("P", "T") else "P"
    header = desk.header(practice.slug, now, usage)
    desk.post(practice.slug, now, found.control, "ta1", write_ta1(header, found, code))


def _judge_inquiries(found: Interchange) -> tuple[GroupVerdict, ...]:
    """pyx12 has no map for the 276, so that only its envelope and version are judged."""
    verdicts = []
    for group in found.groups:
        known = (group.header.value(1), group.header.value(8)) == ("HR", INQUIRY_VERSION)
        codes = () if known else ("2",) if group.header.value(1) == "HR" else ("1",)
        sets = tuple(SetVerdict(each, "R" if codes or each.codes else "A", codes=each.codes) for each in group.sets)
        verdicts.append(GroupVerdict(group, sets, (*codes, *group.codes)))
    return tuple(verdicts)


def _read_set(verdict: SetVerdict) -> tuple[list[Claim], list[Inquiry]]:
    if verdict.transaction.kind == "276":
        return [], inquiries_in(verdict.transaction)
    return claims_in(verdict.transaction), []


def _record(desk: Desk, practice: Practice, file: InFile, found: Interchange, data: bytes, now: datetime) -> int:
    usage = found.usage if found.usage in ("P", "T") else "P"
    desk.store.remember(f"usage:{practice.slug}", usage)
    return desk.store.add_interchange(
        practice=practice.slug,
        submitter=found.sender,
        control=found.control,
        name=file.name,
        digest=sha256(data).hexdigest(),
        usage=usage,
        received_at=stamp(now),
    )


def _note_claims(desk: Desk, practice: Practice, number: int, claims: list[Claim], now: datetime) -> None:
    for claim in claims:
        desk.claims.add(claim, practice=practice.slug, interchange=number, received_on=now.date())
    for payer_id in dict.fromkeys(claim.payer_id for claim in claims):
        payer = desk.network.payers.get(payer_id)
        wait = timedelta(hours=payer.acknowledge_hours) if payer else CLEARINGHOUSE_DELAY
        desk.store.plan(now + wait, "acknowledge", f"{number}|{payer_id}")


def _note_inquiries(desk: Desk, practice: Practice, number: int, inquiries: list[Inquiry], now: datetime) -> None:
    if inquiries:
        asked = json.dumps([practice.slug, number, *(json.loads(to_json(each)) for each in inquiries)])
        desk.store.plan(now + STATUS_DELAY, "status", asked)


def _take_appeal(desk: Desk, file: InFile, data: bytes, now: datetime) -> None:
    try:
        appeal = _appeal(json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable("The appeal is no JSON object of the agreed shape.") from error
    days = whole(*APPEAL_DAYS, desk.seed, "appeal-days", appeal.payer_id, appeal.claim_number, appeal.level)
    text = json.dumps([file.practice, asdict(appeal)], sort_keys=True)
    desk.store.plan(now + timedelta(days=days), "appeal", text)


def _appeal(raw: dict[str, Any]) -> Appeal:
    return Appeal(
        number=int(raw["appeal"]),
        payer_id=str(raw["payer_id"]),
        claim_number=str(raw["claim_number"]),
        payer_control=str(raw.get("payer_control_number") or ""),
        level=int(raw.get("level") or 1),
        denied=tuple((int(each["line"]), str(each["carc"])) for each in raw["denied"]),
    )


def appeal_of(text: str) -> tuple[str, Appeal]:
    """The practice and the appeal that stand on the agenda."""
    practice, raw = json.loads(text)
    raw["denied"] = tuple((int(line), str(carc)) for line, carc in raw["denied"])
    return practice, Appeal(**raw)
