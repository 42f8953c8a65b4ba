"""Money, dates, clocks and state words: what people read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pytest

from claims.domain.status import ClaimStatus
from coding.domain.status import CaseStatus
from denials.domain.status import AppealStatus, DenialStatus
from encounters.domain.status import EncounterStatus
from pages import presentation as p
from payments.domain.status import RemitClaimStatus, RemitStatus
from worklist.domain.kinds import KINDS

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal(1204), "1,204.00"),
        (Decimal("-212.4"), "−212.40"),
        (Decimal(0), "0.00"),
        (Decimal("-0.001"), "0.00"),
        (Decimal("0.005"), "0.01"),
        (17, "17.00"),
        (None, "—"),
    ],
)
def test_money_has_two_decimals_and_a_true_minus(amount: Decimal | int | None, text: str) -> None:
    assert p.money(amount) == text


@pytest.mark.parametrize("amount", [1.5, True, "1.50"])
def test_money_refuses_what_is_not_exact(amount: object) -> None:
    with pytest.raises(TypeError):
        p.money(amount)  # type: ignore[arg-type]  # the point of the test


def test_dollars_for_prose_and_for_a_kpi() -> None:
    assert p.dollars(Decimal("96411.90")) == "$96,411.90"
    assert p.dollars(Decimal("96411.90"), 0) == "$96,412"
    assert p.dollars(Decimal("-212.40")) == "−$212.40"
    assert p.dollars(None) == "—"


def test_percent_of_a_rate() -> None:
    assert p.percent(p.rate(214, 2548)) == "8.4 %"
    assert p.percent(Fraction(124, 214), 0) == "58 %"
    assert p.percent(p.rate(3, 0)) == "—"


@pytest.mark.parametrize(
    ("due", "tone", "figure"),
    [
        (date(2026, 11, 16), "over", "2 d late"),
        (TODAY, "due", "today"),
        (date(2026, 11, 21), "due", "3 d"),
        (date(2026, 11, 22), "soon", "4 d"),
        (date(2026, 12, 2), "soon", "14 d"),
        (date(2026, 12, 3), "", "15 d"),
    ],
)
def test_clock_earns_colour_as_the_day_comes(due: date, tone: str, figure: str) -> None:
    shown = p.clock(due, TODAY, "file")
    assert shown is not None
    assert (shown.tone, shown.figure, shown.kind) == (tone, figure, "file")


def test_clock_without_a_deadline_is_none() -> None:
    assert p.clock(None, TODAY) is None


def test_dates_in_tables_and_in_prose() -> None:
    assert p.short_date(date(2026, 11, 2)) == "11/02/26"
    assert p.birth_date(date(1968, 4, 17)) == "04/17/1968"
    assert p.long_date(date(2026, 11, 2), TODAY) == "Nov 2"
    assert p.long_date(date(2025, 11, 2), TODAY) == "Nov 2, 2025"
    assert p.full_date(TODAY) == "Wed, Nov 18, 2026"
    assert p.short_date(None) == p.long_date(None) == "—"


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 11, 18, 8, 12, tzinfo=UTC), "Today 8:12"),
        (datetime(2026, 11, 18, 0, 5, tzinfo=UTC), "Today 12:05"),
        (TODAY, "Today"),
        (datetime(2026, 11, 17, 23, 59, tzinfo=UTC), "Nov 17"),
        (date(2025, 11, 17), "11/17/25"),
        (None, "—"),
    ],
)
def test_when_in_a_timeline(at: date | None, text: str) -> None:
    assert p.when(at, TODAY) == text


def test_stamp_names_the_time() -> None:
    assert p.stamp(datetime(2026, 11, 17, 16, 40, tzinfo=UTC)) == "Nov 17, 4:40 pm"
    assert p.stamp(datetime(2026, 11, 18, 0, 5, tzinfo=UTC), TODAY) == "today, 12:05 am"


def test_names_and_initials() -> None:
    assert p.person_name("Kessler", "Ida", "M") == "Kessler, Ida M"
    assert p.person_name("Okafor", "Denise") == "Okafor, Denise"
    assert p.initials("Marisol Vega") == "MV"
    assert p.initials("Ana de la Cruz") == "AC"
    assert p.initials("") == ""


def test_heat_grows_with_the_share_of_the_largest() -> None:
    values = [0, 1, 2, 3, 4, 5, 7, 8, 11, 12, 18]
    assert [p.heat(v, 18) for v in values] == ["h0", "h1", "h1", "h2", "h2", "h3", "h3", "h4", "h4", "h5", "h5"]
    assert p.heat(0, 0) == "h0"


def test_same_word_always_has_the_same_shape_and_tone() -> None:
    looks: dict[str, set[tuple[str, str]]] = {}
    for state in p.STATES.values():
        looks.setdefault(state.word, set()).add((state.shape, state.tone))
    assert {word: seen for word, seen in looks.items() if len(seen) > 1} == {}


STATUSES: list[type[StrEnum]] = [
    EncounterStatus,
    CaseStatus,
    ClaimStatus,
    RemitStatus,
    RemitClaimStatus,
    DenialStatus,
    AppealStatus,
]


@pytest.mark.parametrize("statuses", STATUSES, ids=lambda s: s.__name__)
def test_every_stored_status_has_a_word(statuses: type[StrEnum]) -> None:
    assert [status for status in statuses if status not in p.STATES] == []


def test_every_kind_of_work_shows_a_known_state() -> None:
    assert {facts.state for facts in KINDS.values()} - set(p.STATES) == set()


def test_unknown_state_shows_its_own_name() -> None:
    assert p.state_word("sent_by_fax") == p.StateWord("idle", "idle", "Sent by fax")


def test_help_lists_every_word_under_one_shape() -> None:
    listed = [word for _, _, words in p.words_by_shape() for word in words]
    assert sorted(listed) == sorted({state.word for state in p.STATES.values()})


def test_a_key_means_one_thing_per_section_of_the_sheet() -> None:
    for title, rows in p.KEY_SHEET:
        caps = [caps for _, caps in rows]
        assert len(caps) == len(set(caps)), title
