"""Rules of acknowledgments and status answers: counts and sums (SNIP 3), status codes (SNIP 5)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from edi.ack_277ca import Ack277CA
from edi.elements import ZERO
from edi.envelope import Kind
from edi.status_277 import StatusAnswer
from edi.status_codes import Status
from edi.validate.claims import shown
from edi.validate.finding import ERROR, WARNING, Finding
from edi.validate.rules import Place, rule
from edi.validate.tables import tables_of

_PHARMACY = "RX"


@rule(Kind.ACK_277CA, of=Ack277CA)
def counts(ack: Ack277CA, place: Place) -> Iterator[Finding]:
    """The receiver's totals count the claims that follow. Source: 277CA guide, loop 2200B QTY and AMT."""
    if not ack.claims:
        return
    taken = [each for each in ack.claims if each.accepted]
    refused = [each for each in ack.claims if each.rejected]
    for stated, counted, segment, qualifier in (
        (ack.accepted_count, Decimal(len(taken)), "QTY", "90"),
        (ack.rejected_count, Decimal(len(refused)), "QTY", "AA"),
        (ack.accepted_amount, sum((each.charge or ZERO for each in taken), ZERO), "AMT", "YU"),
        (ack.rejected_amount, sum((each.charge or ZERO for each in refused), ZERO), "AMT", "YY"),
    ):
        if stated is not None and stated != counted:
            yield place.finding(
                "ack-total",
                f"{segment}*{qualifier} differs from the claims that follow.",
                level=3,
                severity=WARNING,
                loop="2200B",
                segment=segment,
                qualifier=qualifier,
                element=2,
            )


@rule(Kind.ACK_277CA, of=Ack277CA)
def acknowledged_statuses(ack: Ack277CA, place: Place) -> Iterator[Finding]:
    """Status codes of the whole acknowledgment. Source: 277CA guide, STC; code sources 507 and 508."""
    yield from status_findings(ack.statuses, place, "2200B")
    for provider in ack.providers:
        yield from status_findings(provider.statuses, place, "2200C")
    for claim in ack.claims:
        yield from status_findings(claim.statuses, place, "2200D")
        for line in claim.lines:
            yield from status_findings(line.statuses, place, "2220D")


@rule(Kind.STATUS_277, of=StatusAnswer)
def answered_statuses(answer: StatusAnswer, place: Place) -> Iterator[Finding]:
    """Status codes of an answer and its lines. Source: 277 guide, STC; code sources 507 and 508."""
    yield from status_findings(answer.statuses, place, "2200")
    for line in answer.lines:
        yield from status_findings(line.statuses, place, "2220")


def status_findings(statuses: Iterable[Status], place: Place, loop: str) -> Iterator[Finding]:
    """Categories and statuses that are in no list, or were withdrawn."""
    tables = tables_of(place)
    for status in statuses:
        for component, each in ((component, code) for code in status.codes for component in (1, 2)):
            value = each.category if component == 1 else each.code
            found = (tables.categories if component == 1 else tables.statuses).get(value)
            if not value or (each.code_list == _PHARMACY and component == 2):
                continue
            if found is not None and found.active(status.effective_date):
                continue
            what = "status category" if component == 1 else "claim status"
            says = f"{shown(value)} is not a {what}." if found is None else f"Claim status {value} was withdrawn."
            yield place.finding(
                "status-category" if component == 1 else "status",
                says,
                level=5,
                severity=ERROR if found is None else WARNING,
                loop=loop,
                segment="STC",
                element=1,
                component=component,
            )
