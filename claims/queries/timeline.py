"""A claim's history, and what was sent for it compared with what was sent before."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from claims.models import Claim, ClaimEvent, Submission
from edi.errors import X12Error
from edi.tokenizer import read_segments

SHOWN_SEGMENTS = 400


@dataclass(frozen=True, slots=True)
class Happening:
    """One event; `submission` is the one it tells of, `earlier` the one before it."""

    event: ClaimEvent
    submission: Submission | None = None
    earlier: Submission | None = None

    @property
    def raw(self) -> str:
        return one_a_line(self.event.raw)


def timeline(claim: Claim) -> list[Happening]:
    """Everything that happened to a claim, newest first: two queries."""
    sent = submissions_of(claim.pk)
    told = {(each.created_at, each.batch.control_number): at for at, each in enumerate(sent)}
    found = []
    for event in claim.events.select_related("actor").order_by("-at", "-pk"):
        at = next(
            (at for (day, control), at in told.items() if day == event.at and f"batch {control}" in event.says), None
        )
        if at is None:
            found.append(Happening(event))
        else:
            found.append(Happening(event, sent[at], sent[at - 1] if at else None))
    return found


def submissions_of(claim_id: int) -> list[Submission]:
    """A claim's submissions, oldest first."""
    rows = Submission.objects.filter(claim_id=claim_id).select_related("batch").defer("batch__content", "content")
    return list(rows.order_by("pk"))


def one_a_line(raw: str) -> str:
    """X12 as it was, with a line break behind each segment."""
    return raw.replace("~\r\n", "~").replace("~\n", "~").replace("~", "~\n").rstrip("\n")


def segments_of(content: bytes, limit: int | None = SHOWN_SEGMENTS) -> tuple[list[str], bool]:
    """The segments of an interchange, one a string, and whether there are more than the limit.

    What is no X12 (a letter, a broken file) comes back as its own lines.
    """
    found: list[str] = []
    try:
        for segment in read_segments(content):
            if limit is not None and len(found) == limit:
                return found, True
            found.append(segment.text)
    except X12Error:
        found = []
    if not found:
        lines = content.decode("utf-8", "replace").splitlines()
        return (lines, False) if limit is None else (lines[:limit], len(lines) > limit)
    return found, False


@dataclass(frozen=True, slots=True)
class Difference:
    """A segment on both sides: the same, changed, taken out (right is empty) or added (left is empty)."""

    left: str
    right: str
    changed: bool


def compared(before: str, after: str) -> list[Difference]:
    """Two submissions segment by segment, the way a reader pairs them."""
    left, right = one_a_line(before).splitlines(), one_a_line(after).splitlines()
    rows: list[Difference] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        rows += _paired(left[a:b], right[c:d], changed=tag != "equal")
    return rows


def _paired(left: Sequence[str], right: Sequence[str], *, changed: bool) -> list[Difference]:
    longest = max(len(left), len(right))
    padded = [[*side, *[""] * (longest - len(side))] for side in (left, right)]
    return [Difference(one, two, changed) for one, two in zip(*padded, strict=True)]


def submission_before(submission: Submission) -> Submission | None:
    """The claim's submission before this one."""
    earlier = Submission.objects.filter(claim_id=submission.claim_id, pk__lt=submission.pk)
    return earlier.select_related("batch").defer("batch__content").order_by("-pk").first()
