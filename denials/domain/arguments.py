"""The argument of an appeal letter, by what the denial is about. Own wording; brackets name facts of the claim."""

from collections.abc import Mapping

from denials.domain.categories import Category

ARGUMENTS: Mapping[Category, str] = {
    Category.ELIGIBILITY: (
        "Our registration shows active coverage with your plan under the member ID above on the date of service. "
        "We ask that you check the member's enrollment for {service_date} again and process the claim."
    ),
    Category.COORDINATION: (
        "We have no record of another plan that should pay before yours. We ask that you process this claim as the "
        "first payer, or name the plan that you believe comes first together with its effective dates."
    ),
    Category.AUTHORIZATION: (
        "The service was ordered on clinical findings that the enclosed note documents, and it could not reasonably be "
        "put off. We ask for a retroactive authorization and for payment of the claim."
    ),
    Category.CODING: (
        "The codes on the claim describe what the enclosed note documents: the service, its extent and the condition "
        "it was given for. We ask that the claim be decided on that documentation."
    ),
    Category.BUNDLING: (
        "The services on this claim were separate. The enclosed note records for each its own reason, its own work and "
        "its own findings, so that neither is part of the other. We ask that the denied service be paid separately."
    ),
    Category.NECESSITY: (
        "The enclosed note shows the patient's condition, what had been tried or ruled out, and why the service was "
        "needed to diagnose or treat it. It was ordered in keeping with accepted standards of care, and its result "
        "entered into the plan of treatment. We ask for a review by a clinician of the same specialty."
    ),
    Category.DOCUMENTATION: (
        "The records that support this service are enclosed. We ask that the claim be reopened and decided on them."
    ),
    Category.TIMELY: (
        "The claim was sent within the filing limit of our agreement. {filing_proof} We ask that the denial be lifted."
    ),
    Category.DUPLICATE: (
        "The claim is not a second bill for the same service. The enclosed note documents the service that it is for. "
        "We ask that you compare it with the claim that you took it for, and process it."
    ),
    Category.NON_COVERED: (
        "We ask that you review the denied service against the member's benefits and name the provision that "
        "excludes it. The enclosed note shows what was done and why."
    ),
    Category.ENROLLMENT: (
        "The provider was qualified and enrolled to give this service on the date above. We ask that you check your "
        "provider file for that date and process the claim."
    ),
    Category.LIMITS: (
        "The enclosed note shows why the service was needed at this time in spite of the benefit limit. We ask for an "
        "exception, and for the dates and services that were counted toward the limit."
    ),
    Category.PAYER_ERROR: (
        "The denial contradicts what you approved: authorization {authorization} covers this service on this date, "
        "and the claim carried it. We ask that the claim be reconsidered on that approval."
    ),
    Category.OTHER: (
        "The enclosed note documents that the service was given, by whom, and for what condition. We ask that you "
        "review the claim with it, and name the policy on which a further denial would rest."
    ),
}

LATE_ARGUMENT = (
    "We ask for an exception to the filing limit for good cause. {filing_proof} The service was needed and was given "
    "as the enclosed note documents; the delay does not change what is owed for it. Reason for the delay: "
)

ENCLOSURES: Mapping[Category, tuple[str, ...]] = {
    Category.TIMELY: ("Proof of the date on which the claim was accepted",),
    Category.PAYER_ERROR: ("Copy of the authorization",),
    Category.ELIGIBILITY: ("Copy of the registration record",),
}
