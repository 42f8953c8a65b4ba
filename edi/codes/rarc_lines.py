"""Remittance advice remark codes as lines (see edi.codes.table.read_lines): numbers and dates of the published list,
words of our own."""

LINES = """\
@19970101
M1: X-ray too old or missing
M2: Not paid separately for an inpatient
M3: Same as or similar to equipment in use already
M4: Last rental payment for this equipment
M5: Rental ends with month 15 or when the need ends
M6: Supplier must keep serving the item for its useful life
M7: No rental after purchase, return or full price
M8: Blood gas test by the supplier or on oxygen is not accepted
M9: Tenth rental month, offer the patient a purchase
M10: Purchase only in the first or tenth month
M11: Equipment goes to the DME contractor of the patient's ZIP code
M12: Say whether diagnostic tests were purchased
M13: Only one initial visit per specialty and group
M14: No separate payment for an injection in an office visit
M15: Bundled into another service
M16: Details are in the payer's bulletins
M17: Paid because you could not know it was not covered
M18: Home use only, a hospital or nursing facility is no home
M19? Oxygen certification
M20: HCPCS code missing or invalid
M21= Kind of residence where the home service was given
M22= Miles
M23: Invoice missing
M24= Doses per vial
M25: This level of service is not supported
M26: Level of service not supported, refund what the patient paid
M27: Patient is freed from paying, provider is liable
M28: Not payable under Part B while Part A is exhausted
M29: Operative report missing
M30: Pathology report missing
M31: Radiology report missing
M32: Conditional payment until the first payer decides
M33<20040801= UPIN of the ordering or referring provider
M34<20040801? CLIA number
M35<20050205= Pre-operative photos or visual fields
M36: Eleventh rental month, purchase must be offered first
M37: Not covered under age 35
M38: Patient was told in writing and agreed to pay
M39: Patient need not pay, the advance notice was not valid
M40: Assignment is required, the employer must file
M41: Patient has no legal duty to pay for it
M42: The attending physician must sign the necessity form
M43<20040131: Another contractor paid this already
M44: Condition code missing or invalid
M45: Occurrence code missing or invalid
M46= Occurrence span code
M47: Payer claim number missing or invalid
M48<20040131: Inpatient service, the hospital must bill it
M49: Value code or amount missing or invalid
M50: Revenue code missing or invalid
M51: Procedure code missing or invalid
M52: First service date missing or invalid
M53: Days or units missing or invalid
M54: Total charge missing or invalid
M55: Self-given anti-emetic only with a covered oral cancer drug
M56: Payer id missing or invalid
M57<20050602= Provider id
M58<20050205= Claim information
M59: Last service date missing or invalid
M60: Certificate of medical necessity missing
M61: The FDA trial's approval has run out
M62: Authorization code missing or invalid
M63<20040131: Only one of these a day
M64: Further diagnosis missing or invalid
M65: One interpreting physician per claim for purchased tests
M66: Bill technical and professional part of the test apart
M67: Further procedure missing or invalid
M68<20050602= Attending, ordering, rendering, supervising or referring id
M69: Paid at the normal rate, the modifier was not documented
M70: NDC was translated to a HCPCS code, keep sending it
M71: Less paid because tests overlap
M72<20031016: Date without eight digits
M73: Shortage-area bonus only for the professional part
M74: No shortage-area bonus for this
M75: Automated tests of one day paid together
M76: Diagnosis missing or invalid
M77: Place of service missing or invalid
M78<20060518= Modifier
M79: Charge missing or invalid
M80: Not covered in the same session as an earlier service
M81: Code to the highest specificity
M82: Not covered under age 50
M83: Covered only for high-risk patients
M84: Use the codes in force on the service date
M85: Subject to an E/M review
M86: Same or similar procedure was already paid in the period
M87: Under a prepayment review
M88<20040801: Only the laboratory that did the test may bill it
M89: Covered only once under age 40
M90: Covered once in 12 months
M91: Laboratories with different CLIA numbers need separate claims
M92<20040801: Under a home health review
M93: Break in therapy accepted, a new rental period begins
M94: Break in therapy not accepted, no new rental period
M95: Home health review or cost report audit
M96: Technical part for an inpatient is the facility's to bill
M97: Included in the facility's payment at this place
M98<20040131: Send the universal product number from now on
M99= Universal product or serial number
M100: Oral anti-emetic only within 48 hours of chemotherapy
M101<20040131: Send a G1 to G5 modifier from now on
M102: Equipment not approved by the FDA for this
M103: Break accepted, but a lesser item is paid
M104: Break accepted, paid at the fee schedule's maximum
M105: Break not accepted, a lesser item is paid
M106<20040131: Break not accepted, paid at the maximum
M107: Less paid, the hematocrit average was too high
M108<20050602= Id of the test's interpreter
M109: Bundled teleconsultation, pass a quarter on
M110<20050602= Id of the seller of the interpretation
M111: No manipulation without the x-ray that was refused
M112: Paid at the area's competitive bidding price
M113: Item was in use before the bidding contract
M114: Processed under competitive bidding or a demonstration
M115: Supplier is outside the program
M116: The demonstration is ending
M117: Must be sent electronically
M118<20110101: A letter follows
M119: NDC missing or invalid
M120<20050602= Id of the substitute physician
M121: Only with a covered cryosurgical ablation
M122= Level of subluxation
M123: Drug name, strength or dose missing
M124? Statement whether the patient owns the equipment
M125= Length of need
M126= Laboratory codes that make up the test
M127: Medical record missing
M128<20050602= Date of the last physician visit
M129= Statement that x-rays are at hand
M130? Lens invoice
M131? Physician's financial relationship form
M132? Pacemaker registration
M133: Seller or price of the purchased test not given
M134: Facility in which the provider has an interest
M135: Treatment plan missing or invalid
M136= Statement of a physician's supervision
M137: Part B coinsurance under a demonstration
M138: Patient was not enrolled in the demonstration
M139: Above the demonstration's limit
M140<20040130: Covered only after the 50th birthday
M141? Certified plan of care
M142? Diabetes program certificate
M143: Provider must update license information
M144: Pre- and post-operative care is part of the surgery
MA01: Decision may be appealed
MA02: Right to appeal, written and in time
MA03<20061001: A hearing may be asked for
MA04: First payer's identity or payment is missing
MA05<20031016: Admission date, patient status or bill type is wrong
MA06<20040801= First or last date
MA07: Also sent to Medicaid
MA08: Not passed on: no Medigap plan, or you don't participate
MA09: Sent unassigned, processed as assigned
MA10: Patient paid too much, refund due
MA11<20040131: Conditional payment, others may be liable
MA12: No right shown to bill for that person's services
MA13: Billing more than the PR amounts may be penalized
MA14: Plan member outside the plan, paid this once
MA15: Claim was separated, another notice follows
MA16: Black lung program pays
MA17: We are primary, the other insurer is owed a refund
MA18: Also sent to the supplemental insurer
MA19: Not sent to Medigap, its data was wrong
MA20: Nursing stay not covered for catheter or incontinence care
MA21: Name and sex don't match social security
MA22: Payment under a dollar held back
MA23: Demand bill approved after review
MA24: Another religious or nursing bill in the period
MA25: Hospice changed more than once in the period
MA26: You were told of this rule before
MA27: Member number or name missing or invalid
MA28: For information only, no appeal for the unassigned supplier
MA29<20050602= Provider's name or address
MA30: Bill type missing or invalid
MA31: Billing period missing or invalid
MA32= Covered days
MA33= Non-covered days
MA34= Coinsurance days
MA35= Lifetime reserve days
MA36: Patient's name missing or invalid
MA37: Patient's address missing or invalid
MA38<20050602= Birth date
MA39: Sex missing or invalid
MA40: Admission date missing or invalid
MA41= Admission type
MA42= Admission source
MA43: Patient status missing or invalid
MA44: No appeal, decided by law
MA45: Part or all of the payment is held in an account
MA46: New information considered, nothing more paid
MA47: You opted out of Medicare, patient pays
MA48: Responsible party or first payer missing
MA49<20040801= Id of the agency in care plan oversight
MA50= Device exemption or trial number
MA51<20050205= CLIA number of the office laboratory
MA52<20050602= Date
MA53= Competitive bidding project id
MA54: Hospice certification or election came late
MA55: Medical care ended the religious care election
MA56: You opted out of Medicare, patient pays up to the limit
MA57: Patient ended the religious care election
MA58: Release of information missing or invalid
MA59: Patient overpaid, refund within 30 days
MA60: Relationship to the insured missing or invalid
MA61: Social security number missing or invalid
MA62: Decision of a telephone review
MA63: Principal diagnosis missing or invalid
MA64: We are third payer, the first two must decide before
MA65: Admitting diagnosis missing or invalid
MA66: Principal procedure missing or invalid
MA67: Corrects an earlier claim
MA68: Not crossed over, the second insurer's data was incomplete
MA69= Remarks
MA70= Provider representative's signature
MA71= Date of the representative's signature
MA72: Patient overpaid on an assigned claim, refund in 30 days
MA73: Demonstration information only, patient is in managed care
MA74: Replaces a payment that was lost or returned
MA75: Patient's signature missing or invalid
MA76= Agency's id for care plan oversight
MA77: Patient overpaid beyond all payers, refund in 30 days
MA78<20040131: Patient overpaid, refund in 30 days
MA79: Above the interim rate
MA80: No payment, the hospital was paid for the encounter
MA81: Provider's signature missing or invalid
MA82<20050602= Billing provider's id or address
MA83: Not said whether we are primary or secondary
MA84: Patient is not in the emphysema trial
MA85<20040801= First payer's plan name
MA86<20040801= First payer's policy number
MA87<20040801= First payer's insured
MA88= Address or phone of the first payer's insured
MA89= Relationship to the first payer's insured
MA90= Employment status of the first insured
MA91: Result of your appeal
MA92: Other plan's information missing
MA93: Not under periodic interim payment
MA94: Not certified that the attending is no hospice employee
MA95<20040101: Unlisted code without a description
MA96: Managed care demonstration, patient not enrolled
MA97= Demonstration contract or trial number
MA98<20031016: Wrong demonstration contract number
MA99= Medigap information
MA100: Date of illness missing or invalid
MA101<20110101: The nursing facility owes its outside providers
MA102<20040801= Rendering, referring or ordering provider
MA103: Hemophilia extra
MA104<20040131= Last seen date or attending id
MA105<20050602= Provider number for the place
MA106: Under periodic interim payment
MA107: Paper claim: more than three items in field 19
MA108: Paper claim: more than one item in field 23
MA109: Under the ambulatory surgery rules
MA110= Statement on purchased tests
MA111= Price of the test or the laboratory's name
MA112: Group practice information missing or invalid
MA113: Tax id doesn't match the tax authority's
MA114: Place where services were given missing
MA115= Place in a shortage area
MA116: Homebound statement not given
MA117: A user fee of a dollar was taken
MA118: Veteran treated by the VA, no Medicare payment
MA119<20080501: Provider-level adjustment for late filing
MA120: CLIA number missing or invalid
MA121: X-ray date missing or invalid
MA122: Initial treatment date missing or invalid
MA123: Center was not chosen for the study
MA124<20040131: Processed for medical education only
MA125: Payment counts as payment in full
@20011012
MA126: Pancreas transplant only with a kidney transplant
MA127<20050602: Never used
MA128= FDA approval number
MA129<20040131: Provider not certified for it on that date
MA130: Claim can't be processed, send a new one; no appeal
MA131: Physician was already paid, must withdraw that claim
MA132: Adjusted to the rate before the demonstration
MA133: Overlaps an inpatient stay
MA134= Number of the facility where the patient lives
@20000101
N1: Decision may be appealed in writing
N2: Paid by the plan's most suitable course of treatment
N3: Consent form missing
N4: First payer's remittance missing or invalid
N5: First payer's remittance came, claim not on file
N6: Limited to what Medicare would have allowed (FEHB)
N7: Major medical provisions were considered
N8: First payer's crossover had too little data, send the claim
N9: Estimate of what an earlier payer may pay
N10: Decided by a reviewer
N11: Denial reversed after medical review
N12: Member lacks the Medicare part, owes its share
N13: Paid by professional or technical component
N14<20071001: Paid by contract or fee schedule
N15: Bill the newborn separately
N16: Out-of-pocket maximum met, paid at a higher rate
N17<20040801: Deductible per admission
N18<20040131: Paid by the Medicare allowance
N19: Incidental to the main procedure
N20: Not payable with another service that day
N21: Line was separated
N22: Payer changed the procedure code
N23: Other coverage may change the patient's share
N24= Bank data for electronic payment
N25: The administrator pays for the plan but bears no risk
N26: Itemized bill missing
N27= Treatment number
N28: Consent form rules not met
N29<20160301: Documentation missing
N30: Patient not eligible for this service
N31: Prescriber's id missing or invalid
N32: The rendering provider must submit it
N33: No health check before treatment began
N34: Wrong claim form
N35: Decision of program integrity or utilization review
N36: First payer's requirements must be met before
N37= Tooth number or letter
N38<20050205= Place of service
N39: Procedure doesn't fit the tooth
N40? Radiology films or images
N41<20031016: Authorization request was refused
N42? Mental health assessment
N43: Bed hold or leave days used up
N44<20031016: Payer's share of surcharges paid to the authority
N45: Paid at the authorized amount
N46= Admission hour
N47: Conflicts with another inpatient stay
N48: Disagrees with the other insurer's information
N49: Court-ordered coverage must be confirmed
N50: Discharge information missing or invalid
N51: No electronic interchange agreement on file
N52: Not enrolled in the billing provider's managed care plan
N53= Pick-up address
N54: Doesn't match the authorized services
N55: Group and performing provider billing rules not followed
N56: Procedure code not right for the service or date
N57= Prescribing date
N58= Patient liability amount
N59: See the provider manual
N60<20040131: Drug claims need an NDC
N61: Bill on separate claims
N62: Dates span rate periods, send separate claims
N63: Bill on separate lines
N64: First and last date must differ
N65: Code or rate not on file for date or provider
N66<20050205= Documentation
N67: Professional service is in the facility's demonstration payment
N68: Earlier payment cancelled for a demonstration
N69: Payment system code changed in processing
N70: Consolidated billing applies
N71: Processed as assigned, the law asks for assignment
N72: Payment code changed by reviewers
N73<20040131: The nursing facility owes its outside providers
N74: One claim for each month
N75= Tooth surface
N76= Number of riders
N77= Designated provider number
N78: Parts of the child checkup were not done
N79: Doesn't fit the patient's location
N80= Prenatal screening information
N81: Procedure doesn't fit the tooth surface
N82: Insurance payment counts as payment in full
N83: No appeal, demonstration rules
N84: More installments follow
N85: Last installment
N86: Biofeedback only after failed muscle training
N87: Biofeedback at home is not covered
N88: Conditional payment, home health episode on file
N89: Passed on to more payers than can be shown
N90: Covered only by the attending physician
N91: Not part of the appeal review
N92: Facility not certified for digital mammography
N93: One claim for each place of service
N94: More specific taxonomy needed
@20010731
N95: This provider type may not bill this
@20010824
N96: Patient must have failed other therapy first
N97: Patients with these conditions are excluded
N98: A successful test stimulation must come first
N99: Patient must be able to keep the diary
@20010914
N100<20161101: Payment system code corrected
@20011031
N101<20040131: Send the id of the place's provider
N102<20160701: Denied unreviewed, records didn't come in time
N103: Patient was in custody
@20020129
N104: Outside this contractor's area
N105: Railroad retirement beneficiary, other contractor
@20020131
N106: Nursing facility inpatient, bill the facility
N107: Must be on the nursing facility's inpatient claim
N108= Upgrade information
@20020228
N109: Chosen for complex review
N110: Facility not certified for film mammography
N111: Already in a decided claim; no appeal except for that
N112: Left out of your electronic remittance
@20020416
N113: One initial visit per physician or group
@20020530
N114: Blended ambulance fee
N115: Decided by a local coverage determination
@20020630
N116: Conditional payment, maybe a home health episode
@20020730
N117: Paid once in a lifetime
N118: Paid once in 28 days
N119: Not paid after five inpatient days in the 28
@20020809
N120: Partial home health episode payment
@20020909
N121: Not by this practitioner during a nursing facility stay
@20020912
N122: Add-on code can't stand alone
@20020924
N123: Split service, part of the units sent
@20020926
N124: Need for the larger service not shown, patient agreed to pay
N125: Need for the larger service not shown, refund the patient
@20021017
N126: Patient was deported
@20071031
N127: United Mine Workers beneficiary, other payer
@20021031
N128: Part that falls before coverage
N129: Patient's age not eligible
N130: See the plan's terms
N131: All contracts together can't pay above the allowance
N132: Payments to the excluded provider will end
N133: Estimate and payment are processed apart
N134: Scheduled payment, call if treatment stopped
N135: Record fees are the patient's, up to the copay
N136: How to appeal in Arizona
N137: Provider may appeal or complain for the member
N138: Second dental review possible with x-rays
N139: Dental appeal needs the beneficiary's mandate
N140: Overseas provider needs the beneficiary's mandate
N141: Patient not in long-term care on all dates
N142: Original was denied, send a new claim
N143: Patient not in hospice on all dates
N144: Rate changed within the dates
N145<20050602= Provider id for the place
N146? Screening document
N147: Long-term care rate unknown, patient id faulty
N148= Date of the last menstrual period
N149: Bill all services on one claim
N150= Model number
N151: Telephone contact only after a face-to-face contact
N152: Replacement claim information missing or invalid
N153= Room and board rate
N154: Payment waited for a corrected mailing address
N155: No other insurance on file, send it
N156: Patient pays the elective difference
@20030228
N157: Transport to or from there is not covered
N158: Transport other than by ambulance is not covered
N159: No mileage without the patient aboard
N160: Patient must choose an option first
N161: Only with its covered main service
N162: Paid, but outside the laboratory certificate
N163: Record doesn't support the code
N164<20040131: Transport to or from there is not covered
N165<20040131: Transport other than by ambulance is not covered
N166<20040131: No mileage without the patient aboard
N167: Above the post-transplant limit
N168<20040131: Patient must choose an option first
N169<20040131: Only with its covered main service
N170: New certificate of medical necessity needed
N171: Repair not covered or above the purchase price
N172: Patient not liable for the upgrade
N173: No qualifying hospital stay given
N174: Not covered; patient owes only the PR amounts
N175? Review organization's approval
N176: Aboard ship only under US flag and in US waters
N177: Not sent on, the other insurer pays no more
N178? Pre-operative images or visual fields
N179: Member was asked for information
N180: Criteria of the billed category not met
N181: Another provider's information needed
N182: Bill by the plan's schedule
N183: Estimate, documents needed when billed
N184: Bill technical and professional parts apart
N185: Don't send it again
N186: Military non-availability statement needed
N187: Review may be asked for in writing
N188: Approved level of care doesn't match the code
N189: Paid once as an exception
N190? Contract indicator
N191: Provider must update insurance information
N192: Patient is a qualified Medicare beneficiary
N193: Another public program may cover it
@20030225
N194: Technical part only for the owner of the equipment
N195: Bill the technical part separately
N196: Patient could apply for coverage that pays first
N197: Subscriber must update insurance information
N198: Rendering provider must belong to the paid group
N199: Changed by a payer audit
N200: Bill the professional part separately
N201<20110101: The mental health facility owes its outside providers
@20030630
N202: More information comes separately
N203: Anesthesia time missing or invalid
N204: Maybe from before the coverage, send 12 months of records
N205: Unreadable
N206: Documents don't match the claim
N207= Weight
N208= DRG
N209: Tax id missing or invalid
N210: May be appealed
N211: May not be appealed
@20040201
N212: Processed under a point-of-service benefit
@20040401
N213= DRG-exempt unit information
N214= History of the first surgery
N215: A second payer may not wait for the first's decision
N216: Service type not covered, or patient not in this benefit
@20040801
N217: One place of service per provider and claim
N218: Keep serving the item while it is needed
N219: Based on the first payer's allowance
N220: Dispute forms are at the payer
N221? Admission history and physical
N222~ Admission history and physical
N223? Proof of benefit in the first treatment period
N224~ Proof of benefit in the first treatment period
N225<20160301~ Documentation
N226~ Diabetes program certificate
N227~ Certificate of medical necessity
N228~ Consent form
N229~ Contract indicator
N230~ Statement whether the patient owns the equipment
N231~ Lens invoice
N232~ Itemized bill
N233~ Operative report
N234~ Oxygen certification
N235~ Pacemaker registration
N236~ Pathology report
N237~ Medical record
N238~ Certified plan of care
N239~ Physician's financial relationship form
N240~ Radiology report
N241~ Review organization's approval
N242~ Radiology films or images
N243~ Screening document
N244~ Pre-operative images or visual fields
N245~ Other plan's information
@20041202
N246: State limits what the patient pays
N247= Assistant surgeon's taxonomy
N248= Assistant surgeon's name
N249= Assistant surgeon's id
N250= Assistant surgeon's second id
N251= Attending provider's taxonomy
N252= Attending provider's name
N253: Attending provider's id missing or invalid
N254= Attending provider's second id
N255: Billing provider's taxonomy missing or invalid
N256: Billing provider's name missing or invalid
N257: Billing provider's id missing or invalid
N258: Billing provider's address missing or invalid
N259= Billing provider's second id
N260= Billing provider's contact
N261= Operating provider's name
N262= Operating provider's id
N263= Operating provider's second id
N264: Ordering provider's name missing or invalid
N265: Ordering provider's id missing or invalid
N266= Ordering provider's address
N267= Ordering provider's second id
N268= Ordering provider's contact
N269= Other provider's name
N270= Other provider's id
N271= Other provider's second id
N272= Other payer's id of the attending provider
N273= Other payer's id of the operating provider
N274= Other payer's id of the other provider
N275= Other payer's id of the seller of the service
N276= Other payer's id of the referring provider
N277= Other payer's id of the rendering provider
N278= Other payer's id of the service facility
N279= Pay-to provider's name
N280= Pay-to provider's id
N281= Pay-to address
N282= Pay-to provider's second id
N283= Id of the seller of the service
N284= Referring provider's taxonomy
N285: Referring provider's name missing or invalid
N286: Referring provider's id missing or invalid
N287= Referring provider's second id
N288: Rendering provider's taxonomy missing or invalid
N289= Rendering provider's name
N290: Rendering provider's id missing or invalid
N291= Rendering provider's second id
N292= Service facility's name
N293: Service facility's id missing or invalid
N294= Service facility's address
N295= Service facility's second id
N296= Supervising provider's name
N297: Supervising provider's id missing or invalid
N298= Supervising provider's second id
N299= Occurrence date
N300= Occurrence span dates
N301= Procedure date
N302= Further procedure's date
N303= Principal procedure's date
N304= Dispensing date
N305: Accident date missing or invalid
N306= Date of the acute manifestation
N307= Decision or payment date
N308= Appliance placement date
N309= Assessment date
N310= Date care was taken over or given up
N311= Return to work date
N312= Start of therapy
N313= Certification revision date
N314= Diagnosis date
N315= First day of disability
N316= Last day of disability
N317= Discharge hour
N318= Discharge date
N319= Hearing or vision prescription date
N320= Home health certification period
N321= Last admission period
N322= Last certification date
N323= Last contact date
N324= Last seen date
N325= Last worked date
N326= Last x-ray date
N327= Other insured's birth date
N328= Oxygen saturation test date
N329: Patient's birth date missing or invalid
N330= Patient's date of death
N331= Physician's order date
N332= Earlier discharge date
N333= Earlier placement date
N334= Re-evaluation date
N335= Referral date
N336= Replacement date
N337= Second diagnosis date
N338= Shipping date
N339= Date of similar symptoms
N340: Subscriber's birth date missing or invalid
N341= Surgery date
N342= Test date
N343= Start of the nerve stimulator trial
N344= End of the nerve stimulator trial
@20050330
N345: Date range doesn't fit the units
N346= Oral cavity code
N347: Another provider was paid for this purchased service
@20050801
N348: You chose another supplier for it
N349: Drug and way of giving it must both be reported
N350: Unlisted code needs a description
N351: Outside the approved treatment dates
N352: No scheduled payments, bill each visit
N353: Estimate, the claim decides
N354~ Invoice
N355: Exceptions from the refund duty
N356: Not covered with or after a non-covered service
@20051118
N357: Time between related services not kept
N358: May be reviewed with more documents
N359= Height
N360: Estimate without other coverage, send its payment
N361<20071001: Multiple imaging reduction
N362: Too many units
N363: Policy will change soon
N364: Our agreement waives deductible and coinsurance
@20060401
N365<20140701: Reporting code without payment
N366: Requested information never came, can be reopened
N367: Sent on to a spending account
N368: Appeal the decision made before
N369: Processed, but short of state rules
@20060801
N370: Beyond the covered rental months
N371: Title passes to the patient
N372: Only necessary maintenance is covered
@20061201
N373: Refund goes to the payer that paid first by mistake
N374: Part A exhausted, Part B remittance needed
N375= Questionnaire on the dependent
N376: Active duty, TRICARE may be primary
N377: Paid by a replacement claim
N378= Prescription quantity
N379: Claim and line level disagree
@20070401
N380: Send a corrected claim
N381: See the contract
N382: Patient id missing or invalid
N383: Cosmetic
N384: Tooth or body part was removed before
N385: Admission was reported late
N386: Decided by a national coverage determination
N387: Send it to the other insurer, we didn't
@20070801
N388= Prescription number
N389: Prescription number sent twice
N390: Can't be billed separately
N391? Emergency records
N392~ Emergency records
N393: Progress notes missing
N394~ Progress notes
N395: Laboratory report missing
N396~ Laboratory report
N397: Incomplete service or undelivered item
N398? Consent to the elective service
N399~ Consent to the elective service
N400: Please send electronically
N401? Periodontal chart
N402~ Periodontal chart
N403? Facility certification
N404~ Facility certification
N405: Only when the donor's insurer doesn't cover it
N406: Only when the recipient's insurer doesn't cover it
N407: Not an approved submitter of this format
N408: Earlier payer's deductible not covered
N409: Too long after the accident
N410: Only when the prescription changes
N411<20090201: Once in six months
N412<20090201: Twice in 12 months
N413<20090201: Twice in a benefit year
N414<20090201: Four times in 12 months
N415<20090201: Once in 18 months
N416<20090201: Once in three years
N417<20090201: Once in five years
N418: Misrouted claim
N419: Retroactive rate change
N420: Retroactive change for other coverage
N421: Retroactive change after review
N422: Retroactive change by an incentive program
N423: Retroactive change by another program
N424: Patient lives outside the area for this payment
N425: Excluded by law
N426: Not covered when the patient gives it himself
N427: Glasses or lenses only after cataract surgery
N428: Not covered at this place
N429: Routine
@20071105
N430: Code doesn't fit the units
N431: Not covered with this procedure
N432: Recovery audit
@20080229
N433: Send again with the NPI only
@20080701
N434= Present-on-admission indicator
N435: Beyond the allowed number without documents
N436: Injury not accepted, mandatory payment made
N437: Will be reconsidered if the injury is accepted
N438: Paper claims only here
N439? Anesthesia physical status
N440~ Anesthesia physical status
N441: Missed appointment
N442: Paid by another fee schedule
N443= Total, start or end time
N444: Facility has not elected high-cost outliers
N445? Proof of actual cost
N446~ Proof of actual cost
N447: Paid as generic, proof not given
N448: Not in the fee schedule or contract
N449: Paid as a comparable item
N450: Only by the primary treating physician
N451? Admission summary
N452~ Admission summary
N453? Consultation report
N454~ Consultation report
N455? Physician's order
N456~ Physician's order
N457? Diagnostic report
N458~ Diagnostic report
N459? Discharge summary
N460~ Discharge summary
N461? Nursing notes
N462~ Nursing notes
N463? Support data
N464~ Support data
N465? Physical therapy notes
N466~ Physical therapy notes
N467? Test and analysis report
N468~ Test and analysis report
N469: Special Medicare appeal process
N470: This completes the mandatory limit
N471= HIPPS rate code
N472: Another provider was paid for it
N473? Certification
N474~ Certification
N475? Completed referral form
N476~ Completed referral form
N477? Dental models
N478~ Dental models
N479? Other payer's explanation of benefits
N480~ Other payer's explanation of benefits
N481? Models
N482~ Models
N483<20150501? Periodontal charts
N484<20150501~ Periodontal charts
N485? Physical therapy certification
N486~ Physical therapy certification
N487? Prosthetics or orthotics certification
N488~ Prosthetics or orthotics certification
N489? Referral form
N490~ Referral form
N491= Excluding rider
N492: Member may be billed after written agreement
N493? First report of injury
N494~ First report of injury
N495? Supplemental medical report
N496~ Supplemental medical report
N497? Disability report
N498~ Disability report
N499? Medical-legal report
N500~ Medical-legal report
N501? Vocational report
N502~ Vocational report
N503? Work status report
N504~ Work status report
@20081101
N505: Only what could be estimated at once
N506: Estimate of the member's share
N507: Distance rule not met
N508: Member's share, decided in real time
N509: Spending account has enough
N510: Spending account has too little
N511: Spending account balance not known
N512: First remittance of a real-time claim, unchanged
N513: First remittance of a real-time claim, changed
N514<20110101: See the plan's terms
N515<20091001: Send it to the other insurer
@20090301
N516: NPI and tax id don't match
N517: Send a new claim with what was asked for
N518: Accessories are part of the oxygen payment
@20090701
N519: Modifiers can't stand together
N520: Paid from a spending account
@20091101
N521: Provider data differs from ours
N522: Same as a crossover claim
@20100301
N523: Outlier limit reached
N524: Payment in full by policy
N525: Inside another service's global period
N526: No recovery, employer too small
N527: Paid first before the recovery demand
N528: Institutional benefits only
N529: Professional benefits only
N530: No recovery by enrollment
N531: No recovery, premium paid directly
N532: No recovery by disability or work status
@20100701
N533: Indian Health facility under a tribal plan
N534: Individual policy without the employer
N535: Paid by code and place of service
N536: First payer's patient share stands, not covered here
N537: No record of the service
N538: The facility owes its outside providers
N539: Appeal made for you was refused
@20101101
N540: Interrupted stay
N541: Insurance type differs from ours
@20110308
N542? Income proof
N543~ Income proof
@20110701
N544: Paid, but the referring provider doesn't match
N545: Less for not prescribing electronically
N546: Earlier e-prescribing reduction
@20120306
N547: A refund claim was processed before
N548: Year's deductible met
N549: Year's out-of-pocket maximum met
N550: Enrolment must be revalidated
N551: Surgery center quality program
N552: Reverses an earlier withhold or bonus
N553<20121101: Low-income subsidy changed
@20120701
N554= Family planning indicator
N555? Medication list
N556~ Medication list
N557: File where the specimen was taken
N558: File where the equipment was received
N559: File where the ordering physician is
@20121101
N560: Claim due within 60 days of admission notice
N561: Readmission belongs to the bundled claim
N562: Provider differs from the admission notice
N563: Advance notice missing, patient not liable
N564: Patient doesn't fit the demonstration
N565: Reporting code needs a modifier next time
N566: Functional reporting needed next time
@20130301
N567: Preventive
N568: First payment on the admission notice
N569: Not covered for this diagnosis
N570= Credentialing data
N571: Another payer pays each quarter
N572: Needs its reporting codes and modifiers
N573: Overpaid, another contractor will ask for it
@20130715
N574: Ordering provider's specialty may not order
N575: Ordering provider's name differs from ours
N576: Not related to the incident
N577: Personal injury protection
N578: Coverage doesn't apply to this loss
N579: Medical payments coverage
N580: By the policy's terms
N581: Coverage is being investigated
N582: Suspended until the patient cooperates
N583: Not in our insured vehicle
N584: Insured broke policy conditions
N585: Injury was settled
N586: Injured party doesn't qualify
N587: Policy used up
N588: Patient asked not to pay
N589: Driving while impaired is excluded
N590? Independent medical exam
N591: Paid by an independent exam or review
N592: Not the first prescription, or above its limit
N593: Scheduled exam was missed
N594: No application for benefits
N595: No assignment of benefits
N596: No medical authorization
N597: Shared with unrelated conditions
N598: Health policy pays first
N599: Florida no-fault rate
N600: Regional fee schedule
N601: Hawaii motor vehicle rate
N602: Drug price list maximum
N603: New Jersey auto fee schedule
N604: New York no-fault fee
N605: New York DRG under no-fault
N606: Oregon fee schedule
N607: Condition not compensable
N608: 110 percent of Medicare (Act 6)
N609: 80 percent of charge (Act 6)
N610: Paid by the suitable level of care
N611: In litigation
N612: Not authorized to treat injured workers here
N613: Paid, but the ordering provider must update enrolment
N614: More in the policy reference
N615: In the premium grace period
N616: First month of the grace period
N617: Second or third month of the grace period
N618: Reprocessed when premiums are paid
N619: Coverage ended for unpaid premium
N620: Quality reporting code
N621: Required forms are not paid
N622: By the date of injury
N623: Unproven or outdated
N624: Workers' compensation claim was withdrawn
N625= Workers' compensation claim number
N626: No E/M with chiropractic codes
N627<20140701: Not payable under the managed care contract
N628: No follow-up on the day of the test
N629: Documents were not asked for
N630: Attending didn't authorize the referral
N631: Not in the fee schedule, comparable service paid
N632<20140701: Value zero in the fee schedule
N633: No further anesthesia time units
N634: By anesthesia time
N635: By anesthesia base units and time
N636: Once per injury
N637: No consultation after treatment by the same provider
N638: Home health fee schedule
N639: Rehabilitation facility fee schedule
N640: Beyond the allowed number
N641: By number of body areas
N642: Single tests billed for a panel
N643: Not covered in the state fee schedule
N644: Bilateral rule
N645: Mark-up
N646: Assistant rule
N647: By DRG
N648: Stop loss
N649: By invoice
N650: Policy not in force on the date of loss
N651: No injury coverage in the policy
N652: Service before the loss
N653: Injury and loss dates differ
N654: Maximum improvement reached
N655: By region
N656: Interest for late payment
N657: Use the right code
N658: Not a medical expense
N659: Exempt from sales tax
N660: Sales tax is included
N661: Necessity not documented
N662: Waits for the final bill
N663: By agreement
N664: By legal settlement
N665: Provider without a license
N666: One E/M of this level per course of care
N667? Prescription
N668~ Prescription
N669: By the Medicare fee schedule
N670: First procedure under the multiple procedure rule
N671: By cost-to-charge ratio
N672: Insurance offset
N673: Outpatient per diem or factor
N674: Needs a service before it
N675: Injured party must give information
N676: Not in the outpatient facility schedule
@20131101
N677: Images are not returned
N678? Post-operative images or visual fields
N679~ Post-operative images or visual fields
N680= Date of extractions
N681= Full-arch series
N682= Periodontal history
N683= Earlier treatment
N684: Specialty claim sent as a general one
N685= Prosthesis, crown or inlay code
N686= Questionnaire
N687: Reversed, disenrolled after the fact
N688: Reversed after review
N689: Reversed, rate changed
N690: Reversed after the provider's appeal
N691: Reversed after the patient's appeal
N692: Reversed, rate was wrong
N693: Reversed, provider cancelled the claim
N694: Reversed, provider changed the claim
N695: Reversed, patient share was wrong
N696: Reversed, other coverage found
N697: Reversed by an incentive program
N698: Reversed, premiums unpaid
@20140301
N699: Physician quality reporting
N700: Health record incentive
N701: Value modifier
N702: By review of other claims
N703: Doesn't fit other claims
N704: No appeal, but may be corrected and resent
N705~ Documentation
N706? Documentation
N707~ Orders
N708? Orders
N709~ Notes
N710? Notes
N711~ Summary
N712? Summary
N713~ Report
N714? Report
N715~ Chart
N716? Chart
N717~ Face-to-face examination record
N718? Face-to-face examination record
N719: Penalty for plan rules not met
N720: Patient overpaid, a refund may be due
N721: Only in a clinical trial
N722: Use the workers' compensation set-aside
N723: Use the liability set-aside
N724: Use the no-fault set-aside
N725: A liability insurer is responsible for the diagnosis
N726: Conditional payment not allowed
N727: A no-fault insurer is responsible for the diagnosis
N728: A workers' compensation insurer is responsible for the diagnosis
@20141101
N729? Medical or dental record
N730~ Medical or dental record
N731~ Mental health assessment
N732: Facility without a license
N733: Surcharges go to the state
N734: Only while unable to work
@20150301
N735<20160101: Adjusted unreviewed, records didn't come
N736~ Sleep study
N737? Sleep study
N738~ Vein study
N739? Vein study
N740: Spending account can't cover the share
N741: Site-neutral payment
N742<20161101: Processed on ICD-9 codes
N743: Maybe a work accident
N744: Maybe an auto accident
N745? Ambulance report
N746~ Ambulance report
N747: Send it to the plan where the patient lives
N748: Hospital's charges not received
N749? Blood gas report
N750~ Blood gas report
N751: Covered by Part D
N752= HIPPS authorization code
@20150701
N753= Attachment control number
N754= Qualifier of the referring provider on the paper form
N755= ICD indicator
N756= Drop-off address
N757: Federal Indian fee schedule
N758: By the authorization decision
N759: Imaging equipment standard not met
@20151101
N760: Facility may not be paid for it
N761: Provider may not be paid for it
N762: Facility not certified for tomosynthesis
N763: Demonstration code doesn't belong here
@20160301
N764= Hematocrit
N765: Earlier payer's coinsurance not covered
N766: Earlier payer's copay not covered
N767: Provider must enroll with the state's Medicaid
N768~ First evaluation report
N769: Diagnosis needs a side
N770: Adjustment request was processed
@
N771: May not charge above the limiting charge
N772: Bill urgent and ancillary services apart
N773: Drug not from an approved vendor
N774: See the processor agreement on fees
N775: Less for x-ray on film
N776: Not a covered telehealth service
N777? Assignment indicator
N778? Primary care physician
N779: Replace or void only after the original is decided
N780= End of therapy
N781: Qualified beneficiary, check the deductible collected
N782: Qualified beneficiary, check the coinsurance collected
N783: Qualified beneficiary, check the copay collected
N784? Comprehensive procedure code
N785? Current radiology images
N786: Orthodontic phase limit
N787: Partial hospitalization needs weekly hours
N788: Review organization didn't get what it asked for
N789: Clinical trial is not covered
N790: Supplier not accredited for it
N791? History and physical
N792~ History and physical
N794: By the technology used
N795: Send it as a purchase
N796= Hemoglobin
N797= Date qualifier
N798: Void the original and send a new claim
N799: Id must be a person's, not a group's
N800: One service date per claim
N801: Medicare facility under a tribal plan
N802: File where the rendering provider is
N803: The contracted group must submit it
N804: Outpatient code editor
N805: Correct code editor
N806: Global transplant payment
N807: Merit-based incentive
N808: Not for this provider type
N809: Fee follows competitive bidding
N810: In-network because of a disaster
N811? Earlier payer's sequestration
N812: Dates span too long
N815= NDC units
N816= NDC unit of measure
N817: Laboratories must report private prices
N818: Dates differ from the visit verification
N819: Patient not in visit verification
N820: Units differ from the visit verification
N821: Visit not found in visit verification
N822? Modifier
N823~ Modifier
N824: Visit data must come from an approved vendor
N825: Early intervention rules not met
N826: Patient doesn't fit shared savings
N827= County code
N828: Payment held back, contracted funding
N829= Test identifier (Z-code)
N830: Under surprise billing law
N831: Enrolment not revalidated
N832: Occurrence code given twice
N833: Share of cost waived
N834: Tax-exempt here
N835: Unrelated service, patient owes the rest
N836: Payee's tax form not on file
N837: Payer added a modifier
N838: Postponed by order or disaster
N839: Code changed, beyond the accepted condition
N840: Compensation claim filed in another state
N841: North Dakota rule
N842: Patient may not be billed
N843= CBSA code
N844: Nebraska emergency care act
N845: Nebraska emergency care act, notice
N846: NDC doesn't fit the code
N847: NDC is obsolete
N848: NDC belongs to no product
N849: Tooth was missing before coverage
N850= Description of the service
N851: Less for a therapy assistant
N852: Pay-to and rendering tax ids differ
N853: Too many modalities in a session
N854: First use up appeals with the primary
N855: Federal benefit law applies
N856: Federal benefit law doesn't apply
N857: Refund the copay you collected
N858: State emergency billing law
N859: Federal surprise billing law
N860: Share by the qualifying amount
N861: Patient's share differs from our records
N862: Share follows surprise billing law
N863: Final out-of-network rate under surprise billing law
N864: Surprise billing law, emergency
N865: Surprise billing law, at a network facility
N866: Surprise billing law, air ambulance
N867: Share by state law
N868: Share by an all-payer agreement
N869: Share by the qualifying payment amount
N870: Share by the lower charge
N871: First payment under surprise billing law
N872: Final payment by state law
N873: Final payment by an all-payer agreement
N874: Final payment after negotiation
N875: Final payment by arbitration
N876: Denial under surprise billing law
N877: First payment, negotiation may be opened
N878: Patient's consent to extra billing not valid
N879: Patient's consent to extra billing not allowed
N880: Original closed, adjusted under a new number
N881: Client's share of home care
N882: Plan allowance, patient waived protection
N883: By state law
N884: Surprise billing law may apply, call
N885: Surprise billing law not applied, may be appealed
N886: Request for information was sent (277)
N887: Medicare Advantage appeal with waiver
N888: Electronic request for information was sent
N889: First processed in real time
N890: Visit verification data missing
N891: Primary paid the maximum
N892: Delay reason not acceptable
N893= Child evaluation form
N894: Paid under reservation
N895: Specialty drug fee schedule
N896= Trauma activation sheet
N897= Proof of the member's payment
N898= Resource group code
N899? First evaluation report
N900? Therapy notes
N901~ Therapy notes
N902? Health risk assessment
N903~ Health risk assessment
N904: The transport vendor pays
N905: Provider opted out, patient owes nothing
N906: Patient too young
N907: No refund, 340B price
N908: Bought at the maximum fair price, no refund
N909: Refund by another method
N910: Ask the manufacturer for the refund
N911: Part D data must be corrected first
N912: Hospice was not elected
N913: Several visit verifications for the service
N914: California balance billing law
N915: The plan has no predetermination
N916: A third party pays the provider
"""
