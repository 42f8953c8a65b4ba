"""What each adjustment of an 835 is: agreed, somebody else's, the patient's, or a refusal. Source: DOMAIN section 5."""

from enum import StrEnum

from edi.adjustments import Adjustment


class Nature(StrEnum):
    """What an adjustment means for the money."""

    CONTRACTUAL = "contractual"  # given up by contract or law: nobody owes it
    PRIOR_PAYER = "prior_payer"  # decided by the payer before this one
    INFORMATION = "information"  # says something, refuses nothing
    PATIENT = "patient"  # deductible, coinsurance, copay
    DENIAL = "denial"  # refused: worked until won, moved or given up


GROUPS = frozenset({"CO", "OA", "PI", "PR"})  # CAS01 of 5010; CR ended with 4010

DEDUCTIBLE, COINSURANCE, COPAY, BLOOD_DEDUCTIBLE, COPAY_MEDICAID = "1", "2", "3", "66", "241"
PATIENT_CARCS = frozenset({DEDUCTIBLE, COINSURANCE, COPAY, BLOOD_DEDUCTIBLE, COPAY_MEDICAID})

SEQUESTRATION = "253"
CONTRACTUAL_CARCS = frozenset(
    {
        "44",  # discount for prompt pay
        "45",  # above the contract's price
        "59",  # several procedures in one session
        "69", "70", "74", "75", "76",  # hospital payment factors
        "89", "90", "91",  # parts of a drug's price or of a professional fee
        "94",  # more allowed than charged
        "103", "104", "105", "118", "121", "122", "131", "132", "137", "139", "143", "144", "161", "223", "232",
        "237", "245",
        SEQUESTRATION,
        "P12",  # workers' compensation fee schedule
    }
)  # fmt: skip
PRIOR_PAYER_CARCS = frozenset({"23"})
INFORMATION_CARCS = frozenset(
    {
        "85", "225",  # interest
        "101",  # predetermination
        "130",  # fee for receiving claims
        "187",  # paid from a spending account
        "192", "246",  # reported only, never payable
    }
)  # fmt: skip


def nature_of(adjustment: Adjustment, *, line_paid: bool) -> Nature:
    """What one adjustment is.

    `line_paid` is False for a line (or claim without lines) paid zero: there a refusing code counts as a denial
    even when it carries no dollars. The sign plays no part: a reversal takes the same nature back.
    """
    carc = adjustment.reason
    if adjustment.group == "PR":
        if carc in PATIENT_CARCS:
            return Nature.PATIENT
    elif carc in CONTRACTUAL_CARCS:
        return Nature.CONTRACTUAL
    elif carc in PRIOR_PAYER_CARCS:
        return Nature.PRIOR_PAYER
    elif carc in INFORMATION_CARCS:
        return Nature.INFORMATION
    return Nature.DENIAL if adjustment.amount or not line_paid else Nature.INFORMATION
