"""The code sets that come with the product, so that it starts without any download."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import version
from types import ModuleType

from coding.catalogue import (
    ADD_ON_ROWS,
    GPCI_ROWS,
    MODIFIER_WORDS,
    PAIR_ROWS,
    PROCEDURES,
    UNIT_ROWS,
    VALUE_ROWS,
)
from coding.domain.codefiles import ReleaseKind as Kind
from coding.domain.codefiles import Row
from coding.domain.codefiles.rows import CodeRow, Notes
from coding.models import Release
from coding.operations.load.releases import Incoming, Loaded, load_release
from edi.codes import place_of_service

ICD10CM_PACKAGE = "simple-icd-10-cm"
ICD10CM_RELEASES = {"1.5.0": ("FY2026 April", date(2026, 4, 1))}  # which release each version of the package holds
ALWAYS = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A table that comes with the product. `state` changes whenever its rows do."""

    kind: Kind
    state: str
    rows: Callable[[], Iterable[Row]]
    name: str = "built in"
    effective_from: date = ALWAYS


def built_in_tables() -> Iterator[BuiltIn]:
    """Everything built in: ICD-10-CM whole, the others as large as the demo needs."""
    installed = version(ICD10CM_PACKAGE)
    name, day = ICD10CM_RELEASES.get(installed, (f"{ICD10CM_PACKAGE} {installed}", ALWAYS))
    yield BuiltIn(Kind.ICD10CM, f"{ICD10CM_PACKAGE} {installed}", icd10cm_rows, name, day)
    for system in (Kind.CPT, Kind.HCPCS):
        procedures = (each for each in PROCEDURES if each.system.lower() == system)
        yield _table(system, [CodeRow(system, each.code, each.wording, kind=each.kind) for each in procedures])
    yield _table(Kind.MODIFIER, [CodeRow("modifier", code, words) for code, words in MODIFIER_WORDS.items()])
    yield _table(Kind.PLACE, [CodeRow("place", code, words) for code, words in place_of_service.WORDS.items()])
    yield _table(Kind.PTP_PRACTITIONER, PAIR_ROWS)
    yield _table(Kind.MUE_PRACTITIONER, UNIT_ROWS)
    yield _table(Kind.ADD_ON, ADD_ON_ROWS)
    yield _table(Kind.RVU, VALUE_ROWS)
    yield _table(Kind.GPCI, GPCI_ROWS)


def _table(kind: Kind, rows: Sequence[Row]) -> BuiltIn:
    return BuiltIn(kind, repr(rows), lambda: rows)


def load_built_in(*, now: datetime) -> list[Loaded]:
    """Load what is not there yet; a demo-sized table gives way to any official release of its kind.

    One query when nothing is new.
    """
    there = set(Release.objects.values_list("kind", "sha256", "built_in"))
    official = {kind for kind, _, built_in in there if not built_in}
    loaded = []
    for one in built_in_tables():
        state = sha256(one.state.encode()).hexdigest()
        if (one.kind, state, True) in there or (one.kind in official and one.kind != Kind.ICD10CM):
            continue
        incoming = Incoming(
            kind=one.kind,
            name=one.name,
            effective_from=one.effective_from,
            source="built in",
            sha256=state,
            rows=one.rows(),
            built_in=True,
        )
        loaded.append(load_release(incoming, now=now))
    return loaded


def icd10cm_rows() -> Iterator[CodeRow]:
    """Every category and code of the installed ICD-10-CM release with its own (not inherited) instructions."""
    import simple_icd_10_cm as icd  # 190 MB and seconds: only the loader pays

    seen: set[str] = set()
    for code in icd.get_all_codes(True):
        # A block of one category has that category's name, and is listed beside it.
        if code in seen or not icd.is_category_or_subcategory(code):
            continue
        seen.add(code)
        yield CodeRow(
            "icd10cm",
            code,
            icd.get_description(code),
            billable=icd.is_leaf(code),
            parent="" if icd.is_category(code) else icd.get_parent(code),
            notes=_icd10cm_notes(icd, code),
        )


def _icd10cm_notes(icd: ModuleType, code: str) -> Notes:
    notes = {
        "inclusion_terms": icd.get_inclusion_term(code),
        "includes": icd.get_includes(code),
        "excludes1": icd.get_excludes1(code),
        "excludes2": icd.get_excludes2(code),
        "code_first": _lines(icd.get_code_first(code)),
        "use_additional": _lines(icd.get_use_additional_code(code)),
        "code_also": _lines(icd.get_code_also(code)),
        "notes": _lines(icd.get_notes(code)),
        "seventh": [f"{character}: {says}" for character, says in icd.get_seven_chr_def(code).items()],
    }
    return {name: lines for name, lines in notes.items() if lines}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
