"""States of a remittance and of each claim in it."""

from enum import StrEnum


class RemitStatus(StrEnum):
    READY = "ready"  # balances; its clean claims may post
    UNBALANCED = "unbalanced"  # the file does not prove itself: nothing posts
    EXCEPTIONS = "exceptions"  # clean claims are posted, some wait for a person
    POSTED = "posted"  # everything in it is posted or decided
    REPEAT = "repeat"  # the same remittance came before: posts nothing


class RemitClaimStatus(StrEnum):
    READY = "ready"
    POSTED = "posted"
    EXCEPTION = "exception"  # waits for a decision; `problem` says why
    SET_ASIDE = "set_aside"  # a person decided that it posts nothing
    INFORMATION = "information"  # predetermination or forwarded: never posted


CLAIM_MOVES: dict[RemitClaimStatus, frozenset[RemitClaimStatus]] = {
    RemitClaimStatus.READY: frozenset({RemitClaimStatus.POSTED, RemitClaimStatus.EXCEPTION}),
    RemitClaimStatus.EXCEPTION: frozenset(
        {RemitClaimStatus.READY, RemitClaimStatus.POSTED, RemitClaimStatus.SET_ASIDE}
    ),
    RemitClaimStatus.POSTED: frozenset(),
    RemitClaimStatus.SET_ASIDE: frozenset(),
    RemitClaimStatus.INFORMATION: frozenset(),
}


def can_move(now: str, to: RemitClaimStatus) -> bool:
    """Whether a remittance claim may go from one state to another."""
    return to in CLAIM_MOVES[RemitClaimStatus(now)]
