"""Why payers refuse money: the categories of DOMAIN section 5, each with its words, play and starting odds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What a denial is about; stored on it."""

    ELIGIBILITY = "eligibility"
    COORDINATION = "coordination"
    AUTHORIZATION = "authorization"
    CODING = "coding"
    BUNDLING = "bundling"
    NECESSITY = "necessity"
    DOCUMENTATION = "documentation"
    TIMELY = "timely"
    DUPLICATE = "duplicate"
    NON_COVERED = "non_covered"
    ENROLLMENT = "enrollment"
    LIMITS = "limits"
    PAYER_ERROR = "payer_error"
    OTHER = "other"


class Station(StrEnum):
    """Where the denial could have been stopped."""

    REGISTRATION = "registration"
    CODING = "coding"
    CLAIMS = "claims"
    ENROLLMENT = "enrollment"
    PAYER = "payer"


class Play(StrEnum):
    """What to try first."""

    CORRECT = "correct"  # replace the claim (frequency 7)
    APPEAL = "appeal"
    SEND_RECORDS = "send_records"
    OTHER_PAYER = "other_payer"
    PATIENT = "patient"
    CLOSE = "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFacts:
    """`label` for tables, `short` for heads of narrow columns, `topic` for the queue's facet, in the words that the
    families of claim edits use for the same thing, `odds` in percent until there is history."""

    label: str
    short: str
    topic: str
    station: Station
    play: Play
    odds: int


C, S, P = Category, Station, Play
CATEGORIES: Mapping[Category, CategoryFacts] = {
    C.ELIGIBILITY: CategoryFacts(
        label="Not covered on that date",
        short="Elig",
        topic="Eligibility",
        station=S.REGISTRATION,
        play=P.OTHER_PAYER,
        odds=35,
    ),
    C.COORDINATION: CategoryFacts(
        label="Another payer comes first",
        short="COB",
        topic="Coordination",
        station=S.REGISTRATION,
        play=P.OTHER_PAYER,
        odds=60,
    ),
    C.AUTHORIZATION: CategoryFacts(
        label="No prior authorization",
        short="Auth",
        topic="Authorization",
        station=S.REGISTRATION,
        play=P.APPEAL,
        odds=50,
    ),
    C.CODING: CategoryFacts(
        label="Codes or data wrong", short="Coding", topic="Coding", station=S.CODING, play=P.CORRECT, odds=80
    ),
    C.BUNDLING: CategoryFacts(
        label="Bundled into another service",
        short="Bundle",
        topic="Bundling",
        station=S.CODING,
        play=P.CORRECT,
        odds=60,
    ),
    C.NECESSITY: CategoryFacts(
        label="Not medically necessary",
        short="Med nec",
        topic="Medical necessity",
        station=S.CODING,
        play=P.APPEAL,
        odds=50,
    ),
    C.DOCUMENTATION: CategoryFacts(
        label="Records missing", short="Records", topic="Records", station=S.CLAIMS, play=P.SEND_RECORDS, odds=65
    ),
    C.TIMELY: CategoryFacts(
        label="Filed too late", short="Late", topic="Timely filing", station=S.CLAIMS, play=P.APPEAL, odds=20
    ),
    C.DUPLICATE: CategoryFacts(
        label="Duplicate", short="Dup", topic="Duplicate", station=S.CLAIMS, play=P.CLOSE, odds=25
    ),
    C.NON_COVERED: CategoryFacts(
        label="Not a covered service",
        short="Not cov",
        topic="Not covered",
        station=S.REGISTRATION,
        play=P.CLOSE,
        odds=15,
    ),
    C.ENROLLMENT: CategoryFacts(
        label="Provider not enrolled", short="Enroll", topic="Enrollment", station=S.ENROLLMENT, play=P.CORRECT, odds=40
    ),
    C.LIMITS: CategoryFacts(
        label="Benefit limit reached",
        short="Limit",
        topic="Benefit limit",
        station=S.REGISTRATION,
        play=P.APPEAL,
        odds=20,
    ),
    C.PAYER_ERROR: CategoryFacts(
        label="Contradicts our records", short="Payer", topic="Payer error", station=S.PAYER, play=P.APPEAL, odds=75
    ),
    C.OTHER: CategoryFacts(
        label="Other reason", short="Other", topic="Other", station=S.CLAIMS, play=P.APPEAL, odds=35
    ),
}

STEPS: Mapping[Play, str] = {
    P.CORRECT: "Correct and replace",
    P.APPEAL: "Write appeal",
    P.SEND_RECORDS: "Appeal with records",
    P.OTHER_PAYER: "Check coverage, rebill",
    P.PATIENT: "Review, bill patient",
    P.CLOSE: "Check, then close",
}


def label_of(category: str) -> str:
    """A category in words; one nobody knows keeps its name."""
    return CATEGORIES[Category(category)].label if category in set(Category) else category
