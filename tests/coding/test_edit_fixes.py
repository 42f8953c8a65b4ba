"""Whatever is coded: no edit raises, and every fix removes its finding."""

from hypothesis import given, settings
from hypothesis import strategies as some

from coding.domain.edits import findings_on
from coding.domain.edits.content import applied, visit_content, with_codes
from coding.domain.edits.facts import CaseFacts, LineFacts
from tests.coding.test_edits import KNEE, SEEN
from tests.coding.visits import CODES, MAN, WOMAN, line, visit

PROCEDURES = (
    "99213", "99203", "99396", "20610", "29881", "27447", "71046", "45378", "45380", "45385", "93000", "93015", "97530",
    "97140", "97110", "90471", "90472", "0054T", "J3301", "90834", "90837", "87880", "99283", "81025",
)  # fmt: skip
MODIFIERS = ("25", "57", "59", "XS", "RT", "LT", "50", "26", "TC", "76", "80", "62", "95", "JW", "JZ", "GA", "GY", "ZZ")
NOTES = (
    "",
    "Left knee injected with 40 mg triamcinolone, a separate problem from her blood pressure. On insulin.",
    "Twisted the right ankle yesterday. Psychotherapy for 45 minutes. Asthma with acute exacerbation.",
    "Total timed minutes: 25 min. Decision for surgery made.",
)


@some.composite
def lines(draw: some.DrawFn) -> tuple[LineFacts, ...]:
    rows = draw(some.lists(some.sampled_from(PROCEDURES), max_size=4))
    return tuple(
        line(
            number,
            code,
            *draw(some.lists(some.sampled_from(MODIFIERS), max_size=5)),
            units=draw(some.integers(0, 20)),
            pointers=tuple(draw(some.lists(some.integers(0, 5), max_size=5))),
        )
        for number, code in enumerate(rows, 1)
    )


@some.composite
def visits(draw: some.DrawFn) -> CaseFacts:
    codes = some.sampled_from([*CODES, "Z23", "N40.1", "Q99.99"])
    return visit(
        lines=draw(lines()),
        diagnoses=tuple(draw(some.lists(codes, max_size=6))),
        place_of_service=draw(some.sampled_from(("11", "10", "22", "23"))),
        note=draw(some.sampled_from(NOTES)),
        patient=draw(some.sampled_from((WOMAN, MAN))),
        payer_kind=draw(some.sampled_from(("commercial", "medicare", ""))),
        earlier_services=draw(some.sampled_from(((), (KNEE,)))),
        earlier_visits=draw(some.sampled_from(((), (SEEN,)))),
        clia_certificate=draw(some.sampled_from(("", "waiver"))),
    )


def told(facts: CaseFacts, code: str) -> int:
    """How many findings of a code there are; their words and places move when a line or a diagnosis goes."""
    return sum(finding.code == code for finding in findings_on(facts))


@settings(max_examples=300, deadline=None)
@given(visits())
def test_every_fix_can_be_made_and_removes_its_finding(facts: CaseFacts) -> None:
    for finding in findings_on(facts):
        if finding.fix is not None:
            after = with_codes(facts, applied(visit_content(facts), finding.fix, facts.prices))
            assert told(after, finding.code) < told(facts, finding.code), (
                finding,
                facts.diagnoses,
                [(each.code, each.modifiers, each.units, each.pointers) for each in facts.lines],
            )
