"""Which mentions of a note may become codes: the longest ones, affirmed, in a place of the note that counts."""

import re
from collections.abc import Iterator

from coding.suggestion import context, sections, vocabulary
from coding.suggestion.facts import INPATIENT, NoteFacts, Span
from coding.suggestion.found import Findings, Found
from coding.suggestion.knowledge import INCLUSION, INDEX, LEXICON, NEOPLASM, TITLE, Knowledge, marks_of
from coding.suggestion.mentions import Mention, ReadNote
from coding.suggestion.refine import refined
from coding.suggestion.standing import has_assessment, is_others_care, is_reason, standing_of
from coding.suggestion.specificity import billable, side_in_note, side_near, with_encounter, with_side

# Conditions that last: said to be in the history, they are still there.
CHRONIC = (
    "I10", "I11", "I12", "I13", "I25.1", "I25.5", "I42", "I48", "I50", "I27", "E10", "E11", "E03", "E05", "E06", "E78",
    "E66", "J44", "J45", "J43", "J84", "N18", "K21", "K50", "K51", "K74", "K70.3", "F20", "F31", "F33", "F90", "F84",
    "G20", "G30", "G35", "G40", "M05", "M06", "M32", "M81", "M10", "L40", "D57", "B18", "B20", "I73.9", "G47.33",
    "F10", "F11", "F12", "F14", "F15", "F3", "F41", "I34", "I35", "K76.0", "E28", "D50.9",
    "N40", "K58", "M17", "M16", "F41.1", "I87.2", "M79.7", "F43.1", "G43", "L20", "F03",
)  # fmt: skip
# Conditions that are expected to last a year or more, beside those.
LASTING = (
    "C", "D5", "D8", "E", "F", "G2", "G3", "G4", "G6", "G7", "I1", "I2", "I3", "I4", "I5", "I7", "J3", "J4", "J8", "K2", "K5", "K7", "K86",
    "K90", "L2", "L4", "L5", "L7", "L8", "M05", "M06", "M1", "M3", "M4", "M79.7", "M8", "N18", "N3", "N4", "N8", "B20", "Q",
)  # fmt: skip
# Facts of a person's history and care that count wherever they stand.
STATUS = (
    "Z79",
    "Z95",
    "Z94",
    "Z99",
    "Z93",
    "Z89",
    "F17",
    "Z87.891",
    "Z72.0",
    "I25.2",
    "Z96",
    "Z85",
    "Z86.0",
    "Z97",
    "Z90",
    "Z98.84",
    "Z98.61",
    "Z88",
    "Z91.0",
    "W",
    "V",
    "X",
    "Z59",
    "T4",
    "T36",
    "T37",
    "T38",
    "T39",
    "T50",
)
SYMPTOM = (
    "R",
    "M25.5",
    "M79.6",
    "M54.2",
    "M54.5",
    "M54.6",
    "M54.9",
    "H57.1",
    "H92.0",
    "M79.1",
    "N64.4",
    "L29.9",
    "H53.8",
    "I95.9",
)
_TREATED = re.compile(
    r"\b(?:on|takes?|taking|continues?|continue|started?|managed|treated with|controlled|stable|uses?"
    r"|using|mg|units|prn|daily|bid|diet|lifestyle|at goal|unchanged|refill\w*|metformin|insulin|lisinopril|statin|levothyroxine)\b"
)
_DRUG_BEFORE = re.compile(r"\b(?:on|takes?|taking|continues?)\b[^.;]*\bfor (?:\w+ )?$")
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
SOURCES = (LEXICON, TITLE, INCLUSION)  # which words lead to a code by themselves
# Words too general to be a code without more: pain, bleeding, infection, injury.
WEAK = frozenset(
    {
        "R52",
        "R58",
        "I96",
        "B99.9",
        "T14.90XA",
        "T30.0",
        "R69",
        "R23.1",
        "L53.9",
        "R22.9",
        "M12.9",
        "L90.5",
        "F29",
        "Z3A.00",
        "D36.9",
        "D36.7",
        "D48.9",
        "D49.9",
        "C80.1",
        "C80.0",
        "T14.8XXA",
    }
)
_CANCER_OVER = re.compile(
    r"no evidence of (?:disease|recurrence)|\bned\b|in remission|cancer[- ]free|no recurrence|survivor"
)
_NO_DISEASE = re.compile(
    r"no evidence of (?:disease|recurrence)|\bned\b|cancer[- ]free|no recurrence|survivor|\bcured\b"
)
# A cancer under treatment, adjuvant too, is no history (guideline I.C.2.m).
_IN_TREATMENT = re.compile(
    r"\b(?:on|continues?|continue|taking|adjuvant) (?:adjuvant )?(?:letrozole|anastrozole|exemestane|tamoxifen|fulvestrant|leuprolide|lupron|adt|chemo\w*"
    r"|androgen deprivation|immunotherapy|pembrolizumab|trastuzumab)|\bcycle \d|\bc\d+ (?:of )?(?:folfox|ac\b|taxol|carbo)"
)
_YEAR_AFTER = re.compile(r"[^.;\n]{0,25}\b(?:19|20)\d\d\b")


PAST_REASON = "It is past."
_NOT_CERTAIN = "It is not certain; outpatients are coded for what is known (Section IV.H)."
FAMILY_REASON = "It is said of a relative."


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
            and (not code.startswith(_NO_OPENING) or code.startswith(_RESULTS))
            and not is_others_care(note, m.end)
        ),
    )
    for mention, plain, kind, why in longest:
        code = plain
        if why == FAMILY_REASON and (family := family_code(note, mention, code)):
            findings.add(_family_found(mention, family, stands.assessed(mention.section, mention.start)))
        if why == PAST_REASON and (past := history_code(code)):
            code, why = past, ""
        side = side_near(note, mention) or (only_side if code[0] in "MSHILT" else "")
        exacter = refined(knowledge, code, note, mention, side) if code[0] not in "VWXYZ" else code
        for sided in with_side(knowledge, exacter, side):
            exact = with_encounter(knowledge, sided, note)
            found = Found(
                code=exact,
                spans=[Span(mention.start, mention.end)],
                reason=_reason(note, mention, kind),
                confidence=92 if kind == LEXICON else 80,
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
                or not (stands.firm or code.startswith(SYMPTOM))
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
    for (one, *_), (other, *_) in zip(diseases, diseases[1:], strict=False):
        if re.fullmatch(r"(?: \w+)? or (?:\w+ )?", note.low[one.end : other.start]):
            doubted |= {one.start, other.start}
    for mention, code, kind, why in told:
        uncertain = not why and mention.start in doubted and not code.startswith(_NO_OPENING)
        yield mention, code, kind, _NOT_CERTAIN if uncertain else why


# Symptoms and facts of a person's life do not open an assessment.
_NO_OPENING = (*SYMPTOM, "V", "W", "X", "Y", "Z1", "Z23", "Z6", "Z7", "Z8", "Z9")
_RESULTS = (
    "R73",
    "R87",
    "R91",
    "R92",
    "R93",
    "R94",
    "R97",
    "R31",
    "R55",
    "R07.8",
    "R04",
)  # findings that stand for themselves
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
        if target and _holds_together(note, mention, *target, knowledge):
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
                and not _stands_alone(note, mention, kind)
                and not _is_name(note, mention, code, knowledge)
            ):
                continue
            if leaf := billable(knowledge, code):
                return leaf, kind
    return None


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
        r"(?:on|\d ?%?|sat\w*|o2|air) ?\|ra|\(\|ra|then \|ra|\|ra (?:by|at|column|bleed|position|lead|pressure|size|dilat|enlarg)",
        re.IGNORECASE,
    ),
    "prep": re.compile(r"\|(?!PrEP)"),
    "pe": re.compile(r"\|PE ?[:-]|\n\|"),
}


def _stands_alone(note: ReadNote, mention: Mention, kind: str) -> bool:
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


def _is_name(note: ReadNote, mention: Mention, code: str, knowledge: Knowledge) -> bool:
    """Whether a single word is a code's whole wording: "Stridor", "Monkeypox"."""
    word = note.sentences[mention.sentence].words[mention.positions[0]].form
    row = knowledge.codes.get(code)
    return row is not None and len(word) > 5 and code[0] in "ABDEFGHIJKLMNR" and row.wording.lower() == word


def family_code(note: ReadNote, mention: Mention, code: str) -> str:
    """The code for a relative's condition; empty when there is none or the note denies it."""
    if context.NEGATED in mention.context:
        return ""
    return next((z for z, prefixes in vocabulary.family_codes() if code.startswith(prefixes)), "")


def _family_found(mention: Mention, code: str, assessed: bool) -> Found:
    spans = [Span(mention.start, mention.end)]
    return Found(code, spans, "A relative has or had it.", 70, mention.start, mention.section, assessed=assessed)


def history_code(code: str) -> str:
    """The code for having had a condition; empty when there is none."""
    return next((z for z, prefixes in vocabulary.history_codes() if code.startswith(prefixes)), "")


def _holds_together(note: ReadNote, mention: Mention, code: str, kind: str, knowledge: Knowledge) -> bool:
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


def withheld(facts: NoteFacts, note: ReadNote, mention: Mention, code: str) -> str:
    """Why a mention must not be coded, in words; empty when it may."""
    said = mention.context
    if code.startswith(("Z8", "Z9", "I25.2", "Z79")):
        said = said - {context.PAST, context.OVER}
    if code.startswith(("Z80", "Z81", "Z82", "Z83", "Z84")):
        said = said - {context.FAMILY}
    if mention.section == sections.FAMILY or context.FAMILY in said:
        return FAMILY_REASON
    if context.NEGATED in said and not _beyond_a_denial(note, mention, code):
        return "The note denies it."
    if mention.section == sections.ALLERGIES and not code.startswith(("Z", "J30")):
        return "It stands among the allergies."
    if context.CONDITIONAL in said and not code.startswith("Z"):
        return "It is only a possibility that is watched for."
    if context.SPOKEN in said and not code.startswith(("Z", *CHRONIC, *LASTING)):
        return "It is spoken of, not found."
    if code.startswith(_AFTER_PROCEDURE) and not _was_done(facts, note, mention):
        return "The procedure is spoken of, not said to have been done."
    if code.startswith("Z79") and (why := not_taken(note, mention)):
        return why
    if code.startswith(("F17", "Z87.891")) and _SAYS_NO.match(note.low, mention.end):
        return "The note denies it."
    if code.startswith("F17") and _QUIT.match(note.low, mention.end):
        return PAST_REASON
    if code[0] == "O" and (facts.sex == "M" or (facts.age is not None and facts.age < 10)):
        return "It is said of the mother."
    over = _NO_DISEASE if code.startswith(("C8", "C9")) else _CANCER_OVER  # blood cancers have codes for remission
    if (
        code[0] == "C"
        and not _IN_TREATMENT.search(note.low)
        and (over.search(note.low) or _YEAR_AFTER.match(note.low, mention.end))
    ):
        return PAST_REASON
    if context.UNCERTAIN in said and facts.setting != INPATIENT:
        return _NOT_CERTAIN
    if context.OVER in said and not code.startswith(("Z", "F17")):
        return PAST_REASON
    if context.PAST in said and not code.startswith((*CHRONIC, "Z", "F17")):
        return "" if facts.setting == INPATIENT and mention.section == sections.ASSESSMENT else PAST_REASON
    return ""


_AFTER_PROCEDURE = ("Z89", "Z90", "Z94", "Z95", "Z96", "Z98")
_PROCEDURE_NAME = re.compile(
    r"(?:ectomy|plasty|replacement|bypass|\b(?:tka|tha|tkr|thr|tavr|avr|cabg|icd)|surgery|ablation)s?$"
)
_DONE = re.compile(
    r"\b(?:s/p|status|post|history|hx|prior|previous|had|underwent|(?:19|20)\d\d|ago|since|after|following|well|healed|failed|revision|old|years?"
    r"|aftercare|removed|resected|placed|implant\w*|\d{1,2}/\d{2,4}|in place|functioning|surgical|psh|with)\b"
)
_SURELY_DONE = re.compile(
    r"\b(?:s/p|status|history|hx|prior|previous|(?:19|20)\d\d|ago|since|post|underwent|following)\b"
)
_PLANNED = re.compile(
    r"\b(?:plan\w*|schedul\w*|discuss\w*|consider\w*|refer\w*|candidate|wants?|evaluat\w*|options?|offer\w*|eligible|talk|requested|work-?up"
    r"|tomorrow|next|upcoming|await\w*|before|preop\w*|pre-op\w*|proceed\w*|declin\w*|needs?|vs\.?|if|future|deferred)\b"
)
_DONE_BEFORE = re.compile(r"\b(?:history|hx|h/o|prior|previous|(?:19|20)\d\d|ago|old|years?|existing|known|psh|pmh)\b")


def _was_done(facts: NoteFacts, note: ReadNote, mention: Mention) -> bool:
    """Whether a procedure that leaves a status is told as done; in hospital, as done before this stay."""
    if facts.setting != INPATIENT and not _PROCEDURE_NAME.search(note.low[mention.start : mention.end]):
        return True
    sentence = note.sentences[mention.sentence]
    around = note.low[max(sentence.start, mention.start - 60) : min(mention.end + 30, sentence.end)]
    if facts.setting == INPATIENT:
        return mention.section == sections.PAST or bool(_DONE_BEFORE.search(around))
    if _PLANNED.search(note.low, sentence.start, sentence.end) and not _SURELY_DONE.search(around):
        return False
    return mention.section == sections.PAST or bool(_DONE.search(around))


_SAYS_NO = re.compile(r"[\s:?,(-]*(?:\w+ ){0,1}?(?:no\b|none|never|weed|marijuana|cannabis|pot\b)")
_QUIT = re.compile(r"[\s:?,(-]*(?:\w+ ){0,3}?(?:quit|former|stopped|ex\b|until|till|in (?:19|20)\d\d)")
_STOPPED_AFTER = re.compile(
    r"[^.;\n]{0,28}?\b(?:finished|stopped|completed|discontinued|dc'?d|d/c'?d|held|on hold|not (?:started|indicated|taken|given|needed)|none since"
    r"|asked to stop|off since|until (?:19|20)\d\d|sliding scale|gtt|drip|in (?:the )?hospital|while inpatient|tolerates|allergy|failed|ineffective)\b"
)
_RESUMED = re.compile(r"[^.;\n]{0,50}?\b(?:resum\w+|restart\w+|continu\w+)")
_STOPPED_BEFORE = re.compile(
    r"\b(?:off|finished|stopped|stop|completed|discontinued?|dc|d/c|no longer|previously on|was on|tried|failed|months? of|weeks? of|days? of|allerg\w+(?: to)?"
    r"|intoleran\w+(?: to)?|avoid|hold|holding|held|consider|discuss\w*|start process for|candidate(?: for)?|not|no|declin\w+|refus\w+|without|never|s/p|covered with"
    r"|instead of|switch\w* from|change from|vs|or|if|eligible for|interested in|asks? about|before|after)[\s:]+(?:\w+ ){0,2}$"
)


def not_taken(note: ReadNote, mention: Mention) -> str:
    """Why a drug that is named is not taken for long: stopped, only thought of, or given in hospital; else empty."""
    sentence = note.sentences[mention.sentence]
    before = note.low[max(sentence.start, mention.start - 40) : mention.start]
    after = _STOPPED_AFTER.match(note.low[: sentence.end], mention.end)
    if after and _RESUMED.match(note.low[: sentence.end], mention.end):
        return ""
    return "The drug is not taken now." if after or _STOPPED_BEFORE.search(before) else ""


# A list that begins with a lasting condition is a list of denied conditions: "no asthma, diabetes, hypertension".
_LASTING_WORD = re.compile(
    r"\b(?:asthma|copd|emphysema|diabet\w+|dm\d?|t2dm|htn|hypertension|high blood pressure|cad|chf|heart|ckd|kidney|cancer|strokes?|cva"
    r"|seizures?|epilepsy|gout|lupus|arthritis|thyroid|hyperlipidemia|depression|anxiety|mi|afib|liver|hepatitis)\b"
)
_PLAIN_NO = re.compile(r"\b(?:no|not|without|w/o)(?: \w+)?$")


def _beyond_a_denial(note: ReadNote, mention: Mention, code: str) -> bool:
    """Whether a list goes on after a denied symptom: "no angina, hypertension, on aspirin" denies only the first."""
    if not code.startswith((*CHRONIC, *STATUS)):
        return False
    sentence = note.sentences[mention.sentence]
    denials = [c for c in sentence.cues if c.kind == context.NEGATED and c.start <= mention.start < c.end]
    if not denials:
        return False
    for cue in denials:
        if cue.start <= mention.start:
            between = note.low[cue.start : mention.start]
            listed = note.low[cue.start : min(mention.end + 40, sentence.end)]
            if (
                "," not in between
                or _LASTING_WORD.search(between.split(",")[0])
                or re.search(r"\bn?or\b", listed)
                or not _PLAIN_NO.search(note.low[: cue.start])
            ):
                return False
    return not context.context_of(note.low, [], mention.start, mention.end, sentence.end) & {context.NEGATED}


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


def _reason(note: ReadNote, mention: Mention, kind: str) -> str:
    words = " ".join(note.text[mention.start : mention.end].split())
    where = f" under “{mention.section}”" if mention.section else ""
    source = {LEXICON: "words for this condition", TITLE: "the code's wording", INCLUSION: "an inclusion term"}[kind]
    return f"“{words}”{where}: {source}."
