"""Provider-level adjustment codes (PLB03-1)."""

from edi.codes.load import table
from edi.codes.table import CodeTable, read_lines

_LINES = """\
50: Late charge
51: Interest penalty charged to the provider
72: Refund from the provider credited
90: Early payment allowance
AH: Origination fee
AM: Applied to borrower's account
AP: Advance or accelerated payment recovered
B2: Rebate
B3: Recovery allowance
BD: Bad debt adjustment
BN: Bonus
C5: Temporary allowance
CR: Capitation interest
CS: Adjustment explained by the payer
CT: Capitation payment
CV: Capital pass-through
CW: Anesthetist pass-through
DM: Direct medical education pass-through
E3: Withholding
FB: Balance carried to or from another payment
FC: Fund allocation
GO: Graduate medical education pass-through
HM: Hemophilia clotting factor supplement
IP: Incentive premium payment
IR: Withheld for the tax authority
IS: Interim settlement
J1: Not refundable, written off by the payer
L3: Penalty
L6: Interest paid by the payer
LE: Levy taken from the payment
LS: Lump sum
OA: Organ acquisition pass-through
OB: Offset for affiliated providers
PI: Periodic interim payment
PL: Final settlement
RA: Retroactive adjustment
RE: Return on equity
SL: Student loan repayment withheld
TL: Third-party liability
WO: Earlier overpayment taken back
WU: Unspecified recovery
"""

BUILT_IN = CodeTable("Provider adjustment", read_lines(_LINES))
WORDS = BUILT_IN.words


def says(code: str) -> str:
    """The provider-level adjustment in plain words."""
    return table("provider_adjustment").says(code)
