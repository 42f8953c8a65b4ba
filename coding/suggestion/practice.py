"""What a practice's ranking adds to the rules' findings, and how it weighs them.

The ranking may add a code and doubt one. It never brings back what the note denies, says of a relative or leaves open.
"""

from coding.suggestion import context
from coding.suggestion.facts import NoteFacts, Span
from coding.suggestion.found import Findings, Found
from coding.suggestion.knowledge import Knowledge, Term
from coding.suggestion.learning import Learned
from coding.suggestion.mentions import Mention
from coding.suggestion.prepared import Prepared
from coding.suggestion.standing import has_assessment
from coding.suggestion.withholding import withheld

SURE = 0.5  # a learned code that no rule proposes needs at least this chance
HARDLY = 0.05  # below this the practice's coders do not report a code that the rules propose
ENOUGH_CASES = 200  # from here on what coders leave out counts, too
_WORDS = Term(frozenset(), 0.0, ())  # learned words are no term of a code set


def add_learned(
    note: NoteFacts,
    found: Findings,
    ready: Prepared,
    learned: Learned,
    chances: dict[str, float],
    knowledge: Knowledge,
) -> None:
    """Add codes that this practice gives for such words and no rule has found."""
    held = {h.code[:3] for h in found.held} - {code[:3] for code in found.codes}
    for code, chance in chances.items():
        row = knowledge.codes.get(code)
        if chance < SURE or code in found.codes or code[:3] in held or row is None or not row.billable:
            continue
        mention = ready.best.get(code)
        if mention is not None and withheld(note, ready.note, mention, code):
            continue
        spans, why = learned.evidence(ready, code)
        if spans and not any(_kept_out(note, ready, span, code) for span in spans):
            assessed = not has_assessment(ready.note)
            found.add(Found(code, list(spans), why, round(chance * 100), spans[0].start, assessed=assessed))


def _kept_out(note: NoteFacts, ready: Prepared, span: Span, code: str) -> bool:
    said = _said(ready, span)
    return context.NEGATED in said.context or bool(withheld(note, ready.note, said, code))


def _said(ready: Prepared, span: Span) -> Mention:
    """Words of the note with what their sentence says about the first and the last of them."""
    note = ready.note
    at = max((s for s in note.sentences if s.start <= span.start), key=lambda s: s.start)
    ends = (span.start, span.end - 1)
    said = frozenset().union(*(context.context_of(note.low, at.cues, end, span.end, at.end) for end in ends))
    return Mention(_WORDS, at.number, (), span.start, span.end, 1.0, said, note.sections.at(span.start))


def weigh(found: Findings, learned: Learned, chances: dict[str, float]) -> None:
    """Confidence between the rule's and the practice's own experience; what is never coded there is withheld."""
    trust = min(learned.cases / ENOUGH_CASES, 1) / 2
    for code, f in list(found.codes.items()):
        chance = chances.get(code, 0.0)
        if learned.cases >= ENOUGH_CASES and chance < HARDLY and code in chances:
            found.hold(code, "Coders of this practice do not report it with such words.")
        elif code in chances:
            f.confidence = round((1 - trust) * f.confidence + trust * chance * 100)
