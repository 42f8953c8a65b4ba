"""No patient data in the log, whatever an exception says."""

import logging

from rcm.logs import WithoutText


def formatted() -> str:
    try:
        try:
            raise ValueError("Key (last_name)=(Okafor) already exists")
        except ValueError as cause:
            raise RuntimeError("Okafor, Denise could not be saved") from cause
    except RuntimeError as error:
        record = logging.LogRecord(
            "rcm", logging.ERROR, __file__, 1, "saving failed", None, (RuntimeError, error, error.__traceback__)
        )
        return WithoutText("{levelname}: {message}", style="{").format(record)


def test_types_and_places_are_kept() -> None:
    text = formatted()
    assert "ERROR: saving failed" in text
    assert "builtins.RuntimeError" in text
    assert "caused by\nbuiltins.ValueError" in text
    assert "test_logs.py" in text


def test_the_text_is_not() -> None:
    assert "Okafor" not in formatted()
