"""Claim adjustment group codes (CAS01)."""

from edi.codes.load import table
from edi.codes.table import CodeTable, read_lines

_LINES = """\
CO: Provider's to bear under the contract; the patient may not be billed
CR: Correction or reversal of an earlier decision
OA: Other adjustment, neither the contract's nor the patient's
PI: Taken off by the payer's own decision, without a contract
PR: Patient's responsibility
"""

BUILT_IN = CodeTable("Adjustment group", read_lines(_LINES))
WORDS = BUILT_IN.words


def says(code: str) -> str:
    """The group in plain words."""
    return table("adjustment_group").says(code)
