"""Whether the words of a mention are one thing: a term as a whole, and with the meaning that the code sets give it."""

import re

from coding.suggestion import context, vocabulary
from coding.suggestion.knowledge import LEXICON, Knowledge, marks_of
from coding.suggestion.mentions import Mention, ReadNote

_DISEASE = re.compile(
    r"(?:itis|osis|oma|emia|aemia|pathy|plegia|uria|penia|cele|lysis|ism|iasis|edema|algia|orrhea"
    r"|orrhage|megaly|ectasis|trophy)$"
)
_MODIFIERS_TEXT = """
right left bilateral acute chronic mild moder sever stag type recurr persist intermitt uncomplic control
primar initi class singl episod partial full remiss 1 2 3 4 5 3a 3b i ii iii iv first second third grad low lower upper
upp initial
"""
_MODIFIERS = frozenset(_MODIFIERS_TEXT.split())
_WITH = re.compile(r"\b(?:with\b|w/) ?")
MOST_GAP = 2
_SIDE_WORDS = re.compile(r"\b(?:right|left|bilateral|both|the|r|l)\b ?")
# Words that mean something else in such company; "|" stands before the word.
_MEANS_ELSE = {
    "gad": re.compile(r"\|gad ?-?[27]", re.IGNORECASE),
    "depression": re.compile(r"(?:st|pr|ory) \|", re.IGNORECASE),
    "asa": re.compile(r"\|asa (?:i|[1-5]|class)", re.IGNORECASE),
    "sle": re.compile(r"\|sle ?:|(?:ou|iop|va|od|os)\W{1,3}\|", re.IGNORECASE),
    "callus": re.compile(r"(?:early|bridging|healing|fracture|fx|periosteal|new|soft|good) \|callus", re.IGNORECASE),
    "flu": re.compile(r"\|flu (?:high|shot|vac|vax|mist|imm|given|utd|clinic|dose)", re.IGNORECASE),
    "reflux": re.compile(r"(?:venous|urete\w+) \|reflux|\|reflux s", re.IGNORECASE),
    "cva": re.compile(r"\|cva.{0,3}(?:tend|ttp|ang|neg)|(?:no|neg|without) \|", re.IGNORECASE),
    "ra": re.compile(
        r"(?:on|\d ?%?|sat\w*|o2|air) ?\|ra|\(\|ra|then \|ra|\|ra (?:by|at|column|bleed|position"
        r"|lead|pressure|size|dilat|enlarg)",
        re.IGNORECASE,
    ),
    "prep": re.compile(r"\|(?!PrEP)"),
    "pe": re.compile(r"\|PE ?[:-]|\n\|"),
}


def stands_alone(note: ReadNote, mention: Mention, kind: str) -> bool:
    """Whether a single word is enough: a phrase of the lexicon as it is written there, or a disease's own name."""
    word = note.sentences[mention.sentence].words[mention.positions[0]]
    if kind != LEXICON:
        return bool(_DISEASE.search(word.form))
    around = f"{note.low[max(0, word.start - 12) : word.start]}|{note.text[word.start : word.end + 8]}"
    if (elsewhere := _MEANS_ELSE.get(word.form)) and elsewhere.search(around):
        return False
    capitals = vocabulary.single_words()
    for form in (word.form, word.form.removesuffix("'s"), word.form.removesuffix("s"), word.form.removesuffix("es")):
        if form in capitals:
            return not capitals[form] or note.text[word.start : word.start + 2].isupper()
    return False


def is_name(note: ReadNote, mention: Mention, code: str, knowledge: Knowledge) -> bool:
    """Whether a single word is a code's whole wording: "Stridor", "Monkeypox"."""
    word = note.sentences[mention.sentence].words[mention.positions[0]].form
    row = knowledge.codes.get(code)
    return row is not None and len(word) > 5 and code[0] in "ABDEFGHIJKLMNR" and row.wording.lower() == word


def holds_together(note: ReadNote, mention: Mention, code: str, kind: str, knowledge: Knowledge) -> bool:
    """Whether the words stand as one thing: close together, not divided by a comma or another statement."""
    sentence = note.sentences[mention.sentence]
    first, last = mention.positions[0], mention.positions[-1]
    inside = [at for at in range(first, last + 1) if sentence.keys[at] and at not in mention.positions]
    tumor = any(
        key.startswith("~") for key in mention.term.keys
    )  # "malignant neoplasm of": the mark stands for both words
    gaps = sum(
        1 for at in inside if sentence.keys[at] not in _MODIFIERS and not (tumor and marks_of(sentence.words[at].form))
    )
    joined = not inside and (
        len(mention.positions) > 2 if kind == LEXICON else " and " in knowledge.codes[code].wording
    )
    if any(
        sentence.words[at].form.isdigit() and not {at - 1, at + 1} & set(mention.positions) for at in mention.positions
    ):
        return False  # a number that stands apart counts something else
    if not tumor and any(_DISEASE.search(sentence.words[at].form) for at in inside):
        return False  # another disease stands between
    if gaps > (MOST_GAP if kind == LEXICON else 0):
        return False
    between = note.low[mention.start : mention.end]
    tail = sentence.words[last].start
    if any(
        cue.kind in (context.NEGATED, context.IDLE)
        and (mention.start < cue.start <= tail or cue.start <= mention.start < cue.end <= tail)
        for cue in sentence.cues
    ):
        return False  # a part of it is denied: "no exacerbation of COPD"
    for at, following in zip(mention.positions, mention.positions[1:], strict=False):
        gap = note.low[sentence.words[at].end : sentence.words[following].start]
        gap = re.sub(r"^\. ", " ", gap) if sentence.words[at].end - sentence.words[at].start == 1 else gap
        gap = _SIDE_WORDS.sub("", gap)
        gap = _WITH.sub("", gap) if not inside else gap
        if joined:
            gap = gap.replace("and ", "")
        if re.search(r"[;:.]|\b(?:and|or|but|vs)\b|[,()]\s*\S+\s", gap) or (
            "," in gap and kind != LEXICON and len(mention.positions) < 3
        ):
            before = all(sentence.keys[p] in _MODIFIERS for p in mention.positions if p <= at)
            after = all(sentence.keys[p] in _MODIFIERS for p in mention.positions if p >= following)
            if not (before or after):
                return False
    return len(between) < 90
