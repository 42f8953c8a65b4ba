"""Numbers that are given out once: claims, interchanges, traces."""

from django.db import connection

# The row lock that the update takes lasts until the transaction ends, so nobody sees a gap or a double.
TAKE_SQL = """
    INSERT INTO claims_controlnumber (practice_id, series, last) VALUES (%s, %s, %s)
    ON CONFLICT (practice_id, series) DO UPDATE SET last = claims_controlnumber.last + EXCLUDED.last
    RETURNING last
"""


def next_numbers(practice_id: int, series: str, count: int) -> range:
    """The next `count` numbers of a practice's series, from 1; a roll-back gives them back."""
    if count <= 0:
        return range(0)
    with connection.cursor() as cursor:
        cursor.execute(TAKE_SQL, [practice_id, series, count])
        last: int = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)
