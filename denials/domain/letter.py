"""The text of an appeal letter from the facts of a claim and its denials. Pure; a person edits what it gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from denials.domain.arguments import ARGUMENTS, ENCLOSURES, LATE_ARGUMENT
from denials.domain.categories import Category
from denials.domain.words import code_of, lowered, remarks_say, says
from encounters.domain.note import note_sections

LEVELS = {1: "First-level appeal", 2: "Second-level appeal", 3: "Third-level appeal"}
MEDICARE_LEVELS = {1: "Request for redetermination", 2: "Request for reconsideration"}
QUOTED_HEADINGS = ("assessment", "impression", "plan", "diagnosis", "medical decision")
MOST_QUOTES = 4
LONGEST_QUOTE = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class DeniedService:
    """One denied amount. `amount` in dollars; `code` empty when the whole claim was refused."""

    line_number: int
    code: str
    modifiers: tuple[str, ...]
    amount: Decimal
    group: str
    carc: str
    remarks: tuple[str, ...]
    category: Category


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything that the letter says."""

    practice_name: str
    practice_npi: str
    practice_tax_id: str
    practice_phone: str
    payer_name: str
    payer_kind: str
    level: int
    claim_number: str
    payer_control_number: str
    patient_name: str
    birth_date: date
    member_id: str
    service_date: date
    rendering: str
    diagnoses: tuple[str, ...]
    authorization: str
    decided_on: date  # the decision that is appealed: of the remittance, or of the level before
    remitted_on: date
    filed_on: date | None
    filed_in_time: bool  # within the limit of our contract, as far as we know
    denied: tuple[DeniedService, ...]
    note: str
    signed_by: str
    written_on: date


def write_letter(facts: LetterFacts) -> str:
    """The whole letter as plain text: paragraphs parted by an empty line, lists as lines that start with a dash."""
    parts = [
        _day(facts.written_on),
        f"{facts.payer_name}\nAppeals Department",
        _reference(facts),
        "To the appeals reviewer:",
        _opening(facts),
        "\n".join(_service(each) for each in facts.denied),
        *_arguments(facts),
        *_evidence(facts),
        "Please send your decision in writing to the address above. If you uphold the denial, please name the "
        "reviewer's credentials and the policy or contract provision on which it rests.",
        "\n".join(["Enclosed:", *(f"- {each}" for each in enclosures(facts))]),
        f"Sincerely,\n\n{facts.signed_by}\n{facts.practice_name}"
        + (f"\n{_phone(facts.practice_phone)}" if facts.practice_phone else ""),
    ]
    return "\n\n".join(parts) + "\n"


def enclosures(facts: LetterFacts) -> list[str]:
    """What goes with the letter."""
    found = [
        f"Remittance advice of {_day(facts.remitted_on)}",
        f"Visit note of {_day(facts.service_date)}, signed by {facts.rendering}",
    ]
    for category in dict.fromkeys(each.category for each in facts.denied):
        found += ENCLOSURES.get(category, ())
    return found


def quotes(note: str) -> list[str]:
    """The sentences of the visit note that carry the case: its assessment and plan, shortened."""
    sections = [s for s in note_sections(note) if any(word in s.heading.lower() for word in QUOTED_HEADINGS)]
    paragraphs = [paragraph.strip() for section in sections for paragraph in section.paragraphs]
    return [_shortened(each) for each in paragraphs if each][:MOST_QUOTES]


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_QUOTE:
        return text
    return text[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(" ,;") + " …"


def _reference(facts: LetterFacts) -> str:
    levels = MEDICARE_LEVELS if facts.payer_kind == "medicare" else LEVELS
    rows = [
        ("Re", levels.get(facts.level, f"Appeal, level {facts.level}")),
        ("Patient", f"{facts.patient_name}, born {facts.birth_date:%m/%d/%Y}"),
        ("Member ID", facts.member_id),
        ("Your claim number", facts.payer_control_number or "not given"),
        ("Our claim number", facts.claim_number),
        ("Date of service", f"{facts.service_date:%m/%d/%Y}"),
        ("Provider", f"{facts.rendering}, {facts.practice_name}, NPI {facts.practice_npi}"),
        ("Diagnoses", ", ".join(facts.diagnoses)),
        ("Amount in dispute", f"${sum((each.amount for each in facts.denied), Decimal('0.00')):,.2f}"),
    ]
    return "\n".join(f"{label}: {value}" for label, value in rows if value)


def _opening(facts: LetterFacts) -> str:
    what = "the following service" if len(facts.denied) == 1 else "the following services"
    return (
        f"By your decision of {_day(facts.decided_on)} you denied {what} on the claim named above. We disagree with "
        "the decision and ask you to review it."
    )


def _service(each: DeniedService) -> str:
    code = "-".join((each.code, *each.modifiers)) if each.code else "the claim as a whole"
    where = f"Line {each.line_number}, {code}" if each.line_number else code[:1].upper() + code[1:]
    remarks = "".join(f"; remark {code}: {lowered(words)}" for code, words in remarks_say(each.remarks))
    return (
        f"- {where}: ${each.amount:,.2f}, denied as “{lowered(says(each.carc))}” "
        f"({code_of(each.group, each.carc)}){remarks}."
    )


def _arguments(facts: LetterFacts) -> list[str]:
    proof = (
        f"It was accepted for processing on {_day(facts.filed_on)}; the confirmation is enclosed."
        if facts.filed_on
        else "The confirmation of its receipt is enclosed."
    )
    return [
        _argument(category, facts).format(
            service_date=_day(facts.service_date), authorization=facts.authorization, filing_proof=proof
        )
        for category in dict.fromkeys(each.category for each in facts.denied)
    ]


def _argument(category: Category, facts: LetterFacts) -> str:
    """What we claim must be true: a claim that was late by our own contract asks for an exception instead."""
    if category is Category.TIMELY and not facts.filed_in_time:
        return LATE_ARGUMENT
    return ARGUMENTS[category]


def _evidence(facts: LetterFacts) -> list[str]:
    found: Sequence[str] = quotes(facts.note)
    if not found:
        return []
    lines = "\n".join(f"- “{each}”" for each in found)
    return [f"The note of {_day(facts.service_date)} records:", lines]


def _day(day: date | None) -> str:
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def _phone(digits: str) -> str:
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == 10 else digits
