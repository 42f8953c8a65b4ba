"""277CA: did the payer take the claim. Source: DOMAIN sections 1 and 4."""

from collections.abc import Iterable, Iterator, Sequence

from claims.domain.answers import (
    NOT_ANSWERED,
    NOT_DECIDED,
    BatchNews,
    Change,
    ClaimStanding,
    Course,
    Outcome,
    Sent,
    Standing,
    Work,
)
from claims.domain.reasons import capital, family_of, in_words, reason_of, refusal_says, refusals
from claims.domain.status import ClaimStatus, Frequency
from edi.ack_277ca import Ack277CA, ClaimAck
from edi.parties import Organization
from edi.status_codes import Status, StatusCode
from worklist.domain.kinds import Kind

TAKEN = ("A1", "A2")  # STC01-1: the payer has it
SAYS_NOTHING = frozenset({"0", "21"})  # "another code has the reason"
SILENCE = frozenset({Kind.CLAIM_NO_RESPONSE})


def read_acknowledgments(acks: Iterable[Ack277CA], standing: Standing) -> Outcome:
    """What the 277CAs of a file mean."""
    outcome, course = Outcome(), Course(standing)
    for ack in acks:
        _read_ack(ack, standing, course, outcome)
    return outcome


def _read_ack(ack: Ack277CA, standing: Standing, course: Course, outcome: Outcome) -> None:
    batch = standing.batch(ack.batch_reference)
    numbers, by_claim = standing.by_number(), standing.by_claim()
    changes: list[Change] = []
    listed: set[int] = set()
    for one in ack.claims:
        claim = numbers.get(one.number)
        sent = _submission(by_claim.get(claim.id, []), ack.batch_reference) if claim else None
        if claim is None or sent is None:
            outcome.unknown.append(f"claim {one.number}")
            continue
        listed.add(claim.id)
        changes.append(_claim_change(one, claim, sent, course, _source(ack)))
    codes = refusals_above_claims(ack)
    if codes and batch:
        others = (each for each in standing.in_batch(batch) if each.claim_id not in listed)
        changes += _whole_batch(ack, codes, others, standing, course)
    elif codes and not ack.claims:
        outcome.unknown.append(f"batch {ack.batch_reference}")
    outcome.changes += changes
    if batch:
        outcome.news.append(_ack_news(ack, batch.id, changes))


def refusals_above_claims(ack: Ack277CA) -> list[StatusCode]:
    """Why a batch is refused beyond the claims that are listed; empty when it is not."""
    return [*refusals(ack.statuses), *(code for each in ack.providers for code in refusals(each.statuses))]


def _submission(sent: Sequence[Sent], reference: str) -> Sent | None:
    """The submission of the named batch, else the claim's last one."""
    named = [each for each in sent if reference.lstrip("0") == str(each.control_number)]
    return next(reversed(named or sent), None)


def _source(ack: Ack277CA) -> str:
    """Who speaks, when it is not the payer."""
    return "the clearinghouse" if ack.source and ack.source.entity != "PR" else ""


def _ack_news(ack: Ack277CA, batch_id: int, changes: Sequence[Change]) -> BatchNews:
    named = ack.source.name if ack.source else None
    who = capital(_source(ack)) or (named.name if isinstance(named, Organization) else "") or "The payer"
    taken = sum(each.answer == "accepted" for each in changes)
    refused = sum(each.answer == "rejected" for each in changes)
    rest = len(changes) - taken - refused
    parts = [f"{taken} accepted"] * (taken > 0) + [f"{refused} rejected"] * (refused > 0)
    says = f"{who}: {', '.join([*parts, *[f'{rest} passed on'] * (rest > 0)]) or 'received'}."
    return BatchNews(batch_id=batch_id, says=says, tone="you" if refused else "done")


def _whole_batch(
    ack: Ack277CA, codes: Sequence[StatusCode], sent: Iterable[Sent], standing: Standing, course: Course
) -> Iterator[Change]:
    """A refusal above the claims: all of that payer's in the batch, or all when the clearinghouse refuses."""
    payer = ack.source.id if ack.source and ack.source.entity == "PR" else ""
    for each in sent:
        claim = standing.claims[each.claim_id]
        if not payer or claim.payer_identifier == payer:
            yield _refusal(claim, each, course, codes, _source(ack), ack.raw[:2000])


def _claim_change(one: ClaimAck, claim: ClaimStanding, sent: Sent, course: Course, source: str) -> Change:
    codes = [code for each in _all_statuses(one) for code in refusals([each])]
    if one.rejected:
        return _refusal(claim, sent, course, codes, source, one.raw)
    stated = one.statuses[0].codes[0] if one.statuses and one.statuses[0].codes else None
    if stated is None or stated.category not in TAKEN:
        words = in_words(stated) if stated else "an answer without a status"
        return Change(
            claim_id=claim.id,
            says=f"{capital(_who(claim, source))}: {words}{_earlier(sent)}.",
            tone="move",
            raw_kind="277CA",
            raw=one.raw,
            submission_id=sent.id,
        )
    done = ClaimStatus.VOID if claim.frequency == Frequency.VOID else ClaimStatus.ACCEPTED
    steps = course.advance(claim.id, done, NOT_ANSWERED) if sent.latest else ()
    number = f", payer number {one.payer_control_number}" if one.payer_control_number else ""
    return Change(
        claim_id=claim.id,
        says=f"Accepted by {_who(claim, source)}{number}{_earlier(sent)}. {_what_it_proves(claim)}",
        tone="done",
        raw_kind="277CA",
        raw=one.raw,
        steps=steps,
        submission_id=sent.id,
        answer="accepted",
        payer_control_number=one.payer_control_number if sent.latest else "",
        closes=SILENCE if steps else frozenset(),
    )


def _what_it_proves(claim: ClaimStanding) -> str:
    if claim.frequency == Frequency.VOID:
        return "The claim that it voids is withdrawn there."
    return "This date proves timely filing."


def _all_statuses(one: ClaimAck) -> list[Status]:
    return [*one.statuses, *(status for line in one.lines for status in line.statuses)]


def _refusal(
    claim: ClaimStanding, sent: Sent, course: Course, codes: Sequence[StatusCode], source: str, raw: str
) -> Change:
    steps = course.advance(claim.id, ClaimStatus.REJECTED, NOT_DECIDED) if sent.latest else ()
    who = capital(_who(claim, source))
    return Change(
        claim_id=claim.id,
        says=f"{who} rejected the claim before deciding it{_earlier(sent)}. {refusal_says(codes)}",
        tone="stop",
        raw_kind="277CA",
        raw=raw,
        steps=steps,
        submission_id=sent.id,
        answer="rejected",
        work=rejected_work(codes) if steps else None,
        closes=SILENCE if steps else frozenset(),
    )


def rejected_work(codes: Sequence[StatusCode]) -> Work:
    """The work that a refusal opens."""
    return Work(
        kind=Kind.CLAIM_REJECTED,
        reason=reason_of(_telling(codes)) if codes else "Rejected without a reason",
        next_step="Correct and send again",
        category=family_of(codes),
    )


def _telling(codes: Sequence[StatusCode]) -> StatusCode:
    """The first code that says more than that another one says it."""
    return next((code for code in codes if code.code not in SAYS_NOTHING), codes[0])


def _who(claim: ClaimStanding, source: str) -> str:
    return source or claim.payer_name


def _earlier(sent: Sent) -> str:
    return "" if sent.latest else f" (an earlier submission, batch {sent.control_number})"
