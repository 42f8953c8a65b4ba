"""The rules of denials: every CARC of DOMAIN section 5, clocks, odds, outcomes, letters. No database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from claims.domain.facts import AuthorizationFacts, CoverageFacts, PayerFacts
from coding.domain.edits.findings import Family, FixKind
from denials.domain.categories import CATEGORIES, Category, Play, Station
from denials.domain.classify import CATEGORY_OF, CATEGORY_OF_REMARK, Refusal, classify
from denials.domain.deadline import PayerClocks, appeal_deadline, deadline_of
from denials.domain.letter import DeniedService, LetterFacts, enclosures, quotes, write_letter
from denials.domain.measures import Window, carriers, change, last_weeks, running_shares
from denials.domain.odds import Decided, expected_amounts, odds
from denials.domain.outcome import Fight, Later, outcome_of
from denials.domain.remedies import Denied, Line, remedies
from denials.domain.status import MOVES, DenialStatus
from denials.domain.words import brief, says
from edi.codes.carc import WORDS
from edi.codes.rarc import WORDS as REMARKS
from payments.domain.classify import CONTRACTUAL_CARCS, INFORMATION_CARCS, PATIENT_CARCS, PRIOR_PAYER_CARCS

D = Decimal
DAY = date(2026, 5, 18)
# DOMAIN section 5, row by row: category, first play, CARCs.
TABLE = {
    (Category.ELIGIBILITY, Play.OTHER_PAYER): "24 26 27 31 32 33 109 177 200",
    (Category.COORDINATION, Play.OTHER_PAYER): "22",
    (Category.AUTHORIZATION, Play.APPEAL): "15 197 198 243 284 296",
    (Category.CODING, Play.CORRECT): "4 5 6 7 8 9 10 11 16 107 125 146 181 182 199 234 236 B15",
    (Category.BUNDLING, Play.CORRECT): "97 231 B20",
    (Category.NECESSITY, Play.APPEAL): "50 55 56 58 150 151 152",
    (Category.DOCUMENTATION, Play.SEND_RECORDS): "163 164 226 227 251 252",
    (Category.TIMELY, Play.APPEAL): "29 138",
    (Category.DUPLICATE, Play.CLOSE): "18",
    (Category.NON_COVERED, Play.CLOSE): "49 51 96 167 204 256 272",
    (Category.ENROLLMENT, Play.CORRECT): "B7 170 171 172 183 184 185 208",
    (Category.LIMITS, Play.APPEAL): "35 119 149 273",
}
ROWS = [(carc, *key) for key, carcs in TABLE.items() for carc in carcs.split()]
WITH_EDITS = "4 5 6 7 9 10 15 16 18 22 26 27 29 31 97 125 146 151 197 231 236 243"
WITHOUT_EDITS = "50 55 11 24 96 119 226 252 B7 999"
HARBOR = PayerClocks(kind="commercial", appeal_days=180, correction_days=90)
MEDICARE = PayerClocks(kind="medicare", appeal_days=120, correction_days=365)


@pytest.mark.parametrize(("carc", "category", "play"), ROWS)
def test_the_table_of_reasons(carc: str, category: Category, play: Play) -> None:
    found = classify(Refusal(group="CO", carc=carc))
    assert (found.category, found.play, found.station) == (category, play, CATEGORIES[category].station)


@pytest.mark.parametrize(
    ("carc", "remarks", "category"),
    [
        ("16", ("N29",), Category.DOCUMENTATION),
        ("16", ("M62",), Category.AUTHORIZATION),
        ("16", ("MA27",), Category.ELIGIBILITY),
        ("16", ("MA04",), Category.COORDINATION),
        ("16", ("M76",), Category.CODING),
        ("16", ("N822", "N29"), Category.DOCUMENTATION),
        ("96", ("N115",), Category.NECESSITY),
        ("96", ("M15",), Category.BUNDLING),
        ("234", ("N19",), Category.BUNDLING),
        ("50", ("N29",), Category.NECESSITY),
        ("999", (), Category.OTHER),
        ("999", ("M15",), Category.BUNDLING),
    ],
)
def test_remarks_decide_where_the_reason_is_vague(carc: str, remarks: tuple[str, ...], category: Category) -> None:
    assert classify(Refusal(group="CO", carc=carc, remarks=remarks)).category is category


def test_our_own_records_turn_an_authorization_denial() -> None:
    plain = Refusal(group="CO", carc="197")
    assert classify(plain).play is Play.APPEAL
    assert classify(replace(plain, authorization_on_file=True)).play is Play.CORRECT
    sent = classify(replace(plain, authorization_on_file=True, authorization_sent=True))
    assert (sent.category, sent.play, sent.station, sent.avoidable) == (
        Category.PAYER_ERROR,
        Play.APPEAL,
        Station.PAYER,
        False,
    )


@pytest.mark.parametrize("carc", ["96", "204", "119"])
def test_what_lands_on_the_patient_is_the_patients_play(carc: str) -> None:
    assert classify(Refusal(group="PR", carc=carc)).play is Play.PATIENT
    assert classify(Refusal(group="CO", carc=carc)).play is not Play.PATIENT


@pytest.mark.parametrize(("carcs", "avoidable"), [(WITH_EDITS, True), (WITHOUT_EDITS, False)])
def test_avoidable_when_an_edit_family_looks_at_it(carcs: str, avoidable: bool) -> None:
    assert {classify(Refusal(group="CO", carc=carc)).avoidable for carc in carcs.split()} == {avoidable}


def test_every_refusing_reason_has_a_category_and_none_that_is_agreed() -> None:
    agreed = CONTRACTUAL_CARCS | INFORMATION_CARCS | PATIENT_CARCS | PRIOR_PAYER_CARCS
    assert not agreed & CATEGORY_OF.keys()
    assert CATEGORY_OF.keys() <= WORDS.keys()
    assert CATEGORY_OF_REMARK.keys() <= REMARKS.keys()


@pytest.mark.parametrize("carc", sorted(WORDS))
def test_the_queues_reason_fits(carc: str) -> None:
    words = brief(carc, classify(Refusal(group="CO", carc=carc)).category)
    assert 0 < len(words) <= 40


@pytest.mark.parametrize(
    ("payer", "level", "days"),
    [(HARBOR, 1, 180), (HARBOR, 2, 180), (MEDICARE, 1, 125), (MEDICARE, 2, 185), (MEDICARE, 3, 65), (MEDICARE, 9, 65)],
)
def test_appeal_deadlines(payer: PayerClocks, level: int, days: int) -> None:
    assert (appeal_deadline(payer, DAY, level) - DAY).days == days


@pytest.mark.parametrize(
    ("payer", "play", "days", "kind"),
    [
        (HARBOR, "correct", 90, "correct"),
        (HARBOR, "appeal", 180, "appeal"),
        (HARBOR, "other_payer", 180, "appeal"),
        (MEDICARE, "correct", 125, "appeal"),
    ],
)
def test_the_clock_is_the_earliest_that_matters(payer: PayerClocks, play: str, days: int, kind: str) -> None:
    deadline, shown = deadline_of(payer, play, DAY)
    assert ((deadline - DAY).days, shown) == (days, kind)


@pytest.mark.parametrize(
    ("won", "lost", "percent"), [(0, 0, 50), (19, 0, 50), (20, 0, 95), (0, 20, 5), (10, 10, 50), (90, 10, 89)]
)
def test_history_counts_from_twenty_on(won: int, lost: int, percent: int) -> None:
    assert odds(Category.NECESSITY, {"necessity": Decided(won, lost), "coding": Decided(50, 0)}) == percent


@pytest.mark.parametrize(
    ("refused", "contract", "allowed", "expected"),
    [
        (["168.00"], "92.40", "0", ["92.40"]),
        (["68.00", "100.00"], "92.40", "0", ["68.00", "24.40"]),
        (["30.00"], "92.40", "82.40", ["10.00"]),
        (["30.00"], "92.40", "99.00", ["0"]),
        (["168.00", "5.00"], None, "0", ["168.00", "5.00"]),
        (["0.00"], "92.40", "0", ["0.00"]),
    ],
)
def test_expected_is_what_the_contract_leaves(
    refused: list[str], contract: str | None, allowed: str, expected: list[str]
) -> None:
    found = expected_amounts([D(x) for x in refused], contract=D(contract) if contract else None, allowed=D(allowed))
    assert found == [D(x) for x in expected]


NEW = Fight(status=DenialStatus.NEW, amount=D("168.00"), before=D("0"))
PAID, REFUSED, NOTHING = (
    Later(earned=D("92.40"), refused=False),
    Later(earned=D("0"), refused=True),
    Later(earned=D("0"), refused=False),
)
S = DenialStatus


@pytest.mark.parametrize(
    ("status", "more", "to", "answer"),
    [
        (S.NEW, {"later": PAID}, S.OVERTURNED, ""),
        (S.CORRECTED, {"later": PAID}, S.OVERTURNED, "won"),
        (S.APPEALED, {"later": PAID}, S.OVERTURNED, "won"),
        (S.MOOT, {"later": PAID, "closed": True}, S.OVERTURNED, ""),
        (S.CORRECTED, {"later": REFUSED}, S.UPHELD, "lost"),
        (S.UPHELD, {"later": REFUSED, "closed": True}, None, ""),
        (S.NEW, {"later": REFUSED}, S.MOOT, ""),
        (S.NEW, {"later": NOTHING}, S.MOOT, ""),
        (S.NEW, {"taken_back": True}, S.MOOT, ""),
        (S.APPEALED, {"taken_back": True}, None, ""),
        (S.CORRECTED, {"taken_back": True, "claim_replaced": True}, None, ""),
        (S.APPEALED, {"claim_void": True}, S.MOOT, ""),
        (S.NEW, {"claim_replaced": True}, S.CORRECTED, ""),
        (S.NEW, {"claim_settled": True}, S.MOOT, ""),
        (S.WRITTEN_OFF, {"later": PAID}, None, ""),
        (S.NEW, {}, None, ""),
    ],
)
def test_what_later_decisions_mean(status: S, more: dict[str, object], to: S | None, answer: str) -> None:
    found = outcome_of(replace(NEW, status=status, **more))  # type: ignore[arg-type]  # fields of Fight by name
    assert (found.status if found else None) == to
    if found:
        assert found.answer == answer
        assert found.status in MOVES[status]
        assert found.recovered == (D("92.40") if to is S.OVERTURNED else 0)


def test_the_same_payment_wins_once() -> None:
    won = replace(NEW, status=S.OVERTURNED, recovered=D("92.40"), later=PAID, closed=True)
    assert outcome_of(won) is None
    more = outcome_of(replace(won, later=Later(earned=D("100.00"), refused=False)))
    assert more is not None
    assert more.recovered == D("100.00")


LINES = (Line(1, "99213", (), DAY), Line(2, "20610", ("RT",), DAY))
DENIED = Denied(
    category=Category.BUNDLING,
    carc="97",
    line_number=1,
    lines=LINES,
    payer_id=1,
    coverage_id=1,
    authorization_number="",
    authorizations=(),
    coverages=(),
)


def test_remedies_for_a_bundled_visit_and_procedure() -> None:
    (visit,) = remedies(DENIED)
    assert (visit.fix.kind, visit.fix.line, visit.fix.value) == (FixKind.ADD_MODIFIER, 1, "25")
    (other,) = remedies(replace(DENIED, line_number=2))
    assert (other.fix.line, other.fix.value) == (2, "59")
    marked = (replace(LINES[0], modifiers=("25",)), LINES[1])
    assert remedies(replace(DENIED, lines=marked)) == []
    assert remedies(replace(DENIED, lines=LINES[:1])) == []


def test_remedies_from_what_is_on_file() -> None:
    approval = AuthorizationFacts(number="AU77", payer_id=1, codes=frozenset({"99213"}), valid_from=DAY, valid_to=DAY)
    asked = replace(DENIED, category=Category.AUTHORIZATION, carc="197", authorizations=(approval,))
    assert [each.fix.value for each in remedies(asked)] == ["AU77"]
    assert remedies(replace(asked, authorization_number="AU77")) == []
    assert remedies(replace(asked, payer_id=2)) == []
    payer = PayerFacts(
        id=2, payer_id="SP001", name="Summit PPO", kind="commercial", filing_indicator="CI", filing_days=90,
        correction_days=90,
    )  # fmt: skip
    plan = CoverageFacts(
        id=9, payer=payer, rank=1, member_id="S1", group_number="", relationship="18", effective_from=DAY,
        effective_to=None,
    )  # fmt: skip
    lapsed = replace(DENIED, category=Category.ELIGIBILITY, carc="27", coverages=(plan,))
    assert [each.fix.value for each in remedies(lapsed)] == ["9"]
    assert remedies(replace(lapsed, coverage_id=9)) == []


FACTS = LetterFacts(
    practice_name="Lakeshore Family Medicine",
    practice_npi="1730458811",
    practice_tax_id="123456789",
    practice_phone="2165550100",
    payer_name="Harbor Mutual",
    payer_kind="commercial",
    level=1,
    claim_number="26-000123",
    payer_control_number="2630914402",
    patient_name="Denise Okafor",
    birth_date=date(1968, 4, 17),
    member_id="HMX204418731",
    service_date=date(2026, 4, 27),
    rendering="Anna Lindqvist MD",
    diagnoses=("M17.11",),
    authorization="AU77",
    decided_on=DAY,
    remitted_on=DAY,
    filed_on=date(2026, 4, 29),
    filed_in_time=True,
    denied=(
        DeniedService(
            line_number=1,
            code="99213",
            modifiers=("25",),
            amount=D("168.00"),
            group="CO",
            carc="50",
            remarks=("N115",),
            category=Category.NECESSITY,
        ),
    ),
    note="History\nKnee pain.\n\nAssessment and plan\n1. Osteoarthritis, right knee.\n2. Diabetes, stable.",
    signed_by="Theo Winslow",
    written_on=date(2026, 5, 20),
)


def test_the_letter_names_everything_a_payer_looks_for() -> None:
    letter = write_letter(FACTS)
    missing = [
        needed
        for needed in (
            "May 20, 2026",
            "Harbor Mutual",
            "First-level appeal",
            "Denise Okafor, born 04/17/1968",
            "HMX204418731",
            "Your claim number: 2630914402",
            "Our claim number: 26-000123",
            "04/27/2026",
            "Line 1, 99213-25: $168.00",
            "(CO-50)",
            "N115",
            "“1. Osteoarthritis, right knee.”",
            "Visit note of April 27, 2026, signed by Anna Lindqvist MD",
            "Remittance advice of May 18, 2026",
            "Theo Winslow",
            "(216) 555-0100",
        )
        if needed not in letter
    ]
    assert missing == []
    assert "Knee pain" not in letter
    assert "{" not in letter


@pytest.mark.parametrize("category", list(Category))
def test_every_category_has_an_argument(category: Category) -> None:
    service = replace(FACTS.denied[0], category=category)
    letter = write_letter(replace(FACTS, denied=(service,)))
    assert "{" not in letter
    assert letter != write_letter(replace(FACTS, denied=(replace(service, category=Category.OTHER),))) or (
        category is Category.OTHER
    )


def test_letters_change_with_level_payer_and_proof() -> None:
    late = replace(FACTS, denied=(replace(FACTS.denied[0], category=Category.TIMELY),))
    assert "accepted for processing on April 29, 2026" in write_letter(late)
    assert "sent within the filing limit" in write_letter(late)
    assert "sent within the filing limit" not in write_letter(replace(late, filed_in_time=False))
    assert "exception to the filing limit" in write_letter(replace(late, filed_in_time=False))
    assert "Proof of the date on which the claim was accepted" in enclosures(late)
    second = write_letter(replace(FACTS, level=2, decided_on=date(2026, 6, 9)))
    assert "Second-level appeal" in second
    assert "By your decision of June 9, 2026" in second
    assert "Remittance advice of May 18, 2026" in second
    assert "Request for redetermination" in write_letter(replace(FACTS, payer_kind="medicare"))
    whole = replace(FACTS.denied[0], line_number=0, code="", modifiers=())
    assert "- The claim as a whole: $168.00" in write_letter(replace(FACTS, denied=(whole,)))


def test_quotes_are_few_and_short() -> None:
    note = "Assessment\n" + "\n".join(f"{n}. {'word ' * 120}" for n in range(9))
    found = quotes(note)
    assert len(found) == 4
    assert all(len(each) <= 422 and each.endswith("…") for each in found)
    assert quotes("") == []


def test_windows_and_shares() -> None:
    window = last_weeks(13, date(2026, 11, 18))
    assert (window.since, window.until) == (date(2026, 8, 24), date(2026, 11, 18))
    assert len(window.weeks) == 13
    assert all((b - a).days == 7 for a, b in pairwise(window.weeks))
    assert window.before == Window(date(2026, 5, 29), date(2026, 8, 23))
    shares = running_shares([D("60"), D("20"), D("15"), D("5")])
    assert shares == [D("0.6"), D("0.8"), D("0.95"), D("1")]
    assert carriers(shares) == 2
    assert (carriers(running_shares([D("9")])), carriers([])) == (1, 0)


def test_change_says_whether_it_is_good() -> None:
    less = change(D("0.08"), D("0.10"), lower_is_better=True)
    assert less is not None
    assert (less.amount, less.better) == (D("0.02"), True)
    worse = change(D("0.08"), D("0.10"), lower_is_better=False)
    assert worse is not None
    assert not worse.better
    assert change(None, D("1"), lower_is_better=True) is None
    assert change(D("1"), D("1"), lower_is_better=True) is None


def test_topics_are_words_and_those_that_claims_share_are_the_same() -> None:
    topics = {category: facts.topic for category, facts in CATEGORIES.items()}
    shared = {
        Category.ELIGIBILITY: Family.ELIGIBILITY,
        Category.COORDINATION: Family.COORDINATION,
        Category.AUTHORIZATION: Family.AUTHORIZATION,
        Category.BUNDLING: Family.BUNDLING,
        Category.DUPLICATE: Family.DUPLICATE,
        Category.TIMELY: Family.FILING,
    }
    assert {category: topics[category] for category in shared} == shared
    assert len(set(topics.values())) == len(topics)
    assert all(5 <= len(topic) <= 24 for topic in topics.values())


def test_words_of_pages_carry_the_houses_apostrophe() -> None:
    for carc in WORDS:
        assert "'" not in brief(carc, "other") + says(carc)
    assert "’" in brief("6", "other")
