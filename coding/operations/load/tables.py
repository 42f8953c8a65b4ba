"""Where rows go: the table of each kind of row, and writing into it by COPY."""

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.db import connection
from django.db.models import Model
from psycopg2 import DataError, IntegrityError
from psycopg2.extensions import cursor as Cursor

from coding.domain.codefiles import Row, WrongFile, rows
from coding.models import (
    AddOnEdit,
    AnesthesiaFactor,
    Code,
    CoveragePolicy,
    DrgWeight,
    Gpci,
    Locality,
    PairEdit,
    RelativeValue,
    Term,
    UnitLimit,
)

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table of rows of releases. Between two releases rows are the same by `key` and changed by `compared`.

    `live` is the SQL condition for a row that counts when releases are compared.
    """

    model: type[Model]
    key: tuple[str, ...]
    compared: tuple[str, ...] = ()
    live: str = "TRUE"

    @property
    def name(self) -> str:
        return self.model._meta.db_table


TABLES: dict[type, Table] = {
    rows.CodeRow: Table(Code, ("system", "code"), ("wording", "billable")),
    rows.TermRow: Table(Term, ("text", "code")),
    rows.PairRow: Table(PairEdit, ("column_one", "column_two"), ("modifier_indicator",), "deleted_on IS NULL"),
    rows.UnitRow: Table(UnitLimit, ("code",), ("units", "adjudication")),
    rows.AddOnRow: Table(AddOnEdit, ("add_on", "primary"), ("edit_type",), "deleted_on IS NULL"),
    rows.ValueRow: Table(
        RelativeValue,
        ("code", "modifier"),
        ("status", "work", "pe_nonfacility", "pe_facility", "malpractice", "global_days", "conversion_factor"),
    ),
    rows.GpciRow: Table(Gpci, ("contractor", "locality"), ("work", "practice_expense", "malpractice")),
    rows.LocalityRow: Table(Locality, ("contractor", "locality"), ("counties",)),
    rows.AnesthesiaRow: Table(AnesthesiaFactor, ("contractor", "locality"), ("factor",)),
    rows.DrgRow: Table(DrgWeight, ("drg",), ("title", "weight")),
    rows.CoverageRow: Table(CoveragePolicy, ("policy", "procedure", "diagnosis"), ("rule",)),
}


def copy_rows(chunk: Sequence[Row], release_id: int) -> None:
    """Write rows of one type to their table. Raises WrongFile when the database finds one twice."""
    fields = cast(Any, type(chunk[0]))._fields
    columns = ", ".join(f'"{name}"' for name in ("release_id", *fields))
    copy = f"COPY {TABLES[type(chunk[0])].name} ({columns}) FROM STDIN"
    buffer = io.StringIO(_as_copy(chunk, release_id))
    with connection.cursor() as wrapper:
        try:
            cast(Cursor, wrapper.cursor).copy_expert(copy, buffer)
        except IntegrityError as error:
            raise WrongFile(_twice(error)) from None
        except DataError as error:
            raise WrongFile(
                f"The file has a value that is too long or no value: {str(error).splitlines()[0]}."
            ) from None


def _as_copy(chunk: Iterable[Row], release_id: int) -> str:
    head = str(release_id)
    return "".join("\t".join([head, *map(_field, row)]) + "\n" for row in chunk)


def _field(value: Any) -> str:
    """A value in PostgreSQL's COPY text."""
    if type(value) is str:
        return value.translate(ESCAPES) if "\\" in value or "\t" in value or "\n" in value or "\r" in value else value
    if value is None:
        return "\\N"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False).translate(ESCAPES)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _twice(error: Exception) -> str:
    """A sentence from PostgreSQL's "Key (release_id, code)=(7, A00) already exists."."""
    values = str(error).partition(")=(")[2].partition(")")[0].split(", ")[1:]
    return f"The file has {' '.join(value for value in values if value)} twice."
