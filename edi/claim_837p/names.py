"""Qualifiers of the 837P that are one field of a dataclass each. Source: X12 005010X222A1."""

CLAIM_DATES = {
    "431": "onset_date",
    "454": "initial_treatment_date",
    "304": "last_seen_date",
    "453": "acute_manifestation_date",
    "439": "accident_date",
    "484": "last_menstrual_date",
    "455": "last_xray_date",
    "297": "last_worked_date",
    "296": "return_to_work_date",
    "435": "admission_date",
    "096": "discharge_date",
}

CLAIM_REFERENCES = {
    "EW": "mammography_number",
    "9F": "referral_number",
    "G1": "prior_authorization",
    "F8": "payer_control_number",
    "X4": "clia_number",
    "LX": "device_exemption",
    "D9": "clearinghouse_number",
    "EA": "medical_record_number",
}

CLAIM_PROVIDERS = {
    "DN": "referring",
    "P3": "primary_care",
    "82": "rendering",
    "77": "service_facility",
    "DQ": "supervising",
}

LINE_REFERENCES = {
    "G1": "prior_authorization",
    "6R": "line_control_number",
    "X4": "clia_number",
    "9F": "referral_number",
}

LINE_PROVIDERS = {
    "82": "rendering",
    "77": "service_facility",
    "DQ": "supervising",
    "DK": "ordering",
    "DN": "referring",
}
