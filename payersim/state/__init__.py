"""What the simulated payers remember, in one SQLite file: claims, accumulators, money, and what is due when."""

from payersim.state.claim_book import ClaimBook, ClaimRow
from payersim.state.pay_book import PayBook, PayItem, RemitRow
from payersim.state.store import Due, InterchangeRow, Order, OutFile, Store

__all__ = [
    "ClaimBook",
    "ClaimRow",
    "Due",
    "InterchangeRow",
    "Order",
    "OutFile",
    "PayBook",
    "PayItem",
    "RemitRow",
    "Store",
]
