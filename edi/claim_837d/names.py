"""Qualifiers of the 837D that are one field each, in the order of the guide. Source: X12 005010X224A2."""

CLAIM_DATES = {"439": "accident_date", "452": "appliance_date", "050": "repricer_received_date"}

CLAIM_REFERENCES = {
    "G3": "predetermination_number",
    "4N": "service_exception",
    "F8": "payer_control_number",
    "9F": "referral_number",
    "G1": "prior_authorization",
    "9A": "repriced_number",
    "9C": "adjusted_repriced_number",
    "D9": "clearinghouse_number",
}

CLAIM_PROVIDERS = {
    "DN": "referring",
    "P3": "primary_care",
    "82": "rendering",
    "77": "service_facility",
    "DD": "assistant_surgeon",
    "DQ": "supervising",
}

ROLES = {"DN": "RF", "P3": "RF", "DD": "AS"}  # PRV01 by entity code

LINE_DATES = {
    "441": "prior_placement_date",
    "452": "appliance_date",
    "446": "replacement_date",
    "196": "treatment_start_date",
    "198": "treatment_end_date",
}

LINE_REFERENCES = {
    "G3": "predetermination_number",
    "G1": "prior_authorization",
    "6R": "line_control_number",
    "9B": "repriced_number",
    "9D": "adjusted_repriced_number",
    "9F": "referral_number",
}

LINE_PROVIDERS = {"82": "rendering", "DD": "assistant_surgeon", "DQ": "supervising", "77": "service_facility"}
