"""Service type codes (EQ01, EB03): what kind of benefit an eligibility answer is about."""

from edi.codes.load import table
from edi.codes.table import CodeTable, read_lines

_LINES = """\
1: Medical care
2: Surgery
3: Consultation
4: X-ray and other imaging
5: Laboratory
6: Radiation therapy
7: Anesthesia
8: Surgical assistance
9: Other medical
10: Blood
11: Used equipment
12: Purchased equipment
13: Surgery center
14: Renal supplies at home
15: Other dialysis
16: Chronic renal equipment
17: Testing before admission
18: Rented equipment
19: Pneumonia vaccine
20: Second surgical opinion
21: Third surgical opinion
22: Social work
23: Dental diagnostic
24: Periodontics
25: Restorative dentistry
26: Endodontics
27: Maxillofacial prosthetics
28: Other dental
30: The plan as a whole
32: Plan waiting period
33: Chiropractic
34: Chiropractic in the office
35: Dental care
36: Crowns
37: Dental accident
38: Orthodontics
39: Prosthodontics
40: Oral surgery
41: Preventive dentistry
42: Home health
43: Home health prescriptions
44: Home health visits
45: Hospice
46: Respite care
47: Hospital
48: Hospital, inpatient
49: Room and board
50: Hospital, outpatient
51: Hospital emergency, accident
52: Hospital emergency, medical
53: Hospital ambulatory surgery
54: Long-term care
55: Major medical
56: Medically related transport
57: Air transport
58: Cabulance
59: Licensed ambulance
60: General benefits
61: In vitro fertilization
62: MRI or CT
63: Donor procedures
64: Acupuncture
65: Newborn care
66: Pathology
67: Smoking cessation
68: Well baby
69: Maternity
70: Transplants
71: Audiology
72: Inhalation therapy
73: Diagnostic medical
74: Private duty nursing
75: Prosthetic devices
76: Dialysis
77: Ear exam
78: Chemotherapy
79: Allergy testing
80: Immunizations
81: Routine physical
82: Family planning
83: Infertility
84: Abortion
85: HIV and AIDS
86: Emergency
87: Cancer
88: Pharmacy
89: Free-standing prescription drugs
90: Mail-order drugs
91: Brand-name drugs
92: Generic drugs
93: Podiatry
94: Podiatry in the office
95: Podiatry, nursing home
96: Physician
97: Anesthesiologist
98: Office visit
99: Physician visit, inpatient
A0: Physician visit, outpatient
A1: Physician visit, nursing home
A2: Physician visit, skilled nursing
A3: Physician visit, home
A4: Psychiatric
A5: Psychiatric room and board
A6: Psychotherapy
A7: Psychiatric, inpatient
A8: Psychiatric, outpatient
A9: Rehabilitation
AA: Rehabilitation room and board
AB: Rehabilitation, inpatient
AC: Rehabilitation, outpatient
AD: Occupational therapy
AE: Physical medicine
AF: Speech therapy
AG: Skilled nursing
AH: Skilled nursing room and board
AI: Substance abuse
AJ: Alcoholism
AK: Drug addiction
AL: Vision
AM: Frames
AN: Routine eye exam
AO: Lenses
AQ: Non-essential services
AR: Experimental drugs
B1: Burn care
B2: Brand drugs on the formulary
B3: Brand drugs off the formulary
BA: Independent medical evaluation
BB: Psychiatric partial hospitalization
BC: Day care (psychiatric)
BD: Cognitive therapy
BE: Massage therapy
BF: Pulmonary rehabilitation
BG: Cardiac rehabilitation
BH: Pediatric
BI: Nursery
BJ: Skin
BK: Orthopedic
BL: Cardiac
BM: Lymphatic
BN: Gastrointestinal
BP: Endocrine
BQ: Neurology
BR: Eye
BS: Invasive procedures
BT: Gynecological
BU: Obstetrical
BV: Obstetrical and gynecological
BW: Mail-order brand drugs on the formulary
BX: Mail-order brand drugs off the formulary
BY: Sick visit in the office
BZ: Well visit in the office
C1: Coronary care
CA: Private duty nursing, inpatient
CB: Private duty nursing, home
CC: Surgical benefits, physician
CD: Surgical benefits, facility
CE: Mental health, inpatient provider
CF: Mental health, outpatient provider
CG: Mental health, inpatient facility
CH: Mental health, outpatient facility
CI: Substance abuse, inpatient facility
CJ: Substance abuse, outpatient facility
CK: Screening x-ray
CL: Screening laboratory
CM: Mammogram, high risk
CN: Mammogram, low risk
CO: Flu vaccine
CP: Eyewear and accessories
CQ: Case management
DG: Dermatology
DM: Durable medical equipment
DS: Diabetic supplies
GF: Generic drugs on the formulary
GN: Generic drugs off the formulary
GY: Allergy
IC: Intensive care
MH: Mental health
NI: Neonatal intensive care
ON: Oncology
PT: Physical therapy
PU: Pulmonary
RN: Renal
RT: Residential psychiatric treatment
TC: Transitional care
TN: Transitional nursery
UC: Urgent care
"""

BUILT_IN = CodeTable("Service type", read_lines(_LINES))
WORDS = BUILT_IN.words


def says(code: str) -> str:
    """The kind of benefit in plain words."""
    return table("service_type").says(code)
