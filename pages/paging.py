"""Numbered pages of a list: how many rows a screen holds, and which of all rows a page shows."""

from collections.abc import Sequence
from typing import Any

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
