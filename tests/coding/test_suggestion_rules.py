"""What the guideline rules make of the codes that were found in a note."""

import pytest

from coding.suggestion.facts import NoteFacts, Span
from coding.suggestion.found import Findings, Found
from coding.suggestion.mentions import read_note
from coding.suggestion.rules import apply_rules
from tests.coding.suggestion_samples import small_knowledge


def ruled(text: str, *codes: str) -> set[str]:
    """The codes left of those found in the assessment of a note."""
    found = Findings()
    for place, code in enumerate(codes):
        span = Span(place, place + 5)
        found.add(Found(code, [span], "said", 90, place, section="assessment", sentence=place, assessed=True))
    apply_rules(found, NoteFacts(text=text, age=60), read_note(text), small_knowledge())
    return set(found.codes)


@pytest.mark.parametrize(
    ("text", "given", "left"),
    [
        ("Enlarged prostate, weak stream.", ("N40.0", "R39.12"), {"N40.1", "R39.12"}),
        ("Cirrhosis, bleeding varices.", ("K74.60", "I85.01"), {"K74.60", "I85.11"}),
        ("Resistant hypertension.", ("I1A.0",), {"I10", "I1A.0"}),
        ("E. coli sepsis, septic shock.", ("A41.51",), {"A41.51", "R65.21"}),
        ("E. coli sepsis, no septic shock.", ("A41.51",), {"A41.51"}),
        ("COPD with acute bronchitis.", ("J44.9", "J20.9"), {"J44.0", "J20.9"}),
        ("RSV bronchiolitis.", ("J21.0", "B97.4"), {"J21.0"}),
        ("Nasal swab MRSA, cellulitis.", ("L03.115", "B95.62"), {"L03.115"}),
        ("Abnormal mammogram after screening.", ("R92.8", "Z12.31"), {"R92.8"}),
        ("Letrozole to induce ovulation.", ("N97.9", "Z79.811"), {"N97.9"}),
    ],
)
def test_rules(text: str, given: tuple[str, ...], left: set[str]) -> None:
    assert ruled(text, *given) == left
