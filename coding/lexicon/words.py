"""How a text becomes the words that search compares: the same way for code sets and for what a coder types."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[a-z0-9]+")
SLASHED = re.compile(r"\b([a-z])/([a-z])\b")  # s/p, c/o, w/o
POSSESSIVE = re.compile(r"['’`´]s?\b")
LETTER_PLURAL = re.compile(r"(ss|us|is|as|ios|ies)$")

BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

# Endings that words of one family differ in: diabetes, diabetic.
ENDING = re.compile(
    r"(?:ically|ications?|ations?|ities|itis|osis|oses|ical|ions?|ium|ive|ial|ous|ing|ed|ic|al|ary|ia|is|es|um|y|e)$"
)
LONGEST_ENDING = 5
SHORTEST_TRUNK = 5

# Words that say nothing about the condition: a coder leaves them out, official wordings are full of them.
SILENT = frozenset(
    ["a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or"]
)
SILENT |= {"the", "to", "was", "were", "which"}

# British spellings, by the part of the word in which they differ.
BRITISH = re.compile(
    r"aemi|haem|anaes|oedem|oesoph|oestr|orrhoe|foet|gynaec|paed|caec|caes|faec|coel(?=iac|om)|leuc(?=o|aem)"
    r"|aetiol|tumour|colour|behaviour|labour|odour|favour|humour|fibre|litre|centre|sulph|grey|plough|ageing"
    r"|practise|manoeuv|hyaen|dyspnoe|apnoe|pnoea|ischaem|homoe|mould|diarrhoe"
)
AMERICAN = {
    "aemi": "emi", "haem": "hem", "anaes": "anes", "oedem": "edem", "oesoph": "esoph", "oestr": "estr",
    "orrhoe": "orrhe", "foet": "fet", "gynaec": "gynec", "paed": "ped", "caec": "cec", "caes": "ces", "faec": "fec",
    "coel": "cel", "leuc": "leuk", "aetiol": "etiol", "tumour": "tumor", "colour": "color",
    "behaviour": "behavior", "labour": "labor", "odour": "odor", "favour": "favor", "humour": "humor",
    "fibre": "fiber", "litre": "liter", "centre": "center", "sulph": "sulf", "grey": "gray", "plough": "plow",
    "ageing": "aging", "practise": "practice", "manoeuv": "maneuv", "hyaen": "hyen",
    "dyspnoe": "dyspne", "apnoe": "apne", "pnoea": "pnea", "ischaem": "ischem", "homoe": "home", "mould": "mold",
    "diarrhoe": "diarrhe",
}  # fmt: skip


def plain(text: str) -> str:
    """Lower case without accents and possessives: “Ménière’s” is “meniere”, “s/p” is “sp”."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return SLASHED.sub(r"\1\2", POSSESSIVE.sub("", text.lower()))


def raw_words(text: str) -> list[str]:
    """The words of a text in order; a hyphen, a slash or a dot parts words."""
    return WORD.findall(plain(text))


@lru_cache(maxsize=1 << 16)
def normal(word: str) -> str:
    """A plain word in American spelling and in the singular: “tumours” is “tumor”."""
    if len(word) > 4:
        word = BRITISH.sub(lambda found: AMERICAN[found[0]], word)
    return singular(word)


def singular(word: str) -> str:
    """The singular by English rules; Latin endings (“-is”, “-us”) are no plurals."""
    if len(word) < 4 or not word.endswith("s") or word[-2].isdigit():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if LETTER_PLURAL.search(word):
        return word
    return word[:-1]


def said(text: str) -> list[str]:
    """The plain words of a text that say something, in order and with repeats."""
    return [word for word in raw_words(text) if word not in SILENT]


def words(text: str) -> list[str]:
    """The same words in their normal form."""
    return [normal(word) for word in said(text)]


def trunk(word: str) -> str:
    """A normal word without its ending; the word itself when too little would be left."""
    shorter = ENDING.sub("", word)
    return shorter if len(shorter) >= SHORTEST_TRUNK else word


def essential(text: str) -> str:
    """A text without what stands in brackets: there code sets put words that may be said or not."""
    return BRACKETED.sub(" ", text)
