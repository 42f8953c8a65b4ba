"""What the code sets say about the codes of some visits, as the edits read it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from coding.domain.edits.code_notes import ancestors, code_ranges
from coding.domain.edits.facts import CodeFacts
from coding.models import Code, CodeSystem

PROCEDURES = (CodeSystem.CPT, CodeSystem.HCPCS)
Related = tuple[tuple[str, str, bool], ...]
Row = tuple[str, str, bool, str, dict[str, list[str]]]  # code, wording, billable, parent, notes


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """Diagnoses with their instructions, and the kinds of procedures; and whether code sets are loaded at all."""

    diagnoses: Mapping[str, CodeFacts]
    kinds: Mapping[str, str]
    diagnosis_set_loaded: bool
    procedure_set_loaded: bool

    def has_procedure(self, code: str) -> bool:
        """Whether a procedure may be billed as far as is known: nothing is known without a code set."""
        return code in self.kinds or not self.procedure_set_loaded


def code_facts(diagnoses: Iterable[str], procedures: Iterable[str]) -> KnownCodes:
    """Facts of these codes, in a number of queries that does not depend on how many they are.

    Beside the diagnoses asked for, the codes that their instructions name are among the facts.
    """
    diagnoses, procedures = set(diagnoses), set(procedures)
    family = {one for code in diagnoses for one in ancestors(code)}
    rows = list(
        Code.objects.filter(
            Q(system=CodeSystem.ICD10CM, code__in=family) | Q(system__in=PROCEDURES, code__in=procedures)
        ).values_list("system", "code", "wording", "billable", "parent", "notes", "kind")
    )
    kinds = {code: kind for system, code, *_, kind in rows if system != CodeSystem.ICD10CM}
    known = {row[1]: row[1:6] for row in rows if row[0] == CodeSystem.ICD10CM}
    facts = _diagnosis_facts(diagnoses, known)
    loaded = set[str]()
    if not facts or not kinds:
        loaded = set(Code.objects.order_by("system").values_list("system", flat=True).distinct())
    return KnownCodes(
        diagnoses=facts,
        kinds=kinds,
        diagnosis_set_loaded=bool(facts) or CodeSystem.ICD10CM in loaded,
        procedure_set_loaded=bool(kinds) or bool(loaded.intersection(PROCEDURES)),
    )


def _diagnosis_facts(diagnoses: set[str], known: Mapping[str, Row]) -> dict[str, CodeFacts]:
    notes = {code: _inherited(code, known) for code in diagnoses if code in known}
    named = {first for each in notes.values() for first, last in code_ranges(each["use_additional"]) if first == last}
    below, beside = _related([known[code] for code in notes], named - notes.keys())
    facts = {code: CodeFacts(code=code, wording=wording, billable=True) for code, wording in beside.items()}
    for code, each in notes.items():
        _, wording, billable, parent, _ = known[code]
        facts[code] = CodeFacts(
            code=code,
            wording=wording,
            billable=billable,
            parent=parent,
            children=below.get(code, ()),
            siblings=below.get(parent, ()) if parent else (),
            excludes1=code_ranges(each["excludes1"]),
            code_first=each["code_first"],
            use_additional=each["use_additional"],
            code_also=each["code_also"],
        )
    return facts


def _inherited(code: str, known: Mapping[str, Row]) -> dict[str, tuple[str, ...]]:
    """A code's instructions and those of the headings above it."""
    above = [known[one][4] for one in ancestors(code) if one in known]
    names = ("excludes1", "code_first", "use_additional", "code_also")
    return {name: tuple(line for notes in above for line in notes.get(name, ())) for name in names}


def _related(rows: Iterable[Row], named: set[str]) -> tuple[dict[str, Related], dict[str, str]]:
    """Codes below the ones that are too short and beside those that name a side or leave something open.

    And the wordings of the whole codes that instructions name.
    """
    wanted = Q(code__in=named, billable=True) if named else Q()
    for code, wording, billable, parent, _ in rows:
        above = code if not billable else parent if parent and _may_be_better(wording) else ""
        if above:
            wanted |= Q(code__startswith=above, parent=above)
    if not wanted:
        return {}, {}
    below: defaultdict[str, Related] = defaultdict(tuple)
    beside: dict[str, str] = {}
    found = Code.objects.filter(wanted, system=CodeSystem.ICD10CM).order_by("code")
    for parent, code, wording, billable in found.values_list("parent", "code", "wording", "billable"):
        below[parent] += ((code, wording, billable),)
        if code in named:
            beside[code] = wording
    return below, beside


def _may_be_better(wording: str) -> bool:
    words = wording.lower()
    return "unspecified" in words or "right" in words or "left" in words
