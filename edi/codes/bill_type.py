"""Institutional claims: type of bill (CLM05-1 facility type, CLM05-3 frequency), patient status, admission source.

The frequency list serves all three claims. Numbers from the CMS claims processing manual (publication 100-04,
chapter 25); words of our own.
"""

from edi.codes.table import CodeTable, read_lines

FACILITIES = CodeTable(
    "Facility type",
    read_lines(
        """\
11: Hospital, inpatient (Part A)
12: Hospital, inpatient (Part B only)
13: Hospital, outpatient
14: Hospital, laboratory for non-patients
18: Hospital, swing bed
21: Nursing facility, inpatient (Part A)
22: Nursing facility, inpatient (Part B)
23: Nursing facility, outpatient
28: Nursing facility, swing bed
32: Home health under a plan of care
33: Home health, Part A
34: Home health outside a plan of care
41: Religious care, hospital inpatient
43: Religious care, outpatient
51: Religious care, extended
65: Intermediate care, level I
66: Intermediate care, level II
71: Rural health clinic
72: Dialysis center
73: Federally qualified health center, old number
74: Outpatient rehabilitation
75: Comprehensive outpatient rehabilitation
76: Community mental health center
77: Federally qualified health center
78: Licensed free-standing emergency facility
79: Clinic of another kind
81: Hospice outside a hospital
82: Hospice in a hospital
83: Ambulatory surgery in a hospital outpatient unit
84: Birthing center
85: Critical access hospital, outpatient
86: Residential facility
87: Opioid treatment program
89: Special facility of another kind
"""
    ),
)

FREQUENCIES = CodeTable(
    "Claim frequency",
    read_lines(
        """\
0: No payment asked for
1: Original, admission through discharge
2: Interim, first
3: Interim, continuing
4: Interim, last
5: Late charges only
7: Replacement of an earlier claim
8: Void of an earlier claim
9: Last claim of a home health episode
A: Notice of admission or election
B: End or revocation of an election
C: Change of provider
D: Election voided
E: Change of ownership
F: Adjustment by the beneficiary
G: Adjustment by the common working file
H: Adjustment by CMS
I: Adjustment by the contractor
J: Adjustment by someone else
K: Adjustment by the inspector general
M: Adjustment for a second payer
O: Notice of non-payment
P: Adjustment by a review organization
Q: Reopening
X: Void or cancel of an abbreviated encounter
Y: Replacement of an abbreviated encounter
Z: New abbreviated encounter
"""
    ),
)

PROFESSIONAL_FREQUENCIES = frozenset("1678")
"""CLM05-3 of a professional or dental claim: original, corrected (some state plans), replacement, void."""

PATIENT_STATUSES = CodeTable(
    "Patient status",
    read_lines(
        """\
01: Home
02: Other short-term hospital
03: Skilled nursing facility
04: Custodial or supportive care
05: Cancer center or children's hospital
06: Home with home health
07: Left against advice
09: Admitted to this hospital
20: Died
21: Court or law enforcement
30: Still a patient
40: Died at home (hospice)
41: Died in a facility (hospice)
42: Died, place not known (hospice)
43: Federal hospital
50: Hospice at home
51: Hospice in a facility
61: Swing bed in this hospital
62: Inpatient rehabilitation
63: Long-term care hospital
64: Medicaid nursing facility
65: Psychiatric hospital
66: Critical access hospital
69: Disaster care site
70: Other health care institution
81: Home, readmission planned
82: Other hospital, readmission planned
83: Skilled nursing, readmission planned
84: Custodial care, readmission planned
85: Cancer or children's hospital, readmission planned
86: Home health, readmission planned
87: Court or law enforcement, readmission planned
88: Federal hospital, readmission planned
89: Swing bed, readmission planned
90: Rehabilitation, readmission planned
91: Long-term care hospital, readmission planned
92: Medicaid nursing facility, readmission planned
93: Psychiatric hospital, readmission planned
94: Critical access hospital, readmission planned
95: Other institution, readmission planned
"""
    ),
)

ADMISSION_TYPES = frozenset("123459")
"""CL101: emergency, urgent, elective, newborn, trauma, not known."""

ADMISSION_SOURCES = CodeTable(
    "Admission source",
    read_lines(
        """\
1: From outside a facility; newborn: not in use
2: Clinic or doctor's office
4: Another hospital; newborn: use 5
5: Nursing facility; newborn: born here
6: Other health care facility; newborn: born elsewhere
8: Court or law enforcement
9: Not known
D: Another unit of this hospital
E: Ambulatory surgery center
F: Hospice
G: Disaster care site
"""
    ),
)


def is_inpatient(facility: str) -> bool:
    """Whether the facility type bills admissions, so that admission type, source and status are asked for."""
    return facility in ("11", "12", "18", "21", "22", "28", "41", "51", "65", "66", "82", "86")
