"""Remittance advice remark codes (LQ, MIA, MOA)."""

from edi.codes.load import table
from edi.codes.rarc_lines import LINES
from edi.codes.table import CodeTable, read_lines

BUILT_IN = CodeTable("Remark", read_lines(LINES))
WORDS = BUILT_IN.words


def says(code: str) -> str:
    """The remark in plain words."""
    return table("rarc").says(code)
