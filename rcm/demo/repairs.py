"""What people do about a mistake: the play, the fix's delay, the appeal's argument."""

from datetime import date
from random import Random

from rcm.demo.facts import Appeal, CaughtBy, FixAction, Mistake, Play
from rcm.demo.mistakes import Kind

# How a denial is worked, in hundredths: correct, appeal, leave.
_PLAYS: dict[Mistake, tuple[int, int, int]] = {
    Mistake.INACTIVE_COVERAGE: (60, 0, 40),
    Mistake.MISSING_AUTHORIZATION: (62, 23, 15),
    Mistake.UNSPECIFIC_DIAGNOSIS: (80, 4, 16),
    Mistake.DIAGNOSIS_NOT_COVERED: (55, 27, 18),
    Mistake.UNBUNDLED_PAIR: (62, 23, 15),
    Mistake.MISSING_MODIFIER: (66, 20, 14),
    Mistake.LATE_FILING: (0, 65, 35),
}

_ARGUMENTS: dict[Mistake, str] = {
    Mistake.MISSING_AUTHORIZATION: (
        "The service could not wait: the attached note shows findings that called for it on that day. We ask for a "
        "retroactive authorization; the request was made as soon as the requirement was known to us."
    ),
    Mistake.UNSPECIFIC_DIAGNOSIS: (
        "The attached note names site, side and type of the condition. We ask that the claim be decided on the "
        "diagnosis that the note documents."
    ),
    Mistake.DIAGNOSIS_NOT_COVERED: (
        "The attached note shows that the service was ordered for a condition which the plan's policy accepts. The "
        "findings and the treatment that followed are set out in the assessment."
    ),
    Mistake.UNBUNDLED_PAIR: (
        "The two services were separate: the attached note records different sites or separate periods of time for "
        "each."
    ),
    Mistake.MISSING_MODIFIER: (
        "The visit was significant and separate from the procedure of that day: the attached note documents another "
        "problem with its own history, assessment and plan."
    ),
    Mistake.LATE_FILING: (
        "The delay was caused by the change of the plan's filing limit, of which we had no notice. We ask that the "
        "limit in our agreement be applied."
    ),
}

_RECENT_DAYS = 25
_WAITING_DAYS = 50
# What only the patient or the plan can tell: the demo's front desk is left to ask for the latest ones.
_ASKED = frozenset(
    {
        (Mistake.WRONG_MEMBER_ID, "short"),
        (Mistake.INACTIVE_COVERAGE, "known"),
        (Mistake.MISSING_AUTHORIZATION, "known"),
    }
)


def waits_lately(kind: Kind) -> bool:
    """Whether the latest of its kind are still to be put right: a question to patient or plan, or a rejection."""
    return (kind.mistake, kind.variant) in _ASKED or kind.caught_by == CaughtBy.CLEARINGHOUSE


def choose_play(rng: Random, kind: Kind, action: FixAction) -> Play:
    """What the denial specialist does. What we catch ourselves is always corrected."""
    if kind.caught_by != CaughtBy.PAYER:
        return Play.CORRECT
    correct, appeal, leave = _PLAYS[kind.mistake]
    if action == FixAction.NOTHING:
        correct = 0
    options = ((Play.CORRECT, correct), (Play.APPEAL, appeal), (Play.LEAVE, leave))
    return rng.choices([play for play, _ in options], [weight for _, weight in options])[0]


def fix_delay(rng: Random, kind: Kind, play: Play, *, service_date: date, today: date) -> int | None:
    """Calendar days from hold, rejection or denial until the fix; None: it never comes.

    What happened lately is often still waiting, so that every work queue has something in it.
    """
    if play == Play.LEAVE:
        return None
    if kind.caught_by == CaughtBy.PAYER:
        return rng.randrange(2, 15)
    if waits_lately(kind) and (today - service_date).days <= _WAITING_DAYS:
        return None
    if rng.random() < 0.08:
        return None
    days = rng.randrange(1, 6)
    recent = (today - service_date).days <= _RECENT_DAYS
    return days + rng.randrange(4, 15) if recent and rng.random() < 0.6 else days


def appeal_for(rng: Random, kind: Kind, play: Play) -> Appeal | None:
    """The letter, when the play is to appeal."""
    if play != Play.APPEAL:
        return None
    return Appeal(rng.randrange(3, 18), _ARGUMENTS[kind.mistake])
