"""Loading code sets into the database: all or nothing, and quick when nothing changed."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from django.db import connection, transaction
from psycopg2.extensions import cursor as Cursor

from coding.catalogue import PROCEDURES
from coding.models import Code, CodeSystem


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeRow:
    """A code as it is loaded."""

    system: CodeSystem
    code: str
    wording: str
    billable: bool = True
    parent: str = ""
    kind: str = ""
    notes: dict[str, list[str]] = field(default_factory=dict)


COLUMNS = ("system", "code", "wording", "billable", "parent", "kind", "notes")

# The search text weighs the wording over the inclusion terms; codes are found by prefix instead.
MERGE_SQL = """
    INSERT INTO coding_code (system, code, wording, billable, parent, kind, notes, search)
    SELECT system, code, wording, billable, parent, kind, notes,
           setweight(to_tsvector('english', wording), 'A')
           || setweight(to_tsvector('english', coalesce(notes ->> 'inclusion_terms', '')), 'B')
    FROM incoming_code
    ON CONFLICT (system, code) DO UPDATE SET
        wording = EXCLUDED.wording, billable = EXCLUDED.billable, parent = EXCLUDED.parent,
        kind = EXCLUDED.kind, notes = EXCLUDED.notes, search = EXCLUDED.search
    WHERE (coding_code.wording, coding_code.billable, coding_code.parent, coding_code.kind, coding_code.notes)
        IS DISTINCT FROM (EXCLUDED.wording, EXCLUDED.billable, EXCLUDED.parent, EXCLUDED.kind, EXCLUDED.notes)
"""


def load_icd10cm() -> int:
    """Load ICD-10-CM with its tabular instructions; returns the rows added or changed."""
    return merge_codes(icd10cm_rows())


def load_procedures() -> int:
    """Load the built-in CPT and HCPCS numbers with the product's own wording; returns the rows added or changed."""
    return merge_codes(
        CodeRow(system=CodeSystem(entry.system.lower()), code=entry.code, wording=entry.wording, kind=entry.kind)
        for entry in PROCEDURES
    )


def is_loaded(system: CodeSystem) -> bool:
    """Whether any code of the system is in the database."""
    return Code.objects.filter(system=system).exists()


@transaction.atomic
def merge_codes(rows: Iterable[CodeRow]) -> int:
    """Stream rows into the code table by COPY; returns how many were added or changed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow(
            [row.system.value, row.code, row.wording, row.billable, row.parent, row.kind, json.dumps(row.notes)]
        )
    buffer.seek(0)
    with connection.cursor() as wrapper:
        wrapper.execute(
            "CREATE TEMP TABLE incoming_code (system text, code text, wording text, billable boolean,"
            " parent text, kind text, notes jsonb) ON COMMIT DROP"
        )
        copy = f"COPY incoming_code ({', '.join(COLUMNS)}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL (parent, kind))"
        cast(Cursor, wrapper.cursor).copy_expert(copy, buffer)
        wrapper.execute(MERGE_SQL)
        changed: int = wrapper.rowcount
        wrapper.execute("DROP TABLE incoming_code")
    return changed


def icd10cm_rows() -> Iterator[CodeRow]:
    """Every category and code of the installed ICD-10-CM release with its own (not inherited) instructions."""
    import simple_icd_10_cm as icd  # 190 MB and seconds: only the loader pays

    for code in icd.get_all_codes(True):
        if icd.is_chapter_or_block(code):
            continue
        notes = {
            "inclusion_terms": icd.get_inclusion_term(code),
            "includes": icd.get_includes(code),
            "excludes1": icd.get_excludes1(code),
            "excludes2": icd.get_excludes2(code),
            "code_first": _lines(icd.get_code_first(code)),
            "use_additional": _lines(icd.get_use_additional_code(code)),
            "code_also": _lines(icd.get_code_also(code)),
        }
        yield CodeRow(
            system=CodeSystem.ICD10CM,
            code=code,
            wording=icd.get_description(code),
            billable=icd.is_leaf(code),
            parent="" if icd.is_category(code) else icd.get_parent(code),
            notes={name: lines for name, lines in notes.items() if lines},
        )


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
