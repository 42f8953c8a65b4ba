"""What an answer from outside means for our claims: the facts it is read against, and what is to be done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from claims.domain.status import ClaimStatus
from worklist.domain.kinds import Kind

S = ClaimStatus
NOT_ANSWERED = frozenset({S.SUBMITTED, S.RECEIVED})  # the payer has not said that it has the claim
NOT_DECIDED = NOT_ANSWERED | {S.ACCEPTED}
OPEN_BATCH = frozenset({"stored", "sent", "received"})  # a batch whose verdict may still come


class Damaged(Exception):
    """The file can be read as X12 but does not say what its kind must say; nothing of it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStanding:
    """One claim as it stands when the answer is read. Dollars; `payer_identifier` is 2010BB NM109."""

    id: int
    number: str
    status: str
    frequency: str
    payer_identifier: str
    payer_name: str
    payer_control_number: str
    patient_id: int
    patient_name: str
    service_from: date
    charge_amount: Decimal
    filing_deadline: date
    submitted_at: datetime | None
    last_answer: tuple[str, str] = ("", "")  # category and status code of the payer's last 277
    finalized: bool = False  # a 277 since the submission said F*


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One submission of a claim; `latest` when no later one exists."""

    id: int
    claim_id: int
    batch_id: int
    control_number: int
    set_control: str
    latest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStanding:
    """One of our batches; `content` is only there when a 999 names segments of it."""

    id: int
    control_number: int
    kind: str
    status: str
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A status inquiry of ours."""

    id: int
    trace: str
    claim_id: int
    batch_id: int
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything of ours that a file talks about."""

    batches: Mapping[int, BatchStanding] = field(default_factory=dict)  # by control number
    claims: Mapping[int, ClaimStanding] = field(default_factory=dict)  # by key
    sent: tuple[Sent, ...] = ()  # oldest first
    asked: Mapping[str, Asked] = field(default_factory=dict)  # by trace

    def batch(self, control: str) -> BatchStanding | None:
        """The batch with this control number, leading zeros or not."""
        return self.batches.get(int(control)) if control.isascii() and control.isdecimal() else None

    def in_batch(self, batch: BatchStanding) -> list[Sent]:
        """The submissions that went out in a batch."""
        return [each for each in self.sent if each.batch_id == batch.id]

    def by_number(self) -> dict[str, ClaimStanding]:
        """The claims by their number (CLM01)."""
        return {each.number: each for each in self.claims.values()}

    def by_claim(self) -> dict[int, list[Sent]]:
        """The submissions of each claim, oldest first."""
        found: dict[int, list[Sent]] = {}
        for each in self.sent:
            found.setdefault(each.claim_id, []).append(each)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a person must do. Without `clock_date` the clock is the filing deadline."""

    kind: Kind
    reason: str
    next_step: str
    category: str = ""
    clock_date: date | None = None
    clock_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one answer does to one claim: a line of its history, and, when it still counts, more.

    `steps` are the states that the claim goes through, in order. `ask_again_at` moves the next inquiry.
    """

    claim_id: int
    says: str
    tone: str
    raw_kind: str
    raw: str
    steps: tuple[ClaimStatus, ...] = ()
    submission_id: int | None = None
    answer: str = ""  # Submission.answer
    payer_control_number: str = ""
    work: Work | None = None
    closes: frozenset[Kind] = frozenset()
    ask_again_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchNews:
    """What a file says about one batch; `status` None leaves the batch's as it is."""

    batch_id: int
    says: str
    tone: str
    status: str | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryAnswer:
    """The first answer to a status inquiry."""

    inquiry_id: int
    category: str
    status_code: str


@dataclass(slots=True, kw_only=True)
class Outcome:
    """Everything to record from one file. `unknown` names what the file answers and we never sent."""

    changes: list[Change] = field(default_factory=list)
    news: list[BatchNews] = field(default_factory=list)
    answered: list[InquiryAnswer] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class Course:
    """Where each claim stands while the answers of a file are read one after another."""

    def __init__(self, standing: Standing) -> None:
        self._status = {each.id: ClaimStatus(each.status) for each in standing.claims.values()}

    def advance(self, claim_id: int, to: ClaimStatus, since: Collection[ClaimStatus]) -> tuple[ClaimStatus, ...]:
        """The steps from where the claim is to a state; none when it is not in one of the states `since`.

        A claim that the payer works on, or a void that it carried out, was accepted, even when the 277CA that says
        so has not come yet.
        """
        now = self._status[claim_id]
        if now not in since:
            return ()
        self._status[claim_id] = to
        return (S.ACCEPTED, to) if to in (S.PENDED, S.VOID) and now in NOT_ANSWERED else (to,)

    def is_in(self, claim_id: int, states: Collection[ClaimStatus]) -> bool:
        """Whether the claim is in one of these states now."""
        return self._status[claim_id] in states
