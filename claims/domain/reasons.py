"""A refusal in plain words, with the family that the queue files it under. Codes are edi's own paraphrases."""

from collections.abc import Iterable, Sequence

from coding.domain.edits.findings import Family
from edi.codes.claim_status import category_says, status_says
from edi.status_codes import Status, StatusCode

ENTITIES = {
    "03": "the dependent",
    "1P": "the provider",
    "40": "the receiver",
    "41": "the submitter",
    "77": "the service facility",
    "82": "the rendering provider",
    "85": "the billing provider",
    "DN": "the referring provider",
    "IL": "the subscriber",
    "PR": "the payer",
    "QC": "the patient",
    "AY": "the clearinghouse",
}
OPENINGS = {"A6": "Missing", "A7": "Wrong", "A8": "Contradicts the rest"}
SENTENCES = {"A6": "What is missing", "A7": "What is wrong", "A8": "What contradicts the rest"}
REJECTING = frozenset({"A3", "A4", "A6", "A7", "A8"})
FORMAT = "Format"

_FAMILIES: dict[Family, str] = {
    Family.ELIGIBILITY: "27 29 30 31 32 33 34 56 88 89 90 91 97 109 116 153 156 163 164 766",
    Family.PERSON: "125 126 157 158 500 501 502 503 504 505",
    Family.PROVIDER: "24 25 26 96 128 142 143 145 496 560 562 677 743 755",
    Family.AUTHORIZATION: "84 94 252 674",
    Family.COORDINATION: "57 85 171 183 286 479 516 672 710 742 795",
    Family.DIAGNOSIS: "86 254 255 488 509 700 772",
    Family.POINTER: "477",
    Family.MODIFIER: "453",
    Family.UNITS: "258 476",
    Family.PLACE: "249",
    Family.DUPLICATE: "54 78 746",
    Family.FILING: "718",
    Family.CHARGE: "178 400 402 583 693 694",
    Family.DATES: "187 188 189 190 510 796",
    Family.RESUBMISSION: "464 535 541 787 799",
    Family.DEMOGRAPHIC: "474 475",
}
_FAMILY_OF = {code: family.value for family, codes in _FAMILIES.items() for code in codes.split()}


def code_says(code: StatusCode) -> str:
    """The status with its party named: "member number of the subscriber"."""
    party = ENTITIES.get(code.entity, "the party")
    says = status_says(code.code).replace("the party", party).replace("The party", party)
    return lowered(says.replace("'", "’"))


def lowered(text: str) -> str:
    """A phrase as it stands inside a sentence: small first letter, unless it starts with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def refusals(statuses: Iterable[Status]) -> list[StatusCode]:
    """Every composite that refuses, in the order sent."""
    return [code for each in statuses for code in each.codes if code.category in REJECTING]


def reason_of(code: StatusCode) -> str:
    """A queue's reason: "Wrong: member number of the subscriber"."""
    opening = OPENINGS.get(code.category)
    return f"{opening}: {code_says(code)}" if opening else capital(code_says(code))


def refusal_says(codes: Sequence[StatusCode]) -> str:
    """The reasons as sentences: "What is wrong: member number of the subscriber."."""
    return " ".join(f"{_told(code)}." for code in codes) or "It gave no reason."


def _told(code: StatusCode) -> str:
    opening = SENTENCES.get(code.category)
    return f"{opening}: {code_says(code)}" if opening else capital(code_says(code))


def family_of(codes: Sequence[StatusCode]) -> str:
    """The family of the first reason that has one."""
    return next((_FAMILY_OF[code.code] for code in codes if code.code in _FAMILY_OF), "Rejected")


def in_words(code: StatusCode) -> str:
    """Category and status: "pending, being worked on: accepted for processing"."""
    says = lowered(category_says(code.category).replace("'", "’"))
    return f"{says}: {code_says(code)}" if code.code not in ("", "0") else says


def capital(text: str) -> str:
    """A phrase as it starts a sentence."""
    return text[:1].upper() + text[1:]
