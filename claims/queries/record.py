"""What the page of one claim reads: a fixed number of queries, whatever happened to the claim."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from claims.domain.reasons import lowered
from claims.domain.status import EDITABLE, ClaimStatus, stands
from claims.models import Claim, ClaimFinding, ClaimLine
from coding.queries import wordings
from compliance.models import AuditEvent
from edi.codes import carc, place_of_service
from encounters.models import Coverage
from encounters.queries import contract_prices
from pages.presentation import money, short_date
from worklist.models import WorkItem, WorkNote
from worklist.queries import notes_on

ZERO = Decimal("0.00")
CLAIM = "claims.claim"
LETTERS = "ABCDEFGHIJKL"  # diagnoses as the paper form names them


@dataclass(frozen=True, slots=True)
class DiagnosisRow:
    """A diagnosis with the letter that lines point with."""

    letter: str
    code: str
    wording: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a payer refused on a line (or on the whole claim), and where it is worked."""

    denial_id: int
    line_number: int
    says: str
    amount: Decimal
    deadline: date
    open: bool


@dataclass(frozen=True)
class LineRow:
    """A service line with its words and its money in dollars."""

    line: ClaimLine
    wording: str
    letters: str
    open_amount: Decimal
    findings: Sequence[ClaimFinding] = ()
    refusals: Sequence[Refusal] = ()

    @property
    def reduced_amount(self) -> Decimal:
        """Given up: by contract and by us."""
        given_up: Decimal = self.line.contractual_amount + self.line.written_off_amount
        return given_up


@dataclass(frozen=True)
class Expected:
    """Dollars by the payer's contract: of the whole claim before its decision, of what was refused after it."""

    amount: Decimal
    after_refusal: bool


@dataclass(frozen=True)
class Record:
    """A claim as its page shows it."""

    claim: Claim
    lines: Sequence[LineRow]
    diagnoses: Sequence[DiagnosisRow]
    findings: Sequence[ClaimFinding]  # those that point at no line
    work: Sequence[WorkItem]  # open, nearest clock first
    notes: Sequence[WorkNote]
    coverages: Sequence[Coverage]
    successors: Sequence[Claim]
    remits: Sequence[tuple[int, str, str, date]]  # remittance, payer, trace number, day
    refusals: Sequence[Refusal]  # of the whole claim
    expected: Expected | None
    place: str = ""
    errors: int = field(default=0)

    @property
    def editable(self) -> bool:
        return self.claim.status in EDITABLE

    @property
    def state(self) -> str:
        return standing(self.claim)

    @property
    def state_words(self) -> str | None:
        return standing_words(self.claim, [row.line for row in self.lines])

    @property
    def reduced_amount(self) -> Decimal:
        given_up: Decimal = self.claim.contractual_amount + self.claim.written_off_amount
        return given_up

    @property
    def owed_amount(self) -> Decimal:
        """Dollars still owed by payer and patient."""
        owed: Decimal = self.claim.balance_amount + self.claim.patient_amount
        return owed

    @property
    def proof(self) -> list[str]:
        """The terms that the charges come to: given up, paid, the patient's, open with the payer."""
        terms = (
            self.reduced_amount, self.claim.paid_amount, self.claim.patient_amount, self.claim.balance_amount,
        )  # fmt: skip
        return [money(term) for term in terms if term]

    @property
    def covered(self) -> bool:
        """Whether the plan that was billed was in force on the day of service."""
        plan, day = self.claim.coverage, self.claim.service_from
        return plan.effective_from <= day and (plan.effective_to is None or day <= plan.effective_to)

    @property
    def covered_words(self) -> str:
        return f"{'Covered' if self.covered else 'Not covered'} on {short_date(self.claim.service_from)}"

    @property
    def correct_by(self) -> date | None:
        return _after_decision(self.claim, self.claim.payer.correction_days)

    @property
    def appeal_by(self) -> date | None:
        return _after_decision(self.claim, self.claim.payer.appeal_days)


def standing(claim: Claim) -> str:
    """The state in the words of the product: what a decided claim came to, else where it is."""
    if claim.status == ClaimStatus.HELD and claim.held_by_person:
        return "on_hold"
    if claim.status not in (ClaimStatus.ADJUDICATED, ClaimStatus.CLOSED):
        return claim.status
    if claim.denied_amount > 0:
        return "denied"
    if claim.balance_amount < 0:
        return "credit"
    if claim.balance_amount > 0:
        return "taken_back" if claim.paid_amount < 0 else "paid_in_part"
    return "paid" if claim.paid_amount > 0 else "closed"


def standing_words(claim: Claim, lines: Sequence[ClaimLine]) -> str | None:
    """Words that say more than the state's own: "Denied, 1 of 3 lines". None when the own ones do."""
    if standing(claim) != "denied":
        return None
    denied = sum(line.denied_amount > 0 for line in lines)
    return f"Denied, {denied} of {len(lines)} lines" if 0 < denied < len(lines) else None


def claim_record(pk: int) -> Record:
    """One claim with everything its page shows. Raises Claim.DoesNotExist."""
    claim = Claim.objects.with_parties().select_related("payer__contract", "coverage__payer").get(pk=pk)
    lines = list(claim.lines.all())
    words = wordings([line.code for line in lines] + list(claim.diagnoses), claim.service_from)
    findings = list(claim.findings.filter(resolved_at__isnull=True).order_by("pk"))
    by_line = _by_line(findings)
    refusals = _refusals(claim)
    prices = contract_prices(claim.coverage, [line.code for line in lines])
    return Record(
        claim=claim,
        lines=[
            LineRow(
                line=line,
                wording=words.get(line.code, ""),
                letters=" ".join(letter_of(pointer) for pointer in line.pointers),
                open_amount=_open_amount(claim, line),
                findings=by_line[line.number],
                refusals=[each for each in refusals if each.line_number == line.number],
            )
            for line in lines
        ],
        diagnoses=[
            DiagnosisRow(letter_of(place), code, words.get(code, "")) for place, code in enumerate(claim.diagnoses, 1)
        ],
        findings=[each for number in (0, *_missing_lines(by_line, lines)) for each in by_line[number]],
        work=open_work(pk),
        notes=list(notes_on(CLAIM, pk)),
        coverages=list(
            Coverage.objects.filter(patient_id=claim.patient_id).select_related("payer").order_by("rank", "pk")
        ),
        successors=list(claim.replacements.order_by("pk")),
        remits=_remits(claim),
        refusals=[each for each in refusals if each.line_number == 0],
        expected=_expected(claim, lines, prices),
        place=place_of_service.says(claim.place_of_service),
        errors=sum(each.severity == "stop" for each in findings),
    )


def open_work(claim_id: int) -> list[WorkItem]:
    """What waits for a person on a claim, nearest clock first."""
    items = WorkItem.objects.open().filter(claim_id=claim_id).select_related("assigned_to")
    return sorted(items, key=lambda item: (item.clock_date or date.max, item.pk))


def letter_of(pointer: int) -> str:
    """The letter of a diagnosis position from 1; "?" beyond the twelfth."""
    return LETTERS[pointer - 1] if 1 <= pointer <= len(LETTERS) else "?"


def first_fix(claim_id: int) -> ClaimFinding | None:
    """The finding whose one-key fix the queue's row offers, else the first one that has a fix."""
    open_ones = ClaimFinding.objects.filter(claim_id=claim_id, resolved_at__isnull=True).exclude(fix={}).order_by("pk")
    found = sorted(open_ones, key=lambda each: (each.severity != "stop", each.pk))
    offered = {item.next_step for item in open_work(claim_id) if item.has_fix}
    return next((each for each in found if each.fix_label in offered), next(iter(found), None))


def undoable(event_ids: Sequence[int]) -> list[AuditEvent]:
    """The changes that an undo names, newest first, as far as this person may see them."""
    return list(AuditEvent.objects.filter(pk__in=event_ids, subject_type=CLAIM).order_by("-pk"))


def _by_line(findings: Sequence[ClaimFinding]) -> defaultdict[int, list[ClaimFinding]]:
    """Findings by the number of the line they point at; 0 holds those that point at the claim."""
    found: defaultdict[int, list[ClaimFinding]] = defaultdict(list)
    for finding in findings:
        where, _, rest = finding.at.partition(".")
        number = rest.partition(".")[0]
        found[int(number) if where == "line" and number.isdecimal() else 0].append(finding)
    return found


def _missing_lines(by_line: Mapping[int, Sequence[ClaimFinding]], lines: Sequence[ClaimLine]) -> list[int]:
    return sorted(set(by_line) - {0} - {line.number for line in lines})


def _open_amount(claim: Claim, line: ClaimLine) -> Decimal:
    charged = line.charge_amount if stands(claim.status, claim.frequency) else ZERO
    settled = line.contractual_amount + line.paid_amount + line.patient_amount + line.written_off_amount
    left: Decimal = charged - settled
    return left


def _refusals(claim: Claim) -> list[Refusal]:
    return [
        Refusal(
            denial_id=row.pk,
            line_number=row.line_number,
            says=lowered(carc.says(row.carc).replace("'", "’")),
            amount=row.amount,
            deadline=row.deadline,
            open=row.closed_at is None,
        )
        for row in claim.denials.order_by("line_number", "pk")
    ]


def _remits(claim: Claim) -> list[tuple[int, str, str, date]]:
    rows = claim.remit_claims.order_by("remit__paid_date", "pk").values_list(
        "remit_id", "remit__payer_name", "remit__trace_number", "remit__paid_date"
    )
    return list(dict.fromkeys(rows))


def _expected(claim: Claim, lines: Sequence[ClaimLine], prices: Mapping[str, Decimal]) -> Expected | None:
    """By contract, never more than the charge; None when it has no price for a line."""
    if not stands(claim.status, claim.frequency):
        return None
    decided = claim.adjudicated_at is not None
    counted = [line for line in lines if line.denied_amount > 0] if decided else list(lines)
    if not counted or any(line.code not in prices for line in counted):
        return None
    amount = sum((min(line.charge_amount, prices[line.code] * line.units) for line in counted), ZERO)
    return Expected(amount, after_refusal=decided)


def _after_decision(claim: Claim, days: int) -> date | None:
    return claim.adjudicated_at.date() + timedelta(days=days) if claim.adjudicated_at else None
