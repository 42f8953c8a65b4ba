"""Qualifiers of the 837I that are one field each, in the order of the guide. Source: X12 005010X223A2."""

CLAIM_REFERENCES = {
    "4N": "service_exception",
    "9F": "referral_number",
    "G1": "prior_authorization",
    "F8": "payer_control_number",
    "9A": "repriced_number",
    "9C": "adjusted_repriced_number",
    "D9": "clearinghouse_number",
    "LU": "accident_state",
    "EA": "medical_record_number",
    "P4": "demonstration_project",
    "G4": "peer_review_number",
}

CLAIM_PROVIDERS = {
    "71": "attending",
    "72": "operating",
    "ZZ": "other_operating",
    "82": "rendering",
    "77": "service_facility",
    "DN": "referring",
}

ROLES = {"71": "AT"}  # PRV01 by entity code

LINE_REFERENCES = {"6R": "line_control_number", "9B": "repriced_number", "9D": "adjusted_repriced_number"}

LINE_AMOUNTS = {"GT": "service_tax", "N8": "facility_tax"}

LINE_PROVIDERS = {"72": "operating", "ZZ": "other_operating", "82": "rendering", "DN": "referring"}

# HI: the kind of code list of ICD-10, and the one of ICD-9 in old files
PRINCIPAL = ("ABK", "BK")
ADMITTING = ("ABJ", "BJ")
VISIT_REASON = ("APR", "PR")
EXTERNAL_CAUSE = ("ABN", "BN")
OTHER_DIAGNOSIS = ("ABF", "BF")
PRINCIPAL_PROCEDURE = ("BBR", "BR")
OTHER_PROCEDURE = ("BBQ", "BQ")
DRG = "DR"
OCCURRENCE_SPAN = "BI"
OCCURRENCE = "BH"
VALUE = "BE"
CONDITION = "BG"
TREATMENT = "TC"
