"""Whatever a payer sends that balances: the books stay sound, and nothing is undecided without an exception."""

from decimal import Decimal
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.models import Practice
from edi.adjustments import Adjustment
from edi.remit_835 import RemitClaim, WholeRemit
from ledger.domain.accounts import Account
from ledger.models import Entry
from ledger.queries import balance
from payments.domain.status import RemitStatus
from payments.models import Remit
from payments.stages import ingest_remits, post_remits
from tests.builders import NOW
from tests.payments.builders import a_claim, a_file, a_line, a_plb, a_remit, an_answer, taken_back
from tests.payments.conftest import check_books

_traces = count(1)
REASONS = ["CO-45", "CO-253", "PR-1", "PR-2", "PR-3", "CO-97", "CO-50", "PR-96", "OA-23", "CO-246"]
CODES = [("99213", 16800), ("99214", 24200), ("J3301", 1900)]
parts = st.lists(st.tuples(st.sampled_from(REASONS), st.integers(1, 1900)), max_size=4)
lines = st.lists(st.tuples(st.sampled_from(CODES), parts), min_size=1, max_size=3)
claims = st.lists(st.tuples(lines, st.booleans(), st.booleans()), min_size=1, max_size=4)


def cents(amount: int) -> str:
    return str(Decimal(amount) / 100)


def answer_of(practice: Practice, drawn: list[tuple[tuple[str, int], list[tuple[str, int]]]]) -> RemitClaim:
    claim = a_claim(practice, *[(code, cents(charge)) for (code, charge), _ in drawn])
    return an_answer(
        claim,
        *[
            a_line(
                number,
                code,
                cents(charge),
                cents(charge - sum(amount for _, amount in adjusted)),
                *[f"{reason}-{cents(amount)}" for reason, amount in adjusted],
            )
            for number, ((code, charge), adjusted) in enumerate(drawn, 1)
        ],
        adjusted=["PR-3-0.07"] if len(drawn) > 1 else [],
    )


def run(practice: Practice, remit: WholeRemit) -> Remit:
    file = a_file(practice, remit)
    ingest_remits.run(practice.pk, NOW)
    post_remits.run(practice.pk, NOW)
    return Remit.objects.get(inbound=file)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=claims, interest=st.integers(0, 500), takeback=st.integers(0, 500))
def test_books_stay_sound(inside: Practice, drawn: list, interest: int, takeback: int) -> None:  # type: ignore[type-arg]
    answers = [answer_of(inside, each) for each, _, _ in drawn]
    trace = f"P{next(_traces)}"
    first = run(inside, a_remit(*answers, trace=trace, plb=[a_plb("L6", "", cents(-interest))] if interest else []))
    assert first.status == RemitStatus.POSTED
    assert balance(Account.REMIT_CLEARING, trace) == 0
    check_books(inside)

    back = [taken_back(answer) for answer, (_, reverse, _) in zip(answers, drawn, strict=True) if reverse]
    again = [answer for answer, (_, _, correct) in zip(answers, drawn, strict=True) if correct]
    filler = answer_of(inside, [(("99214", 24200), [])])
    plb = [a_plb("WO", filler.number, cents(takeback))] if takeback else []
    second = run(inside, a_remit(*again, *back, filler, trace=f"{trace}B", plb=plb))
    assert second.status == RemitStatus.POSTED
    assert balance(Account.REMIT_CLEARING, f"{trace}B") == 0
    check_books(inside)

    entries = Entry.objects.count()
    repeat = run(inside, a_remit(*answers, trace=trace, plb=[a_plb("L6", "", cents(-interest))] if interest else []))
    assert (repeat.status, Entry.objects.count()) == (RemitStatus.REPEAT, entries)


def test_adjustments_survive_storage(inside: Practice) -> None:
    from payments.domain.rows import adjustments_json, adjustments_of

    sent = [Adjustment(group="CO", reason="45", amount=Decimal("-1.50"), quantity=Decimal(2))]
    assert adjustments_of(adjustments_json(sent)) == sent
