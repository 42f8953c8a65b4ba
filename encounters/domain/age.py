"""How old a person is."""

from datetime import date


def age_on(day: date, birth_date: date) -> int:
    """Whole years lived on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
