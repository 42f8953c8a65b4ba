"""Place of service (CLM05-1, SV105), CMS list. Starts are given where they are known."""

from edi.codes.load import table
from edi.codes.table import CodeTable, read_lines

_LINES = """\
01: Pharmacy
@20170101
02: Telehealth, patient not at home
@
03: School
04: Homeless shelter
05: Indian Health Service, free-standing
06: Indian Health Service, provider-based
07: Tribal 638, free-standing
08: Tribal 638, provider-based
09: Prison or correctional facility
@20220101
10: Telehealth, patient at home
@
11: Office
12: Home
13: Assisted living
14: Group home
15: Mobile unit
16: Temporary lodging
@20100501
17: Walk-in retail clinic
@
18: Worksite
@20160101
19: Outpatient hospital, off campus
@
20: Urgent care
21: Inpatient hospital
22: Outpatient hospital, on campus
23: Emergency room
24: Ambulatory surgery center
25: Birthing center
26: Military treatment facility
@20231001
27: Outreach site or street
@
31: Skilled nursing facility
32: Nursing facility
33: Custodial care
34: Hospice
41: Ambulance, land
42: Ambulance, air or water
49: Independent clinic
50: Federally qualified health center
51: Inpatient psychiatric facility
52: Psychiatric partial hospitalization
53: Community mental health center
54: Intermediate care, intellectual disability
55: Residential substance abuse treatment
56: Psychiatric residential treatment
57: Non-residential substance abuse treatment
@20200101
58: Opioid treatment, non-residential
@
60: Mass immunization site
61: Comprehensive inpatient rehabilitation
62: Comprehensive outpatient rehabilitation
65: End-stage renal disease treatment
66: Program of all-inclusive care for the elderly
71: Public health clinic
72: Rural health clinic
81: Independent laboratory
99: Other place
"""

BUILT_IN = CodeTable("Place of service", read_lines(_LINES))
WORDS = BUILT_IN.words


def says(code: str) -> str:
    """The place in plain words."""
    return table("place_of_service").says(code)
