"""Claim adjustment group codes (CAS01)."""

WORDS = {
    "CO": "Provider's to bear under the contract; the patient may not be billed",
    "CR": "Correction or reversal of an earlier decision",
    "OA": "Other adjustment, neither the contract's nor the patient's",
    "PI": "Taken off by the payer's own decision, without a contract",
    "PR": "Patient's responsibility",
}


def says(code: str) -> str:
    """The group in plain words."""
    return WORDS.get(code, f"Adjustment group {code}")
