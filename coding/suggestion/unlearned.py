"""Ranking the codes that a note's words lead to before anything was learned: by how well the words fit."""

import math

from coding.suggestion.groups import WEAK
from coding.suggestion.knowledge import EXTERNAL, INDEX, LEXICON, NEOPLASM, Knowledge
from coding.suggestion.mentions import Mention
from coding.suggestion.prepared import Prepared

THRESHOLD = 0.5
# Words that lead somewhere in the index but are rarely a patient's condition when a note uses them.
_EMPTY_TEXT = """
Z00 Z01 Z02 Z04 Z13 X58 Y93 Y99 Z67 T75 R68 R69 Z76 Z71 R89 R93 Y92 Z72 Y83 Y84 W19
"""
_EMPTY = frozenset(_EMPTY_TEXT.split())


def rank(ready: Prepared, knowledge: Knowledge) -> list[tuple[str, float]]:
    """Every code that the note's terms lead to with a chance, best first."""
    leads: dict[str, list[tuple[Mention, str]]] = {}
    for mention in ready.mentions:
        for code, kind in mention.codes:
            leads.setdefault(code, []).append((mention, kind))
    for code, mention in ready.picked.items():
        leads.setdefault(code, []).append((mention, LEXICON))
    ranked = [(code, _chance(ready, code, mine, knowledge)) for code, mine in leads.items()]
    return sorted(ranked, key=lambda r: (-r[1], r[0]))


def _chance(ready: Prepared, code: str, leads: list[tuple[Mention, str]], knowledge: Knowledge) -> float:
    kinds = {kind for _, kind in leads}
    best = max(leads, key=lambda lead: lead[0].term.weight * lead[0].tightness)[0]
    wording = knowledge.wording_of(code)
    whole = sum(knowledge.weight(key) for key in wording) or 1.0
    covered = sum(knowledge.weight(key) for key in wording if key in ready.keys) / whole
    row = knowledge.codes.get(code)
    score = -5.2
    score += 0.1 * min(best.term.weight * best.tightness, 16)  # telling words
    score += 1.2 * covered  # the code's own wording is there
    score += 0.25 * min(len({m.start for m, _ in leads}), 4)
    score += 1.4 * (code in ready.picked) + 0.8 * (LEXICON in kinds)
    score += 0.35 * (len(kinds & {LEXICON, "title", "inclusion", INDEX}) - 1)
    score += 0.8 * (row is not None and row.billable)
    score -= 0.8 * all(m.inside for m, _ in leads)
    score -= 0.15 * min(len({c for c, _ in best.codes}), 8)
    score -= 1.5 * (kinds <= {EXTERNAL}) + 0.6 * (kinds <= {NEOPLASM})
    score -= 2.0 * (code[:3] in _EMPTY) + 0.5 * (code[0] in "ZVWXY")
    score += 0.4 * (code in WEAK)
    return 1 / (1 + math.exp(-score - 2.0))
