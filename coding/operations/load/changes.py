"""What a release changes against the one before it."""

from typing import Any

from django.db import connection

from coding.operations.load.tables import Table

SAMPLES = 20
HOW = ("added", "changed", "deleted")

# Rows of either release that the other does not have, or has with other values.
COMPARE_SQL = """
    CREATE TEMP TABLE release_change ON COMMIT DROP AS
    SELECT concat_ws(' ', {key}) AS what,
           CASE WHEN old.here IS NULL THEN 'added' WHEN new.here IS NULL THEN 'deleted' ELSE 'changed' END AS how
    FROM (SELECT DISTINCT {columns}, TRUE AS here FROM {table} WHERE release_id = %s AND {live}) new
    FULL JOIN (SELECT DISTINCT {columns}, TRUE AS here FROM {table} WHERE release_id = %s AND {live}) old
        USING ({key})
    WHERE old.here IS NULL OR new.here IS NULL{differ}
"""
SAMPLE_SQL = """
    SELECT how, count(*), (array_agg(what ORDER BY what))[1:%s] FROM release_change GROUP BY how
"""


def changes_between(table: Table, new: int, old: int) -> dict[str, Any]:
    """Counts and samples of what is added, changed and deleted, for Release.changes."""
    quoted = [f'"{name}"' for name in table.compared]
    left, right = (", ".join(f"{side}.{name}" for name in quoted) for side in ("new", "old"))
    sql = COMPARE_SQL.format(
        key=", ".join(f'"{name}"' for name in table.key),
        columns=", ".join(f'"{name}"' for name in (*table.key, *table.compared)),
        table=table.name,
        live=table.live,
        differ=f" OR ({left}) IS DISTINCT FROM ({right})" if quoted else "",
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [new, old])
        cursor.execute(SAMPLE_SQL, [SAMPLES])
        found = {how: (count, sample) for how, count, sample in cursor.fetchall()}
        cursor.execute("DROP TABLE release_change")
    return {
        **{how: found.get(how, (0, []))[0] for how in HOW},
        "samples": {how: found[how][1] for how in HOW if how in found},
    }
