"""From a code for a condition to the code for its side, its encounter and its default: as far as the words go."""

import re
from functools import lru_cache

from coding.suggestion.knowledge import Knowledge
from coding.suggestion.mentions import Mention, ReadNote
from coding.suggestion.words import key_of

RIGHT, LEFT, BILATERAL, NONE = "right", "left", "bilateral", "unspecified"
_SIDE = re.compile(
    r"\b(?P<both>bilateral(?:ly)?|both|b/l|bilat|ou)\b|\b(?P<right>right|rt|od|r(?=[ .-](?!/)))\b"
    r"|\b(?P<left>left|lt|os|l(?=[ .-]))\b"
)
_CAPITALS = ("r", "l", "ou", "od", "os")  # sides only when they stand in capitals
_SIDE_WORDS = re.compile(r"\b(right|left|bilateral|unspecified)\b")
# "Tinnitus, right ear" and "Tinnitus, bilateral" are one family.
_OF_BOTH = re.compile(r" (?:ear|eye)$")
_LATER = re.compile(
    r"\b(?:follow[- ]?up|f/?u|recheck|re-check) (?:of|for|on|after|visit|right|left|r"
    r"|l)\b[^.\n]{0,40}(?:fracture|fx|sprain|strain|injury|laceration|burn|concussion|dislocation)"
    r"|(?:fracture|fx|sprain|injury|laceration|concussion|burn|dislocation)[^.\n]{0,20}?"
    r" (?:follow[- ]?up|f/?u|recheck|check)"
    r"|weeks? (?:out|post|after|from) (?:injury|fracture|fx|fall|surgery|orif|reduction)"
    r"|healing (?:well|fracture|fx|as expected|appropriately)"
    r"|callus|interval healing|cast (?:change|check|removal|off)|suture removal|subsequent encounter"
    r"|fx (?:\d+|two|three|four|six) (?:wks?|weeks?) ago"
    r"|(?:fracture|fx|sprain) [^.\n]{0,30}(?:\d+|two|three|four|six|eight) (?:wks?|weeks?) ago"
)
_SEQUELA = re.compile(r"\b(?:sequelae?|late effect|residual (?:of|from))\b")


def match_is_upper(text: str, match: re.Match[str]) -> bool:
    """Whether the words that a match in lower case found stand in capitals in the note."""
    return text[match.start() : match.end()].isupper()


def is_extended(code: str) -> bool:
    """Whether a code carries a seventh character that tells the encounter."""
    return len(code) == 8 and code[-1].isalpha()


def side_near(note: ReadNote, mention: Mention) -> str:
    """The side that the note gives a mention: inside it, before it, after it, or else the sentence's only side."""
    sentence = note.sentences[mention.sentence]
    best, nearest = "", 10**6
    sides = set()
    for match in _SIDE.finditer(note.low, sentence.start, sentence.end):
        said = BILATERAL if match["both"] else RIGHT if match["right"] else LEFT
        if match.group() in _CAPITALS and not match_is_upper(note.text, match):
            continue
        sides.add(said)
        if mention.start <= match.start() < mention.end:
            distance = 0
        elif match.end() <= mention.start:
            distance = mention.start - match.end()
        else:
            distance = match.start() - mention.end + 2
        if distance < nearest:
            best, nearest = said, distance
    return best if nearest < 40 or len(sides) == 1 else ""


def side_in_note(note: ReadNote) -> str:
    """The only side that a whole note speaks of; empty when it speaks of none or of several."""
    sides = {
        BILATERAL if m["both"] else RIGHT if m["right"] else LEFT
        for m in _SIDE.finditer(note.low)
        if m.group() not in _CAPITALS or match_is_upper(note.text, m)
    }
    return sides.pop() if len(sides) == 1 else ""


def with_side(knowledge: Knowledge, code: str, side: str) -> list[str]:
    """The code for a side; both sides' codes when there is none for both; the code itself when sides don't matter."""
    if not side:
        return [code]
    family = sides_of(knowledge, code)
    if side in family:
        return [family[side]]
    if side == BILATERAL and RIGHT in family and LEFT in family:
        return [family[RIGHT], family[LEFT]]
    return [code]


def sides_of(knowledge: Knowledge, code: str) -> dict[str, str]:
    """The codes that say the same of each side: side → code; empty when sides do not matter."""
    row = knowledge.codes.get(code)
    if row is None:
        return {}
    tail = code[7:] if is_extended(code) else ""
    base = code[:7].rstrip("X").rstrip(".") if tail else code
    wording = knowledge.codes[base].wording if base in knowledge.codes else row.wording
    return {
        side: padded(other) + tail if tail else other
        for side, other in _family(knowledge, base[:3]).get(_sideless(wording), {}).items()
    }


def padded(base: str) -> str:
    """A code filled up to six characters, ready for the seventh."""
    return base + "X" * (7 - len(base)) if len(base) > 3 else f"{base}.XXX"


_families: dict[tuple[int, str], dict[str, dict[str, str]]] = {}


def _family(knowledge: Knowledge, category: str) -> dict[str, dict[str, str]]:
    """Wordings of a category without their side → side → code."""
    known = _families.get((id(knowledge), category))
    if known is None:
        known = {}
        for code in knowledge.in_category(category):
            wording = knowledge.codes[code].wording
            sides = _SIDE_WORDS.findall(wording.lower())
            if sides and not is_extended(code):
                side = next((s for s in sides if s != NONE), NONE)
                known.setdefault(_sideless(wording), {}).setdefault(side, code)
        _families[id(knowledge), category] = known
    return known


@lru_cache(maxsize=100_000)
def _sideless(wording: str) -> str:
    low = _OF_BOTH.sub("", wording.lower().replace("unilateral ", "").replace(" side", ""))
    return " ".join(key_of(word) for word in _SIDE_WORDS.sub(" ", low).replace(",", " ").split())


def with_encounter(knowledge: Knowledge, code: str, note: ReadNote) -> str:
    """An injury's code with its seventh character: active treatment unless the note says that it is healing."""
    base = code[:7] if is_extended(code) else code
    tail = code[7:] if is_extended(code) else "A"
    if not is_extended(code):  # a heading of codes with a seventh character
        extended = [child for child in knowledge.children.get(code, ()) if is_extended(child)]
        if not extended:
            return code
        base = extended[0][:7]
    if base[0] not in "ST" or tail not in "AB":
        return base + tail if base + tail in knowledge.codes else code
    if _SEQUELA.search(note.low):
        tail = "S"
    elif _LATER.search(note.low):
        tail = "D"
    return base + tail if base + tail in knowledge.codes else code


def ends(knowledge: Knowledge, code: str) -> bool:
    """Whether only the seventh character is missing: the encounter says it."""
    children = knowledge.children.get(code, ())
    return bool(children) and all(is_extended(child) for child in children)


def billable(knowledge: Knowledge, code: str) -> str:
    """The code itself, or the leaf under it that says no more; empty when there is none."""
    row = knowledge.codes.get(code)
    if row is None:
        return ""
    if row.billable or ends(knowledge, code):
        return code
    leaves = [
        c for c in knowledge.below(code) if not is_extended(c) and (knowledge.codes[c].billable or ends(knowledge, c))
    ]
    if len(leaves) == 1:
        return leaves[0]
    plain = [c for c in leaves if "unspecified" in knowledge.codes[c].wording.lower() or c.endswith(("9", "90", "00"))]
    return min(plain, key=lambda c: _says_more(knowledge.codes[c].wording.lower(), c)) if plain else ""


def _says_more(wording: str, code: str) -> tuple[bool, bool, int, str]:
    return "unspecified" not in wording, " with " in wording, len(code), code
