"""Provider taxonomy (PRV03): the shape, and the common codes in our own words. The full list comes by import."""

import re

from edi.codes.load import table
from edi.codes.table import CodeTable, read_lines

_LINES = """\
101Y00000X: Counselor
101YA0400X: Counselor, addiction
101YM0800X: Counselor, mental health
101YP2500X: Counselor, professional
103T00000X: Psychologist
103TC0700X: Psychologist, clinical
103TC2200X: Psychologist, children
103K00000X: Behavior analyst
1041C0700X: Social worker, clinical
106H00000X: Marriage and family therapist
111N00000X: Chiropractor
122300000X: Dentist
1223D0001X: Dentist, public health
1223E0200X: Endodontist
1223G0001X: Dentist, general practice
1223P0221X: Pediatric dentist
1223P0300X: Periodontist
1223P0700X: Prosthodontist
1223S0112X: Oral surgeon
1223X0400X: Orthodontist
124Q00000X: Dental hygienist
133V00000X: Dietitian
146L00000X: Paramedic
152W00000X: Optometrist
156FX1800X: Optician
163W00000X: Registered nurse
164W00000X: Practical nurse
171100000X: Acupuncturist
171M00000X: Case manager
174400000X: Specialist
183500000X: Pharmacist
193200000X: Group, several specialties
193400000X: Group, one specialty
202C00000X: Independent medical examiner
207K00000X: Allergy and immunology
207L00000X: Anesthesiology
207LP2900X: Anesthesiology, pain
207N00000X: Dermatology
207ND0101X: Dermatologic surgery
207P00000X: Emergency medicine
207PP0204X: Emergency medicine, pediatric
207Q00000X: Family medicine
207QA0505X: Family medicine, adults
207QG0300X: Family medicine, geriatric
207QS0010X: Family medicine, sports
207R00000X: Internal medicine
207RC0000X: Cardiology
207RC0001X: Cardiac electrophysiology
207RC0200X: Critical care
207RE0101X: Endocrinology
207RG0100X: Gastroenterology
207RG0300X: Geriatrics
207RH0000X: Hematology
207RH0003X: Hematology and oncology
207RI0011X: Interventional cardiology
207RI0200X: Infectious disease
207RN0300X: Nephrology
207RP1001X: Pulmonary disease
207RR0500X: Rheumatology
207RS0012X: Sleep medicine
207RX0202X: Medical oncology
207SG0201X: Clinical genetics
207T00000X: Neurosurgery
207U00000X: Nuclear medicine
207V00000X: Obstetrics and gynecology
207VM0101X: Maternal and fetal medicine
207VX0000X: Obstetrics
207VG0400X: Gynecology
207W00000X: Ophthalmology
207X00000X: Orthopedic surgery
207XS0114X: Orthopedic surgery, adult reconstruction
207XS0117X: Orthopedic surgery, spine
207XX0005X: Orthopedic surgery, sports
207XS0106X: Orthopedic surgery, hand
207Y00000X: Otolaryngology
207ZP0102X: Pathology, anatomic and clinical
207ZP0105X: Pathology, clinical
2080A0000X: Pediatrics, adolescents
208000000X: Pediatrics
2080N0001X: Neonatology
2080P0202X: Pediatric cardiology
2080P0206X: Pediatric gastroenterology
208100000X: Physical medicine and rehabilitation
208200000X: Plastic surgery
2083P0500X: Preventive medicine
2083X0100X: Occupational medicine
2084N0400X: Neurology
2084N0402X: Neurology, children
2084P0800X: Psychiatry
2084P0804X: Psychiatry, children
2085R0001X: Radiation oncology
2085R0202X: Diagnostic radiology
2085R0204X: Interventional radiology
2085U0001X: Ultrasound
208600000X: Surgery
2086S0122X: Surgery, plastic
2086S0129X: Vascular surgery
208800000X: Urology
208C00000X: Colorectal surgery
208D00000X: General practice
208G00000X: Thoracic surgery
208M00000X: Hospitalist
208VP0000X: Pain medicine
208VP0014X: Interventional pain medicine
213E00000X: Podiatrist
213ES0103X: Podiatrist, foot and ankle surgery
222Z00000X: Orthotist
224P00000X: Prosthetist
224Z00000X: Occupational therapy assistant
225100000X: Physical therapist
225X00000X: Occupational therapist
231H00000X: Audiologist
235Z00000X: Speech therapist
237700000X: Hearing instrument specialist
251B00000X: Case management agency
251E00000X: Home health agency
251G00000X: Hospice, community
251J00000X: Nursing agency
251S00000X: Community or behavioral health agency
261Q00000X: Clinic
261QA1903X: Ambulatory surgery center
261QE0700X: Dialysis center
261QF0400X: Federally qualified health center
261QM0801X: Mental health clinic
261QM1300X: Clinic, several specialties
261QP2000X: Physical therapy clinic
261QP2300X: Primary care clinic
261QR0200X: Radiology center
261QR1300X: Rural health clinic
261QS0132X: Ophthalmic surgery center
261QU0200X: Urgent care
273R00000X: Psychiatric unit
273Y00000X: Rehabilitation unit
275N00000X: Swing bed unit
276400000X: Substance use unit
281P00000X: Chronic disease hospital
282E00000X: Long-term care hospital
282N00000X: General acute care hospital
282NC0060X: Critical access hospital
282NC2000X: Children's hospital
283Q00000X: Psychiatric hospital
283X00000X: Rehabilitation hospital
291U00000X: Clinical laboratory
293D00000X: Physiological laboratory
305R00000X: Preferred provider organization
310400000X: Assisted living
313M00000X: Nursing facility
314000000X: Skilled nursing facility
315D00000X: Hospice, inpatient
320600000X: Residential care, disabilities
324500000X: Substance abuse residence
331L00000X: Blood bank
332B00000X: Equipment and supplies
332BC3200X: Equipment, customized
332BX2000X: Oxygen supplies
333600000X: Pharmacy
3336C0003X: Pharmacy, retail
3336H0001X: Pharmacy, home infusion
335E00000X: Prosthetics and orthotics supplier
341600000X: Ambulance
3416A0800X: Ambulance, air
3416L0300X: Ambulance, land
343900000X: Non-emergency transport
363A00000X: Physician assistant
363AM0700X: Physician assistant, medical
363AS0400X: Physician assistant, surgical
363L00000X: Nurse practitioner
363LA2100X: Nurse practitioner, acute care
363LA2200X: Nurse practitioner, adults
363LF0000X: Nurse practitioner, family
363LP0200X: Nurse practitioner, pediatrics
363LP0808X: Nurse practitioner, mental health
363LP2300X: Nurse practitioner, primary care
363LW0102X: Nurse practitioner, women
364S00000X: Clinical nurse specialist
367500000X: Nurse anesthetist
367A00000X: Nurse midwife
367H00000X: Anesthesiologist assistant
372600000X: Adult companion
374U00000X: Home health aide
376J00000X: Homemaker
385H00000X: Respite care
390200000X: Student in training
405300000X: Prevention professional
"""

BUILT_IN = CodeTable("Taxonomy", read_lines(_LINES), complete=False)
WORDS = BUILT_IN.words
_SHAPE = re.compile(r"[1-4][0-9A-Z]{2}[0-9A-Z]{6}X")


def says(code: str) -> str:
    """The specialty in plain words."""
    return table("taxonomy").says(code)


def has_shape(code: str) -> bool:
    """Ten capitals and digits: group 1 to 4 first, X last."""
    return _SHAPE.fullmatch(code) is not None
