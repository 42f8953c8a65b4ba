"""The tabular list's instructions on the codes of ICD-10-CM releases.

An order file has codes without instructions. A release that came without any takes those of the newest release that
has them, code by code; the tabular list in XML gives a release its own.
"""

import json
from collections.abc import Iterable

from django.db import connection

from coding.domain.codefiles.rows import NoteRow
from coding.models import Code, CodeSystem, Release

BARE_SQL = """
    SELECT r.id FROM coding_release r
    WHERE r.kind = 'icd10cm'
      AND NOT EXISTS (SELECT FROM coding_code c WHERE c.release_id = r.id AND c.notes <> '{}')
"""
CARRY_OVER_SQL = """
    UPDATE coding_code bare SET notes = known.notes
    FROM (
        SELECT DISTINCT ON (c.code) c.code, c.notes
        FROM coding_code c JOIN coding_release r ON r.id = c.release_id
        WHERE r.kind = 'icd10cm' AND c.notes <> '{}'
        ORDER BY c.code, r.effective_from DESC
    ) known
    WHERE bare.release_id = ANY(%s) AND bare.code = known.code
"""
TERMS_SQL = """
    INSERT INTO coding_term (release_id, system, text, code, kind, optional, see)
    SELECT c.release_id, c.system, term, c.code, 'inclusion', '', ''
    FROM coding_code c, jsonb_array_elements_text(c.notes -> 'inclusion_terms') AS term
    WHERE c.release_id = ANY(%s)
"""
NOTES_SQL = """
    UPDATE coding_code c SET notes = coalesce(given.notes::jsonb, '{}')
    FROM coding_code same LEFT JOIN unnest(%s, %s) AS given (code, notes) ON given.code = same.code
    WHERE same.id = c.id AND c.release_id = %s AND c.notes IS DISTINCT FROM coalesce(given.notes::jsonb, '{}')
"""


def share_notes(release: Release) -> None:
    """After a release of ICD-10-CM: instructions and inclusion terms for it, and for those that had none before it."""
    with connection.cursor() as cursor:
        cursor.execute(BARE_SQL)
        bare = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(CARRY_OVER_SQL, [bare])
        _renew_terms(sorted({*bare, release.pk}))


def apply_notes(rows: Iterable[NoteRow], release: Release) -> int:
    """Give an ICD-10-CM release these instructions instead of those it has; returns the codes that have some."""
    known = set(Code.objects.filter(release=release, system=CodeSystem.ICD10CM).values_list("code", flat=True))
    notes = {row.code: json.dumps(row.notes) for row in rows if row.code in known}
    with connection.cursor() as cursor:
        cursor.execute(NOTES_SQL, [list(notes), list(notes.values()), release.pk])
    _renew_terms([release.pk])
    return len(notes)


def _renew_terms(releases: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM coding_term WHERE kind = 'inclusion' AND release_id = ANY(%s)", [releases])
        cursor.execute(TERMS_SQL, [releases])
