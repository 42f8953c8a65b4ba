"""What is wrong with an X12 file: SNIP types 1 to 5 as data, in one pass over the stream."""

from edi.validate.file import validate
from edi.validate.finding import ERROR, WARNING, Finding

__all__ = ["ERROR", "WARNING", "Finding", "validate"]
