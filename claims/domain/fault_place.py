"""Which claim of an 837P a 999 points at: it counts segments from the ST, we think in claims."""

from collections.abc import Iterable, Mapping

from edi.ack_999 import SegmentError
from edi.envelope import transaction_sets

SUBSCRIBER = "22"


def claims_at_fault(
    content: bytes, set_control: str, errors: Iterable[SegmentError]
) -> Mapping[str, list[SegmentError]]:
    """Errors by claim number. An error above the claims (envelope, submitter, billing provider) is nobody's own.

    The loops of a subscriber or patient count to the first claim under them.
    """
    owners = _owners(content, set_control)
    found: dict[str, list[SegmentError]] = {}
    for error in errors:
        number = owners.get(error.position)
        if number:
            found.setdefault(number, []).append(error)
    return found


def _owners(content: bytes, set_control: str) -> dict[int, str]:
    """Segment position (ST = 1) to claim number."""
    owners: dict[int, str] = {}
    for transaction in transaction_sets(content):
        if transaction.control_number != set_control:
            continue
        waiting: list[int] = []
        below, number = False, ""
        for position, segment in enumerate(transaction, 1):
            if segment.id == "SE":
                break
            if segment.id == "HL":
                below, number = below or segment[3] == SUBSCRIBER, ""
            elif segment.id == "CLM":
                number = segment[1]
                owners |= dict.fromkeys(waiting, number)
                waiting = []
            if number:
                owners[position] = number
            elif below:
                waiting.append(position)
    return owners
