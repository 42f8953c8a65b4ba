"""Every kind of work that needs a person, whose it is, and who may see it. Source: DOMAIN section 2."""

from dataclasses import dataclass
from enum import StrEnum

from compliance.domain.permissions import Role, may


class Kind(StrEnum):
    """Why a person is needed."""

    CODING_CASE = "coding.case"
    CODING_QUERY_ANSWERED = "coding.query_answered"
    CODING_QUERY_LATE = "coding.query_late"
    CODING_AUDIT = "coding.audit"
    CODING_EDUCATION = "coding.education"
    CODING_DISPUTE = "coding.dispute"
    REGISTRATION_ELIGIBILITY = "registration.eligibility"
    REGISTRATION_AUTHORIZATION = "registration.authorization"
    CLAIM_HELD = "claim.held"
    CLAIM_REJECTED = "claim.rejected"
    CLAIM_NO_RESPONSE = "claim.no_response"
    CLAIM_CODED_WRONG = "claim.coded_wrong"  # an audit found the codes of a billed visit wrong
    CLAIM_INFORMATION_REQUESTED = "claim.information_requested"
    PAYMENT_UNMATCHED = "payment.unmatched"
    PAYMENT_UNBALANCED = "payment.unbalanced"
    PAYMENT_PROVIDER_ADJUSTMENT = "payment.provider_adjustment"
    PAYMENT_CREDIT_BALANCE = "payment.credit_balance"
    DENIAL_NEW = "denial.new"
    DENIAL_APPEAL_DUE = "denial.appeal_due"
    DENIAL_NO_ANSWER = "denial.no_answer"
    FILE_REFUSED = "file.refused"  # an inbound file that nobody can read
    STAGE_FAILED = "stage.failed"  # a row that a pipeline stage could not advance


@dataclass(frozen=True, kw_only=True, slots=True)
class KindFacts:
    """Role that works it, word for it, the clock it runs on, and the display state its rows carry."""

    role: Role
    label: str
    clock: str
    state: str


KINDS: dict[Kind, KindFacts] = {
    Kind.CODING_CASE: KindFacts(role=Role.CODER, label="Visit to code", clock="code", state="to_code"),
    Kind.CODING_QUERY_ANSWERED: KindFacts(
        role=Role.CODER, label="Provider answered", clock="code", state="provider_answered"
    ),
    Kind.CODING_QUERY_LATE: KindFacts(
        role=Role.SUPERVISOR, label="Provider has not answered", clock="answer", state="no_answer"
    ),
    Kind.CODING_AUDIT: KindFacts(role=Role.CODING_AUDITOR, label="Visit to audit", clock="audit", state="to_audit"),
    Kind.CODING_EDUCATION: KindFacts(role=Role.CODER, label="Audit of your coding", clock="reply", state="education"),
    Kind.CODING_DISPUTE: KindFacts(role=Role.SUPERVISOR, label="Disputed audit", clock="decide", state="decide"),
    Kind.REGISTRATION_ELIGIBILITY: KindFacts(
        role=Role.FRONT_DESK, label="Coverage to check", clock="file", state="needs_fix"
    ),
    Kind.REGISTRATION_AUTHORIZATION: KindFacts(
        role=Role.FRONT_DESK,
        label="Authorization to get",
        clock="file",
        state="needs_fix",
    ),
    Kind.CLAIM_HELD: KindFacts(role=Role.BILLER, label="Claim to fix", clock="file", state="needs_fix"),
    Kind.CLAIM_REJECTED: KindFacts(role=Role.BILLER, label="Rejected claim", clock="file", state="rejected"),
    Kind.CLAIM_NO_RESPONSE: KindFacts(role=Role.BILLER, label="No answer", clock="follow up", state="no_answer"),
    Kind.CLAIM_CODED_WRONG: KindFacts(
        role=Role.BILLER, label="Billed with wrong codes", clock="fix", state="needs_fix"
    ),
    Kind.CLAIM_INFORMATION_REQUESTED: KindFacts(
        role=Role.BILLER,
        label="Payer asks for information",
        clock="reply",
        state="on_hold",
    ),
    Kind.PAYMENT_UNMATCHED: KindFacts(role=Role.POSTER, label="Unmatched payment", clock="post", state="unmatched"),
    Kind.PAYMENT_UNBALANCED: KindFacts(role=Role.POSTER, label="Out of balance", clock="post", state="unbalanced"),
    Kind.PAYMENT_PROVIDER_ADJUSTMENT: KindFacts(
        role=Role.POSTER,
        label="Payer took money back",
        clock="post",
        state="taken_back",
    ),
    Kind.PAYMENT_CREDIT_BALANCE: KindFacts(role=Role.POSTER, label="Credit balance", clock="post", state="credit"),
    Kind.DENIAL_NEW: KindFacts(role=Role.DENIAL_SPECIALIST, label="New denial", clock="appeal", state="denied"),
    Kind.DENIAL_APPEAL_DUE: KindFacts(
        role=Role.DENIAL_SPECIALIST,
        label="Appeal deadline near",
        clock="appeal",
        state="denied",
    ),
    Kind.DENIAL_NO_ANSWER: KindFacts(
        role=Role.DENIAL_SPECIALIST,
        label="Appeal without answer",
        clock="follow up",
        state="no_answer",
    ),
    Kind.FILE_REFUSED: KindFacts(role=Role.BILLER, label="Unreadable file", clock="post", state="rejected"),
    Kind.STAGE_FAILED: KindFacts(role=Role.SUPERVISOR, label="Needs a look", clock="fix", state="needs_fix"),
}

# Kind, or its station (what stands before the dot) → the permission that opens the records such work is about.
OPENED_BY: dict[str, str] = {
    "coding": "coding.read",
    Kind.CODING_AUDIT: "coding.audit",
    Kind.CODING_DISPUTE: "coding.audit_plan",
    "registration": "encounters.read",
    "claim": "claims.read",
    "payment": "remits.read",
    "denial": "denials.read",
    "file": "claims.read",
    "stage": "claims.read",
}
PERSONAL = frozenset({Kind.CODING_EDUCATION})  # shown to nobody but whom it is assigned to


def opened_by(kind: Kind) -> str:
    """The permission that a person needs to open the record this work is about: who lacks it sees no such work."""
    return OPENED_BY.get(kind) or OPENED_BY[kind.partition(".")[0]]


def kinds_open_to(roles: frozenset[Role]) -> tuple[Kind, ...]:
    """The kinds of work that people with these roles may see."""
    return tuple(kind for kind in Kind if may(roles, opened_by(kind)))
