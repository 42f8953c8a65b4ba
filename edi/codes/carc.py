"""Claim adjustment reason codes (CAS02 and on): numbers and dates of the published list, words of our own."""

from edi.codes.load import table
from edi.codes.table import CodeTable, read_lines

_LINES = """\
@19950101
1: Deductible
2: Coinsurance
3: Copay
4: Modifier missing or doesn't fit the procedure
5: Procedure or bill type doesn't fit the place of service
6: Procedure or revenue code doesn't fit the patient's age
7: Procedure or revenue code doesn't fit the patient's sex
8: Procedure doesn't fit the provider's specialty
9: Diagnosis doesn't fit the patient's age
10: Diagnosis doesn't fit the patient's sex
11: Diagnosis doesn't support the procedure
12: Diagnosis doesn't fit the type of provider
13: Date of death lies before the service
14: Birth date lies after the service
15: Authorization number missing or not for this service
16: Information missing or wrong, see the remark codes
17<20090701: Requested information missing or not enough
18: Duplicate of another claim or line
19: Work-related, workers' compensation pays
20: Injury covered by a liability insurer
21: Injury covered by no-fault insurance
22: Another payer may have to pay first
23: What the payer before has paid or adjusted
24: Covered by a capitation or managed care plan
25<20080401: Stop-loss deductible not met
26: Service before coverage began
27: Service after coverage ended
28<20031016: No coverage in force at the time
29: Filed after the time limit
30<20060201: Eligibility, spend-down, waiting or residency condition not met
31: Patient can't be identified as insured
32: Dependent is not eligible by the plan's definition
33: Insured has no coverage for dependents
34: Insured has no coverage for newborns
35: Lifetime maximum reached
36<20031016: Balance within the copay
37<20031016: Balance within the deductible
38<20130101: Not given or authorized by the network
39: Authorization was asked for and refused
40: Not an emergency by the plan's conditions
41<20031016: Preferred provider discount
42<20070601: Above the fee schedule
43<20060701: Federal budget reduction
44: Prompt-pay discount
45: Above the contract or fee schedule
46<20031016: Service not covered
47<20060201: Diagnosis not covered, missing or invalid
48<20031016: Procedure not covered
49: Routine or preventive service not covered
50: Not medically necessary in the payer's view
51: Condition from before the coverage
52<20060201: Provider may not refer, order or perform it
53: Service by a relative or household member
54: Assistant or several surgeons not covered
55: Experimental or under investigation
56: Not proven effective
57<20070630: Records don't support this level, number or length
58: Wrong or invalid place of service
59: Multiple or concurrent procedure reduction
60: Outpatient service too close to an inpatient stay
61: Second surgical opinion missing
62<20070401: Authorization missing or exceeded
63<20031016: Correction of an earlier claim
64<20031016: Denial reversed after review
65<20031016: Paid by the corrected procedure code
66: Blood deductible
67<20031016: Lifetime reserve days
68<20031016: DRG weight
69: Day outlier amount
70: Cost outlier amount
71<20000630: Amount of the first payer
72<20031016: Coinsurance days
73<20031016: Administrative days
74: Indirect medical education
75: Direct medical education
76: Disproportionate share
77<20031016: Covered days
78: Non-covered days or room charge
79<20031016: Cost report days
80<20031016: Outlier days
81<20031016: Discharges
82<20031016: Periodic interim payment days
83<20031016: Total visits
84<20031016: Capital adjustment
85: Interest owed by the patient
86<20031016: Adjustment by law
87<20120101: Transfer amount
88<20070630: Taken against an earlier overpayment
89: Professional fees taken out of the charge
90: Ingredient cost
91: Dispensing fee
92<20031016: Paid in full
93<20031016: No adjustment on claim level
94: Paid more than charged
95: Plan procedures were not followed
96: Not covered, see the remark codes
97: Included in another service that was decided
98<20031016: The hospital must bill it for the inpatient
99<20031016: Medicare as second payer
100: Paid to the patient or insured
101: Estimate ahead of the service
102: Major medical adjustment
103: Provider's promotional discount
104: Managed care withhold
105: Tax withheld
106: Patient's payment option not in effect
107: Related service is not on the claim
108: Rent or purchase rules not met
109: Wrong payer, send to the right one
110: Billed before the service date
111: Covered only if assignment is accepted
112: Not given directly to the patient, or not documented
113<20070630: Given abroad or caused by war
114: Not FDA approved
115: Procedure postponed or cancelled
116: Advance notice to the patient was not valid
117: Transport only to the nearest suitable facility
118: ESRD network reduction
119: Benefit maximum for the period reached
120<20070630: Covered by a managed care plan
121: Compensation for what members still owe
122: Psychiatric reduction
123<20070630: Refund of an overpayment
124<20070630: Refund, not our patient
125<20131101: Billing error, see the remark codes
@19970228
126<20080401: Major medical deductible
127<20080401: Major medical coinsurance
128: Newborn is covered with the mother's claim
129: Earlier processing information looks wrong
130: Fee for submitting the claim
131: Discount negotiated for this claim
132: Demonstration project arrangement
@20140701
133: Line still under review
@19981031
134: Technical fees taken out
135: Interim bill can't be processed
136: First payer's rules were not followed
@19990228
137: Surcharge, assessment or health tax
@19990630
138: Appeal steps or time limit not kept
139: Subscriber works for the provider, contract terms apply
140: Member id and name don't match
141<20120701: Dates partly outside coverage
@20000630
142: Medicaid patient's monthly share
@20010228
143: Part of the payment deferred
@20010630
144: Incentive
@20020630
145<20080401: Premium withheld
146: Diagnosis was not valid on that date
147: Contracted rate expired or not on file
148: Information from another provider missing
@20021031
149: Lifetime maximum for this service reached
150: Records don't support this level of service
151: Records don't support this many services
152: Records don't support this length of service
153: Records don't support this dosage
154: Records don't support this days' supply
@20030630
155: Patient refused the service
@20030930
156<20091001: Paid from a flexible spending account
157: Caused by war
158: Given outside the USA
159: Caused by terrorism
160: Caused by an excluded activity
@20040229
161: Performance bonus
162<20140701: State rule for property and casualty
@20040630
163: Attachment named on the claim didn't arrive
164: Attachment arrived too late
@20041031
165: Referral missing or used up
@20050228
166: Submitted after this payer's run-out
@20050630
167: Diagnosis not covered
168: Decided under the medical plan, dental plan pays nothing
169: Alternate benefit given
170: Not payable to this type of provider
171: Not payable to this provider type in this facility type
172: Adjusted for this specialty
173: Not prescribed by a physician
174: Not prescribed before delivery
175: Prescription incomplete
176: Prescription out of date
177: Eligibility conditions not met
178: Spend-down not met
179: Waiting period not over
180: Residency condition not met
181: Procedure code was not valid on that date
182: Modifier was not valid on that date
183: Referring provider may not refer this
184: Ordering provider may not order this
185: Rendering provider may not perform this
186: Level of care changed
187: Paid from a spending account
188: Covered only when used as the FDA recommends
189: Unlisted code used where a specific one exists
@20051031
190: Included in the skilled nursing stay
191<20140701: Not work-related
192: Non-standard code of a paper remittance
@20060228
193: Earlier decision upheld after review
194: Anesthesia by the surgeon, assistant or attending
195: Refund to a payer that paid by mistake
@20060630
196<20070201: Denied as the first payer did
@20061031
197: Authorization or notification missing
198: Authorization exceeded
199: Revenue code and procedure don't match
200: Service during a gap in coverage
201: Patient pays from a settlement
@20070228
202: Comfort or convenience item
203: Service stopped or reduced
204: Not covered by the patient's current plan
@20070709
205: Discount card fee
206: NPI missing
207: NPI has a wrong format
208: NPI doesn't match
209: May not be collected from the patient, next payer may be billed
210: Authorization came too late
211: Drug code not eligible for rebate
@20071105
212: Administrative surcharge not covered
@20080127
213: Self-referral rules broken
214<20140701: Workers' compensation found no liability
215: Third-party settlement
216: Finding of a review organization
217<20140701: Above what is customary (property and casualty)
218<20140701: By entitlement to benefits
219: Extent of the injury
220<20140701: Code not in the fee schedule (property and casualty)
221<20140701: Under investigation
@20080601
222: Provider's contracted units for the period used up
223: Adjustment ordered by a law
224: Identity theft, identity must be verified
225: Penalty or interest by the payer
@20080921
226: Provider didn't send what was asked for
227: Patient didn't send what was asked for
228: First payer never got what it had asked for
@20090125
229: Not considered by Medicare, bill type 12X
230<20140701: No code describes the service (property and casualty)
@20090701
231: Mutually exclusive procedures on one day
@20091101
232: Institutional transfer amount
@20100124
233: Hospital-acquired condition or preventable error
234: Not paid separately
@20100606
235: Sales tax
@20110130
236: Code pair not allowed together under NCCI
@20110605
237: Penalty by law
@20120301
238: Dates partly outside coverage, reduction for that part
239: Dates partly outside coverage, bill separately
@20120603
240: Diagnosis doesn't fit the birth weight
241: Low-income copay
242: Not given by a network or primary care provider
243: Not authorized by the network or primary care provider
@20120930
244<20140701: Nothing paid while in litigation
245: Performance program withhold
246: Reporting code without payment
247: Deductible, professional service on an institutional claim
248: Coinsurance, professional service on an institutional claim
249: Readmission
250: Wrong attachment received
251: Attachment incomplete
252: Attachment needed
@20130602
253: Federal sequestration
254: Dental plan doesn't cover it, send to the medical plan
255<20140701: Undecided while in litigation
256: Not payable under the managed care contract
@20131101
257: Undecided in the premium grace period
258: Patient in custody
@20140126
259: Extra payment for dental or vision use
260: Enhanced Medicaid fee schedule
@20140601
261: Doesn't fit the patient's history
@20141101
262: Delivery cost
263: Shipping cost
264: Postage
265: Administrative cost
266: Compounding cost
267: Claim spans several months
268: Claim spans two years, bill one each
@20150301
269: Anesthesia not covered for this
@20150701
270: Medical plan doesn't cover it, send to the dental plan
@20151101
271: Earlier contractual reduction of a periodic payment
272: Program guidelines not met
273: Program guidelines exceeded
274: Not payable under the care coordination arrangement
275: First payer's patient share not covered
276: Denied by the first payer, not covered here
277: Undecided in the small-business grace period
@
278: Performance program conditions not met
279: Not a preferred network provider
280: Medical plan doesn't cover it, send to the pharmacy plan
281: Deductible waived by contract
282: Procedure or revenue code doesn't fit the bill type
283: Attending provider may not direct this care
284: Authorization doesn't cover these services
285: Appeal procedure not followed
286: Appeal too late
287: Referral used up
288: Referral missing
289: Neither dental nor medical plan covers it
290: Dental plan sent it on to the medical plan
291: Medical plan sent it on to the dental plan
292: Medical plan sent it on to the pharmacy plan
293: Paid to the employer
294: Paid to an attorney
295: Pharmacy fee between plan and pharmacy
296: Authorization is for another provider
297: Send to the vision plan
298: Vision plan doesn't cover it, send to the medical plan
299: Billing provider may not be paid for this
300: Sent on to the behavioral health plan
301: Send to the behavioral health plan
302: Authorization expired
303: First payer's patient share not covered, patient is a QMB
304: Medical plan doesn't cover it, send to the hearing plan
305: Medical plan sent it on to the hearing plan
306: Bill type doesn't fit the patient status
@19950101
A0: Patient refund
A1: Denied, see the remark codes
A2<20080101: Contract adjustment
A3<20031016: Second-payer liability met
A4<20080401: Capital day outlier
A5: Medicare capital outlier
A6: Prior hospital stay or transfer condition not met
A7<20150701: Presumptive payment adjustment
A8: DRG can't be assigned
B1: Visits not covered
B2<20031016: Covered visits
B3<20031016: Covered charges
B4: Late filing penalty
B5<20160501: Program guidelines not met or exceeded
B6<20060201: Adjusted for the type of provider or facility
B7: Provider not certified for this on that date
B8: An alternative service should have been used
B9: Patient is in hospice
B10: A component was already paid
B11: Sent on to the right payer
B12: Not in the medical record
B13: Already paid before
B14: Only one visit a day by a physician
B15: Needs another service that is missing or undecided
B16: Patient is not new to the provider
B17<20060201: Not prescribed, or prescription incomplete or outdated
B18<20090301: Code and modifier not valid on that date
B19<20031016: Finding of a review organization
B20: Another provider gave part or all of it
B21<20031016: Another physician gave part of it
B22: Adjusted for the diagnosis
B23: Lab's CLIA certificate doesn't cover it
D1<20031016: Level of subluxation missing
D2<20031016: Drug name, strength or dose missing
D3<20031016: Not said whether the patient owns the equipment
D4<20031016: Length of need missing
D5<20031016: Single laboratory codes missing
D6<20031016: Medical record missing
D7<20031016: Last physician visit missing
D8<20031016: Not said that x-rays are at hand
D9<20031016: Lens invoice missing
D10<20031016: Financial relationship form missing
D11<20031016: Pacemaker registration missing
D12<20031016: Seller or price of the purchased test missing
D13<20031016: Facility in which the referrer has an interest
D14<20031016: Not said that a treatment plan is on file
D15<20031016: Not said that a physician supervised
D16<20070630: First payer's payment missing
D17<20070630: Non-covered days not valid
D18<20070630: Diagnosis missing
D19<20070630: Supporting documents missing
D20<20070630: Service or product information missing
D21<20070630: Diagnosis missing or invalid
@20080127
D22<20090101: Reasons come separately (workers' compensation)
@20091101
D23<20120101: Dual eligible, covered by Part D
@20131101
P1: State rule for property and casualty
P2: Not work-related
P3: Case settled, patient pays from a set-aside
P4: Workers' compensation found no liability
P5: Above what is customary (property and casualty)
P6: By entitlement to benefits (property and casualty)
P7: Code not in the fee schedule (property and casualty)
P8: Under investigation (property and casualty)
P9: No code describes the service (property and casualty)
P10: Nothing paid while in litigation
P11: Undecided while in litigation
P12: Workers' compensation fee schedule
P13: Workers' compensation rule
P14: Included in another service of that day (property and casualty)
P15: Workers' compensation treatment guideline
P16: Not authorized to treat injured workers here
P17: Attending didn't authorize the referral
P18: Not in the fee schedule, comparable service paid
P19: Value zero in the fee schedule
P20: Not in the outpatient facility schedule
P21: Auto injury rule, denied
P22: Auto injury rule, adjusted
P23: Auto injury fee schedule
@
P24: Preferred provider network (property and casualty)
P25: Medical provider network (property and casualty)
P26: Voluntary provider network (property and casualty)
P27: Liability rule, denied
P28: Liability rule, adjusted
P29: Liability fee schedule
P30: Worsening not documented (property and casualty)
P31: Treatment beyond the documented need (property and casualty)
P32: Shared with other causes (property and casualty)
@20000229
W1<20140701: Workers' compensation fee schedule
@20101017
W2<20140701: Workers' compensation rule
@20120930
W3<20140701: Included in another service of that day
W4<20140701: Workers' compensation treatment guideline
@20130602
W5<20140701: Not authorized to treat injured workers here
W6<20140701: Attending didn't authorize the referral
W7<20140701: Not in the fee schedule, comparable service paid
W8<20140701: Value zero in the fee schedule
W9<20140701: Not in the outpatient facility schedule
@20120930
Y1<20140701: Auto injury rule, denied
Y2<20140701: Auto injury rule, adjusted
Y3<20140701: Auto injury fee schedule
"""

BUILT_IN = CodeTable("Adjustment reason", read_lines(_LINES))
WORDS = BUILT_IN.words


def says(code: str) -> str:
    """The reason in plain words."""
    return table("carc").says(code)
