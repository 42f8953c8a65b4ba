"""The table of a kind of code: imported from its owner's publication when there is one, else built in."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from edi.codes.table import Code, CodeTable

ENVIRONMENT = "EDI_CODES"
"""Environment variable with the directory of imported tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One code list. `least` is the number of codes below which a file can't be the whole list."""

    name: str  # as it stands before an unknown code
    shape: str  # regular expression of a code
    built_in: tuple[str, str] | None = None  # module and attribute
    least: int = 1

    @property
    def matches(self) -> Callable[[str], re.Match[str] | None]:
        """Tells whether a text has the shape."""
        return re.compile(self.shape).fullmatch


KINDS: dict[str, Kind] = {
    "carc": Kind(
        name="Adjustment reason", shape=r"\d{1,3}|[A-Z]\d{1,2}", built_in=("edi.codes.carc", "BUILT_IN"), least=150
    ),
    "rarc": Kind(name="Remark", shape=r"(?:MA?|N)\d{1,4}", built_in=("edi.codes.rarc", "BUILT_IN"), least=300),
    "claim_status_category": Kind(
        name="Status category",
        shape=r"[A-Z](?:\d{1,2}[A-Z]?|[A-Z])",
        built_in=("edi.codes.claim_status", "CATEGORIES_BUILT_IN"),
        least=20,
    ),
    "claim_status": Kind(
        name="Status", shape=r"\d{1,4}", built_in=("edi.codes.claim_status", "STATUSES_BUILT_IN"), least=300
    ),
    "adjustment_group": Kind(name="Adjustment group", shape=r"[A-Z]{2}", built_in=("edi.codes.group", "BUILT_IN")),
    "provider_adjustment": Kind(
        name="Provider adjustment", shape=r"[A-Z0-9]{2}", built_in=("edi.codes.plb", "BUILT_IN"), least=20
    ),
    "place_of_service": Kind(
        name="Place of service", shape=r"\d\d", built_in=("edi.codes.place_of_service", "BUILT_IN"), least=30
    ),
    "service_type": Kind(
        name="Service type", shape=r"[A-Z0-9]{1,3}", built_in=("edi.codes.service_type", "BUILT_IN"), least=50
    ),
    "taxonomy": Kind(name="Taxonomy", shape=r"[0-9A-Z]{9}X", built_in=("edi.codes.taxonomy", "BUILT_IN"), least=300),
    "state": Kind(name="State", shape=r"[A-Z]{2}", built_in=("edi.codes.states", "BUILT_IN"), least=50),
    "entity": Kind(name="Entity", shape=r"[A-Z0-9]{2,3}", built_in=("edi.codes.entity", "BUILT_IN"), least=20),
    "filing_indicator": Kind(
        name="Claim filing indicator", shape=r"[A-Z0-9]{2}", built_in=("edi.codes.filing", "INDICATORS"), least=10
    ),
    "relationship": Kind(
        name="Relationship", shape=r"[A-Z0-9]{2}", built_in=("edi.codes.filing", "RELATIONSHIPS"), least=5
    ),
    "frequency": Kind(
        name="Claim frequency", shape=r"[0-9A-Z]", built_in=("edi.codes.bill_type", "FREQUENCIES"), least=5
    ),
    "facility": Kind(name="Facility type", shape=r"\d\d", built_in=("edi.codes.bill_type", "FACILITIES"), least=15),
    "patient_status": Kind(
        name="Patient status", shape=r"\d\d", built_in=("edi.codes.bill_type", "PATIENT_STATUSES"), least=20
    ),
    "admission_source": Kind(
        name="Admission source", shape=r"[0-9A-Z]", built_in=("edi.codes.bill_type", "ADMISSION_SOURCES"), least=5
    ),
    "revenue_code": Kind(name="Revenue code", shape=r"\d{4}", least=100),
    "condition_code": Kind(name="Condition", shape=r"[0-9A-Z]{2}", least=20),
    "occurrence_code": Kind(name="Occurrence", shape=r"[0-9A-Z]{2}", least=20),
    "value_code": Kind(name="Value", shape=r"[0-9A-Z]{2}", least=20),
    "modifier": Kind(name="Modifier", shape=r"[0-9A-Z]{2}", least=50),
    "hcpcs": Kind(name="Procedure", shape=r"[0-9A-Z]\d{3}[0-9A-Z]", least=500),
    "icd10cm": Kind(name="Diagnosis", shape=r"[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?", least=10_000),
    "icd10pcs": Kind(name="Procedure", shape=r"[0-9A-HJ-NP-Z]{7}", least=10_000),
    "ndc": Kind(name="Drug", shape=r"\d{11}", least=1_000),
}


def table(kind: str, directory: str | Path | None = None) -> CodeTable:
    """The codes of a kind. `directory` holds imported tables; without it, the one that EDI_CODES names.

    Raises KeyError for a kind that isn't in KINDS. A kind with neither an imported nor a built-in table is empty and
    not `complete`.
    """
    where = str(directory) if directory else os.environ.get(ENVIRONMENT, "")
    if not where:
        return built_in(kind)
    path = stored_at(kind, Path(where))
    try:
        state = path.stat()
    except OSError:
        return built_in(kind)
    return _stored(kind, str(path), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def built_in(kind: str) -> CodeTable:
    """The table that comes with the codec."""
    found = KINDS[kind]
    if found.built_in is None:
        return CodeTable(found.name, (), complete=False)
    module, name = found.built_in
    made: CodeTable = getattr(import_module(module), name)
    return made


def stored_at(kind: str, directory: Path) -> Path:
    """Where the imported table of a kind lies."""
    return directory / f"{kind}.tsv"


@lru_cache(maxsize=64)
def _stored(kind: str, path: str, changed_at: int, size: int) -> CodeTable:
    """The file, read again only when it changed (the two last arguments are there for that)."""
    return CodeTable(KINDS[kind].name, read_stored(Path(path)))


def read_stored(path: Path) -> list[Code]:
    """Codes as `write_stored` wrote them."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        code, start, stop, says = line.split("\t")
        found.append(Code(code, says, _day(start), _day(stop)))
    return found


def write_stored(path: Path, codes: list[Code]) -> None:
    """One code a line, sorted; the file is replaced as a whole or not at all."""
    lines = [f"{each.code}\t{each.start or ''}\t{each.stop or ''}\t{each.says}\n" for each in codes]
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with fresh.open("w", encoding="utf-8") as stream:
        stream.writelines(lines)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
