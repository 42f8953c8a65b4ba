"""Which phrase of coded notes brings a code: credit goes to the telling one, rare ones need the code's own words."""

from coding.suggestion.facts import Span
from coding.suggestion.phrases import Corpus, PhraseTable

_WORDS = {"J45": frozenset({"asthma", "wheez"}), "I10": frozenset({"hypertens"})}


def _table(*notes: tuple[str, str]) -> PhraseTable:
    spans = [{phrase: Span(0, 1) for phrase in phrases.split()} for phrases, _ in notes]
    corpus = Corpus(spans, [codes.split() for _, codes in notes], lambda code: _WORDS[code])
    return corpus.learn(range(len(notes)))


def _chance(table: PhraseTable, phrase: str, code: str) -> float:
    rows = slice(table.starts[table.phrases[phrase]], table.starts[table.phrases[phrase] + 1])
    found = dict(zip(table.code_of[rows].tolist(), table.chance[rows].tolist(), strict=True))
    return float(found.get(table.codes.index(code), 0.0))


def test_a_phrase_beside_the_telling_one_gets_no_credit() -> None:
    table = _table(("wheez monday", "J45"), ("wheez monday", "J45"), ("wheez", "J45"), ("monday", "I10"))
    assert _chance(table, "wheez", "J45") > 0.7
    assert _chance(table, "monday", "J45") == 0.0


def test_a_code_that_no_word_explains_is_learned_from_repetition() -> None:
    table = _table(*[("zebra", "J45")] * 5, *[("other", "I10")] * 5)
    assert _chance(table, "zebra", "J45") > 0.8


def test_a_phrase_of_one_note_needs_a_word_of_the_code() -> None:
    table = _table(("asthma tuesday", "J45"), ("other", "I10"))
    assert _chance(table, "asthma", "J45") > 0.2
    assert "tuesday" not in table.phrases


def test_only_the_chosen_notes_are_learned_from() -> None:
    notes = [("wheez", "J45"), ("hypertens", "I10"), ("wheez", "J45")]
    spans = [{phrases: Span(0, 1)} for phrases, _ in notes]
    corpus = Corpus(spans, [[code] for _, code in notes], lambda code: _WORDS[code])
    table = corpus.learn([0, 1])
    assert table.notes == 2
    assert table.notes_with[table.phrases["wheez"]] == 1
