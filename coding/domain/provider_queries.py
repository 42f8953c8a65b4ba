"""Asking a provider what a note means: the life of a question, its templates, and what makes it leading.

Source: the query practice of ACDIS and AHIMA (2022 update), in our own words: a question quotes the clinical
indicators of the record, offers every reasonable answer with "other" and "unable to determine", has a neutral
title, and says nothing about payment, quality scores or codes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from encounters.domain.note import note_sections

ANSWER_WITHIN_DAYS = 7  # house rule
ASK_AGAIN_AFTER_DAYS = 3
MOST_OPTIONS = 8
MOST_INDICATORS = 12


class QueryStatus(StrEnum):
    ASKED = "asked"  # waits for the provider
    ANSWERED = "answered"  # the coder has not taken the answer up yet
    CLOSED = "closed"  # the case was finished after the answer
    WITHDRAWN = "withdrawn"


MOVES: Mapping[QueryStatus, frozenset[QueryStatus]] = {
    QueryStatus.ASKED: frozenset({QueryStatus.ANSWERED, QueryStatus.WITHDRAWN}),
    QueryStatus.ANSWERED: frozenset({QueryStatus.CLOSED}),
    QueryStatus.CLOSED: frozenset(),
    QueryStatus.WITHDRAWN: frozenset(),
}


def can_move(now: str, to: QueryStatus) -> bool:
    """Whether a question may go from one state to another."""
    return to in MOVES[QueryStatus(now)]


class QueryKind(StrEnum):
    """What a question is about."""

    SPECIFICITY = "specificity"
    LATERALITY = "laterality"
    ACUITY = "acuity"
    CONFLICT = "conflict"
    CAUSE = "cause"
    FINDING = "finding"
    PRESENT_ON_ADMISSION = "present_on_admission"
    PROCEDURE = "procedure"
    NECESSITY = "necessity"


OTHER = "Other (please say)"
UNABLE = "Unable to determine"
ALWAYS = (OTHER, UNABLE)  # close every list of answers


@dataclass(frozen=True, kw_only=True, slots=True)
class QueryTemplate:
    """A neutral title, the question, and answers to begin with. `open` asks for words and offers no list."""

    kind: QueryKind
    title: str
    help: str
    question: str
    options: tuple[str, ...] = ()
    open: bool = False


TEMPLATES: Mapping[QueryKind, QueryTemplate] = {
    template.kind: template
    for template in (
        QueryTemplate(
            kind=QueryKind.SPECIFICITY,
            title="Clarification of a condition",
            help="The note names a condition, and its type, stage or site is not said.",
            question="Based on your clinical judgment, can the condition described below be specified further?",
        ),
        QueryTemplate(
            kind=QueryKind.LATERALITY,
            title="Clarification of side",
            help="The side is missing, or differs within the note.",
            question="Which side do the findings below refer to?",
            options=("Right", "Left", "Both sides"),
        ),
        QueryTemplate(
            kind=QueryKind.ACUITY,
            title="Clarification of acuity",
            help="Whether it is acute, chronic or both is not said.",
            question="How would you describe the acuity of the condition below at this visit?",
            options=("Acute", "Chronic", "Acute on chronic", "Resolved before this visit"),
        ),
        QueryTemplate(
            kind=QueryKind.CONFLICT,
            title="Clarification of differing entries",
            help="Two entries of the record say different things.",
            question="The entries below differ. Please say what applies to this visit.",
            open=True,
        ),
        QueryTemplate(
            kind=QueryKind.CAUSE,
            title="Clarification of a relationship",
            help="Two conditions are documented, and whether one is due to the other is not said.",
            question="Is there a relationship between the conditions below?",
            options=("One is due to the other (please say which)", "They are not related"),
        ),
        QueryTemplate(
            kind=QueryKind.FINDING,
            title="Clinical significance of a finding",
            help="A result or finding was monitored or treated, and no diagnosis is given for it.",
            question="Please say what clinical significance, if any, the finding below has.",
            open=True,
        ),
        QueryTemplate(
            kind=QueryKind.PRESENT_ON_ADMISSION,
            title="Clarification of timing",
            help="Whether the condition was there when the patient was admitted is not said.",
            question="Was the condition below present at the time of the order to admit?",
            options=("Yes", "No", "Clinically undetermined"),
        ),
        QueryTemplate(
            kind=QueryKind.PROCEDURE,
            title="Clarification of a procedure",
            help="A detail of what was done is missing: approach, site, size, device, time.",
            question="Please complete the description of the procedure below as it was performed.",
            open=True,
        ),
        QueryTemplate(
            kind=QueryKind.NECESSITY,
            title="Reason for a test or service",
            help="A test or service has no sign, symptom or condition it was ordered for.",
            question="Which sign, symptom or condition was the service below ordered for?",
            open=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """Words of the signed note as they stand at `start`..`end` (characters from 0, end not included)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A question before it is asked."""

    kind: QueryKind
    question: str
    options: tuple[str, ...] = ()  # without "other" and "unable to determine"
    indicators: tuple[Indicator, ...] = ()


_MONEY = re.compile(
    r"\b(pay(?:s|ment|er|ers|able)?|paid|reimburse\w*|bill(?:s|ed|ing|able)?|revenue|money|dollars?|charges?|claims?|"
    r"den(?:y|ied|ial|ials)|insur\w+|drg|rvus?|hcc|raf|risk adjustment|quality (?:score|measure)s?|"
    r"severity of illness|case mix|higher[- ](?:level|weighted|paying))\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\b(?:please (?:document|add|write|state) (?:that|the diagnosis)|(?:would|do|don['’]t) you (?:not )?agree|"
    r"should(?:n['’]t)? (?:this|it|we|the)|isn['’]t (?:it|this)|as (?:we|I) (?:suspect|think|believe)|"
    r"we (?:need|would like) you to|confirm that|consider documenting)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b(?:[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}|\d{5})\b")


def leading(draft: Draft) -> list[str]:
    """Why the question cannot be asked as it stands, one sentence each; empty when it can."""
    return [*_missing(draft), *_wording((draft.question, *draft.options)), *_choices(draft)]


def _missing(draft: Draft) -> Iterator[str]:
    if not draft.question.strip():
        yield "Write the question."
    if not draft.indicators:
        yield "Pick the words of the note that the question is about."
    if len(draft.indicators) > MOST_INDICATORS:
        yield f"Quote {MOST_INDICATORS} places of the note at most."


def _wording(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if found := _MONEY.search(text):
            yield f"“{found.group()}” speaks of payment. Ask about the patient only."
        elif found := _LEADING.search(text):
            yield f"“{found.group()}” leads to an answer. Ask so that every answer is equally welcome."
        elif found := _CODE.search(text):
            yield f"“{found.group()}” is a code. Ask in clinical words."


def _choices(draft: Draft) -> Iterator[str]:
    distinct = {option.strip().lower() for option in draft.options}
    if len(draft.options) > MOST_OPTIONS:
        yield f"Offer {MOST_OPTIONS} answers at most."
    if len(distinct) < len(draft.options):
        yield "The same answer stands twice."
    if len(distinct) == 1:
        yield "One answer alone leads. Offer every answer that the note supports, or none."
    if {"yes", "no"} & distinct and draft.kind is not QueryKind.PRESENT_ON_ADMISSION:
        yield "Yes or no is for conditions present on admission. Offer the clinical answers instead."


def offered(options: Sequence[str]) -> tuple[str, ...]:
    """The answers as the provider sees them; an open question offers only its words and "unable to determine"."""
    kept = tuple(option.strip() for option in options if option.strip() and option.strip() not in ALWAYS)
    return (*kept, *ALWAYS) if kept else ()


def unfit_answer(options: Sequence[str], choice: str, words: str) -> str:
    """Why an answer is not one yet, in one sentence; empty when it is."""
    if options and choice not in options:
        return "Choose one of the answers."
    if choice == OTHER and not words.strip():
        return "Say in your own words what applies."
    if not options and choice != UNABLE and not words.strip():
        return "Answer in your own words, or choose that it cannot be determined."
    return ""


def addendum_text(*, asked: str, choice: str, words: str) -> str:
    """The answer as it is added to the record: what was asked, and what the provider says."""
    said = "\n".join(part for part in (choice, words.strip()) if part)
    return f"In answer to: {asked}\n{said}"


def due_on(asked_at: datetime) -> date:
    """The day by which a provider answers."""
    return asked_at.date() + timedelta(days=ANSWER_WITHIN_DAYS)


def ask_again_before(now: datetime) -> datetime:
    """What was asked up to this instant and not answered is asked again."""
    return now - timedelta(days=ASK_AGAIN_AFTER_DAYS)


_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z(\"])")


def passages(note: str) -> list[Indicator]:
    """The note cut into sentences that can be quoted one by one, headings left out; every quote is verbatim."""
    headings = {section.heading for section in note_sections(note) if section.heading}
    found = []
    for line in _LINE.finditer(note):
        if line.group().strip().strip("#: ") in headings:
            continue
        ends = [*(cut.start() for cut in _SENTENCE_END.finditer(line.group())), len(line.group())]
        start = 0
        for end in ends:
            piece = line.group()[start:end]
            at = line.start() + start + len(piece) - len(piece.lstrip())
            if any(character.isalpha() for character in piece):
                found.append(Indicator(at, at + len(piece.strip()), piece.strip()))
            start = end
    return found


def quoted(note: str, start: int, end: int) -> Indicator | None:
    """The words of the note between two places, or None when there are none."""
    if not 0 <= start < end <= len(note) or not note[start:end].strip():
        return None
    return Indicator(start, end, note[start:end])


def found_in(note: str, words: str) -> Indicator | None:
    """Where a person's own quotation stands in the note, blanks and line ends aside; None when it does not."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    match = re.search(pattern, note) if pattern else None
    return Indicator(match.start(), match.end(), match.group()) if match else None
