"""Qualifiers of the 837P that are one field each, in the order of the guide. Source: X12 005010X222A1."""

CLAIM_DATES = {
    "431": "onset_date",
    "454": "initial_treatment_date",
    "304": "last_seen_date",
    "453": "acute_manifestation_date",
    "439": "accident_date",
    "484": "last_menstrual_date",
    "455": "last_xray_date",
    "471": "prescription_date",
    "360": "disability_from",
    "361": "disability_to",
    "297": "last_worked_date",
    "296": "return_to_work_date",
    "435": "admission_date",
    "096": "discharge_date",
    "090": "assumed_care_date",
    "091": "relinquished_care_date",
    "444": "first_contact_date",
    "050": "repricer_received_date",
}

CLAIM_REFERENCES = {
    "4N": "service_exception",
    "F5": "medicare_crossover",
    "EW": "mammography_number",
    "9F": "referral_number",
    "G1": "prior_authorization",
    "F8": "payer_control_number",
    "X4": "clia_number",
    "9A": "repriced_number",
    "9C": "adjusted_repriced_number",
    "LX": "device_exemption",
    "D9": "clearinghouse_number",
    "EA": "medical_record_number",
    "P4": "demonstration_project",
    "1J": "care_plan_oversight",
}

CLAIM_PROVIDERS = {
    "DN": "referring",
    "P3": "primary_care",
    "82": "rendering",
    "77": "service_facility",
    "DQ": "supervising",
    "PW": "pickup",
    "45": "dropoff",
}

LINE_DATES = {
    "471": "prescription_date",
    "607": "certification_revision_date",
    "463": "therapy_begin_date",
    "461": "last_certification_date",
    "304": "last_seen_date",
    "738": "hemoglobin_test_date",
    "739": "creatinine_test_date",
    "011": "shipped_date",
    "455": "last_xray_date",
    "454": "initial_treatment_date",
}

LINE_QUANTITIES = {"PT": "patient_count", "FL": "extra_anesthesia_units"}

LINE_REFERENCES = {
    "9B": "repriced_number",
    "9D": "adjusted_repriced_number",
    "G1": "prior_authorization",
    "6R": "line_control_number",
    "EW": "mammography_number",
    "X4": "clia_number",
    "F4": "referring_clia_number",
    "BT": "immunization_batch",
    "9F": "referral_number",
}

LINE_AMOUNTS = {"T": "sales_tax", "F4": "postage"}

LINE_PROVIDERS = {
    "82": "rendering",
    "QB": "purchased_from",
    "77": "service_facility",
    "DQ": "supervising",
    "DK": "ordering",
    "DN": "referring",
    "P3": "primary_care",
    "PW": "pickup",
    "45": "dropoff",
}
