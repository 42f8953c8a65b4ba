"""Numbered pages of a list: how many rows a screen holds, which of all rows a page shows, and the way to the others."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pages.links import Links
from pages.parts import Pager

PAGE = 25  # rows on a 1440 × 900 screen without scrolling


class Numbered:
    """What a page of rows knows of its place; `number` counts from 1, `total` is all rows of the list."""

    rows: Sequence[Any]
    number: int
    total: int

    @property
    def first(self) -> int:
        """Place of the first row shown; 0 when there is none."""
        return (self.number - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Place of the last row shown; 0 when there is none."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def has_next(self) -> bool:
        return self.last < self.total


def pager(page: Numbered, links: Links, amount: Decimal | None = None) -> Pager:
    """Where the page stands, and its neighbours; `amount`: dollars of the whole list."""
    return Pager(
        first=page.first,
        last=page.last,
        total=page.total,
        amount=amount,
        previous_url=links.to(page=str(page.number - 1)) if page.number > 1 else "",
        next_url=links.to(page=str(page.number + 1)) if page.rows and page.has_next else "",
    )
