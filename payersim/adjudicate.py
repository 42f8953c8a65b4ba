"""Deciding a claim: the plan, what the payer remembers, and the claim in; a decision out. Pure.

Reason codes are CARCs (X12 list 139) and remark codes RARCs (list 411). A line is denied only for a reason it has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from payersim.claims import ZERO, Adjustment, Claim, Decision, Line, LineDecision
from payersim.plans import Bundle, Member, Payer

CENT = Decimal("0.01")
UNLISTED_SHARE = Decimal("0.60")
REPEAT_MODIFIERS = frozenset({"50", "59", "76", "77", "91", "LT", "RT", "XE", "XP", "XS", "XU"})
OFFICE_VISITS = frozenset({f"992{n:02d}" for n in (2, 3, 4, 5, 11, 12, 13, 14, 15)})


@dataclass(frozen=True, slots=True)
class LineKey:
    """What makes two service lines the same service."""

    billing_npi: str
    code: str
    modifiers: str
    day: date


@dataclass(frozen=True, slots=True)
class Memory:
    """What the payer knows besides the claim.

    `deductible_used` is dollars per calendar year; `waived` are the lines whose denial an appeal overturned;
    `price_factor` reprices the allowed amounts (1 = the fee schedule as it stands).
    """

    received_on: date
    deductible_used: Mapping[int, Decimal] = field(default_factory=dict)
    decided_lines: frozenset[LineKey] = frozenset()
    waived: frozenset[int] = frozenset()
    price_factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Denial:
    group: str
    reason: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    claim: Claim
    plan: Payer
    member: Member
    memory: Memory


def decide(claim: Claim, plan: Payer, memory: Memory) -> Decision:
    """Decide every line of an accepted claim and split its charge to the cent.

    Raises KeyError when the member is not on the plan's roster; the front end rejects such claims before.
    """
    case = _Case(claim, plan, plan.members[claim.member_id], memory)
    used = dict(memory.deductible_used)
    taken: dict[int, Decimal] = {}
    visited: set[date] = set()
    decided: list[LineDecision] = []
    for line in claim.lines:
        denial = None if line.number in memory.waived else denial_of(case, line)
        if denial is not None:
            decided.append(_denied(line, denial))
            continue
        year = line.service_from.year
        left = max(ZERO, plan.deductible - used.get(year, ZERO))
        one, deductible = _priced(case, line, left, copay=_takes_copay(case, line, visited))
        decided.append(one)
        if deductible:
            used[year] = used.get(year, ZERO) + deductible
            taken[year] = taken.get(year, ZERO) + deductible
    return Decision(tuple(decided), taken, secondary=claim.payer_order != "P")


def key_of(claim: Claim, line: Line) -> LineKey:
    """The identity by which a payer finds a duplicate of this line."""
    return LineKey(claim.billing_npi, line.code, "".join(sorted(line.modifiers)), line.service_from)


def denial_of(case: _Case, line: Line) -> Denial | None:
    """The first reason, in the payer's order of edits, for which the line is not payable."""
    for edit in EDITS:
        denial = edit(case, line)
        if denial is not None:
            return denial
    return None


def late_filing(case: _Case, line: Line) -> Denial | None:
    """The claim came after the plan's filing limit, counted in days from the line's last service day."""
    limit = line.service_to + timedelta(days=case.plan.filing_days)
    return Denial("CO", "29") if case.memory.received_on > limit else None


def coverage(case: _Case, line: Line) -> Denial | None:
    """The member was not covered on the service day: 26 before coverage began, 27 after it ended."""
    if line.service_from < case.member.active_from:
        return Denial("CO", "26", ("N30",))
    if case.member.active_to is not None and line.service_to > case.member.active_to:
        return Denial("CO", "27", ("N30",))
    return None


def duplicate(case: _Case, line: Line) -> Denial | None:
    """The same service was decided before on another claim, or stands on this claim twice."""
    earlier = {key_of(case.claim, each) for each in case.claim.lines if each.number < line.number}
    key = key_of(case.claim, line)
    twice = key in earlier and not REPEAT_MODIFIERS.intersection(line.modifiers)
    if key not in case.memory.decided_lines and not twice:
        return None
    return Denial("CO" if case.plan.kind == "commercial" else "OA", "18")


def authorization(case: _Case, line: Line) -> Denial | None:
    """A code that needs authorization came without a number, or with one that was not given for it (N54)."""
    if line.code not in case.plan.needs_authorization:
        return None
    number = line.authorization or case.claim.authorization
    if not number:
        return Denial("CO", "197")
    on_file = case.plan.authorizations.get(number, ())
    day, member = line.service_from, case.member.member_id
    if any(each.covers(member_id=member, code=line.code, on=day) for each in on_file):
        return None
    return Denial("CO", "197", ("N54",))


def medical_necessity(case: _Case, line: Line) -> Denial | None:
    """The plan pays the code for certain diagnoses only, and the line points at none of them."""
    accepted = case.plan.covered_diagnoses.get(line.code)
    if accepted is None or any(code.startswith(accepted) for code in line.diagnoses):
        return None
    return Denial("CO", "50", ("N115",) if case.plan.kind == "medicare" else ())


def bundled(case: _Case, line: Line) -> Denial | None:
    """The code is part of another service of the day: 97 by nature (N19) or without modifier 25 (M15), else 236."""
    for pair in case.plan.bundles:
        if _is_bundled(case.claim, line, pair):
            if pair.modifier in ("", "25"):
                return Denial("CO", "97", ("M15",) if pair.modifier else ("N19",))
            return Denial("CO", "236")
    return None


def _is_bundled(claim: Claim, line: Line, pair: Bundle) -> bool:
    if line.code != pair.column_two or (pair.modifier and _carries(line, pair.modifier)):
        return False
    return any(each.code == pair.column_one and each.service_from == line.service_from for each in claim.lines)


def _carries(line: Line, modifier: str) -> bool:
    wanted = {"59", "XE", "XP", "XS", "XU"} if modifier == "59" else {modifier}
    return bool(wanted.intersection(line.modifiers))


def unspecific_diagnosis(case: _Case, line: Line) -> Denial | None:
    """The diagnosis the line points at first is one the plan does not accept for lack of detail."""
    if line.diagnoses and line.diagnoses[0] in case.plan.unspecific_diagnoses:
        return Denial("CO", "16", ("M76",))
    return None


def non_covered(case: _Case, line: Line) -> Denial | None:
    """A public plan pays nothing that its schedule does not list; a commercial plan pays a share of the charge."""
    if line.code in case.plan.fee_schedule or case.plan.kind == "commercial":
        return None
    return Denial("CO", "96", ("N130",))


EDITS: tuple[Callable[[_Case, Line], Denial | None], ...] = (
    late_filing,
    coverage,
    duplicate,
    authorization,
    medical_necessity,
    bundled,
    unspecific_diagnosis,
    non_covered,
)


def _denied(line: Line, denial: Denial) -> LineDecision:
    adjustments = (Adjustment(denial.group, denial.reason, line.charge),) if line.charge else ()
    return LineDecision(line.number, line.charge, ZERO, ZERO, adjustments, denial.remarks, denied=True)


def _takes_copay(case: _Case, line: Line, visited: set[date]) -> bool | None:
    """True: this line takes the day's copay. False: another office visit did. None: copay does not apply."""
    if case.plan.copay <= 0 or line.code not in OFFICE_VISITS:
        return None
    first = line.service_from not in visited
    visited.add(line.service_from)
    return first


def _allowed(case: _Case, line: Line) -> Decimal:
    fee = case.plan.fee_schedule.get(line.code)
    full = line.charge * UNLISTED_SHARE if fee is None else fee * line.units
    return min(line.charge, _cents(full * case.memory.price_factor))


def _priced(case: _Case, line: Line, left: Decimal, *, copay: bool | None) -> tuple[LineDecision, Decimal]:
    """The line's split, and the dollars it took from the deductible. Copay lines take no deductible."""
    plan = case.plan
    allowed = _allowed(case, line)
    if copay is None:
        deductible = min(left, allowed)
        shares = [("1", deductible), ("2", _cents((allowed - deductible) * plan.coinsurance))]
    else:
        shares = [("3", min(plan.copay, allowed) if copay else ZERO)]
    benefit = allowed - sum((amount for _, amount in shares), ZERO)
    prior = min(_prior_paid(case.claim, line), allowed)
    benefit = min(benefit, allowed - prior)
    shares = _trimmed(shares, allowed - prior - benefit)
    deductible = sum((amount for reason, amount in shares if reason == "1"), ZERO)
    withheld = _cents(benefit * plan.sequestration)
    found = [
        Adjustment("CO", "45", line.charge - allowed),
        Adjustment("CO", "253", withheld),
        Adjustment("OA", "23", prior),
        *(Adjustment("PR", reason, amount) for reason, amount in shares),
    ]
    kept = tuple(each for each in found if each.amount)
    return LineDecision(line.number, line.charge, allowed, benefit - withheld, kept), deductible


def _trimmed(shares: list[tuple[str, Decimal]], total: Decimal) -> list[tuple[str, Decimal]]:
    """Patient shares cut to `total`, first come first kept, so that the line still adds up after another payer."""
    kept = []
    for reason, amount in shares:
        part = min(amount, total)
        total -= part
        kept.append((reason, part))
    return kept


def _prior_paid(claim: Claim, line: Line) -> Decimal:
    """Dollars that earlier payers paid on the line; the claim's amount is spread by charge when lines carry none."""
    if not claim.prior_paid or any(each.prior_paid for each in claim.lines):
        return line.prior_paid
    before = sum((each.charge for each in claim.lines if each.number < line.number), ZERO)
    total = claim.charge or Decimal(1)
    return _cents(claim.prior_paid * (before + line.charge) / total) - _cents(claim.prior_paid * before / total)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
