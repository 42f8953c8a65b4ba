"""Entity codes (NM101, N101, STC01-3): who a name or a status is about. The common ones."""

from edi.codes.table import CodeTable, read_lines

BUILT_IN = CodeTable(
    "Entity",
    read_lines(
        """\
13: Contracted provider
17: Consultant's office
1E: Health maintenance organization
1G: Oncology center
1H: Dialysis unit
1I: Preferred provider organization
1O: Acute care hospital
1P: Provider
1Q: Military facility
1R: University or school
1S: Outpatient surgery center
1T: Physician or group
1U: Long-term care
1V: Extended care
1W: Psychiatric facility
1X: Laboratory
1Y: Retail pharmacy
1Z: Home health
28: Subcontractor
2A: Federal, state or local facility
2B: Third-party administrator
2D: Miscellaneous facility
2E: Non-health facility
2I: Church-run facility
2K: Partnership
2P: Public health service
2Q: Veterans facility
2S: Public health facility
2Z: Hospital unit of an institution
30: Service supplier
36: Employer
3A: Hospital unit within an institution
40: Receiver
41: Submitter
43: Claimant's adjuster
44: Data processing bureau
45: Drop-off place
4Y: Case manager
71: Attending
72: Operating
73: Other provider
74: Corrected insured
77: Service facility
7C: Place where it happened
80: Hospital
82: Rendering
84: Subscriber's employer
85: Billing provider
87: Pay-to
95: Research institute
98: Receiving provider
CK: Pharmacist
CZ: Admitting surgeon
D2: Commercial insurer
DD: Assistant surgeon
DJ: Consultant
DK: Ordering
DN: Referring
DO: Dependent
DQ: Supervising
E1: Person the patient lives with
E2: Person responsible for the patient
E7: Earlier employer
E9: Participating laboratory
FA: Facility
FD: Physical address
FE: Mail address
G0: Dependent insured
G3: Clinic
GB: Other insured
GD: Guardian
GI: Paramedic company
GJ: Paramedic
GK: Earlier insured
GP: Gateway
GW: Group
GY: Treatment facility
HF: Health professional shortage area
HH: Home health agency
I3: Independent physicians association
IL: Subscriber
IN: Insurer
LI: Line of business
LR: Legal representative
MR: Medical insurer
OB: Ordered by
OD: Optometrist
OX: Oxygen facility
P0: Patient facility
P2: Primary insured
P3: Primary care provider
P4: Prior insurer
P5: Plan sponsor
P6: Third-party reviewer
P7: Third-party repricer
PE: Payee
PR: Payer
PRP: Primary payer
PT: Party to get test report
PV: Party performing certification
PW: Pick-up place
QA: Pharmacy
QB: Purchased service
QC: Patient
QD: Responsible party
QE: Policyholder
QH: Physician
QK: Managed care
QL: Chiropractor
QN: Dentist
QO: Doctor of osteopathy
QS: Podiatrist
QV: Group practice
QY: Medical doctor
RC: Receiving place
RW: Rural health clinic
S4: Skilled nursing facility
SEP: Secondary payer
SJ: Service provider
SU: Supplier
T4: Transfer point
TL: Testing laboratory
TQ: Third-party reviewer of the claim
TT: Transfer to
TTP: Tertiary payer
TU: Third-party repricer of the claim
UH: Nursing home
X3: Utilization management
X4: Spouse
X5: Durable medical equipment supplier
ZZ: Agreed by the parties
"""
    ),
)
