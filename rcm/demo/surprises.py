"""What payers do out of the ordinary in the demo's year, ordered from the simulated payer on set days.

Old ones are dealt with by the demo's people as they come; those of the last weeks wait for whoever tries the demo.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db.models import QuerySet

from claims.domain.status import ClaimStatus
from claims.models import Claim
from compliance.scope import practice_scope
from payments.models import RemitClaim
from rcm.demo import facts
from rcm.demo.register import Registered
from rcm.demo.simulator import Simulator
from worklist.domain.kinds import Kind
from worklist.models import WorkItem

LEFT_WAITING = timedelta(days=28)  # what came since is left for whoever tries the demo
ASKED_AFTER = timedelta(days=4)  # a poster asks the payer for a file that does not balance once more
VISITS_AN_OLD_ONE = 20
# Days before today, and what happens then. Early ones thin out where the year has few visits.
OLD = (
    (60, "stranger"), (82, "recoup"), (104, "reverse"), (123, "unbalance"), (146, "takeback"), (165, "stranger"),
    (188, "recoup"), (209, "unbalance"), (230, "reverse"), (251, "stranger"), (275, "takeback"), (298, "recoup"),
)  # fmt: skip
RECENT = ((24, "stranger"), (20, "recoup"), (17, "stranger"), (13, "unbalance"), (10, "stranger"), (6, "recoup"))
UNDECIDED = frozenset({"stranger", "recoup", "unbalance"})  # done to a claim that is then paid at once
TRIES = 4  # days: when no claim fits on the day, the next ones will do


@dataclass
class Surprises:
    """Places the orders, and asks again for what did not balance."""

    world: facts.World
    practices: Mapping[str, Registered]  # by slug
    simulator: Simulator
    clean: frozenset[str] = field(init=False)  # visits without a planted mistake
    planned: list[tuple[date, str]] = field(init=False)
    picked: set[tuple[str, str]] = field(default_factory=set)  # slug and claim number
    asked: set[int] = field(default_factory=set)  # remittances

    def __post_init__(self) -> None:
        self.clean = frozenset(visit.key for visit in self.world.encounters if visit.mistake is None)
        old = OLD[: len(self.world.encounters) // VISITS_AN_OLD_ONE]
        self.planned = sorted((self.world.today - timedelta(days=ago), kind) for ago, kind in (*old, *RECENT))

    def act(self, now: datetime) -> None:
        """Order what is planned by this day; it happens at the payers' next tick."""
        due = [(day, kind) for day, kind in self.planned if day <= now.date()]
        for day, kind in due:
            if now.date() - day >= timedelta(days=TRIES) or self._order(kind):
                self.planned.remove((day, kind))
        self._ask_again(now)

    def _order(self, kind: str) -> bool:
        found = self._pick(kind)
        if found is None:
            return False
        self.picked.add(found)  # a payment that nobody knows leaves its claim where it was
        self.simulator.order(kind, *found)
        if kind in UNDECIDED:
            self.simulator.order("pay", *found)
        return True

    def _pick(self, kind: str) -> tuple[str, str] | None:
        """The slug and number of a faultless claim, of the payers with the least deductible: so that it is paid."""
        deductibles = {one.payer_id: one.deductible for one in self.world.payers}
        found = []
        for slug, keys in self.practices.items():
            with practice_scope(keys.practice.pk):
                rows = _undecided() if kind in UNDECIDED else _paid()
                for number, visit, payer_id in rows.values_list("number", "encounter__external_id", "payer__payer_id"):
                    if visit in self.clean and (slug, number) not in self.picked:
                        draw = sha256(f"{self.world.seed}/{kind}/{slug}/{number}".encode()).hexdigest()
                        found.append((deductibles[payer_id], draw, slug, number))
        return min(found)[2:] if found else None

    def _ask_again(self, now: datetime) -> None:
        """An old file that does not balance is asked for once more."""
        if self.world.today - now.date() <= LEFT_WAITING:
            return
        for slug, keys in self.practices.items():
            with practice_scope(keys.practice.pk):
                waiting = WorkItem.objects.open().filter(
                    kind=Kind.PAYMENT_UNBALANCED, subject_type="payments.remit", opened_at__lte=now - ASKED_AFTER
                )
                for remit_id in waiting.exclude(subject_id__in=self.asked).values_list("subject_id", flat=True):
                    self.asked.add(remit_id)
                    numbers = RemitClaim.objects.filter(remit_id=remit_id).order_by("position")
                    self.simulator.order("repeat", slug, numbers.values_list("claim_number", flat=True)[0])


def _undecided() -> QuerySet[Claim]:
    return Claim.objects.in_state(ClaimStatus.ACCEPTED).filter(frequency="1")


def _paid() -> QuerySet[Claim]:
    return Claim.objects.in_state(ClaimStatus.CLOSED).filter(frequency="1", paid_amount__gt=0)
