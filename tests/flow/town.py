"""A practice and its payer in one process: real stages, the simulated clearinghouse, and a clock that tests move."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from claims.models import Claim
from coding.domain.status import UNDO_FOR
from coding.models import CodingCase
from coding.operations import Service, finalize_case, save_codes
from compliance.domain.permissions import Role
from compliance.models import Membership, Practice, User
from compliance.scope import practice_scope
from encounters.models import Coverage, Patient
from encounters.operations import NewVisit, create_encounter
from ledger.domain.accounts import Account
from ledger.queries import balances_by_account, document_balances
from payersim.chance import share
from payersim.clock.loop import Clearinghouse
from rcm import pipeline
from tests.builders import (
    CONTRACT,
    a_coverage,
    a_location,
    a_patient,
    a_payer,
    a_provider,
    codes,
    prices,
)

PAYER_ID = "HM001"
ZERO = Decimal("0.00")
CALM = dict.fromkeys(
    (
        "reversal_rate",
        "takeback_rate",
        "interest_rate",
        "repeat_file_rate",
        "reorder_rate",
        "unknown_claim_rate",
        "lost_claim_rate",
    ),
    0,
)
# The payer pays an injection of the knee for osteoarthritis and strep throat only for what it is.
PLAN: dict[str, Any] = {
    "payer_id": PAYER_ID,
    "name": "Harbor Mutual",
    "kind": "commercial",
    "filing_days": 180,
    "acknowledge_hours": 6,
    "decision_days": [9, 9],
    "pay_weekday": None,
    "deductible": "0",
    "coinsurance": "0",
    "copay": "30.00",
    "fee_schedule": CONTRACT,
    "covered_diagnoses": {"20610": ["M17"]},
    "events": CALM,
}


def seed_that_overturns(claim_number: str, odds: float) -> int:
    """A seed with which the payer gives way to an appeal about this claim."""
    return next(n for n in range(1000) if share(n, "appeal", PAYER_ID, claim_number, 1) < odds)


class Town:
    """Practices with one payer, an exchange folder and a clock. Ends with `close`."""

    def __init__(self, exchange: Path, practices: Sequence[Practice], now: datetime, **plan: Any) -> None:
        self.exchange, self.practices, self.now = exchange, practices, now
        self.seed, self.plan, self.members = 7, {**PLAN, **plan}, dict[str, dict[str, Any]]()
        exchange.mkdir(parents=True, exist_ok=True)
        self.payers = exchange / "payers.json"
        codes()
        for practice in practices:
            with practice_scope(practice.pk):
                prices(practice)
                a_payer(practice), a_provider(practice), a_location(practice)
        self._tell_payer()
        self.house = Clearinghouse(exchange, self.payers)

    def close(self) -> None:
        self.house.close()

    # people

    def person(self, role: Role, name: str = "") -> User:
        """A user who holds the role everywhere."""
        user = User.objects.create_user(username=name or f"{role}-{User.objects.count()}", password="x")
        for practice in self.practices:
            with practice_scope(practice.pk):
                Membership.objects.create(practice=practice, user=user, role=role)
        return user

    def patient(self, practice: Practice, *, member_id: str = "", **fields: Any) -> Patient:
        """A patient whom the payer knows; `member_id` is the one on our file where it differs."""
        with practice_scope(practice.pk):
            patient = a_patient(practice, **fields)
            coverage = a_coverage(patient)
            self._tell_payer()
            if member_id:
                Coverage.objects.filter(pk=coverage.pk).update(member_id=member_id)
        return patient

    def _tell_payer(self) -> None:
        """Whom the payer covers: everybody under the number that was on our file first."""
        for practice in self.practices:
            with practice_scope(practice.pk):
                for each in Coverage.objects.select_related("patient"):
                    self.members.setdefault(
                        f"{practice.slug} {each.pk}",
                        {
                            "member_id": each.member_id,
                            "last_name": each.patient.last_name,
                            "first_name": each.patient.first_name,
                            "birth_date": each.patient.birth_date.isoformat(),
                            "sex": each.patient.sex,
                            "active_from": "2025-01-01",
                        },
                    )
        network = {
            "seed": self.seed,
            "clearinghouse": {"id": "CLEARHARBOR", "name": "Clear Harbor Exchange"},
            "practices": [
                {"slug": p.slug, "name": p.name, "npi": p.npi, "tax_id": p.tax_id, "submitter_id": p.submitter_id}
                for p in self.practices
            ],
            "payers": [{**self.plan, "members": list(self.members.values())}],
        }
        self.payers.write_text(json.dumps(network))

    # acts

    def visit(
        self, patient: Patient, day: date, key: str, note: str = "Knee pain. Osteoarthritis, right knee."
    ) -> None:
        """A signed visit comes in."""
        with practice_scope(patient.practice_id):
            create_encounter(
                practice_id=patient.practice_id,
                visit=NewVisit(
                    external_id=key,
                    mrn=patient.mrn,
                    provider_npi="1730458811",
                    location="Lakeshore office",
                    service_date=day,
                    reason="Right knee pain",
                    note=note,
                ),
                actor=None,
                now=self.now,
            )

    def code(self, practice: Practice, key: str, coder: User, diagnoses: Sequence[str], *procedures: str) -> None:
        """The coder finishes the visit's case; `20610/2` points at the second diagnosis, else it is the first."""
        with practice_scope(practice.pk):
            case = CodingCase.objects.get(encounter__external_id=key)
            pairs = [each.partition("/") for each in procedures]
            services = [Service(code=code, pointers=(int(pointer or 1),)) for code, _, pointer in pairs]
            save_codes(case_id=case.pk, diagnoses=diagnoses, services=services, actor=coder, now=self.now)
            finalize_case(case_id=case.pk, actor=coder, now=self.now - UNDO_FOR)  # for good by now

    # time

    def run(self, *stages: str, practice: Practice | None = None) -> None:
        """Run stages (all of them when none is named) as of now."""
        among = None if practice is None else {practice.pk}
        for _ran in pipeline.run_once(lambda: self.now, only=stages or None, among=among):
            pass

    def tick(self) -> None:
        """The clearinghouse takes what came and answers what is due now."""
        self.house.tick(self.now)

    def exchange_once(self) -> None:
        """Send what is ready, and read what the other side answers at once."""
        self.run()
        self.tick()
        self.run()

    def later(self, days: int = 0, hours: int = 0) -> None:
        """Let time go by; what the payer did meanwhile is read, what that makes due is sent and answered."""
        self.now += timedelta(days=days, hours=hours)
        self.tick()
        self.exchange_once()

    def order(self, kind: str, claim_number: str) -> str:
        """Have the payer do something out of the ordinary now; returns what became of it."""
        store = self.house._store
        number = store.order(kind, claim_number, 0)
        self.tick()
        outcome = str(store.db.execute("SELECT outcome FROM orders WHERE id = ?", (number,)).fetchone()["outcome"])
        self.run()
        return outcome

    # looking

    def claims(self, practice: Practice) -> list[Claim]:
        with practice_scope(practice.pk):
            return list(Claim.objects.select_related("coverage").prefetch_related("lines", "events").order_by("pk"))

    def sent(self, practice: Practice, extension: str = "837") -> list[str]:
        """Names of what was handed over, taken or not."""
        folder = self.exchange / practice.slug / "to_payer"
        return sorted(path.name for path in folder.rglob(f"*.{extension}") if not path.name.startswith("."))

    def assert_books(self) -> None:
        """The ledger sums to zero, every remittance is used up, and the claims' columns say what the ledger says."""
        for practice in self.practices:
            claims = self.claims(practice)
            with practice_scope(practice.pk):
                trial = balances_by_account()
                ledger = document_balances(practice.pk, [claim.number for claim in claims])
            assert sum(trial.values(), ZERO) == 0
            assert trial[Account.REMIT_CLEARING] == 0
            for claim in claims:
                self._assert_claim(claim, ledger)

    def _assert_claim(self, claim: Claim, ledger: dict[tuple[str, Account, int], Decimal]) -> None:
        def on(account: Account, items: Iterable[int]) -> Decimal:
            return sum((ledger.get((claim.number, account, item), ZERO) for item in items), ZERO)

        items = [0, *(line.number for line in claim.lines.all())]
        assert on(Account.PAYER_RECEIVABLE, items) == claim.balance_amount, claim.number
        assert on(Account.PATIENT_RECEIVABLE, items) == claim.patient_amount, claim.number
        lines = list(claim.lines.all())
        whole = {"paid_amount": -on(Account.PAYER_RECEIVABLE, [0])}  # taken back from the claim as a whole
        for name in ("paid_amount", "contractual_amount", "patient_amount", "denied_amount"):
            on_lines = sum((getattr(line, name) for line in lines), ZERO)
            assert on_lines + whole.get(name, ZERO) == getattr(claim, name), (claim.number, name)
