"""Sentences that tempt to code what is denied, doubted or another person's: text, codes that belong, codes that do not.

Codes are beginnings, so that a sentence judges the context and not the last character.
"""

DENIED = """
No fever, chills, or chest pain. || R50 R68.83 R07
Denies chest pain, shortness of breath or palpitations. || R07 R06 R00
Denies chest pain but has dyspnea on exertion. | R06 | R07
Denies fever, has cough. | R05 | R50
No fever but cough for 3 days. | R05 | R50
Denies chest pain,\\nshortness of breath, or palpitations || R07 R06 R00
Patient denies any history of diabetes, hypertension,\\nasthma or stroke. || E11 I10 J45 I63 Z86.73
Denies:\\n- chest pain\\n- shortness of breath\\n- fever\\n\\nHas a cough. | R05 | R07 R06 R50
Pertinent negatives: fever, chills, headache. || R50 R68.83 R51
Negative for pneumonia, pleural effusion or pneumothorax. || J18 J90 J93
CXR neg for pneumonia. || J18
Flu and strep negative. || J10 J11 J02.0
Influenza A/B neg. || J10 J11
Sepsis considered on arrival but not supported. || A41
DVT and PE ruled out. || I82 I26
DVT was ruled out by duplex. || I82
Pneumonia has been excluded by chest film. || J18
MI ruled out with serial troponins. || I21
Stroke was ruled out on MRI. || I63
No evidence of deep vein thrombosis. || I82
No clinical evidence of heart failure. || I50
No radiographic signs of pneumonia. || J18
No history of seizures or migraine. || G40 R56 G43
No personal history of breast cancer. || C50 Z85.3
No known history of asthma. || J45
No current symptoms of depression. || F32
Never had asthma. || J45
Has never been diagnosed with diabetes. || E11
He is not diabetic. || E11
She does not have hypertension. || I10
He doesn't have gout. || M10
Does not meet criteria for major depressive disorder. || F32 F33
Cough is not due to pneumonia. | R05 | J18
Not consistent with migraine. || G43
Rash not felt to be shingles. || B02
Low suspicion for appendicitis. || K35 K37
Unlikely to be gout. || M10
Cellulitis unlikely. || L03
Doubt pneumonia. || J18
Absence of edema and jaundice. || R60 R17
Free of asthma symptoms. || J45
Seizure-free for two years on no drugs. || R56
Patient is w/o fever or cough. || R50 R05
Without nausea, vomiting or diarrhea. || R11 R19.7
Neither gout nor psoriasis. || M10 L40
Lack of fever argues against influenza. || R50
(-) fever, (-) cough, (+) sore throat | R07 | R50 R05
+ cough, + sore throat, - fever, - headache | R05 | R50 R51
Positive for cough. Negative for fever. | R05 | R50
Diabetes: no. Hypertension: yes. | I10 | E11
Diabetes: No\\nHypertension: Yes\\nAsthma: denies | I10 | E11 J45
CHF - none\\nCOPD - none\\nGout - yes | M10 | I50 J44
HTN: denies\\nGERD: on omeprazole daily | K21 | I10
Asthma (-) || J45
Asthma (neg), gout (+) | M10 | J45
[ ] diabetes [x] hypertension | I10 | E11
[ ] Diabetes\\n[x] Hypertension\\n[ ] Asthma | I10 | E11 J45
Diabetes [ ]  Hypertension [x] | I10 | E11
☐ asthma ☑ gout | M10 | J45
Asthma | no\\nGout | yes | M10 | J45
Chest pain is denied. || R07
Fever and chills are denied. || R50 R68.83
Fever, cough and headache denied. || R50 R05 R51
Fever absent. || R50
Pain 0/10. || R52
No asthma, diabetes, hypertension. || J45 E11 I10
PMH negative for diabetes, CAD, stroke. || E11 I25 I63
Denies past medical history of asthma. || J45
No longer has headaches. || R51
No longer smokes. || F17
Nonsmoker. || F17
Non-smoker, non-diabetic. || F17 E11
Not pregnant. || Z33 O
No DVT on ultrasound; calf strain. | S86 | I82
COVID test: negative || U07
Rapid strep: neg || J02.0
Ultrasound showed no gallstones. || K80
The chest film excluded pneumonia. || J18
Depression screen negative. || F32
Hep C antibody negative. || B18 B19
No recurrence of breast cancer. || C50
There have been no panic attacks. || F41.0
Has not had any falls or syncope. || R55 R29.6
Weight loss, night sweats: none. || R63.4 R61
No headache, vision change, or weakness; blood pressure high because of hypertension. | I10 | R51 R53
Neg: fever, cough, headache || R50 R05 R51
No neck pain with headache. || M54.2 R51
Suicidal ideation: denied || R45.851
Denies SI/HI. || R45.851
Never had a seizure, stroke, or heart attack. || R56 I63 I21
Patient lacks insight but not depressed. || F32
Biopsy: no malignancy, no dysplasia. || C80
"""

AFFIRMED = """
She no longer tolerates metformin for type 2 diabetes. | E11 |
Not only gout but also psoriasis. | M10 L40 |
No change in his COPD. | J44 |
No increase in angina. | I20 |
Denies worsening of asthma. | J45 |
No exacerbation of COPD since spring. | J44.9 | J44.1
No flare of gout. | M10 |
Hypertension not at goal. | I10 |
Not taking her lisinopril for hypertension. | I10 |
Diabetes, no hypoglycemia. | E11 | E16
Asthma without exacerbation; hypertension. | J45 I10 | J45.901
No improvement in migraine with topiramate. | G43 |
No problems with her psoriasis. | L40 |
No side effects from statin for hyperlipidemia. | E78 |
No surgery needed for gallstones. | K80 |
Non-healing ulcer of right heel. | L97 |
Not sleeping because of anxiety. | F41.9 |
Denies chest pain, takes lisinopril for hypertension. | I10 | R07
No chest pain, has hypertension and gout. | I10 M10 | R07
No fever. Cough for 3 days. | R05 | R50
Without insurance, hypertension untreated. | I10 |
No angina, hypertension, on aspirin. | I10 | I20
Hypertension: yes | I10 |
Asthma: stable | J45 |
No doubt this is shingles. | B02 |
Refused statin for hyperlipidemia. | E78 |
Could not sleep, insomnia. | G47.00 |
Cough for the past 3 weeks. | R05 |
Previously healthy, now with cough. | R05 |
Gout diagnosed in 2019. | M10 |
Sarcoidosis, diagnosed in 2018, on prednisone. | D86 |
Asthma, no wheeze today. | J45 | R06
No need for insulin, diabetes controlled with diet. | E11 |
No new complaints. Hypertension stable. | I10 |
Hypertension, well controlled, no edema. | I10 | R60
Discussed her diabetes and diet. | E11 |
Should continue lisinopril for hypertension. | I10 |
May use ibuprofen for knee pain. | M25.56 |
Iron deficiency anemia, likely due to menorrhagia. | D50 |
Hypothyroidism, not pregnant. | E03 |
"""

UNCERTAIN = """
Likely pneumonia. || J18
Probable sinusitis. || J32 J01
Possible deep vein thrombosis. || I82
Suspected appendicitis. || K35 K37
Suspicious for melanoma. || C43
r/o DVT || I82
R/O pneumonia || J18
Rule out myocardial infarction. || I21
? pneumonia || J18
?DVT left leg || I82
Pneumonia? || J18
Gout vs. pseudogout || M10 M11
Viral versus bacterial: gout vs cellulitis || M10 L03
Concern for appendicitis. || K35 K37
Concerning for melanoma. || C43
Cannot exclude pneumonia. || J18
Pneumonia cannot be excluded. || J18
Pneumonia not excluded. || J18
PE has not been ruled out. || I26
Consistent with gout. || M10
Compatible with psoriasis. || L40
Suggestive of rheumatoid arthritis. || M06 M05
Worrisome for lung cancer. || C34
Work-up for lupus. || M32
Evaluate for celiac disease. || K90.0
CT to rule out appendicitis. || K35 K37
Ultrasound to exclude DVT. || I82
Differential: gout, cellulitis, septic arthritis. || M10 L03 M00
DDx includes gout, cellulitis, psoriasis. || M10 L03 L40
Differential diagnosis:\\n- gout\\n- cellulitis\\n\\nPlan: labs || M10 L03
Asthma is in the differential. || J45
Appendicitis suspected. || K35 K37
Appendicitis is a possibility. || K35 K37
Asthma likely. || J45
This may be gout. || M10
It could be shingles. || B02
Might have lupus. || M32
Presumed viral pneumonia. || J12
Questionable gout. || M10
Lupus is being considered. || M32
Testing for celiac disease. || K90.0
Checked for gout. || M10
Unclear whether this is gout. || M10
Cough. Asthma and pneumonia to be ruled out. | R05 | J45 J18
Patient thinks she has lupus. || M32
Worried about lung cancer. || C34
Gout or cellulitis, probably gout. || M10
Hypertension. Possible sleep apnea, to be tested. | I10 | G47.3
Cough, likely asthma. | R05 | J45
Probable gout, hypertension controlled on lisinopril. | I10 | M10
Working diagnosis: lupus || M32
Gout, cellulitis or septic joint possible. || M10 L03
MI rule-out || I21
c/f appendicitis || K35 K37
Favor gout. || M10
Looks like ringworm. || B35
Treated empirically for gonorrhea. || A54
Awaiting pathology for melanoma. || C43
Potential lupus. || M32
"""

FAMILY = """
Mother had breast cancer. || C50
Her mother died of a heart attack at 60. || I21
Breast cancer in sister. || C50
Colon cancer in his father at 60. || C18
Father: diabetes, hypertension || E11 I10
Family history: diabetes, asthma, gout || E11 J45 M10
Family history:\\nMother - diabetes\\nFather - gout\\n\\nAssessment: cough | R05 | E11 M10
FHx: mother DM, father MI, sister lupus || E11 I21 M32
FH of colon cancer. || C18
Strong family history of asthma. || J45
Gout runs in the family. || M10
Diabetes (mother), hypertension (father) || E11 I10
Diabetes: mother\\nGout: brother || E11 M10
Lupus - aunt || M32
Sister with lupus; brother has asthma. || M32 J45
Maternal grandmother with stroke. || I63
MGM had gout, PGF had asthma. || M10 J45
Both parents have hypertension. || I10
Her husband has gout. || M10
His wife was diagnosed with influenza. || J10 J11
Coworker with COVID-19. || U07
Exposed to influenza at school. || J10 J11
Son has asthma. || J45
Caring for her mother with dementia. || F03
Diabetes and gout in both parents. || E11 M10
Diabetes on her mother's side. || E11
Worried about stroke because her sister had one. || I63
43F whose mother had breast cancer presents with cough. | R05 | C50
Father had colon cancer; patient has gout. | M10 | C18
Mother has asthma, patient has psoriasis. | L40 | J45
Mom reports ear pain and cough. | R05 H92 |
Mother states he has had fever. | R50 |
Here with daughter. Has gout. | M10 |
History from mother. Cough for two days. | R05 |
Accompanied by wife, has gout. | M10 |
Lives with husband. Depression. | F32 |
Mother of two with gout. | M10 |
New mother with anemia. | D64 |
Per wife, snoring and cough. | R05 R06.83 |
No family history of breast cancer. || C50 Z80.3
Denies family history of colon cancer. || C18 Z80.0
Family hx neg for diabetes || E11 Z83.3
Brother in hospital with pneumonia. || J18
"""

POSSIBLE = """
Return if chest pain or fever. || R07 R50
Return for fever, vomiting or worsening cough. || R50 R11
Watch for signs of infection and fever. || R50 B99
Call for fever. || R50
ER precautions: chest pain, syncope. || R07 R55
Return precautions: chest pain, syncope, fever. || R07 R55 R50
Go to the ER for chest pain. || R07
Discussed risk of stroke. || I63
Risk of stroke and bleeding discussed. || I63
To reduce risk of heart attack. || I21
Side effects include nausea, headache and dizziness. || R11 R51 R42
May cause drowsiness, nausea. || R11
Screening for diabetes. || E11
Screen for depression. || F32
Vaccine against pneumonia. || J18
Influenza vaccine given. || J10 J11
Hep B vaccinated. || B18 B16 B19
Need for influenza vaccine. || J10 J11
DVT prophylaxis || I82
Aspirin for stroke prevention. || I63
Colon cancer screening due. || C18
Lung cancer screening ordered. || C34
Educated on signs of heart attack. || I21
If gout recurs, start colchicine. || M10
Avoid NSAIDs to prevent gastric ulcer. || K25
At risk for diabetes. || E11
Consent: risks of bleeding, infection, nerve injury. || B99
"""

PAST = """
History of pneumonia. || J18
Pneumonia in 2018. || J18
Pneumonia, resolved. || J18
Fever and cough have resolved. || R50 R05
Appendicitis as a child. || K35 K37
S/p appendicitis 2010. || K35 K37
Bronchitis last year, cleared. || J40 J20
History of gout, now with cough. | R05 |
Used to have migraine as a teen. || G43
Migraine as teen, none for 10 years. || G43
Kidney stone 2010 (passed). || N20
Appendicitis at age 12. || K35 K37
Pneumonia two months ago. || J18
Kidney stones, no recurrence. || N20
Inguinal hernia s/p repair. || K40
"""

ALL = (DENIED, AFFIRMED, UNCERTAIN, FAMILY, POSSIBLE, PAST)
