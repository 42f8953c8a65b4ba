"""Shapes of clinical codes, for when no table of the codes themselves was imported."""

import re

ICD10CM = re.compile(r"[A-TV-Z][0-9][0-9AB](?:[0-9A-Z]{1,3}[0-9A-Z]?)?|U0[0-9](?:[0-9A-Z]{1,4})?")
"""A diagnosis without its dot: letter, digit, digit (or A, B), then up to four more."""

ICD9CM = re.compile(r"[0-9]{3}[0-9]{0,2}|V[0-9]{2}[0-9]{0,2}|E[0-9]{3}[0-9]?")
"""An old diagnosis without its dot."""

ICD10PCS = re.compile(r"[0-9BCDFGHX][0-9A-HJ-NP-Z]{6}")
"""An inpatient procedure: seven characters, never I or O, first one a section."""

ICD9_PROCEDURE = re.compile(r"[0-9]{2}[0-9]{0,2}")

HCPCS = re.compile(r"[0-9]{4}[0-9AFMTU]|[A-CEGHJ-MP-VD][0-9]{4}")
"""Five characters: CPT number (or with A, F, M, T, U last), or a letter and four digits."""

CDT = re.compile(r"D[0-9]{4}")
MODIFIER = re.compile(r"[0-9A-Z]{2}")
REVENUE = re.compile(r"0[0-9]{3}|[12][0-9]{3}|3[0-9]{3}")
NDC = re.compile(r"[0-9]{11}")
CLIA = re.compile(r"[0-9]{2}D[0-9]{7}")

EXTERNAL_CAUSE = ("V", "W", "X", "Y")
"""First letters of external causes: never a principal diagnosis."""

PLACEHOLDERS = frozenset({"00000", "99999", "0000000", "XXX", "XXXX", "XXXXX"})


def normal(code: str) -> str:
    """A diagnosis the way X12 carries it: capitals, no dot."""
    return code.replace(".", "").upper()
