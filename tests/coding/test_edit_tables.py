"""What edits read of CMS's tables: by day, by setting, in a fixed number of queries."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coding.catalogue import ADD_ON_ROWS, GPCI_ROWS, PAIR_ROWS, UNIT_ROWS, VALUE_ROWS
from coding.domain.codefiles.rows import AddOnRow, PairRow, Row, UnitRow
from coding.domain.edit_tables import AddOn, Limit, Setting
from coding.models import ReleaseKind as Kind
from coding.operations.load import Incoming, load_release
from coding.queries import (
    add_on_primaries,
    cost_index,
    edit_tables,
    loaded_kinds,
    medicare_amounts,
    pair_edits,
    relative_values,
    unit_limits,
)
from tests.builders import NOW

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 4)
CODES = ("45385", "45380", "45378", "11103", "99213")


def load(kind: Kind, rows: Sequence[Row], day: date = date(2026, 1, 1)) -> None:
    incoming = Incoming(
        kind=kind, name=f"{day}", effective_from=day, source="test", sha256=f"{day}", rows=rows, built_in=False
    )
    load_release(incoming, now=NOW)


def test_pairs_hold_from_their_first_day_through_their_last() -> None:
    rows = [
        PairRow("45385", "45380", date(2020, 1, 1), None, "1", "More extensive procedure"),
        PairRow("45385", "45378", date(2026, 6, 1), None, "0"),
        PairRow("99213", "45378", None, date(2026, 5, 4), "0"),
        PairRow("45380", "00000", None, None, "0"),
    ]
    load(Kind.PTP_PRACTITIONER, [*rows])
    assert set(pair_edits(CODES, DAY)) == {("45385", "45380"), ("99213", "45378")}
    assert set(pair_edits(CODES, DAY + timedelta(days=1))) == {("45385", "45380")}
    assert set(pair_edits(CODES, date(2026, 6, 1))) == {("45385", "45380"), ("45385", "45378")}
    assert pair_edits(CODES, DAY)["45385", "45380"].modifier_indicator == "1"
    assert pair_edits(CODES, DAY, Setting.OUTPATIENT) == {}


def test_of_two_rows_of_a_pair_without_a_first_day_the_older_held_until_its_last() -> None:
    ended = PairRow("45385", "45380", None, date(2025, 6, 30), "0")
    load(Kind.PTP_PRACTITIONER, [PairRow("45385", "45380", None, None, "1"), ended])
    assert pair_edits(CODES, date(2025, 6, 30))["45385", "45380"].modifier_indicator == "0"
    assert pair_edits(CODES, date(2025, 7, 1))["45385", "45380"].modifier_indicator == "1"


def test_limits_differ_by_setting_and_release() -> None:
    load(Kind.MUE_PRACTITIONER, [UnitRow("99213", 2, "3", "Clinical: Data")])
    load(Kind.MUE_PRACTITIONER, [UnitRow("99213", 3, "3")], date(2026, 7, 1))
    load(Kind.MUE_OUTPATIENT, [UnitRow("99213", 4, "2")])
    assert unit_limits(CODES, DAY) == {"99213": Limit(2, "3", "Clinical: Data")}
    assert unit_limits(CODES, date(2026, 7, 1))["99213"].units == 3
    assert unit_limits(CODES, DAY, Setting.OUTPATIENT)["99213"] == Limit(4, "2")
    assert unit_limits(CODES, DAY, Setting.DME) == {}


def test_add_on_codes_with_listed_and_with_contractors_primaries() -> None:
    load(
        Kind.ADD_ON, [AddOnRow("11103", "11102", "1"), AddOnRow("11103", "11104", "1"), AddOnRow("0054T", "CCCCC", "2")]
    )
    found = add_on_primaries([*CODES, "0054T"], DAY)
    assert found == {"11103": AddOn(frozenset({"11102", "11104"}), "1"), "0054T": AddOn(frozenset(), "2")}


def test_the_built_in_tables_price_and_limit_the_demo() -> None:
    load(Kind.PTP_PRACTITIONER, PAIR_ROWS)
    load(Kind.MUE_PRACTITIONER, UNIT_ROWS)
    load(Kind.ADD_ON, ADD_ON_ROWS)
    load(Kind.RVU, VALUE_ROWS)
    load(Kind.GPCI, GPCI_ROWS)
    assert loaded_kinds(DAY).keys() >= {Kind.PTP_PRACTITIONER, Kind.MUE_PRACTITIONER, Kind.ADD_ON, Kind.RVU, Kind.GPCI}
    assert Kind.MUE_OUTPATIENT not in loaded_kinds(DAY)
    assert pair_edits(CODES, DAY)["45385", "45378"].modifier_indicator == "0"
    assert relative_values(["99213"], DAY)["99213", ""].work == Decimal("1.30")
    ohio = cost_index("15202", "00", DAY)
    assert ohio is not None
    assert medicare_amounts({"99213": (), "00000": ()}, ohio, DAY, facility=False) == {"99213": Decimal("85.17")}


def test_many_days_cost_as_much_as_one() -> None:
    load(Kind.PTP_PRACTITIONER, [PairRow("45385", "45380", None, date(2026, 5, 10), "1")])
    load(Kind.MUE_PRACTITIONER, [UnitRow("99213", 2, "3")])
    spent = []
    for size in (1, 25):
        with CaptureQueriesContext(connection) as queries:
            found = edit_tables({DAY + timedelta(days=n): CODES for n in range(size)})
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 5
    assert sum(("45385", "45380") in tables.pairs for tables in found.values()) == 7
    assert found[DAY].limits == {"99213": Limit(2, "3")}
    assert Kind.ADD_ON not in found[DAY].loaded
