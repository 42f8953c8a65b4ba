"""A remittance as its page shows it: proof, exceptions, and an explanation of benefits that foots."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from claims.models import Claim
from edi.codes import plb
from ledger.domain.accounts import Account
from ledger.models import Posting
from payments.domain.rows import adjustments_of
from payments.domain.split import Split
from payments.domain.status import RemitClaimStatus, RemitStatus
from payments.domain.words import claim_words, line_words
from payments.models import AdjustmentStatus, ProviderAdjustment, Remit, RemitClaim, RemitLine
from payments.queries.posting import stored_split

EOB_PAGE = 100  # claims of the explanation of benefits on one page
MOST_EXCEPTIONS = 50  # shown at once; the rest follows as these are decided
ZERO = Decimal("0.00")
VIEWS = ("all", "denied", "patient")
METHODS = {
    "ACH": "ACH",
    "CHK": "Check",
    "FWT": "Wire",
    "BOP": "Payer’s choice",
    "NON": "No payment",
}
STATE_OF_PROBLEM = {"unmatched": "unmatched", "unmatched_line": "unmatched", "unbalanced": "unbalanced"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One amount of the proof line, with the sign that stands before it."""

    op: str
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An exception with what a person may decide. `number` is its key while there are keys left (1–9)."""

    number: int | None
    kind: str  # claim or adjustment
    pk: int
    state: str
    who: str
    service_date: date | None
    paid: Decimal
    expected: Decimal | None
    says: str
    claim_pk: int | None
    suggestion_pk: int | None = None
    suggestion: str = ""
    may_match: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EobLine:
    """A service: billed = written off + denied + patient + paid (+ other)."""

    code: str
    units: Decimal
    money: Split
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EobClaim:
    """A claim with its lines."""

    pk: int
    claim_pk: int | None
    patient_id: int | None
    who: str
    service_date: date | None
    number: str
    money: Split
    words: str
    state: str
    interest: Decimal
    lines: Sequence[EobLine] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Claims of a remittance by what they need."""

    all: int
    denied: int
    patient: int
    ready: int
    exceptions: int
    adjustments: int

    @property
    def waiting(self) -> int:
        return self.exceptions + self.adjustments


@dataclass(frozen=True, slots=True, kw_only=True)
class RemitRecord:
    """Everything the page shows."""

    remit: Remit
    method: str
    counts: Counts
    terms: Sequence[Term]
    undecided: Decimal
    waiting: Sequence[Waiting]
    claims: Sequence[EobClaim]
    view: str
    number: int
    has_other: bool

    @property
    def called(self) -> str:
        """What people call the payment: an EFT or a check."""
        return {"ACH": "EFT", "CHK": "check"}.get(self.remit.method, "")

    @property
    def posted(self) -> Decimal:
        """What of the payment the ledger has placed."""
        amount: Decimal = self.remit.amount
        return amount - self.undecided

    @property
    def shown(self) -> int:
        """Claims in the chosen view."""
        return {"denied": self.counts.denied, "patient": self.counts.patient}.get(self.view, self.counts.all)

    @property
    def may_post(self) -> bool:
        return self.counts.ready > 0 and self.remit.status in (RemitStatus.READY, RemitStatus.EXCEPTIONS)


def remit_record(pk: int, *, view: str, number: int) -> RemitRecord:
    """The page of a remittance: eight queries whatever its size. Raises Remit.DoesNotExist."""
    remit = Remit.objects.select_related("inbound", "payer").get(pk=pk)
    view = view if view in VIEWS else "all"
    claims = _eob(remit, view, number)
    adjustments = list(remit.provider_adjustments.all())
    return RemitRecord(
        remit=remit,
        method=METHODS.get(remit.method, remit.method),
        counts=_counts(remit, adjustments),
        terms=_terms(remit, adjustments),
        undecided=_undecided(remit),
        waiting=_waiting(remit, adjustments),
        claims=claims,
        view=view,
        number=number,
        has_other=any(line.money.other for claim in claims for line in claim.lines),
    )


def _counts(remit: Remit, adjustments: Sequence[ProviderAdjustment]) -> Counts:
    found = remit.claims.aggregate(
        every=Count("pk"),
        denied=Count("pk", filter=WITH_DENIAL),
        patient=Count("pk", filter=PATIENT_OWES),
        ready=Count("pk", filter=Q(status=RemitClaimStatus.READY)),
        exceptions=Count("pk", filter=Q(status=RemitClaimStatus.EXCEPTION)),
    )
    waiting = [each for each in adjustments if each.status == AdjustmentStatus.EXCEPTION]
    return Counts(
        all=found["every"],
        denied=found["denied"],
        patient=found["patient"],
        ready=found["ready"],
        exceptions=found["exceptions"],
        adjustments=len(waiting),
    )


WITH_DENIAL = Q(denied_amount__gt=0)
PATIENT_OWES = Q(patient_amount__gt=0)


def _terms(remit: Remit, adjustments: Sequence[ProviderAdjustment]) -> list[Term]:
    """Claims, each kind of adjustment, and the payment they add up to."""
    plural = "claim" if remit.claim_count == 1 else "claims"
    terms = [Term(op="", label=f"{remit.claim_count:,} {plural} paid", amount=remit.claims_amount)]
    sums: dict[str, Decimal] = {}
    for each in adjustments:
        sums[each.reason] = sums.get(each.reason, ZERO) + each.amount
    for reason, amount in sums.items():
        label = f"{_plb_says(reason)} ({reason})"
        terms.append(Term(op="−" if amount >= 0 else "+", label=label, amount=abs(amount)))
    label = {"CHK": "Check amount in 835", "NON": "Payment in 835"}.get(remit.method, "EFT amount in 835")
    terms.append(Term(op="=" if not remit.imbalance_amount else "≠", label=label, amount=remit.amount))
    return terms


def _undecided(remit: Remit) -> Decimal:
    """What is left in clearing of this remittance's own entries: the money that nobody placed yet."""
    found = Posting.objects.filter(
        account=Account.REMIT_CLEARING,
        document=remit.trace_number,
        entry__source__startswith=remit.source_prefix,
    ).aggregate(total=Sum("amount"))["total"]
    return -(found or ZERO)


def _waiting(remit: Remit, adjustments: Sequence[ProviderAdjustment]) -> list[Waiting]:
    rows = remit.claims.filter(status=RemitClaimStatus.EXCEPTION).select_related("suggestion", "claim")
    found = [_waiting_claim(row) for row in rows[:MOST_EXCEPTIONS]]
    found += [_waiting_adjustment(each) for each in adjustments if each.status == AdjustmentStatus.EXCEPTION]
    return [_numbered(each, at) for at, each in enumerate(found, 1)]


def _numbered(one: Waiting, at: int) -> Waiting:
    return replace(one, number=at) if at <= 9 else one


def _waiting_claim(row: RemitClaim) -> Waiting:
    likely = row.suggestion or row.claim
    may_match = row.problem_kind not in ("unbalanced", "unreadable", "unknown_code", "status")
    return Waiting(
        number=None,
        kind="claim",
        pk=row.pk,
        state=STATE_OF_PROBLEM.get(row.problem_kind, "exception"),
        who=row.patient_name.title() or "No patient named",
        service_date=row.service_date,
        paid=row.paid_amount,
        expected=row.expected_amount,
        says=row.problem,
        claim_pk=row.claim_id,
        suggestion_pk=likely.pk if likely and may_match else None,
        suggestion=likely.number if likely and may_match else "",
        may_match=may_match,
    )


def _waiting_adjustment(row: ProviderAdjustment) -> Waiting:
    reference = f", reference {row.reference}" if row.reference else ""
    return Waiting(
        number=None,
        kind="adjustment",
        pk=row.pk,
        state="taken_back" if row.amount > 0 else "exception",
        who="No claim named",
        service_date=None,
        paid=-row.amount,
        expected=None,
        says=f"{_plb_says(row.reason)} ({row.reason}){reference}",
        claim_pk=None,
    )


def _eob(remit: Remit, view: str, number: int) -> list[EobClaim]:
    rows = remit.claims.select_related("claim", "claim__patient", "reverses__remit").order_by("position")
    if view != "all":
        rows = rows.filter(WITH_DENIAL if view == "denied" else PATIENT_OWES)
    lines: QuerySet[RemitLine] = RemitLine.objects.order_by("position")
    start = (number - 1) * EOB_PAGE
    page = rows.prefetch_related(Prefetch("lines", lines))[start : start + EOB_PAGE]
    return [_eob_claim(row, remit) for row in page]


def _eob_claim(row: RemitClaim, remit: Remit) -> EobClaim:
    lines = [_eob_line(line) for line in row.lines.all()]
    money = stored_split(row)
    denied = sum(1 for line in lines if line.money.denied > 0)
    return EobClaim(
        pk=row.pk,
        claim_pk=row.claim_id,
        patient_id=row.claim.patient_id if row.claim else None,
        who=str(row.claim.patient) if row.claim else row.patient_name.title(),
        service_date=row.service_date,
        number=row.claim.number if row.claim else row.claim_number,
        money=money,
        words=claim_words(
            money,
            status_code=row.status_code,
            adjustments=adjustments_of(row.adjustments),
            line_words=[line.words for line in lines],
            denied_lines=denied,
            expected=row.expected_amount,
            taken_back=row.reverses.remit.paid_date if row.reverses else None,
        ),
        state=_state(row, held=remit.status == RemitStatus.UNBALANCED),
        interest=row.interest_amount,
        lines=lines,
    )


def _state(row: RemitClaim, *, held: bool) -> str:
    """The word on a claim; nothing of a remittance that does not balance is ready."""
    if row.status == RemitClaimStatus.EXCEPTION:
        return STATE_OF_PROBLEM.get(row.problem_kind, "exception")
    if held and row.status == RemitClaimStatus.READY:
        return "on_hold"
    if row.status in (RemitClaimStatus.POSTED, RemitClaimStatus.READY):
        if row.status_code == "22":
            return "reversed" if row.status == RemitClaimStatus.POSTED else "ready"
        if row.denied_amount > 0:
            return "denied"
    return row.status


def _eob_line(line: RemitLine) -> EobLine:
    money = stored_split(line)
    return EobLine(
        code=" ".join([line.code, *line.modifiers]),
        units=line.units.normalize(),
        money=money,
        words=line_words(money, adjustments_of(line.adjustments)),
    )


def raw_file(pk: int) -> tuple[Remit, str]:
    """The file as it came, a segment a line. Raises Remit.DoesNotExist."""
    remit = Remit.objects.select_related("inbound").get(pk=pk)
    text = bytes(remit.inbound.content).decode("latin-1")
    mark = text[105:106] if text.startswith("ISA") else ""
    return remit, text.replace(mark, f"{mark}\n") if mark.strip() else text


def claim_numbered(practice_id: int, number: str) -> int | None:
    """The key of our claim with this number."""
    return Claim.objects.filter(practice_id=practice_id, number=number.strip()).values_list("pk", flat=True).first()


def _plb_says(reason: str) -> str:
    return plb.says(reason).replace("'", "’")
