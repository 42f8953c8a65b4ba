"""Claim status: category (STC01-1) and status (STC01-2) codes. Where a status names "the party", STC01-3 says which.

The numbers are those of the published lists, the words our own.
"""

from datetime import date

from edi.codes.load import table
from edi.codes.table import Code, CodeTable, read_lines

_CATEGORIES = """\
A0: Passed on to another party
A1: Received, not accepted yet
A2: Accepted into adjudication
A3: Sent back: can't be worked on
A4: No such claim found
A5: Split into several claims
A6: Refused: information is missing
A7: Refused: information is wrong
A8: Refused: two pieces of information contradict each other
D0: Search found nothing
E0: The inquiry has an error and can't be answered
E1: The payer's system is down, ask again later
E2: The payer didn't answer in time, ask again
E3: Fields of the inquiry contradict each other, correct and ask again
E4: The trading partner agreement asks for more
F0: Finalized
F1: Finalized with a payment
F2: Finalized with a denial
F3: Finalized after a revision
F3F: Finalized after a revision, sent on to the next payer
F3N: Finalized after a revision, not sent on to the next payer
F4: Finalized, nothing to be paid
P0: Pending, details with the status code
P1: Pending, being worked on
P2: Pending, in the payer's review
P3: Pending, the provider owes information
P4: Pending, the patient owes information
P5: Pending, held by the payer's administration
R0: Wants information of a general kind
R1: Wants information about a party
R3: Wants information about the claim or a line
R4: Wants supporting documents
R5: Wants more detail than an earlier answer gave
R6: Wants what a regulation asks for
R7: Wants to confirm that care follows the plan's coverage policy
R8: Wants to confirm an exception from coverage
R9: Wants to judge medical necessity
R10: Wants support for a grievance or appeal
R11: Wants records for a review before payment
R12: Wants the use of a procedure code explained
R13: Wants documents again, the first were unreadable
R14: Wants documents again, the first were the wrong ones
R15: Wants to settle workers' compensation coverage
R16: Wants to settle eligibility
R17: Replaces an earlier request
RQ: Wants an answer to a general question
"""

_STATUSES = """\
0: No further detail can be given electronically
1: The remittance has the details
2: A letter has the details
3: Decided, waiting for the next payment run
6: The subscriber owes the balance
12: Billed procedure codes were merged into fewer
15: Billed procedure codes were changed
16: Sent on to another party
17: Sent on by a third party
18: Another party got it and gave back an invalid status
19: The party confirms receipt
20: Accepted for processing
21: Something is missing or invalid (another code says what)
23: Sent back to the party
24: The party may not submit electronically
25: The party is not approved
26: The party is not known
27: Policy was cancelled
29: Subscriber doesn't fit the policy number
30: Subscriber doesn't fit the member id
31: Subscriber and policyholder names differ
32: No such subscriber with this policy number
33: No such subscriber with this member id
34: No such subscriber with this policyholder name
35: No such claim
37: Estimate on file, waits for the service
38: Waits for the next adjudication run
39: Pregnancy charges wait for the delivery
40: Waits for final approval
41: Needs special handling at the payer
42: Waits for related charges
44: Waits for a provider audit
45: Waits for a benefit decision
46: In internal review
47: In internal review, part was paid
49: Waits for the provider's accreditation
50: Waits for internal provider verification
51: A work-related cause is being looked into
52: Other coverage is being looked into
53: Member or group number is being looked into
54: Same as a claim or line already decided
55: With an examiner
56: Waits for eligibility
57: Coordination of benefits information was asked for
59: Information was asked for on paper or by phone
60: Information was asked for electronically
61: Eligibility for extended benefits
64: Repricing information
65: Paid
66: Paid at usual and customary charges
72: Payment was split
73: Paid to the party, no assignment on file
78: Same as a claim or line still in process
81: Conditions from before the coverage are not covered
83: No coverage for newborns
84: Service was not authorized
85: The party is not primary
86: Diagnosis doesn't fit the patient's sex
88: Not eligible for benefits on these dates
89: Not eligible for dental benefits on these dates
90: Not eligible for medical benefits on these dates
91: Not eligible or not approved on these dates
92: Dependent or student conditions are not met
93: Not the chosen primary care provider
94: No referral by the chosen primary care provider
95: What was asked for has not arrived
96: No agreement with the party
97: No eligibility found for the patient
98: Applied to the deductible
99: Review before treatment
100: Penalty for missing pre-certification
101: Handled as an adjustment of an earlier claim
102: Newborn's charges are on the mother's claim
103: Merged with other claims
104: Decided by the plan's terms
105: Covered by capitation
106: Not the party's amount to pay
107: Decided by the provider's contract
109: The party is not eligible
110: Pricing information is needed
111: Policyholder wants no electronic claims
114: Another party should handle it
116: Went to the wrong payer
117: Signature-on-file indicator is needed
121: More lines than the payer takes
123: More information was asked from the party
124: Name, address, phone and id of the party
125: Name of the party
126: Address of the party
127: Phone or e-mail of the party
128: Tax id of the party
129: Blue Cross id of the party
130: Blue Shield id of the party
131: Medicare id of the party
132: Medicaid id of the party
133: UPIN of the party
134: TRICARE id of the party
135: Commercial id of the party
136: Health industry id of the party
137: Plan network id of the party
138: Site id of the party
139: HMO id of the party
140: PPO id of the party
141: Administrator id of the party
142: License or certification number of the party
143: State license of the party
144: Specialty license of the party
145: Taxonomy code of the party
146: Anesthesia license of the party
147: Degree of the party
148: Social security number of the party
149: Employer id of the party
150: DEA number of the party
152: Pharmacy processor number
153: Id of the party
154: Relationship of surgeon and assistant
155: Relationship of the party to the patient
156: Patient's relationship to the subscriber
157: Sex of the party
158: Birth date of the party
159: Date of death of the party
160: Marital status of the party
161: Employment status of the party
162: Health insurance claim number of the party
163: Policy or group number of the party
164: Member number of the party
165: Employer of the party, with address and phone
166: Employer's name of the party
167: Employer's address of the party
168: Employer's phone of the party
170: Employee id of the party
171: Other insurance of the patient
172: Other employer, with address and phone
173: Demographics of the party
174: Student status of the party
175: School of the party
176: School address of the party
177: Demographics of the transplant recipient
178: Charges as billed
179: Outside laboratory charges
180: Semi-private room rate
181: Room rate
182: Amount other coverage allowed or paid
183: Amount another party paid
184: Purchase price of rented equipment
185: Rental price of equipment
186: Purchase and rental price of equipment
187: Service dates
188: Statement period
189: Admission date
190: Discharge date
191: Date of the last menstrual period
192: First service for this illness
193: Date of the first evaluation
194: Confinement dates
195: Disability dates
196: Return to work dates
197: Coverage dates
198: Start of Medicare coverage
199: Conception and expected delivery dates
200: Return date of the equipment
201: Earlier placement of the dental appliance
202: Earlier dental replacement and its reason
203: Placement of the dental appliance
204: Opening of the canals and completion date
205: Earlier root canal dates
206: Last periodontal surgery or planing
207: Impression and seating dates
208: Last pacemaker implant
209: Last pacemaker battery change
210: Last x-ray
211: Dialysis training dates
212: Last routine dialysis
213: First routine dialysis
214: Date of the order, prescription or referral
215: Extraction date
216: Drug information
217: Drug name, strength and form
218: NDC of the drug
219: Prescription number
222: Drug units and wholesale price
223: Way the drug was given
224: Joint that was injected
225: Body site
226: Injection site
227: Hospital information
228: Bill type
229: Admission source
230: Admission hour
231: Admission type
232: Admitting diagnosis
233: Discharge hour
234: Patient status at discharge
235: Units of blood furnished
236: Units of blood replaced
237: Units of blood in the deductible
238: Separate claims for mother and baby
239: Dental information
240: Tooth surfaces
241: Missing teeth
242: Teeth, surfaces or quadrants
243: Remaining months of dental treatment
244: Tooth number or letter
245: Quadrant or arch
246: Orthodontic fees and length
247: Line details
249: Place where the service was given
250: Type of service
251: Anesthesia minutes
252: Authorization number
254: First diagnosis
255: Diagnosis
256: DRG
257: Psychiatric code
258: Days or units
259: How often the service is given
260: Length of need with its start
261: Obesity measurements
262: Surgery the anesthesia was for
263: Length of the service
264: Oxygen flow and hours
265: Number of lesions
266: Ambulance origin and destination
267: Miles
268: Place where equipment is used
269: Size of the wound or tumor
270: Place of subluxation
271: Number of spine segments
272: Oxygen contents for the rental
273: Weight
274: Height
275: The claim
276: Claim form
277: Paper claim
279: Claim must be itemized
281: Related inpatient claim
282: Copy of the prescription
283: Medicare entitlement for the payer order
284: Copy of the Medicare card
286: Other payer's remittance
287: Why the service was medically necessary
288: Late hospital charges
290: Conditions from before the coverage
291: Why the pregnancy was ended
292: Purpose of the family session
293: Why physical therapy
294: Supporting documents (another code says which)
295: Attending physician's report
296: Nurse's notes
297: Medical notes
298: Operative report
299: Emergency notes
300: Laboratory result
301: MRI report
305: Radiology report
306: Detailed account of the service
307: Narrative with pocket depths
308: Discharge summary
310: Progress notes of six months
311: Pathology report
312: Dental chart
313: Bridgework
314: Dental records
315: Earlier periodontal treatment
316: Full medical history
318: X-rays
319: Images before and after surgery
320: Study models
322: Full-mouth x-rays
323: Models, x-rays or narrative
324: X-ray of the area or narrative
325: Full-mouth x-rays or narrative
326: Transplant acquisition invoice
327: Periodontal diagnosis with pocket depths
329: Exercise notes
330: Occupational notes
331: History and physical
333: Patient's release of information
334: Oxygen certification
335: Equipment certification
336: Chiropractic certification
337: Ambulance certification
339: Nutrition therapy certification
340: Pacemaker certification
341: Private nursing certification
342: Podiatry certification
343: Proof of license as a surgical facility
344: Proof of Part B approval for physical therapy
345: Treatment plan
346: Treatment plan for six months
352: Length of the treatment plan
353: Orthodontic plan
354: Plan for the other missing teeth
360: Benefits assignment indicator
363: Maybe workers' compensation
364: Whether employment caused it
365: Whether an accident caused it
366: Whether an auto accident caused it
374: Whether lenses follow cataract surgery
375: Whether a refraction was done
380: Supervision of the nurse anesthetist
382: Generic or brand authorization
383: Purpose of the nerve block
384: First placement or replacement
385: Arch, fixed or removable
386: Orthodontic purpose
387: Last examination by the party
388: Date post-operative care was taken over
389: Date post-operative care was given up
390: Last event that made it necessary
391: Dialysis dates
394: Last related hospital stay
395: Date the party signed the certification
396: Start of home dialysis
397: Onset date
398: Visual field results
400: The claim doesn't add up
401: Source of payment is not valid
402: An amount has to be above zero
403: Referral notes or orders of the party
406: Short medical history
407: Complications
408: First certification
409: Medication records
414: Need for more than one physician
417: Earlier tests with results
419: Tests of the panel with charges
420: Contrast material and why
428: Why an ambulance
430: Nearest suitable facility
431: Condition at the time of service
432: Date benefits ran out
433: Revocation of hospice
434: Why more than one transfer
435: Notice of admission
441: Qualification of the party
442: Kinds of treatment
443: First evaluation report
449: Expected end of the service
450: Waits for the spend-down
451: Diagnosis before and after surgery
452: Visits, hours a day and a week
453: Modifier
454: Procedure code
455: Revenue code
456: Covered days
457: Non-covered days
458: Coinsurance days
459: Lifetime reserve days
460: Condition code
464: Payer's claim number
465: Principal procedure
466: Signature of the party
467: Signature date of the party
468: Source of the patient's signature
469: Charge of the purchased service
470: Whether the service was purchased
471: Whether it was an emergency
472: Ambulance run sheet
473: Laboratory indicator is missing or wrong
474: Procedure doesn't fit the patient's sex
475: Procedure doesn't fit the patient's age
476: Units are missing or wrong
477: Diagnosis pointer is missing or wrong
478: Our claim number
479: Other payer's id is missing or wrong
480: Claim filing indicator
481: Format of the submission is wrong
483: Benefit maximum reached
484: The payer's application is not available
485: Too much to return at once, narrow the search
486: Principal procedure date
487: Not found, it belonged to another party
488: Diagnosis for these services
489: Attachment control number
490: Further procedure
491: The party may not send encounters
492: Further procedure date
493: Version not supported
494: No real-time requests, send a batch
495: Refer to the newest payer claim number
496: Submitter may not send for this party
497: Sales tax not paid
498: Leave days used up
499: No rate on file for service and party
500: ZIP code of the party
501: State of the party
502: City of the party
503: Street of the party
504: Last name of the party
505: First name of the party
506: The party changed its clearinghouse
507: HCPCS code
508: ICD-9 code (another code says which)
509: External cause code
510: A date lies in the future
511: A character that is not allowed
512: Length that the receiver can't take
513: HIPPS rate code
514: Middle name of the party
515: Managed care review
516: Date of the other payer's decision
517: Adjusted repriced claim reference
518: Adjusted repriced line reference
519: Adjustment amount
520: Adjustment quantity
521: Adjustment reason
522: Anesthesia modifying units
523: Anesthesia units
524: Blood gas quantity
525: Start of therapy
526: Bundled or unbundled line number
527: Certification condition
528: Visits projected in the certification
529: Certification revision date
530: Adjustment indicator
531: Disproportionate share amount
532: DRG amount
533: DRG outlier amount
534: ESRD payment
535: Claim frequency code
536: Indirect teaching amount
537: Second-payer pass-through amount
538: Claim or encounter indicator
539: Capital amount
540: Capital outlier amount
541: Claim submission reason
542: Denied charge of the claim
543: Clearinghouse trace
544: CLIA number
545: Contract amount
546: Contract code
547: Contract percentage
548: Contract type
549: Contract version
550: Coordination of benefits code
551: Total charge sent for coordination
552: Cost report days
553: Covered amount
554: Date paid
555: Delay reason
556: Demonstration project id
557: Diagnosis date
558: Discount
559: Document control id
560: Secondary id of the party
561: Contact of the party
562: NPI of the party
563: Tax amount of the party
564: EPSDT indicator
565: Estimated amount due
566: Exception code
567: Facility code qualifier
568: Family planning indicator
569: Fixed-format information
571: Frequency count
572: Frequency period
573: Functional limitation
574: Home health payable amount
575: Homebound indicator
576: Immunization batch number
577: Industry code
578: Insurance type
579: Device exemption number
580: Last certification date
581: Last worked date
582: Lifetime psychiatric days
583: Line charge
584: Line control number
585: Denied or non-covered charge
586: Line note
587: Measurement reference
588: Medical record number
589: Assignment indicator
590: Medicare coverage indicator
591: Medicare amount at 100 percent
592: Medicare amount at 80 percent
593: Medicare section 4081 indicator
594: Mental status
595: Treatments a month
596: Non-covered charge
597: Professional component not payable
598: Professional component billed, not payable
599: Note kind
600: Oxygen saturation
601: Oxygen test condition
602: Oxygen test date
603: Old capital amount
604: Originator's transaction id
605: Orthodontic months
606: Paid from the Part A fund
607: Paid from the Part B fund
608: Paid units
609: Participation agreement
610: Facility type at discharge
611: Peer review authorization
612: Limit per day
613: Physician contact date
614: Physician order date
615: Policy compliance code
616: Policy name
617: Postage claimed
618: Capital disproportionate share amount
619: Capital exception amount
620: Capital federal amount
621: Capital hospital amount
622: Capital teaching amount
623: Operating federal amount
624: Operating hospital amount
625: Estimate id
626: Pregnancy indicator
627: Amount before tax
628: Pricing method
629: Property and casualty claim number
630: Referring CLIA number
631: Rate
632: Reject reason
633: Related cause code
634: Remark code
635: Repriced patient group
636: Repriced line reference
637: Repriced saving
638: Repriced per diem or flat rate
639: Responsibility amount
640: Sales tax
642: Authorization exception
643: Amount paid on the line
644: Line rate
645: Service tax
646: Delivery pattern
647: Shipping date
648: Date of similar symptoms
649: Nursing facility indicator
650: Special program
651: State industrial accident number
652: Discount percentage
653: Test date
654: Total denied charge
655: Total Medicare paid
656: Visits projected
657: Visits given
658: Treatment code
659: Unit of measure
660: Universal product number
661: Visits before recertification
662: X-ray at hand
663: Group name of the party
664: Banding date
665: Surgery date
666: Surgical procedure
667: No real-time requests, don't send again
668: Root canal history missing
669: Dental narrative needed
670: Paid from a spending account
671: A spending account may have funds
672: The other payer's amounts don't add up
673: Patient's reason for the visit
674: Authorization used up
675: Admission to discharge dates
676: The facility may have paid the party
677: The party is not affiliated
678: Revenue code doesn't fit the patient's sex
679: Newborn belongs on the mother's claim
680: Country of the party
681: Currency not supported
682: Cosmetic
683: Waits for the hospital's claims
684: Refused for a syntax error, see the 999
685: Not decided at once, goes on in batch, don't send again
686: Decided, then voided
687: Estimate not possible at once, don't send again
688: Present-on-admission indicator
689: The party didn't answer in time
690: Several claims can't be decided at once
691: Several inquiries can't be answered at once
692: Subscriber works for the provider
693: An amount may not be negative
694: An amount may not be zero
695: Country subdivision of the party
696: Adjustment group
697: Too many decimals
698: Form type
699: Question or answer of the form
700: ICD-10 code (another code says which)
701: Initial treatment date
702: Repriced claim reference
703: Alternative billing code
704: Claim note
705: Repriced allowed amount
706: Repriced approved amount
707: Repriced patient group amount
708: Repriced revenue code
709: Repriced units
710: Line adjudication of the other payer
711: Purpose of the stretcher
712: Obstetric extra units
713: Description of the condition
714: Care plan oversight number
715: Date of the acute manifestation
716: Repriced DRG
717: Split for processing
718: Filed too late
719: Occurrence code
720: Occurrence date
721: Occurrence span code
722: Occurrence span dates
723: Days' supply
724: Drug quantity
725: Value code
726: Value amount
727: Accident date
728: Accident state
729: Accident description
730: Accident cause
731: Measured value
732: Doesn't follow billing guidelines (another code says what)
733: Prefix of the member number
734: Premium payment is being checked
735: Part of the allowance of another service
736: A service it depends on is missing
737: Dental procedure code
738: Home infusion code
739: Local procedure code
740: Drop-off place
741: The party must be a person
742: Payer responsibility sequence
743: Enrolment of the party
744: Hospital-acquired condition or preventable error
745: Id qualifier (another code says which)
746: The same submission came before
747: Hospice employee indicator
748: Data was corrected (another code says which)
749: Date of injury
750: State of the auto accident
751: State of the ambulance pick-up
752: State of the ambulance drop-off
753: Copay status
754: Name suffix of the party
755: Primary id of the party
756: Date the party received it
757: Last seen date
758: Repriced procedure
759: Purpose of the round trip
760: Tooth status
761: Referral number of the party
762: Substitute physician's id
763: ZIP code of the ambulance pick-up
764: Professional charges not covered
765: Institutional charges not covered
766: Service fell into the premium grace period
767: Emergency conditions
768: Outside the time after an accident
769: Equipment repair
770: Same as a claim that crossed over
771: Came before the crossover waiting time was over
772: Diagnosis needs more digits
773: One calendar year per claim
774: Experimental
775: Person or organization
776: Care before or after surgery
777: Multiple-procedure rules applied
778: Not a compensable event
779: Same service again too soon
780: Lifetime maximum reached
781: Readmission
782: Second surgical opinion
783: Federal sequestration
784: Visit verification doesn't match
785: Consent form is missing or wrong
786: Send to the automobile insurer
787: Send a new claim, not a replacement
788: Send to the pharmacy plan
789: Send to the medical plan
790: Send to the dental plan
791: Send to the vision plan
792: Send to the behavioral health plan
793: Send to the property and casualty plan
794: Not decided at once, send in a batch
795: Came before the first payer decided
796: Procedure code was not valid on that date
798: Estimate needs a person, don't send again
799: Send a replacement, not a new claim
"""

_WITHDRAWN = """
    4 5 7 8 9 10 11 13 14 22 28 48 67 68 69 70 71 87 108 112 113 115 118 119 120 122 169 220 221 248 253 278 280
    285 289 302 303 304 309 317 321 328 332 338 347 348 349 350 351 355 356 357 358 359 361 362 367 368 369 370
    371 372 373 376 377 378 379 381 392 393 399 404 405 410 411 412 413 415 416 418 421 422 423 424 425 426 427
    429 436 437 438 439 440 444 445 446 447 448 461 462 463 482 570 641
"""

CATEGORIES_BUILT_IN = CodeTable("Status category", read_lines(_CATEGORIES))
STATUSES_BUILT_IN = CodeTable(
    "Status",
    [
        *read_lines(_STATUSES),
        # The day of withdrawal is not known for these.
        *(Code(each, "Withdrawn status, see the payer's own words", stop=date.min) for each in _WITHDRAWN.split()),
    ],
)
CATEGORIES = CATEGORIES_BUILT_IN.words
STATUSES = STATUSES_BUILT_IN.words


def category_says(category: str) -> str:
    """The category in plain words."""
    return table("claim_status_category").says(category)


def status_says(code: str) -> str:
    """The status in plain words."""
    return table("claim_status").says(code)


def says(category: str, code: str = "") -> str:
    """Category, then status when there is one."""
    return f"{category_says(category)}: {status_says(code)}" if code else category_says(category)
