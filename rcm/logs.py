"""Log lines without patient data: where an error happened and of what kind, never what it says.

An exception's text may quote a row (a database's DETAIL line, a form's value), so it stays out.
"""

import logging
import traceback
from types import TracebackType

ExceptionFacts = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutText(logging.Formatter):
    """Formats an exception as its chain of types, each with its frames."""

    def formatException(self, ei: ExceptionFacts) -> str:
        error = ei[1]
        parts: list[str] = []
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            parts.append("\n".join([f"{type(error).__module__}.{type(error).__qualname__}", *places]))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\ncaused by\n".join(parts)
