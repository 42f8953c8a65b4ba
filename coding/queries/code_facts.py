"""What the code sets say about the codes of some visits on their days, as the edits read it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from coding.domain.checks import KnownCode
from coding.domain.edits.code_notes import ancestors, code_ranges
from coding.domain.edits.facts import CodeFacts, LineFacts
from coding.models import Code, CodeSystem, ReleaseKind
from coding.queries.releases import Releases, loaded_releases
from coding.queries.retired import CLINICAL, KINDS, not_in_force

PROCEDURE_SETS = (ReleaseKind.CPT, ReleaseKind.HCPCS)
Related = tuple[tuple[str, str, bool], ...]
Row = tuple[str, str, bool, str, dict[str, list[str]]]  # code, wording, billable, parent, notes


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """Of one day: diagnoses with their instructions, the kinds of procedures, and whether sets are loaded at all."""

    diagnoses: Mapping[str, CodeFacts] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    retired: Mapping[str, KnownCode] = field(default_factory=dict)  # procedures that are no code on the day
    diagnosis_set_loaded: bool = False
    procedure_set_loaded: bool = False

    def described(self, line: LineFacts) -> LineFacts:
        """The line with what the code sets say about its procedure; nothing is known without a code set."""
        gone = self.retired.get(line.code)
        return replace(
            line,
            kind=self.kinds.get(line.code, ""),
            known=line.code in self.kinds or gone is not None or not self.procedure_set_loaded,
            valid_from=gone.begins_on if gone else None,
            deleted_on=gone.deleted_on if gone else None,
            replaced_by=gone.use if gone else (),
        )


def code_facts(
    diagnoses: Collection[str],
    procedures: Collection[str],
    days: Collection[date],
    releases: Releases | None = None,
) -> dict[date, KnownCodes]:
    """Facts of these codes on days of service, in a number of queries that does not depend on how many they are.

    Beside the diagnoses asked for, the codes that their instructions name are among the facts. A code that holds on
    none of the days is looked for in the other releases.
    """
    releases = releases or loaded_releases(*KINDS)
    known, kinds = _rows({*diagnoses, *procedures}, releases.all_on(days))
    facts = _diagnosis_facts(diagnoses, known)
    by_day = {day: _of_day(day, releases, facts, kinds) for day in days}
    missing = {}
    for day in days:
        in_force = releases.all_on([day])
        held = {code for rows in (known, kinds) for release in in_force for code in rows.get(release, ())}
        missing[day] = {*diagnoses, *procedures} - held
    for day, retired in not_in_force(missing, releases).items():
        by_day[day] = _with_retired(by_day[day], retired)
    return by_day


def _rows(
    codes: Collection[str], releases: Collection[int]
) -> tuple[dict[int, dict[str, Row]], dict[int, dict[str, str]]]:
    """By release: rows of the diagnoses and of the headings above them, and kinds of the procedures."""
    family = {one for code in codes for one in (code, *ancestors(code))}
    known: defaultdict[int, dict[str, Row]] = defaultdict(dict)
    kinds: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = Code.objects.filter(release__in=releases, system__in=CLINICAL, code__in=family)
    for release, system, kind, code, wording, billable, parent, notes in rows.values_list(
        "release_id", "system", "kind", "code", "wording", "billable", "parent", "notes"
    ):
        if system == CodeSystem.ICD10CM:
            known[release][code] = (code, wording, billable, parent, notes)
        else:
            kinds[release][code] = kind
    return known, kinds


def _of_day(
    day: date,
    releases: Releases,
    facts: Mapping[int, Mapping[str, CodeFacts]],
    kinds: Mapping[int, Mapping[str, str]],
) -> KnownCodes:
    diagnosis_set = releases.on(ReleaseKind.ICD10CM, day)
    sets = [pk for kind in PROCEDURE_SETS if (pk := releases.on(kind, day))]
    return KnownCodes(
        diagnoses=facts.get(diagnosis_set or 0, {}),
        kinds={code: kind for pk in sets for code, kind in kinds.get(pk, {}).items()},
        diagnosis_set_loaded=diagnosis_set is not None,
        procedure_set_loaded=bool(sets),
    )


def _with_retired(found: KnownCodes, retired: Mapping[str, KnownCode]) -> KnownCodes:
    diagnoses = {
        code: CodeFacts(
            code=code,
            wording=known.wording,
            billable=known.billable,
            valid_from=known.begins_on,
            deleted_on=known.deleted_on,
            replaced_by=known.use,
        )
        for code, known in retired.items()
        if known.is_diagnosis
    }
    return KnownCodes(
        diagnoses={**diagnoses, **found.diagnoses},
        kinds=found.kinds,
        retired={code: known for code, known in retired.items() if not known.is_diagnosis},
        diagnosis_set_loaded=found.diagnosis_set_loaded,
        procedure_set_loaded=found.procedure_set_loaded,
    )


def _diagnosis_facts(
    diagnoses: Iterable[str], known: Mapping[int, Mapping[str, Row]]
) -> dict[int, dict[str, CodeFacts]]:
    """By release: the facts of the diagnoses, and of the whole codes that their instructions name."""
    notes = {
        release: {code: _inherited(code, rows) for code in diagnoses if code in rows} for release, rows in known.items()
    }
    related = _related(known, notes)
    facts: dict[int, dict[str, CodeFacts]] = {}
    for release, of_codes in notes.items():
        named = _named(of_codes)
        below: defaultdict[str, Related] = defaultdict(tuple)
        facts[release] = {}
        for parent, code, wording, billable in related[release]:
            below[parent] += ((code, wording, billable),)
            if code in named and billable:
                facts[release][code] = CodeFacts(code=code, wording=wording)
        for code, each in of_codes.items():
            facts[release][code] = _code_facts(known[release][code], each, below)
    return facts


def _code_facts(row: Row, notes: Mapping[str, tuple[str, ...]], below: Mapping[str, Related]) -> CodeFacts:
    code, wording, billable, parent, _ = row
    return CodeFacts(
        code=code,
        wording=wording,
        billable=billable,
        parent=parent,
        children=below.get(code, ()),
        siblings=below.get(parent, ()) if parent else (),
        excludes1=code_ranges(notes["excludes1"]),
        code_first=notes["code_first"],
        use_additional=notes["use_additional"],
        code_also=notes["code_also"],
    )


def _inherited(code: str, known: Mapping[str, Row]) -> dict[str, tuple[str, ...]]:
    """A code's instructions and those of the headings above it."""
    above = [known[one][4] for one in ancestors(code) if one in known]
    names = ("excludes1", "code_first", "use_additional", "code_also")
    return {name: tuple(line for notes in above for line in notes.get(name, ())) for name in names}


def _named(notes: Mapping[str, Mapping[str, tuple[str, ...]]]) -> set[str]:
    """The whole codes that "use additional code" instructions name."""
    return {first for each in notes.values() for first, last in code_ranges(each["use_additional"]) if first == last}


def _related(
    known: Mapping[int, Mapping[str, Row]], notes: Mapping[int, Mapping[str, Mapping[str, tuple[str, ...]]]]
) -> dict[int, list[tuple[str, str, str, bool]]]:
    """By release, in one query: codes below the ones too short, beside those that may be better, and named ones.

    Each as parent, code, wording, billable.
    """
    wanted = Q()
    for release, of_codes in notes.items():
        if named := _named(of_codes) - of_codes.keys():
            wanted |= Q(release=release, code__in=named)
        for code in of_codes:
            _, wording, billable, parent, _ = known[release][code]
            above = code if not billable else parent if parent and _may_be_better(wording) else ""
            if above:
                wanted |= Q(release=release, code__startswith=above, parent=above)
    found: dict[int, list[tuple[str, str, str, bool]]] = {release: [] for release in notes}
    if wanted:
        rows = Code.objects.filter(wanted, system=CodeSystem.ICD10CM).order_by("code")
        columns = ("release_id", "parent", "code", "wording", "billable")
        for release, parent, code, wording, billable in rows.values_list(*columns):
            found[release].append((parent, code, wording, billable))
    return found


def _may_be_better(wording: str) -> bool:
    """Whether a sibling may say the side or the kind that the record names."""
    words = wording.lower()
    return "unspecified" in words or "right" in words or "left" in words
