"""Modifiers that practices use, in this project's own short words. The full HCPCS list comes with CMS's HCPCS file."""

_LINES = """\
22 Much more work than usual
23 Anesthesia where none is usual
24 Visit in a global period, unrelated
25 Visit apart from a procedure of the day
26 Professional part only
27 Several outpatient visits on one day
32 Service that somebody mandates
33 Preventive service
47 Anesthesia by the surgeon
50 Both sides
51 More than one procedure
52 Less than the whole service
53 Stopped for the patient's safety
54 Surgery only
55 Care after surgery only
56 Care before surgery only
57 Visit that decided on surgery
58 Planned or staged later procedure
59 Distinct procedure
62 Two surgeons
63 Infant under 4 kg
66 Surgical team
73 Stopped before anesthesia, facility
74 Stopped after anesthesia, facility
76 Again, by the same clinician
77 Again, by another clinician
78 Unplanned return to surgery, related
79 In a global period, unrelated
80 Assistant at surgery
81 Assistant at surgery, minimum
82 Assistant at surgery, no resident there
90 Done by an outside laboratory
91 Laboratory test repeated
92 Test by a portable kit
93 Telehealth by sound only
95 Telehealth by sound and picture
96 Habilitative service
97 Rehabilitative service
99 More modifiers than fit
AA Anesthesia by the anesthesiologist
AD Supervision of more than four anesthesias
AI Admitting physician of record
AS Assistant at surgery, not a physician
AT Acute chiropractic treatment
CR Disaster related
CS Cost sharing waived
E1 Upper left eyelid
E2 Lower left eyelid
E3 Upper right eyelid
E4 Lower right eyelid
ET Emergency service
F1 Left hand, second digit
F2 Left hand, third digit
F3 Left hand, fourth digit
F4 Left hand, fifth digit
F5 Right thumb
F6 Right hand, second digit
F7 Right hand, third digit
F8 Right hand, fourth digit
F9 Right hand, fifth digit
FA Left thumb
FQ Telehealth by sound only, behavioral
FS Visit split or shared in a facility
FT Critical care apart from surgery
G0 Telehealth for stroke
GA Waiver on file, as policy requires
GC Resident's part under a teaching physician
GE Resident without the teaching physician
GG Screening and diagnostic mammogram, one day
GJ Emergency care, opted-out clinician
GN Speech therapy plan
GO Occupational therapy plan
GP Physical therapy plan
GQ Telehealth, stored and sent on
GT Telehealth, live
GV Hospice patient, attending not of the hospice
GW Hospice patient, unrelated condition
GX Notice given by choice
GY Never covered by law
GZ Denial expected, no waiver
JW Drug thrown away
JZ No drug thrown away
KX Policy's requirements are met
LC Left circumflex artery
LD Left anterior descending artery
LM Left main artery
LT Left side
NU New equipment
P1 Healthy patient
P2 Mild systemic disease
P3 Severe systemic disease
P4 Constant threat to life
P5 Not expected to live without the operation
P6 Brain-dead donor
PO Off-campus outpatient service
PN Off-campus outpatient service, not excepted
PT Screening that became a treatment
Q5 Substitute by arrangement
Q6 Substitute by the hour
Q7 One class A finding of the foot
Q8 Two class B findings of the foot
Q9 One class B and two class C findings
QK Two to four anesthesias directed
QS Monitored anesthesia care
QW Test waived under CLIA
QX Nurse anesthetist under direction
QY One nurse anesthetist directed
QZ Nurse anesthetist alone
RC Right coronary artery
RI Ramus intermedius artery
RR Rented equipment
RT Right side
SA Nurse practitioner with a physician
SL Vaccine from the state
T1 Left foot, second digit
T2 Left foot, third digit
T3 Left foot, fourth digit
T4 Left foot, fifth digit
T5 Right great toe
T6 Right foot, second digit
T7 Right foot, third digit
T8 Right foot, fourth digit
T9 Right foot, fifth digit
TA Left great toe
TC Technical part only
TH Obstetric service
UE Used equipment
XE Separate visit
XP Separate clinician
XS Separate structure
XU Unusual, does not overlap
"""

MODIFIER_WORDS: dict[str, str] = dict(line.split(" ", 1) for line in _LINES.splitlines())
