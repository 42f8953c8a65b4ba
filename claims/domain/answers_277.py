"""277: what the payer says when it is asked about a claim. Source: DOMAIN section 4, X12 code list 507."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from claims.domain.answers import (
    NOT_ANSWERED,
    NOT_DECIDED,
    BatchNews,
    Change,
    ClaimStanding,
    Course,
    InquiryAnswer,
    Outcome,
    Standing,
    Work,
)
from claims.domain.answers_277ca import SILENCE, rejected_work
from claims.domain.reasons import REJECTING, capital, code_says, in_words, lowered, refusal_says, refusals
from claims.domain.status import WITH_PAYER, ClaimStatus, Frequency
from edi.codes.claim_status import category_says
from edi.status_277 import StatusAnswer
from edi.status_codes import StatusCode
from worklist.domain.kinds import Kind

S = ClaimStatus
REPLY_DAYS = 30  # to answer a request for information, when the payer names no day
FOLLOW_UP_DAYS = 7  # house rule: the next look at a claim without a word
REMITTANCE_DAYS = 7  # a finalized claim's 835 is missing after that
NO_CODE = StatusCode(category="", code="")
NOT_FOUND = ("D0", "A4")
TRY_AGAIN = ("E1", "E2")  # the payer's system was down or too slow
IN_PROCESS = ("P0", "P1", "P2")
REQUEST = frozenset({Kind.CLAIM_INFORMATION_REQUESTED})


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer with all that decides what it means."""

    said: StatusAnswer
    code: StatusCode
    claim: ClaimStanding
    course: Course
    now: datetime
    counts: bool  # the question was asked about the submission that stands now

    def advance(self, to: ClaimStatus, since: Collection[ClaimStatus]) -> tuple[ClaimStatus, ...]:
        """The steps of the claim, when the answer counts."""
        return self.course.advance(self.claim.id, to, since) if self.counts else ()

    @property
    def same_as_before(self) -> bool:
        """The payer repeats what it said when it was last asked."""
        return self.claim.last_answer == (self.code.category, self.code.code)


def read_status_answers(answers: Iterable[StatusAnswer], standing: Standing, now: datetime) -> Outcome:
    """What the 277s of a file mean."""
    outcome, course, numbers = Outcome(), Course(standing), standing.by_number()
    counted: dict[int, int] = {}
    for said in answers:
        asked = standing.asked.get(said.trace)
        claim = standing.claims.get(asked.claim_id) if asked else numbers.get(said.claim_number)
        code = _first_code(said)
        if asked:
            counted[asked.batch_id] = counted.get(asked.batch_id, 0) + 1
            answer = InquiryAnswer(inquiry_id=asked.id, category=code.category, status_code=code.code)
            outcome.answered.append(answer)
        if claim:
            counts = not (asked and claim.submitted_at and asked.asked_at < claim.submitted_at)
            outcome.changes.append(_change(_Answer(said, code, claim, course, now, counts)))
        else:
            outcome.unknown.append(f"question {said.trace or said.claim_number}")
    for batch_id, count in counted.items():
        says = f"{count} {'question' if count == 1 else 'questions'} answered."
        outcome.news.append(BatchNews(batch_id=batch_id, says=says, tone="done", status="received"))
    return outcome


def _first_code(said: StatusAnswer) -> StatusCode:
    return next((code for status in said.statuses for code in status.codes), NO_CODE)


def _change(answer: _Answer) -> Change:
    """What a claim hears that was decided, withdrawn or taken back meanwhile goes to its history alone."""
    said, claim = answer.said, answer.claim
    heard = Change(claim_id=claim.id, says="", tone="move", raw_kind="277", raw=said.raw)
    if not claim.payer_control_number:
        heard = replace(heard, payer_control_number=said.payer_control_number)
    change = _MEANINGS.get(_meaning(answer.code.category), _other)(answer, heard)
    if change.steps or (answer.counts and answer.course.is_in(claim.id, WITH_PAYER)):
        return change
    return replace(change, work=None, closes=frozenset(), ask_again_at=None)


def _meaning(category: str) -> str:
    if category in NOT_FOUND:
        return "not found"
    return "refused" if category in REJECTING else category[:1]


def _not_found(answer: _Answer, heard: Change) -> Change:
    return replace(
        heard,
        says=f"{answer.claim.payer_name} has no record of this claim.",
        tone="stop",
        work=Work(kind=Kind.CLAIM_NO_RESPONSE, reason="Payer has no record", next_step="Send again", clock_kind="file"),
    )


def _refused(answer: _Answer, heard: Change) -> Change:
    codes = refusals(answer.said.statuses)
    steps = answer.advance(S.REJECTED, NOT_DECIDED)
    return replace(
        heard,
        says=f"{answer.claim.payer_name} rejected the claim before deciding it. {refusal_says(codes)}",
        tone="stop",
        steps=steps,
        work=rejected_work(codes) if steps else None,
        closes=SILENCE if steps else frozenset(),
    )


def _acknowledged(answer: _Answer, heard: Change) -> Change:
    """A2 is in adjudication; A0, A1 and A5 are only on their way there."""
    steps: tuple[S, ...] = ()
    if answer.code.category == "A2":
        steps = _voided(answer) or answer.advance(S.ACCEPTED, NOT_ANSWERED | {S.PENDED})
    return replace(heard, says=_in_words(answer), steps=steps, closes=SILENCE if steps else frozenset())


def _pending(answer: _Answer, heard: Change) -> Change:
    """The first "in process" is news; one that is repeated past the payer's usual days is no answer."""
    usual = answer.code.category in IN_PROCESS and answer.code.code in ("", "0", "20")
    says = f"{answer.claim.payer_name}: in process, no action needed." if usual else _in_words(answer)
    steps = answer.advance(S.PENDED, NOT_DECIDED)
    return replace(heard, says=says, steps=steps, closes=(SILENCE if steps else frozenset()) | REQUEST)


def _asks(answer: _Answer, heard: Change) -> Change:
    """A request that is repeated opens no second work item, so that its clock runs on."""
    wanted = code_says(answer.code) if answer.code.code not in ("", "0") else ""
    subject = wanted or lowered(category_says(answer.code.category)).removeprefix("wants ")
    due = (answer.now + timedelta(days=REPLY_DAYS)).date()
    work = Work(
        kind=Kind.CLAIM_INFORMATION_REQUESTED,
        reason=f"Payer wants: {subject}",
        next_step="Send what is asked for",
        category="Information",
        clock_date=due,
    )
    return replace(
        heard,
        says=f"{answer.claim.payer_name} asks for information: {subject}.",
        tone="hold",
        steps=answer.advance(S.PENDED, NOT_DECIDED),
        work=None if answer.same_as_before else work,
        closes=SILENCE,
    )


def _finalized(answer: _Answer, heard: Change) -> Change:
    """The first F* is an answer; a later one is no money yet, and leaves the work open that says so."""
    steps = _voided(answer)
    first = not answer.claim.finalized
    closes = (SILENCE if first or steps else frozenset()) | REQUEST
    return replace(heard, says=_decision_says(answer), tone="done", steps=steps, closes=closes)


def _voided(answer: _Answer) -> tuple[ClaimStatus, ...]:
    """The notice that voids a claim is done as soon as the payer has it: no remittance decides it."""
    if answer.claim.frequency != Frequency.VOID:
        return ()
    return answer.advance(S.VOID, NOT_DECIDED | {S.PENDED})


def _decision_says(answer: _Answer) -> str:
    said, payer = answer.said, answer.claim.payer_name
    status = said.statuses[0]
    match answer.code.category:
        case "F1" if status.paid:
            by = f" by {status.payment_number}" if status.payment_number else ""
            on = f" on {status.payment_date:%m/%d/%Y}" if status.payment_date else ""
            return f"{payer} has decided to pay ${status.paid:,.2f}{by}{on}; the remittance will tell the rest."
        case "F2":
            return f"{payer} has denied it; the remittance will say why."
        case "F4":
            return f"{payer} has decided it without a payment; the remittance will say why."
    return _in_words(answer)


def _not_answered(answer: _Answer, heard: Change) -> Change:
    tomorrow = answer.now + timedelta(days=1)
    if answer.code.category in TRY_AGAIN:
        says = f"{answer.claim.payer_name} could not answer; we ask again tomorrow."
        return replace(heard, says=says, tone="idle", ask_again_at=tomorrow)
    work = Work(
        kind=Kind.CLAIM_NO_RESPONSE,
        reason="Payer can’t answer our question",
        next_step="Call the payer",
        clock_date=(answer.now + timedelta(days=FOLLOW_UP_DAYS)).date(),
    )
    return replace(heard, says=_in_words(answer), tone="you", work=work)


def _other(answer: _Answer, heard: Change) -> Change:
    return replace(heard, says=_in_words(answer))


def _in_words(answer: _Answer) -> str:
    says = in_words(answer.code) if answer.code.category else "an answer without a status"
    return f"{capital(answer.claim.payer_name)}: {says}."


_MEANINGS: dict[str, Callable[[_Answer, Change], Change]] = {
    "not found": _not_found,
    "refused": _refused,
    "A": _acknowledged,
    "P": _pending,
    "R": _asks,
    "F": _finalized,
    "E": _not_answered,
}
