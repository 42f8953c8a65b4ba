"""To the highest specificity that the words support: a code's more exact neighbours in its category.

A neighbour is better when every word by which its wording goes beyond the code's own wording stands near the mention.
"""

from functools import cache

from coding.suggestion import context, vocabulary
from coding.suggestion.knowledge import Knowledge, same_as
from coding.suggestion.mentions import Mention, ReadNote
from coding.suggestion.specificity import BILATERAL, LEFT, RIGHT, is_extended, sides_of
from coding.suggestion.words import key_of, keys

REACH = 9  # words before and after a mention that may speak about it
# Words of a wording that a note does not have to say.
_UNSAID_TEXT = """
unspecified uncomplicated initial encounter closed current injury episode type unilateral primary use region
site not intractable mention delivery disease disorder condition apply applicable system abnormal
finding findings status migrainosus complication complications body secondary associated side drum
"""
_UNSAID = frozenset(key_of(word) for word in _UNSAID_TEXT.split())
_WHERE_TEXT = """
limb limbs extremity lower upper vein veins deep trunk skin subcutaneous tissue wall region
"""
_WHERE = frozenset(key_of(word) for word in _WHERE_TEXT.split())
_SIDES = {same_as(key_of(side)): side for side in (RIGHT, LEFT, BILATERAL)}


def refined(knowledge: Knowledge, code: str, note: ReadNote, mention: Mention, side: str) -> str:
    """The neighbour that the words near a mention support best; the code itself when there is none."""
    base = code[:7].rstrip("X").rstrip(".") if is_extended(code) else code
    row = knowledge.codes.get(base)
    if row is None:
        return code
    own = knowledge.wording_keys(base)
    said = _near(note, mention, side)
    other_than = row.wording.startswith("Other ")
    sided = side in sides_of(knowledge, base)
    best, score = code, 0.0
    for other in knowledge.in_category(base[:3]):
        neighbour = knowledge.codes[other]
        if other == base or is_extended(other) or not _ends(knowledge, other):
            continue
        if neighbour.wording.startswith("Other ") and not other_than:
            continue
        theirs = knowledge.wording_keys(other)
        further = theirs - own - _UNSAID
        if not further or not further <= said or not _agrees(theirs, side) or (sided and further <= _SIDES.keys()):
            continue
        lost = own - theirs - _UNSAID - _WHERE - _SIDES.keys()
        if lost & mention.term.keys:
            continue
        weight = sum(knowledge.weight(key) * (0.5 if key in _WHERE else 1) for key in further)
        weight -= sum(knowledge.weight(key) for key in lost)
        if weight > score:
            best, score = other, weight
    return best


def _ends(knowledge: Knowledge, code: str) -> bool:
    children = knowledge.children.get(code, ())
    return not children or all(is_extended(child) for child in children)


def _agrees(theirs: frozenset[str], side: str) -> bool:
    sides = {_SIDES[key] for key in theirs if key in _SIDES}
    return not sides or side in sides


def _near(note: ReadNote, mention: Mention, side: str) -> frozenset[str]:
    sentence = note.sentences[mention.sentence]
    first, last = mention.positions[0] - REACH, mention.positions[-1] + REACH
    said: set[str] = set(mention.term.keys)
    for at, (word, key) in enumerate(zip(sentence.words, sentence.keys, strict=True)):
        if first <= at <= last and key:
            if any(c.kind in (context.NEGATED, context.IDLE) and c.start <= word.start < c.end for c in sentence.cues):
                continue
            said.add(key)
            said.update(_also().get(word.form, ()))
            said.update(_also().get(key, ()))
    said -= _SIDES.keys()
    if side:
        said.add(same_as(key_of(side)))
        said.add(key_of("nondominant" if side == LEFT else "dominant"))  # guideline I.C.6.a
    return frozenset(said)


@cache
def _also() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for word, others in vocabulary.regions():
        meant = tuple(same_as(key) for key in keys(others))
        table[word] = meant
        table[same_as(key_of(word))] = meant
    return table
