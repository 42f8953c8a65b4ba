"""The level of an office visit: by time or by two of three elements of medical decision making.

Source: the AMA's 2021/2023 guidelines for office visits (problems, data, risk). Own short words for every element.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coding.suggestion.facts import Span
from coding.suggestion.found import Found
from coding.suggestion.groups import CHRONIC, SYMPTOM
from coding.suggestion.mentions import ReadNote
from coding.suggestion.sections import PLAN

STRAIGHTFORWARD, LOW, MODERATE, HIGH = 2, 3, 4, 5  # the last digit of the code
NAMES = {2: "straightforward", 3: "low", 4: "moderate", 5: "high"}
NEW_MINUTES, ESTABLISHED_MINUTES = (15, 30, 45, 60), (10, 20, 30, 40)

_TIME = re.compile(
    r"total time[^.\n]{0,40}?(?P<minutes>\d{2,3}) ?min|(?P<other>\d{2,3}) ?min(?:utes)? (?:total|spent|of total time)"
)
_WORSE = re.compile(
    r"exacerbat|flare|worse|not at goal|above goal|uncontrolled|poorly|inadequate|out of control"
    r"|progress|still |not better|fail"
    r"|\bincreas\w+ |up[- ]?titrat|\braise\b|step up|\badd\b|hyperglycemia|hypoglycemia|side effect"
    r"|adverse|->|refractory|resistant|decompensat|symptomatic|moderate|severe|recurrent"
)
_CHANGED = re.compile(
    r"\b(?:start\w*|begin|add(?:ed)?|increas\w+|rais\w+|chang\w+|switch\w*|step|titrat\w+"
    r"|up[- ]?titrat\w+|taper\w*|stop(?:ped)?|hold|dose pack|trial|rx|new|down \d+)\b|->|\d+ from \d+"
    r"|\b\d+ ?(?:d|days)\b|\bx ?\d+ ?(?:d|days|wk|weeks)\b"
)
_THREAT = re.compile(
    r"life[- ]threat|septic|sepsis(?! signs)|unstable|suicidal ideation with plan|911|ambulance"
    r"|admit(?:ted)? to (?:hospital|icu)|transfer(?:red)? to"
)
_SYSTEMIC = (
    "J18",
    "J1",
    "N10",
    "A41",
    "K57.2",
    "L03",
    "U07",
    "B27",
    "K85",
    "K81",
    "K35",
    "I30",
    "I82",
    "I26",
    "A4",
    "J45.901",
    "K57.32",
    "T78.2",
    "O91",
    "B02",
    "J44",
    "D57",
    "E86",
)
# Conditions that are expected to last a year or more.
_LASTING = (
    "C",
    "D5",
    "D8",
    "E",
    "F",
    "G",
    "I",
    "J3",
    "J4",
    "J8",
    "K2",
    "K5",
    "K7",
    "K86",
    "L2",
    "L4",
    "L5",
    "L7",
    "L8",
    "M",
    "N18",
    "N3",
    "N4",
    "N8",
    "N9",
    "B18",
    "B20",
    "B02.2",
    "Q",
    "K90",
    "K81",
)
# Of those, the ones that pass: acute forms, sprains of tendons, spots on the skin.
_PASSING = (
    "N30.0",
    "J30",
    "J36",
    "J38",
    "J40",
    "M65",
    "M70",
    "M72",
    "M75",
    "M77",
    "M54",
    "L50",
    "L80",
    "L81",
    "L82",
    "L85",
    "D18",
    "E86",
    "E87",
    "F43.0",
    "I95",
    "K52",
    "K56",
    "K59",
)
_REMISSION = re.compile(
    r"\bin (?:full |partial |sustained |early )*remission\b|\b(?:helpful|doing well|no complaints"
    r"|stable|well controlled|tolerated)\b"
)
_MINOR = ("J00", "B07", "L91.8", "W57", "H61.2", "L82", "Z", "L84", "B08", "L60.0")
_UNCERTAIN_NEW = re.compile(
    r"\b(?:mass|lump|suspicious|nodule|r/o|rule out|suspect\w*|exclude|unexplained|weight loss"
    r"|postmenopausal bleeding|elevated psa|concern for|possible dvt|positive (?:cologuard|fit|stool))\b"
)
_DRUG = re.compile(
    r"\b(?:\w+(?:pril|sartan|olol|statin|prazole|cillin|mycin|micin|floxacin|cycline|conazole|vir|mab"
    r"|zepam|zolam|gliptin|gliflozin|glutide|formin|oxetine|triptan"
    r"|solone|xaban|grel|dipine|thiazide|semide|zosin|setron|tinib|lukast|terol|tropium|oxicam"
    r"|barbital|parin|pramine|triptyline|azine|pidem|bactam|penem|dronate|fibrate|thyroxine|racetam"
    r"|gabalin|dopa|sone|nide|lone|mide|quine|rone|stat|zole|cept|kinra)"
    r"|prednisone|warfarin|insulin|lithium|lamotrigine|gabapentin|methotrexate|bupropion|mirtazapine"
    r"|trazodone|venlafaxine|sertraline|citalopram|escitalopram|buspirone|aripiprazole|quetiapine|clonidine|guanfacine"
    r"|methylphenidate|amphetamine|colchicine|allopurinol|nitrofurantoin|cephalexin|cefdinir|doxy"
    r"|amox-clav|augmentin|bactrim|tmp-smx|ciprofloxacin|cipro|azithro|acyclovir|fluconazole"
    r"|terbinafine|permethrin|ivermectin"
    r"|isotretinoin|tretinoin|clobetasol|mometasone|hydrocortisone|triamcinolone|estradiol|ocp"
    r"|birth control|testosterone|letrozole|cabergoline|methimazole|digoxin|amiodarone|flecainide"
    r"|diltiazem|verapamil|nitro\w*|hctz|entresto|eliquis|xarelto"
    r"|tramadol|oxycodone|hydrocodone|morphine|buprenorphine|naltrexone|cyclobenzaprine|methocarbamol"
    r"|baclofen|tizanidine|sumatriptan|topiramate|ondansetron|metoclopramide|linaclotide|mesalamine"
    r"|lactulose|polytrim|erythro\w*|silvadene|nystatin"
    r"|albuterol|inhaler|symbicort|breztri|montelukast|benzonatate|tamsulosin|finasteride|oxybutynin"
    r"|solifenacin|sildenafil|varenicline|chantix|nicotine patch|epi-?pen|oseltamivir|paxlovid|abx"
    r"|antibiotics?|meds|rx|ddavp|desmopressin|creon|calcitonin|infliximab|rifampin|clinda\w*"
    r"|rifaximin|budesonide|steroid|prednisolone|medrol|basal|pred|azathioprine|continue all|same meds|refill\w*)\b"
)
_DOSED = re.compile(r"\b[a-z]{5,}(?:[- ][a-z]{4,})? \d[\d,.]* ?(?:mg|mcg|units)\b(?!/d)")
_OPERATION = re.compile(
    r"\b(?:chooses|elects?|wants?|agrees? to|decided (?:on|for)|proceed with) (?:\w+ ){0,4}"
    r"(?:surgery|replacement|repair|release)"
    r"|\b(?:replacement|arthroplasty|arthroscopy|repair|fusion) (?:w/ \w+ (?:\w+ )*)?(?:discussed|scheduled)"
)
_OTC = re.compile(
    r"\b(?:ibuprofen|acetaminophen|tylenol|otc|loratadine|cetirizine|saline|psyllium|peg|miralax"
    r"|naproxen|decongestant|antihistamine|aspirin|cholecalciferol|vitamin|magnesium|melatonin"
    r"|fluticasone nasal|dextromethorphan)\b"
)
_TOXIC = re.compile(
    r"drug level monitoring for toxicity|chemotherapy|iv opioids|dnr decision|hospitali[sz](?:e"
    r"|ation) (?:today|recommended|decision)|admit(?:ted)? (?:to|today)|sent to (?:the )?(?:er|ed|emergency)\b"
)
_SURGERY = re.compile(
    r"\b(?:scheduled|surgery|biopsy|excision|refer\w* (?:for|to) (?:surgery|gen surg|ortho)"
    r"|arthroscop\w+|endoscopy|colonoscopy)\b"
)
_TESTS = re.compile(
    r"\b(?:a1c|bmp|cmp|cbc|tsh|ft4|free t4|lipids?|lipid panel|ldl|creatinine|egfr|k \d|ua\b"
    r"|urinalysis|culture|cx\b|ferritin|b12|vit(?:amin)? d|inr|troponin|bnp|nt-probnp|crp|esr"
    r"|uric acid|psa|hcg|mri|ct\b|ct scan|x-?ray|xr\b|us\b|ultrasound"
    r"|echo|holter|stress test|dexa?|dxa|mammo\w*|spirometry|pft|sleep (?:study|test)|emg|ncs|eeg"
    r"|biopsy|path|colonoscopy|egd|duplex|lactate|lipase|calprotectin|fibroscan|lft|alt|ana|cea|hiv|rpr|titer)\b"
)
_INDEPENDENT = re.compile(
    r"(?:outside|hospital|prior|disc)[^.\n]{0,40}(?:reviewed|read|interpreted|viewed) by me"
    r"|independent(?:ly)? (?:interpret|review|read)|i (?:personally )?(?:reviewed|read) the (?:film"
    r"|image|tracing|x-?ray|ct|mri)|my read"
)
_HISTORIAN = re.compile(
    r"\b(?:history (?:from|by|per) (?:mother|mom|father|dad|parent|wife|husband|son|daughter"
    r"|caregiver)|(?:wife|husband|mother|mom|daughter|son|caregiver|parents?) (?:reports?|states?|says?|brings?))"
)


_CHANGED_DRUG = re.compile(
    rf"\b(?:start\w*|add(?:ed)?|increas\w+|rais\w+|switch\w*|titrat\w+|restart\w*|trial|step\w* up"
    rf"|go up)\b[^.;\n]{{0,30}}?{_DRUG.pattern}"
)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the decision: how far it reaches, and the words for it."""

    name: str
    level: int
    why: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """The level of a visit with its elements."""

    level: int
    reason: str
    spans: tuple[Span, ...]


def visit_level(note: ReadNote, diagnoses: Sequence[Found], is_new: bool) -> Visit:
    """The level that the note supports: by total time when it is written down, else by two of three elements."""
    if timed := _by_time(note.low, is_new):
        return timed
    elements = (problems(note, diagnoses), data(note), risk(note, diagnoses))
    level = sorted(element.level for element in elements)[1]
    told = "; ".join(f"{e.name}: {e.why} ({NAMES[e.level]})" for e in elements)
    spans = tuple(dict.fromkeys(span for e in elements if e.level >= level for span in e.spans[:2]))
    return Visit(level, f"Medical decision making {NAMES[level]} by two of three. {told}.", spans)


def _by_time(low: str, is_new: bool) -> Visit | None:
    match = _TIME.search(low)
    if match is None:
        return None
    minutes = int(match["minutes"] or match["other"])
    steps = NEW_MINUTES if is_new else ESTABLISHED_MINUTES
    level = max((2 + at for at, least in enumerate(steps) if minutes >= least), default=2)
    return Visit(
        level, f"Total time of {minutes} minutes on the day of the visit.", (Span(match.start(), match.end()),)
    )


def problems(note: ReadNote, diagnoses: Sequence[Found]) -> Element:
    """How many problems are addressed and how grave they are."""
    ours = [
        d
        for d in diagnoses
        if d.assessed and not d.code.startswith(("Z", "F17", "T3", "T4", "T5", "W", "V", "X", "Y", "B95", "B96"))
    ]
    spans = tuple(d.spans[0] for d in ours[:3])
    chronic = [
        d
        for d in ours
        if not d.code.startswith(_PASSING)
        and (d.code.startswith(CHRONIC) or (d.code.startswith(_LASTING) and not d.code.startswith(SYMPTOM)))
    ]
    worse = [
        d
        for d in chronic
        if _WORSE.search(_around(note, d)) and not (len(ours) == 1 and _REMISSION.search(_around(note, d)))
    ]
    quiet = len(ours) == 1 and bool(_REMISSION.search(_around(note, ours[0]))) and not _CHANGED_DRUG.search(note.low)
    if _THREAT.search(note.low) and ours:
        return Element("Problems", HIGH, "a threat to life or function", spans)
    treated_anew = chronic and not quiet and (_changed_in(note) or _drug_in_plan(note))
    if worse or treated_anew or (chronic and _OPERATION.search(note.low)):
        return Element("Problems", MODERATE, "a chronic illness that is not at its goal", spans)
    if len(chronic) >= 2:
        return Element("Problems", MODERATE, "two or more stable chronic illnesses", spans)
    if any(d.code.startswith(_SYSTEMIC) for d in ours):
        return Element("Problems", MODERATE, "an acute illness with effect on the whole body", spans)
    if _UNCERTAIN_NEW.search(note.low) and any(d.code.startswith(("R", "N6", "D4", "N95.0", "M79")) for d in ours):
        return Element("Problems", MODERATE, "a new problem of uncertain outcome", spans)
    if ours and all(d.code.startswith(_MINOR) for d in ours) and len(ours) < 2:
        return Element("Problems", STRAIGHTFORWARD, "one minor problem", spans)
    if ours:
        return Element("Problems", LOW, "a stable chronic or an uncomplicated acute problem", spans)
    return Element("Problems", STRAIGHTFORWARD, "no problem of weight", ())


_AS_BEFORE = re.compile(
    r"\b(?:continu\w*|cont|refill\w*|stable|same|unchanged|stays?|keep|remains?|well controlled|on|takes?)\b"
)


def _drug_in_plan(note: ReadNote) -> bool:
    """Whether the plan names a drug that it does not say is only carried on."""
    for sentence in note.sentences:
        if note.sections.at(sentence.start) == PLAN:
            said = note.low[sentence.start : sentence.end]
            if _DRUG.search(said) and not _AS_BEFORE.search(said):
                return True
    return False


def _changed_in(note: ReadNote) -> bool:
    """Whether a sentence says that a drug is begun, stopped or given otherwise."""
    for sentence in note.sentences:
        said = note.low[sentence.start : sentence.end]
        if _CHANGED.search(said) and _prescribed(said):
            return True
    return False


def _prescribed(said: str) -> re.Match[str] | None:
    """A drug that needs a prescription, by its name or by its dose."""
    if match := _DRUG.search(said):
        return match
    return next((m for m in _DOSED.finditer(said) if not _OTC.search(m.group())), None)


def _around(note: ReadNote, found: Found) -> str:
    return " ".join(note.low[max(0, span.start - 50) : span.end + 90] for span in found.spans)


def data(note: ReadNote) -> Element:
    """Tests ordered or reviewed, an independent reading, an independent historian."""
    tests = list({match.group(): match for match in _TESTS.finditer(note.low)}.values())
    spans = tuple(Span(match.start(), match.end()) for match in tests[:4])
    own = _INDEPENDENT.search(note.low)
    if own:
        return Element("Data", MODERATE, "own reading of a test", (Span(own.start(), own.end()), *spans))
    if len(tests) >= 3:
        return Element("Data", MODERATE, f"{len(tests)} tests ordered or reviewed", spans)
    if len(tests) == 2 or _HISTORIAN.search(note.low):
        return Element("Data", LOW, "two tests, or a history from somebody else", spans)
    return Element("Data", STRAIGHTFORWARD, "at most one test", spans)


def risk(note: ReadNote, diagnoses: Sequence[Found]) -> Element:
    """What treatment or further tests may do to the patient."""
    if match := _TOXIC.search(note.low):
        return Element("Risk", HIGH, "hospital, or a drug watched for toxicity", (Span(match.start(), match.end()),))
    if match := _prescribed(note.low):
        return Element("Risk", MODERATE, "prescription drug management", (Span(match.start(), match.end()),))
    if match := _SURGERY.search(note.low):
        return Element("Risk", MODERATE, "a decision about a procedure", (Span(match.start(), match.end()),))
    if match := _OTC.search(note.low):
        return Element("Risk", LOW, "over-the-counter treatment", (Span(match.start(), match.end()),))
    return Element("Risk", LOW if diagnoses else STRAIGHTFORWARD, "little risk", ())
