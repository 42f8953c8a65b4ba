"""Which mentions of a note may become codes: the longest ones, affirmed, in a place of the note that counts."""

import re
from collections.abc import Iterator
from itertools import pairwise

from coding.suggestion import context, sections, vocabulary
from coding.suggestion.facts import INPATIENT, NoteFacts, Span
from coding.suggestion.found import Findings, Found
from coding.suggestion.groups import CHRONIC, LASTING, RESULTS, STATUS, SYMPTOM, WEAK
from coding.suggestion.knowledge import INCLUSION, INDEX, LEXICON, NAMED, NEOPLASM, TITLE, Knowledge
from coding.suggestion.mentions import Mention, ReadNote
from coding.suggestion.refine import refined
from coding.suggestion.specificity import billable, side_in_note, side_near, with_encounter, with_side
from coding.suggestion.standing import is_others_care, is_reason, standing_of
from coding.suggestion.wholeness import holds_together, is_name, stands_alone
from coding.suggestion.withholding import FAMILY_REASON, NOT_CERTAIN, PAST_REASON, withheld

_TREATED = re.compile(
    r"\b(?:on|takes?|taking|continues?|continue|started?|managed|treated with|controlled|stable|uses?"
    r"|using|mg|units|prn|daily|bid|diet|lifestyle|at goal|unchanged|refill\w*|metformin|insulin"
    r"|lisinopril|statin|levothyroxine)\b"
)
_DRUG_BEFORE = re.compile(r"\b(?:on|takes?|taking|continues?)\b[^.;]*\bfor (?:\w+ )?$")
_NUMBERED = re.compile(r"\b(?:type|stage|grade|class) $")
SOURCES = (NAMED, LEXICON, TITLE, INCLUSION)  # which words lead to a code by themselves


def select(facts: NoteFacts, note: ReadNote, mentions: list[Mention], knowledge: Knowledge) -> Findings:
    """Turn the mentions that count into codes; keep those that must not be coded with their reason."""
    findings = Findings()
    outside: list[Found] = []
    only_side = side_in_note(note)
    longest = [(*one, withheld(facts, note, one[0], one[1])) for one in _longest(note, mentions, knowledge)]
    if facts.setting != INPATIENT:
        longest = list(_either_or(note, longest))
    stands = standing_of(
        note,
        facts.setting,
        (
            (m.start, m.end)
            for m, code, _, why in longest
            if (not why or (why == PAST_REASON and history_code(code)))
            and (not code.startswith(_NO_OPENING) or code.startswith(RESULTS))
            and not is_others_care(note, m.end)
        ),
    )
    for mention, plain, kind, why in longest:
        code = plain
        if why == FAMILY_REASON and (family := family_code(note, mention, code)):
            findings.add(_family_found(mention, family, stands.assessed(mention.section, mention.start)))
        if why == PAST_REASON and (past := history_code(code)):
            code, why = past, ""
        side = side_near(note, mention) or (only_side if code[0] in "MSHLT" else "")
        fixed = kind == NAMED or code[0] in "VWXYZ"
        exacter = code if fixed else refined(knowledge, code, note, mention, side)
        for sided in (code,) if kind == NAMED else with_side(knowledge, exacter, side):
            exact = with_encounter(knowledge, sided, note)
            found = Found(
                code=exact,
                spans=[_span(note, mention)],
                reason=_reason(note, mention, kind),
                confidence=92 if kind in (NAMED, LEXICON) else 80,
                place=mention.start,
                section=mention.section,
                sentence=mention.sentence,
                assessed=stands.assessed(mention.section, mention.start)
                or (not stands.headed and is_reason(note, mention.start, mention.end)),
            )
            if exact in WEAK and not why:
                why = "The words are too general for a code."
            if (
                not why
                and not (stands.headed and found.assessed)
                and facts.setting != INPATIENT
                and is_others_care(note, mention.end)
            ):
                why = "Another clinician treats it."
            if why:
                found.held = why
                findings.held.append(found)
            elif (
                found.assessed
                or not (stands.firm or (code.startswith(SYMPTOM) and not code.startswith(RESULTS)))
                or _counts(note, mention, exact, facts.setting == INPATIENT)
            ):
                findings.add(found)
            elif exact[0] not in "VWXYZR" and mention.section not in _REMEMBERED:
                outside.append(found)
    _borrow(findings, outside, knowledge)
    return findings


def _either_or(note: ReadNote, told: list[tuple[Mention, str, str, str]]) -> Iterator[tuple[Mention, str, str, str]]:
    """Of "gout or cellulitis" neither is certain."""
    diseases = [one for one in told if not one[1].startswith((*SYMPTOM, "V", "W", "X", "Y", "Z"))]
    doubted = set()
    for (one, *_), (other, *_) in pairwise(diseases):
        if re.fullmatch(r"(?: \w+)? or (?:\w+ )?", note.low[one.end : other.start]):
            doubted |= {one.start, other.start}
    for mention, code, kind, why in told:
        uncertain = not why and mention.start in doubted and not code.startswith(_NO_OPENING)
        yield mention, code, kind, NOT_CERTAIN if uncertain else why


# Symptoms and facts of a person's life do not open an assessment.
_NO_OPENING = (*SYMPTOM, "V", "W", "X", "Y", "Z1", "Z23", "Z6", "Z7", "Z8", "Z9")
# findings that stand for themselves
_REMEMBERED = (sections.PAST, sections.FAMILY, sections.SOCIAL, sections.REVIEW)


def _borrow(findings: Findings, outside: list[Found], knowledge: Knowledge) -> None:
    """An unspecified code of the assessment takes the site or kind that the findings of the same note give it.

    And what is told before the assessment adds no second code of a category that the assessment names.
    """
    for code, told in list(findings.codes.items()):
        if told.assessed or code.startswith(_SEVERAL):
            continue
        named = [f for f in findings.codes.values() if f.assessed and f.code[:3] == code[:3]]
        if named and any(_vaguer(knowledge, f.code, code) for f in named):
            outside.append(told)
            del findings.codes[code]
        elif named:
            named[0].spans += [span for span in told.spans if span not in named[0].spans]
            del findings.codes[code]
    for code, vague in list(findings.codes.items()):
        ours = {f.code: f for f in outside if f.code[:3] == code[:3] and _vaguer(knowledge, code, f.code)}
        if vague.assessed and len(ours) == 1 and not code.startswith(_SEVERAL):
            exact = next(iter(ours.values()))
            findings.replace(code, exact.code, vague.reason, exact)


_SEVERAL = (
    "I25.2",
    "E08",
    "E09",
    "E10",
    "E11",
    "E13",
    "Z",
    "T",
    "V",
    "W",
    "X",
    "Y",
    "O",
    "R",
)  # categories of which several stand together


def _vaguer(knowledge: Knowledge, one: str, other: str) -> bool:
    """Whether the first code leaves open what the second says."""
    return (
        "unspecified" in knowledge.codes[one].wording.lower()
        and "unspecified" not in knowledge.codes[other].wording.lower()
    )


def picked(note: ReadNote, mentions: list[Mention], knowledge: Knowledge) -> dict[str, Mention]:
    """The codes of the longest mentions at their most exact, whatever the note says about them."""
    found: dict[str, Mention] = {}
    for mention, plain, _ in _longest(note, mentions, knowledge, (*SOURCES, INDEX, NEOPLASM)):
        side = side_near(note, mention)
        exact = refined(knowledge, plain, note, mention, side) if plain[0] not in "VWXYZ" else plain
        for code in with_side(knowledge, exact, side):
            found.setdefault(code, mention)
    return found


def _longest(
    note: ReadNote, mentions: list[Mention], knowledge: Knowledge, sources: tuple[str, ...] = SOURCES
) -> list[tuple[Mention, str, str]]:
    """The mentions that no longer one covers, each with its code, in the order of the note."""
    good: list[tuple[Mention, str, str]] = []
    for mention in mentions:
        target = _target(note, mention, knowledge, sources)
        if target and (target[1] == NAMED or holds_together(note, mention, *target, knowledge)):
            good.append((mention, *target))
    good.sort(key=lambda g: (-len(g[0].positions), g[2] != LEXICON, -g[0].term.weight))
    taken: set[tuple[int, int]] = set()
    kept = []
    for mention, code, kind in good:
        places = {(mention.sentence, at) for at in mention.positions}
        if code.startswith("Z79") and len(places) == 1:  # a drug's name tells of its use inside other words, too
            kept.append((mention, code, kind))
        elif not places & taken:
            kept.append((mention, code, kind))
            taken |= places
    kept.sort(key=lambda k: k[0].start)
    return kept


def _target(note: ReadNote, mention: Mention, knowledge: Knowledge, sources: tuple[str, ...]) -> tuple[str, str] | None:
    for wanted in sources:
        ours = [target for target in mention.term.targets if target[1] == wanted]
        ours.sort(key=lambda t: not (t[0] in knowledge.codes and knowledge.codes[t[0]].billable))
        for code, kind in ours:
            if (
                len(mention.term.keys) == 1
                and not stands_alone(note, mention, kind)
                and not is_name(note, mention, code, knowledge)
            ):
                continue
            leaf = billable(knowledge, code)
            if leaf and (kind != NAMED or leaf == code):  # a heading's name leaves open which code below it
                return leaf, kind
    return None


def family_code(note: ReadNote, mention: Mention, code: str) -> str:
    """The code for a relative's condition; empty when there is none or the note denies it."""
    sentence = note.sentences[mention.sentence]
    if context.NEGATED in mention.context or context.of_another(note.low[sentence.start : sentence.end]):
        return ""
    return next((z for z, prefixes in vocabulary.family_codes() if code.startswith(prefixes)), "")


def _family_found(mention: Mention, code: str, assessed: bool) -> Found:
    spans = [Span(mention.start, mention.end)]
    return Found(code, spans, "A relative has or had it.", 70, mention.start, mention.section, assessed=assessed)


def history_code(code: str) -> str:
    """The code for having had a condition; empty when there is none."""
    return next((z for z, prefixes in vocabulary.history_codes() if code.startswith(prefixes)), "")


def _counts(note: ReadNote, mention: Mention, code: str, inpatient: bool) -> bool:
    """Whether a mention outside the assessment counts in a note that has one."""
    if code.startswith((*STATUS, "Z68", "Z3A")) or (inpatient and code.startswith("O")):
        return True
    if code.startswith((*CHRONIC, *LASTING)) and not code.startswith(SYMPTOM):
        if inpatient and mention.section not in _REMEMBERED:
            return True  # it is cared for throughout the stay (guideline III)
        sentence = note.sentences[mention.sentence]
        start = max(sentence.start, mention.start - 40)
        return bool(
            _TREATED.search(note.low, mention.end, min(mention.end + 60, sentence.end))
            or _DRUG_BEFORE.search(note.low[start : mention.start])
        )
    return False


_SOURCE_SAYS = {
    NAMED: "the code's name in full",
    LEXICON: "words for this condition",
    TITLE: "the code's wording",
    INCLUSION: "an inclusion term",
}


def _span(note: ReadNote, mention: Mention) -> Span:
    """The words of a mention; a number at their beginning with what it counts: "type 2", "stage 3"."""
    numbered = _NUMBERED.search(note.low, max(0, mention.start - 8), mention.start)
    return Span(numbered.start() if numbered else mention.start, mention.end)


def _reason(note: ReadNote, mention: Mention, kind: str) -> str:
    words = " ".join(note.text[slice(*_span(note, mention))].split())
    where = f" under “{mention.section}”" if mention.section else ""
    return f"“{words}”{where}: {_SOURCE_SAYS[kind]}."
