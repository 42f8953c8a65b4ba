"""TA1 and 999: was the file readable, and which claims of it go on. Source: DOMAIN sections 1 and 4."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from claims.domain.answers import (
    NOT_ANSWERED,
    OPEN_BATCH,
    BatchNews,
    BatchStanding,
    Change,
    Course,
    Damaged,
    Outcome,
    Sent,
    Standing,
    Work,
)
from claims.domain.fault_place import claims_at_fault
from claims.domain.reasons import FORMAT
from claims.domain.status import ClaimStatus
from edi.ack_999 import Ack999, SegmentError, SetVerdict
from edi.ack_ta1 import AckTA1
from worklist.domain.kinds import Kind

TWICE = "025"  # TA105: this control number was used before, so the first delivery stands
VERDICTS = frozenset({"A", "E", "P", "R", "M", "W", "X"})
NOT_YET = "The clearinghouse has not taken it"


def read_receipts(acks: Iterable[AckTA1], standing: Standing) -> Outcome:
    """What the TA1s of a file mean. Raises Damaged for one without a verdict."""
    outcome, course = Outcome(), Course(standing)
    for ack in acks:
        if ack.code not in ("A", "E", "R"):
            raise Damaged(f"The TA1 has no verdict (segment {ack.segment_number}).")
        batch = standing.batch(ack.control_number)
        if batch is None:
            outcome.unknown.append(f"batch {ack.control_number}")
        elif ack.accepted:
            says = "The clearinghouse took the file." if ack.code == "A" else f"Taken with a remark: {ack.says}"
            status = "received" if batch.status in ("stored", "sent") else None
            outcome.news.append(BatchNews(batch_id=batch.id, says=says, tone="move", status=status))
        elif ack.note == TWICE:
            says = "The file came twice; the first one counts."
            outcome.news.append(BatchNews(batch_id=batch.id, says=says, tone="idle"))
        else:
            _refuse_interchange(ack, batch, standing, course, outcome)
    return outcome


def _refuse_interchange(
    ack: AckTA1, batch: BatchStanding, standing: Standing, course: Course, outcome: Outcome
) -> None:
    says = f"The clearinghouse refused the whole file: {ack.says}"
    status = "rejected" if batch.status in OPEN_BATCH else None
    outcome.news.append(BatchNews(batch_id=batch.id, says=says, tone="stop", status=status, problem=ack.says))
    work = _work("The whole file was refused", "Send again")
    for sent in standing.in_batch(batch):
        outcome.changes.append(_refused(sent, course, f"{says} It was never adjudicated.", "TA1", ack.raw, work))


def read_verdicts(acks: Iterable[Ack999], standing: Standing) -> Outcome:
    """What the 999s of a file mean. Raises Damaged for one without its group or verdict."""
    outcome, course = Outcome(), Course(standing)
    for ack in acks:
        if ack.status not in VERDICTS or not ack.group_control_number:
            raise Damaged(f"The 999 has no group or no verdict (segment {ack.segment_number}).")
        batch = standing.batch(ack.group_control_number)
        if batch is None:
            outcome.unknown.append(f"batch {ack.group_control_number}")
        else:
            _read_group(ack, batch, standing, course, outcome)
    return outcome


def _read_group(ack: Ack999, batch: BatchStanding, standing: Standing, course: Course, outcome: Outcome) -> None:
    sets: dict[str, list[Sent]] = {}
    for sent in standing.in_batch(batch):
        sets.setdefault(sent.set_control, []).append(sent)
    for set_control, members in sets.items():
        if ack.accepts(set_control):
            outcome.changes += _accepted(ack, members, course)
        else:
            outcome.changes += _rejected(ack, batch, set_control, members, standing, course)
    outcome.news.append(_news(ack, batch, sets))


def _news(ack: Ack999, batch: BatchStanding, sets: Mapping[str, Sequence[Sent]]) -> BatchNews:
    refused = [name for name in sets if not ack.accepts(name)]
    errors = [error.says for verdict in ack.sets for error in verdict.errors]
    problem = errors[0] if errors else ""
    if not refused and (ack.accepted or ack.partial):
        says, tone, status = "The clearinghouse accepted it.", "done", "received"
        if problem:
            says = f"The clearinghouse accepted it with a remark: {problem}"
    elif refused and len(refused) < len(sets):
        says = f"Accepted in part: {len(refused)} of {len(sets)} transaction sets refused. {problem}".strip()
        tone, status = "you", "partial"
    else:
        says = f"The clearinghouse refused it: {problem or 'no place named.'}"
        tone, status = "stop", "rejected"
    counts = status if batch.status in OPEN_BATCH else None
    return BatchNews(
        batch_id=batch.id, says=says, tone=tone, status=counts, problem="" if status == "received" else problem
    )


def _accepted(ack: Ack999, members: Sequence[Sent], course: Course) -> Iterator[Change]:
    for sent in members:
        steps = course.advance(sent.claim_id, ClaimStatus.RECEIVED, {ClaimStatus.SUBMITTED}) if sent.latest else ()
        yield Change(
            claim_id=sent.claim_id,
            says=f"Accepted by the clearinghouse{_earlier(sent)}.",
            tone="done",
            raw_kind="999",
            raw=_excerpt(ack.raw, sent.set_control, ()),
            steps=steps,
            submission_id=sent.id,
            answer="received",
        )


def _rejected(
    ack: Ack999,
    batch: BatchStanding,
    set_control: str,
    members: Sequence[Sent],
    standing: Standing,
    course: Course,
) -> Iterator[Change]:
    errors = _verdict(ack, set_control).errors
    faults = claims_at_fault(batch.content, set_control, errors) if errors and batch.content else {}
    for sent in members:
        own = faults.get(standing.claims[sent.claim_id].number, [])
        raw = _excerpt(ack.raw, set_control, [each.position for each in own or errors])
        yield _refused(sent, course, *_why(own, bool(faults), errors), "999", raw, _next(own, bool(faults)))


def _why(own: Sequence[SegmentError], others: bool, errors: Sequence[SegmentError]) -> tuple[str]:
    if own:
        return (f"The clearinghouse refused it before the payer saw it: {' '.join(each.says for each in own)}",)
    if others:
        return ("Refused together with its file because of another claim; nothing is named as wrong with this one.",)
    named = f": {errors[0].says}" if errors else "."
    return (f"The clearinghouse refused the file before the payer saw it{named}",)


def _next(own: Sequence[SegmentError], others: bool) -> Work:
    if own:
        return _work(f"Format error in {own[0].segment_id}", "Correct and send again")
    return _work("Refused with its file, not at fault" if others else "The file was refused", "Send again")


def _verdict(ack: Ack999, set_control: str) -> SetVerdict:
    found = (each for each in ack.sets if each.control_number == set_control)
    return next(found, SetVerdict(set_id="837", control_number=set_control, status=ack.status))


def _refused(sent: Sent, course: Course, says: str, kind: str, raw: str, work: Work) -> Change:
    steps = course.advance(sent.claim_id, ClaimStatus.REJECTED, NOT_ANSWERED) if sent.latest else ()
    return Change(
        claim_id=sent.claim_id,
        says=says + _earlier(sent),
        tone="stop",
        raw_kind=kind,
        raw=raw,
        steps=steps,
        submission_id=sent.id,
        answer="rejected",
        work=work if steps else None,
        closes=frozenset({Kind.CLAIM_NO_RESPONSE}) if steps else frozenset(),
    )


def _earlier(sent: Sent) -> str:
    return "" if sent.latest else f" (an earlier submission, batch {sent.control_number})"


def _work(reason: str, next_step: str) -> Work:
    return Work(kind=Kind.CLAIM_REJECTED, reason=reason, next_step=next_step, category=FORMAT)


def _excerpt(raw: str, set_control: str, positions: Sequence[int]) -> str:
    """The group's segments and those of one transaction set, with the errors at these positions only."""
    if not raw:
        return ""
    mark, element = raw[-1], raw[2:3]
    kept: list[str] = []
    inside = False
    for text in raw.split(mark):
        parts = text.strip().split(element)
        if parts[0] == "AK2":
            inside = parts[2:3] == [set_control]
        shown = parts[0] in ("AK1", "AK9") or (inside and parts[0] in ("AK2", "IK5"))
        if parts[0] == "IK3":
            at_fault = inside and parts[2:3] and parts[2] in {str(each) for each in positions}
        if parts[0] in ("IK3", "IK4", "CTX"):
            shown = inside and bool(at_fault)
        if shown:
            kept.append(text.strip() + mark)
    return "".join(kept)
