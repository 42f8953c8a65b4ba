"""Eligibility: asking a payer what a patient is covered for (270), and its answer (271). Guide 005010X279A1."""

from edi.eligibility.answer_271 import read_eligibility, write_eligibility
from edi.eligibility.facts import (
    Benefit,
    BenefitParty,
    EligibilityAnswer,
    EligibilityAnswerBatch,
    EligibilityInquiry,
    EligibilityInquiryBatch,
    EligibilityQuestion,
    EligibilityRefusal,
)
from edi.eligibility.inquiry_270 import read_eligibility_inquiries, write_eligibility_inquiries

__all__ = [
    "Benefit",
    "BenefitParty",
    "EligibilityAnswer",
    "EligibilityAnswerBatch",
    "EligibilityInquiry",
    "EligibilityInquiryBatch",
    "EligibilityQuestion",
    "EligibilityRefusal",
    "read_eligibility",
    "read_eligibility_inquiries",
    "write_eligibility",
    "write_eligibility_inquiries",
]
