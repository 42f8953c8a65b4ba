"""What the workbench shows: rows with their suggestions, prices, live edits, what two people have to choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from coding.domain.checks import KnownCode, case_findings
from coding.domain.codes import LETTERS, MAX_DIAGNOSES, CaseCodes
from coding.domain.merging import FIRST, Clash, Line
from coding.domain.suggestions import LOW, Decision
from coding.forms import CodesForm, TypedLine, as_typed, clash_text
from coding.models import CodingCase, Suggestion
from coding.queries import codes_of, facts_of, known_on, loaded_releases, own_last_change, suggestions_for
from coding.views.evidence import Evidence, MarkedSection, marked_note
from coding.views.live_edits import LiveEdit, live_edits, told_only
from coding.views.saving import Saved
from coding.views.stay import StayGroup, stay_group
from compliance.models import User
from encounters.domain.note import note_sections
from encounters.models import Coverage
from encounters.queries import contract_prices, coverage_on

NO_WORDING = "not in any loaded code set"


@dataclass(frozen=True)
class State:
    """Where a code comes from: its confidence and what was said about it. Without a suggestion a person added it."""

    confidence: int | None = None
    word: str = "added"
    low: bool = False
    reason: str = ""

    @property
    def open(self) -> bool:
        """Nobody has said yes or no."""
        return self.word in ("proposed", "decide")


@dataclass(frozen=True)
class DiagnosisRow:
    """A diagnosis with its letter."""

    position: int
    letter: str
    code: str
    wording: str
    known: bool
    state: State


@dataclass(frozen=True)
class ServiceRow:
    """A service line as typed, with what it is worth."""

    position: int
    line: TypedLine
    wording: str
    expected: Decimal | None
    state: State

    @property
    def letter(self) -> str:
        """What stands before the line, as a diagnosis has its letter."""
        return str(self.position)

    @property
    def code(self) -> str:
        """The procedure's code."""
        return self.line.code


@dataclass(frozen=True)
class Held:
    """A code that the note mentions but that must not be coded, with the reason."""

    key: str
    code: str
    wording: str
    reason: str


@dataclass(frozen=True)
class Choice:
    """A line that two people changed at once, in the words of both."""

    title: str
    mine: str
    theirs: str
    text: str  # what the page carries until the person has chosen


@dataclass(frozen=True)
class Desk:
    """The workbench: the marked note, the codes, and everything that follows from them."""

    revision: int
    diagnoses: Sequence[DiagnosisRow]
    services: Sequence[ServiceRow]
    expected: Decimal
    charged: Decimal
    payer: str
    edits: Sequence[LiveEdit]
    told: Sequence[str]
    note: Sequence[MarkedSection]
    held: Sequence[Held]
    stay: StayGroup | None = None  # of an inpatient stay
    choices: Sequence[Choice] = ()
    people: Sequence[str] = ()  # whose changes were brought together with this save
    undo: str = ""  # what Z takes back
    refusal: str = ""
    saved: bool = True

    @property
    def low(self) -> list[DiagnosisRow | ServiceRow]:
        """Suggestions too unsure to finish with until a person has decided."""
        return [row for row in self._rows if row.state.low]

    @property
    def merged(self) -> str:
        """What is said after two people's changes were brought together."""
        asked = "Choose below where you both changed the same line" if self.choices else "Both changes are kept"
        return f"{', '.join(self.people)} changed this case too. {asked}."

    @property
    def suggested(self) -> bool:
        """Whether any code of the case was suggested, so that there is a confidence to show."""
        return any(row.state.confidence is not None for row in self._rows)

    @property
    def _rows(self) -> list[DiagnosisRow | ServiceRow]:
        return [*self.diagnoses, *self.services]


def desk(case: CodingCase, user: User, saved: Saved | None = None, form: CodesForm | None = None) -> Desk:
    """The codes as they stand after a save; with a form, everything as the person typed it."""
    saved = saved or Saved()
    codes = codes_of(case) if form is None else form.codes()
    lines = as_typed(codes) if form is None else form.lines
    from_note = suggestions_for(case, codes)
    on_case = {row.pk for rows in from_note for row in rows if row}
    aside = [row for row in case.suggestions.all() if row.withheld and row.pk not in on_case]
    releases = loaded_releases()
    known = known_on(case.encounter.service_date, {*codes.all, *(row.code for row in aside)}, releases)
    facts = facts_of(case, codes, releases)
    found = case_findings(facts)
    rows = _service_rows(case, codes, lines, known, from_note[1])
    return Desk(
        revision=case.revision if form is None else form.revision,
        diagnoses=_diagnosis_rows(codes, known, from_note[0]),
        services=rows,
        expected=sum((row.expected for row in rows if row.expected is not None), Decimal("0.00")),
        charged=sum((line.charge_amount for line in facts.lines), Decimal("0.00")),
        payer=_payer_words(coverage_on(case.encounter.patient, case.encounter.service_date)),
        edits=live_edits(found),
        told=told_only(found),
        note=marked_note(note_sections(case.encounter.note), _evidence(*from_note, aside)),
        held=[
            Held(f"w{row.pk}", row.code, known[row.code].wording if row.code in known else NO_WORDING, row.reason)
            for row in aside
        ],
        stay=stay_group(case.encounter, codes),
        choices=[_choice(clash) for clash in saved.clashes],
        people=saved.people,
        undo=own_last_change(case, user) if form is None else "",
        refusal=saved.refusal,
        saved=form is None,
    )


def _evidence(
    diagnoses: Sequence[Suggestion | None], services: Sequence[Suggestion | None], aside: Sequence[Suggestion]
) -> list[Evidence]:
    """The words behind every code of the case, by letter or line, and behind what is not on it."""
    lettered = [(LETTERS[at], row) for at, row in enumerate(diagnoses[:MAX_DIAGNOSES]) if row]
    numbered = [(str(at), row) for at, row in enumerate(services, 1) if row]
    found = [Evidence(tag, start, end, tag) for tag, row in (*lettered, *numbered) for start, end in row.spans]
    return [*found, *(Evidence(f"w{row.pk}", start, end) for row in aside for start, end in row.spans)]


def _service_rows(
    case: CodingCase,
    codes: CaseCodes,
    lines: Sequence[TypedLine],
    known: Mapping[str, KnownCode],
    suggestions: Sequence[Suggestion | None],
) -> list[ServiceRow]:
    plan = coverage_on(case.encounter.patient, case.encounter.service_date)
    allowed = contract_prices(plan, {service.code for service in codes.services})
    return [
        ServiceRow(
            at,
            line,
            known[line.code].wording if line.code in known else NO_WORDING,
            allowed[line.code] * service.units if line.code in allowed else None,
            _state(suggestion),
        )
        for at, (line, service, suggestion) in enumerate(zip(lines, codes.services, suggestions, strict=True), 1)
    ]


def _diagnosis_rows(
    codes: CaseCodes, known: Mapping[str, KnownCode], suggestions: Sequence[Suggestion | None]
) -> list[DiagnosisRow]:
    return [
        DiagnosisRow(
            position=at,
            letter=LETTERS[at - 1] if at <= MAX_DIAGNOSES else "–",
            code=code,
            wording=known[code].wording if code in known else NO_WORDING,
            known=code in known and known[code].is_diagnosis,
            state=_state(suggestion),
        )
        for at, (code, suggestion) in enumerate(zip(codes.diagnoses, suggestions, strict=True), 1)
    ]


def _state(row: Suggestion | None) -> State:
    if row is None:
        return State()
    if row.decision != Decision.PROPOSED or row.withheld:
        return State(row.confidence, Decision.ACCEPTED.value, reason=row.reason)
    low = row.confidence < LOW
    return State(row.confidence, "decide" if low else "proposed", low, row.reason)


def _choice(clash: Clash) -> Choice:
    if clash.kind == FIRST:
        return Choice("First-listed diagnosis", clash.code, clash.first, clash_text(clash))
    nth = f" ({clash.nth + 1})" if clash.nth else ""
    return Choice(f"{clash.code}{nth}", _line_words(clash.mine), _line_words(clash.theirs), clash_text(clash))


def _line_words(line: Line | None) -> str:
    if line is None:
        return "dropped"
    modifiers = " ".join(line.modifiers) or "no modifier"
    return f"{modifiers}, for {' '.join(line.diagnoses) or 'nothing'}, {line.units} ×"


def _payer_words(plan: Coverage | None) -> str:
    if plan is None:
        return "no coverage on this day"
    return plan.payer.contract.name if plan.payer.contract else f"no contract with {plan.payer.name}"
