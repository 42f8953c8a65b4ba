"""Words of a note or of a code's wording, reduced to keys that compare equal when they mean the same."""

import re
from dataclasses import dataclass
from functools import lru_cache

# One character for one, so that offsets into the text stay true.
_PLAIN = str.maketrans("áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÉÈÊËÍÓÖÚÜÑ’‘´`", "aaaaaaeeeeiiiiooooouuuuncaaaaeeeeioouun''''")
_WORD = re.compile(r"\d+\.\d+|[a-z0-9]+(?:'[a-z]+)?")
# A sentence ends at a line's end, a semicolon or a stop before white space; not at "Dr.", "vs." or "2.5".
_SENTENCE_END = re.compile(
    r"(?<!\bdr)(?<!\bvs)(?<!\bmr)(?<!\bno)(?<!\bst)(?<!\b[a-z])[.!](?=\s|$)|(?<=[\w)])\?(?=\s|$)|[\n;]"
)
# A line that only goes on in the next one: it ends in a comma or a word that wants another, or it is a full line.
_GOES_ON = re.compile(
    r"(?:,|\b(?:and|or|nor|with|of|for|the|a|an|to|in|on|no|not|by|from|his|her|any|is|was|has|had))[ \t]*$"
)
_FULL_LINE = 60  # characters from which on a line was broken by its width
_NEXT_LINE = re.compile(r"[ \t]*[a-z(]")

_STOP_WORDS_TEXT = """
a an the of in on at to for from by and or with which who that this these those is was are were be been
being due as into its it his her their he she they we our patient patients pt other unspecified specified
nos nec not elsewhere classified without has have had having also than then there any some such type part
parts site sites both about after before during w
"""
STOP_WORDS = frozenset(_STOP_WORDS_TEXT.split())

# Suffixes that only turn a disease's noun into its adjective or plural; longest first.
_SUFFIXES: tuple[tuple[str, str, int], ...] = (
    ("plegics", "pleg", 3), ("plegic", "pleg", 3), ("plegia", "pleg", 3),
    ("pathies", "path", 3), ("pathic", "path", 3), ("pathy", "path", 3),
    ("megalies", "megal", 3), ("megalic", "megal", 3), ("megaly", "megal", 3),
    ("ectatic", "ect", 3), ("ectasias", "ect", 3), ("ectasia", "ect", 3), ("ectasis", "ect", 3), ("ectases", "ect", 3),
    ("paretic", "pares", 2), ("paresis", "pares", 2),
    ("rrheic", "rrh", 2), ("rrheal", "rrh", 2), ("rrhea", "rrh", 2), ("rrhagic", "rrhag", 2), ("rrhage", "rrhag", 2),
    ("rrhages", "rrhag", 2), ("rrhagia", "rrhag", 2),
    ("itides", "it", 3), ("itis", "it", 3), ("itic", "it", 3),
    ("omatous", "om", 2), ("omata", "om", 2), ("omas", "om", 2), ("oma", "om", 2),
    ("oses", "os", 2), ("osis", "os", 2), ("otic", "os", 3),
    ("emias", "em", 2), ("emia", "em", 2), ("emic", "em", 2),
    ("urias", "ur", 3), ("uria", "ur", 3), ("uric", "ur", 3),
    ("algias", "alg", 3), ("algia", "alg", 3), ("algic", "alg", 3),
    ("pneic", "pn", 2), ("pnea", "pn", 2), ("pnoea", "pn", 2),
    ("tensive", "tens", 3), ("tension", "tens", 3),
    ("trophic", "troph", 2), ("trophies", "troph", 2), ("trophy", "troph", 2), ("trophied", "troph", 2),
    ("static", "stas", 3), ("stases", "stas", 3), ("stasis", "stas", 3), ("stasic", "stas", 3),
    ("ications", "ic", 4), ("ication", "ic", 4), ("ations", "", 4), ("ation", "", 4), ("ated", "", 4), ("ating", "", 4),
    ("ative", "", 4), ("ates", "", 4), ("ate", "", 5),
    ("itions", "it", 4), ("ition", "it", 4), ("ions", "", 4), ("ion", "", 4),
    ("edness", "", 4), ("iveness", "", 4), ("fulness", "", 4), ("ness", "", 4), ("ments", "", 4), ("ment", "", 4),
    ("ically", "", 4), ("ical", "", 4), ("ially", "", 4), ("ial", "", 4), ("ally", "", 4), ("ic", "", 4),
    ("ous", "", 4), ("ive", "", 4), ("ary", "", 4), ("al", "", 4), ("ar", "", 5), ("ly", "", 4),
    ("ings", "", 4), ("ing", "", 4), ("ied", "", 3), ("ed", "", 4), ("ies", "", 3), ("sses", "ss", 2),
    ("xes", "x", 2), ("ches", "ch", 2), ("shes", "sh", 2), ("ias", "", 4), ("ia", "", 4), ("ae", "", 4),
    ("es", "", 4), ("s", "", 3), ("ity", "", 4), ("e", "", 4), ("a", "", 5), ("y", "", 4),
)  # fmt: skip
_KEEP_TEXT = """
diabetes mellitus testis testes pelvis penis pus gas ms aids sepsis sinus uterus anus virus lupus bolus
status thrombus callus ileus hallux pancreas herpes scabies rabies caries series species was has his viral
spinal renal anal oral nasal focal facial sacral tarsal carpal ocular valgus varus lens less loss mass pass
secondary partial gross cross abscess access excess process stress distress weakness illness
"""
_KEEP = frozenset(_KEEP_TEXT.split())


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands in the text, as it is written (lower case) and its key."""

    start: int
    end: int
    form: str
    key: str


def plain(text: str) -> str:
    """Lower case without accents; every character stays at its offset."""
    folded = text.translate(_PLAIN).lower()
    return folded if len(folded) == len(text) else text.lower()[: len(text)].ljust(len(text))


def words(text: str, offset: int = 0) -> list[Word]:
    """All words of a text in order; offsets count from `offset`."""
    return [
        Word(offset + m.start(), offset + m.end(), m.group(), key_of(m.group())) for m in _WORD.finditer(plain(text))
    ]


def forms(text: str) -> tuple[str, ...]:
    """All words of a text as they are written, in lower case."""
    return tuple(_WORD.findall(plain(text)))


def keys(text: str) -> list[str]:
    """The keys of a text's telling words, in order."""
    return [key_of(m) for m in _WORD.findall(plain(text)) if m not in STOP_WORDS]


@lru_cache(maxsize=200_000)
def key_of(form: str) -> str:
    """What a word is compared by: "anemias", "anaemic" and "anemia" share one key."""
    word = form.removesuffix("'s").replace("'", "")
    if word in _KEEP or len(word) < 4 or any(ch.isdigit() for ch in word):
        return word.rstrip("s") if len(word) == 4 and word.endswith("s") and word not in _KEEP else word
    word = american(word)
    if word.endswith("eys"):
        word = word[:-1]
    for suffix, instead, least in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= least:
            return word[: len(word) - len(suffix)] + instead
    return word


def american(word: str) -> str:
    """A word in American spelling as far as it tells words apart: oedema → edema, tumour → tumor."""
    word = word.replace("ae", "e").replace("oe", "e")
    for british, ours in (("our", "or"), ("isation", "ization"), ("ise", "ize"), ("ph", "f")):
        if word.endswith((british, f"{british}s")) or british == "ph":
            word = word.replace(british, ours)
    return word


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence that has a word."""
    found: list[tuple[int, int]] = []
    start = 0
    low = text.lower()
    for end in (m.end() for m in _SENTENCE_END.finditer(low)):
        if text[end - 1] == "\n" and _continues(text, end):
            continue
        if text[start:end].strip(" .\n;"):
            found.append((start, end))
        start = end
    if text[start:].strip():
        found.append((start, len(text)))
    return found


def _continues(text: str, end: int) -> bool:
    """Whether the line that ends at `end` goes on in the next one, which then begins in lower case."""
    if not _NEXT_LINE.match(text, end):
        return False
    line = text[text.rfind("\n", 0, end - 1) + 1 : end - 1]
    return bool(_GOES_ON.search(line)) or (len(line) >= _FULL_LINE and line.rstrip()[-1:] not in ".:;!?")
