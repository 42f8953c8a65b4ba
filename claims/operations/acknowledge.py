"""Reading TA1, 999, 277CA and 277 into batches, submissions and claims. Source: DOMAIN sections 1 and 4."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, DateTimeField, F, Q, Value, When
from django.db.models.functions import Coalesce

from claims.domain.answers import BatchNews, Change, ClaimStanding, Damaged, Outcome, Standing, Work
from claims.domain.answers_277 import read_status_answers
from claims.domain.answers_277ca import read_acknowledgments, refusals_above_claims
from claims.domain.answers_999 import read_receipts, read_verdicts
from claims.domain.status import ClaimStatus
from claims.models import (
    Batch,
    BatchAnswer,
    Claim,
    ClaimEvent,
    InboundFile,
    InboundStatus,
    Submission,
)
from claims.operations.files import refused_file_item
from claims.queries.answers import standing_of_batches, standing_of_claims, standing_of_questions
from claims.queries.outbound import next_poll
from compliance.operations import Event, record_events
from edi.ack_277ca import read_277ca
from edi.ack_999 import read_999
from edi.ack_ta1 import read_ta1
from edi.envelope import Kind, check_envelope
from edi.errors import X12Error
from edi.status_277 import read_answers
from worklist.domain.kinds import Kind as WorkKind
from worklist.operations import NewItem, close_items, open_items

S = ClaimStatus
ORDER = (S.RECEIVED, S.ACCEPTED, S.PENDED, S.REJECTED, S.VOID)  # of the moves of one file: no move looks back
WEIGHT = ("", "received", "accepted", "rejected")  # a submission's answer only grows


@dataclass(slots=True)
class _Record:
    """What files leave in history and trail. No file is read against it, so it is written once, at the end."""

    files: list[InboundFile] = field(default_factory=list)
    history: list[ClaimEvent] = field(default_factory=list)
    batch_answers: list[BatchAnswer] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def write(self, now: datetime) -> None:
        """Write everything, in a fixed number of statements."""
        InboundFile.objects.bulk_update(self.files, ["status", "problem", "read_at"])
        ClaimEvent.objects.bulk_create(self.history)
        BatchAnswer.objects.bulk_create(self.batch_answers)
        record_events(actor=None, now=now, events=self.events)


@transaction.atomic
def read_answer_files(*, practice_id: int, file_ids: Collection[int], now: datetime) -> None:
    """Read acknowledgments and status answers in the order they came.

    Each costs a fixed number of statements for any number of claims; files that were read before are left alone.
    A file that breaks off, or does not add up, is refused as a whole, with the place of the fault and work for
    a person. What it says about batches and claims that we never sent becomes work, too.
    """
    files = InboundFile.objects.filter(practice_id=practice_id, pk__in=file_ids, status=InboundStatus.NEW)
    record = _Record(files=list(files.order_by("pk").select_for_update()))
    for file in record.files:
        try:
            standing, outcome = _understood(file, now)
        except (X12Error, Damaged) as error:
            _refuse(file, str(error), record, now)
            continue
        _record_claims(file, standing, outcome.changes, record, now)
        _record_batches(file, standing, outcome, record, now)
        _finish(file, outcome, record, now)
    record.write(now)


def _understood(file: InboundFile, now: datetime) -> tuple[Standing, Outcome]:
    content, practice_id = bytes(file.content), file.practice_id
    if problems := check_envelope(content):
        first = problems[0]
        at = f" (segment {first.segment_number})" if first.segment_number else ""
        raise Damaged(f"The file does not add up: {first.says}{at}")
    match file.kind:
        case Kind.ACK_TA1:
            receipts = list(read_ta1(content))
            standing = standing_of_batches(practice_id, _numbers(one.control_number for one in receipts))
            return standing, read_receipts(receipts, standing)
        case Kind.ACK_999:
            verdicts = list(read_999(content))
            standing = standing_of_batches(
                practice_id,
                _numbers(one.group_control_number for one in verdicts),
                with_content=any(verdict.errors for one in verdicts for verdict in one.sets),
            )
            return standing, read_verdicts(verdicts, standing)
        case Kind.ACK_277CA:
            acks = list(read_277ca(content))
            standing = standing_of_claims(
                practice_id,
                [claim.number for one in acks for claim in one.claims],
                _numbers(one.batch_reference for one in acks),
                whole_batches=any(refusals_above_claims(one) for one in acks),
            )
            return standing, read_acknowledgments(acks, standing)
        case Kind.STATUS_277:
            answers = list(read_answers(content))
            standing = standing_of_questions(
                practice_id, [one.trace for one in answers], [one.claim_number for one in answers]
            )
            return standing, read_status_answers(answers, standing, now)
    raise Damaged(f"A {file.kind} is not read here.")


def _numbers(texts: Iterable[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 10}


def _refuse(file: InboundFile, problem: str, record: _Record, now: datetime) -> None:
    file.status, file.problem, file.read_at = InboundStatus.REFUSED, problem[:400], now
    open_items(items=[refused_file_item(file, now)], now=now)
    record.events.append(Event.about(file, "file.refused", note=problem))


def _finish(file: InboundFile, outcome: Outcome, record: _Record, now: datetime) -> None:
    file.status, file.read_at = InboundStatus.READ, now
    if outcome.unknown:
        names = ", ".join(dict.fromkeys(outcome.unknown))
        file.problem = f"It answers what we never sent: {names}."[:400]
        reason = f"Answers what we never sent: {names}"
        open_items(items=[refused_file_item(file, now, reason=reason)], now=now)
    detail = {"kind": file.kind, "claims": len(outcome.changes), "unknown": len(outcome.unknown)}
    record.events.append(Event.about(file, "file.read", detail=detail))


def _record_claims(
    file: InboundFile, standing: Standing, changes: Sequence[Change], record: _Record, now: datetime
) -> None:
    _move(file.practice_id, changes, now)
    _number(changes)
    _schedule(file.practice_id, changes)
    _answer_submissions(changes, now)
    _work(file.practice_id, standing, changes, now)
    record.history += [
        ClaimEvent(
            practice_id=file.practice_id,
            claim_id=change.claim_id,
            at=now,
            tone=change.tone,
            says=change.says[:400],
            raw_kind=change.raw_kind,
            raw=change.raw,
        )
        for change in changes
    ]
    record.events += [
        Event(
            practice_id=file.practice_id,
            verb=f"claim.{change.steps[-1]}",
            subject_type="claims.claim",
            subject_id=change.claim_id,
            patient_id=standing.claims[change.claim_id].patient_id,
            detail={"file": file.pk, "kind": file.kind},
        )
        for change in changes
        if change.steps
    ]


def _move(practice_id: int, changes: Sequence[Change], now: datetime) -> None:
    """One statement for each state that claims go to."""
    once_accepted = Coalesce("accepted_at", Value(now, output_field=DateTimeField()))
    fields: dict[ClaimStatus, dict[str, Any]] = {
        S.ACCEPTED: {"accepted_at": once_accepted, "poll_due_at": next_poll(now)},
        S.REJECTED: {"poll_due_at": None},
        S.VOID: {"poll_due_at": None, "closed_at": now},
    }
    for state in ORDER:
        ids = [change.claim_id for change in changes if state in change.steps]
        if ids:
            Claim.objects.filter(practice_id=practice_id, pk__in=ids).move_to(state, now, **fields.get(state, {}))


NUMBER_SQL = """
    UPDATE claims_claim AS t SET payer_control_number = v.control
    FROM (VALUES {rows}) AS v (id, control) WHERE t.id = v.id
"""


def _number(changes: Sequence[Change]) -> None:
    """Keep the payers' claim numbers, in one statement."""
    found = {change.claim_id: change.payer_control_number[:50] for change in changes if change.payer_control_number}
    if found:
        with connection.cursor() as cursor:
            rows = ", ".join(["(%s::bigint, %s)"] * len(found))
            cursor.execute(NUMBER_SQL.format(rows=rows), [value for pair in found.items() for value in pair])


def _schedule(practice_id: int, changes: Sequence[Change]) -> None:
    again = {change.claim_id: change.ask_again_at for change in changes if change.ask_again_at}
    if again:
        Claim.objects.filter(practice_id=practice_id, pk__in=again).update(poll_due_at=max(again.values()))


def _answer_submissions(changes: Sequence[Change], now: datetime) -> None:
    """Write each submission's answer, unless a weightier one came before."""
    for place, answer in enumerate(WEIGHT[1:], 1):
        ids = [change.submission_id for change in changes if change.submission_id and change.answer == answer]
        if ids:
            lighter = Submission.objects.filter(pk__in=ids, answer__in=WEIGHT[:place])
            lighter.update(answer=answer, answered_at=now)


def _work(practice_id: int, standing: Standing, changes: Sequence[Change], now: datetime) -> None:
    closing: defaultdict[frozenset[WorkKind], list[int]] = defaultdict(list)
    for change in changes:
        if change.closes:
            closing[change.closes].append(change.claim_id)
    for kinds, ids in closing.items():
        close_items(
            practice_id=practice_id,
            kinds=kinds,
            subject_type="claims.claim",
            subject_ids=ids,
            outcome="The payer answered",
            now=now,
        )
    items = [_item(practice_id, standing.claims[c.claim_id], c.work) for c in changes if c.work]
    open_items(items=items, now=now)


def _item(practice_id: int, claim: ClaimStanding, work: Work) -> NewItem:
    return NewItem(
        practice_id=practice_id,
        kind=work.kind,
        subject_type="claims.claim",
        subject_id=claim.id,
        reason=work.reason,
        next_step=work.next_step,
        category=work.category,
        amount=claim.charge_amount,
        clock_date=work.clock_date or claim.filing_deadline,
        clock_kind=work.clock_kind,
        claim_id=claim.id,
        patient_id=claim.patient_id,
        patient_name=claim.patient_name,
        payer_name=claim.payer_name,
        service_date=claim.service_from,
    )


def _record_batches(file: InboundFile, standing: Standing, outcome: Outcome, record: _Record, now: datetime) -> None:
    news = _by_batch(outcome.news)
    for status in sorted({one.status for one in news.values() if one.status}):
        told = [one for one in news.values() if one.status == status]
        problem = Case(*[When(pk=one.batch_id, then=Value(one.problem[:240])) for one in told])
        Batch.objects.filter(pk__in=[one.batch_id for one in told]).exclude(Q(kind="276") & Q(status=status)).update(
            status=status, problem=problem
        )
    Batch.objects.filter(pk__in=news).update(answered_at=Coalesce(F("answered_at"), now))
    record.batch_answers += [
        BatchAnswer(
            practice_id=file.practice_id,
            batch_id=one.batch_id,
            inbound=file,
            kind=file.kind,
            at=now,
            tone=one.tone,
            says=one.says[:400],
        )
        for one in news.values()
    ]
    _answer_inquiries(outcome, now)
    open_items(items=_refused_questions(file.practice_id, standing, news, now), now=now)


def _by_batch(news: Iterable[BatchNews]) -> dict[int, BatchNews]:
    """One line for each batch: what several parts of a file say about it stands together."""
    found: dict[int, BatchNews] = {}
    for one in news:
        if before := found.get(one.batch_id):
            one = BatchNews(
                batch_id=one.batch_id,
                says=f"{before.says} {one.says}",
                tone=max(before.tone, one.tone, key=TONES.index),
                status=one.status or before.status,
                problem=one.problem or before.problem,
            )
        found[one.batch_id] = one
    return found


TONES = ("idle", "move", "done", "hold", "you", "stop")  # the last one wins


INQUIRY_SQL = """
    UPDATE claims_statusinquiry AS t SET answered_at = %s, category = v.category, status_code = v.code
    FROM (VALUES {rows}) AS v (id, category, code) WHERE t.id = v.id AND t.answered_at IS NULL
"""


def _answer_inquiries(outcome: Outcome, now: datetime) -> None:
    """One statement for any number of answers; an inquiry keeps its first answer."""
    answers = {one.inquiry_id: one for one in reversed(outcome.answered)}
    if not answers:
        return
    values = [v for pk, one in answers.items() for v in (pk, one.category[:3], one.status_code[:4])]
    with connection.cursor() as cursor:
        rows = ", ".join(["(%s::bigint, %s, %s)"] * len(answers))
        cursor.execute(INQUIRY_SQL.format(rows=rows), [now, *values])


def _refused_questions(
    practice_id: int, standing: Standing, news: Mapping[int, BatchNews], now: datetime
) -> list[NewItem]:
    """A refused file of questions concerns no claim by itself, so that the batch gets the work."""
    kinds = {batch.id: batch for batch in standing.batches.values()}
    return [
        NewItem(
            practice_id=practice_id,
            kind=WorkKind.FILE_REFUSED,
            subject_type="claims.batch",
            subject_id=one.batch_id,
            reason=f"Status questions refused (batch {kinds[one.batch_id].control_number})",
            next_step="Ask the clearinghouse",
            category="File",
            clock_date=now.date(),
        )
        for one in news.values()
        if one.status == "rejected" and one.batch_id in kinds and kinds[one.batch_id].kind == "276"
    ]
