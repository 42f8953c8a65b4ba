"""The practice's own prices."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from encounters.models import Fee

CHARGES = "Charges"  # a practice's charge master is every fee schedule of this name; the newest in force counts


@dataclass(frozen=True, slots=True)
class ChargeMaster:
    """Dollars per unit by code, one table per day from which it is in force, newest first."""

    tables: tuple[tuple[date, Mapping[str, Decimal]], ...]

    def on(self, day: date) -> Mapping[str, Decimal]:
        """The prices in force on a day; before the first table, the first table's."""
        for since, prices in self.tables:
            if since <= day:
                return prices
        return self.tables[-1][1] if self.tables else {}


def charge_master(practice_id: int) -> ChargeMaster:
    """All prices of a practice, in one query."""
    tables: defaultdict[date, dict[str, Decimal]] = defaultdict(dict)
    rows = Fee.objects.filter(practice_id=practice_id, schedule__name=CHARGES)
    for since, code, amount in rows.values_list("schedule__effective_from", "code", "amount"):
        tables[since][code] = amount
    return ChargeMaster(tuple(sorted(tables.items(), reverse=True)))
