"""Claim filing indicator (SBR09, CLP06) and relationship to the subscriber (SBR02, PAT01)."""

from edi.codes.table import CodeTable, read_lines

INDICATORS = CodeTable(
    "Claim filing indicator",
    read_lines(
        """\
11: Other federal program
12: Preferred provider plan
13: Point of service plan
14: Exclusive provider plan
15: Indemnity insurance
16: Medicare managed care
17: Dental managed care
AM: Automobile medical
BL: Blue Cross or Blue Shield
CH: TRICARE
CI: Commercial
DS: Disability
FI: Federal employees
HM: Health maintenance organization
LM: Liability
MA: Medicare Part A
MB: Medicare Part B
MC: Medicaid
OF: Other federal
TV: Title V
VA: Veterans Affairs
WC: Workers' compensation
ZZ: Not known, or agreed by the parties
"""
    ),
)

RELATIONSHIPS = CodeTable(
    "Relationship",
    read_lines(
        """\
01: Spouse
04: Grandparent
05: Grandchild
07: Niece or nephew
10: Foster child
15: Ward
17: Stepchild
18: Self
19: Child
20: Employee
21: Not known
22: Disabled dependent
23: Sponsored dependent
24: Dependent of a minor dependent
29: Significant other
32: Mother
33: Father
36: Emancipated minor
39: Organ donor
40: Cadaver donor
41: Injured plaintiff
43: Child without financial responsibility of the insured
53: Life partner
G8: Other
"""
    ),
)
