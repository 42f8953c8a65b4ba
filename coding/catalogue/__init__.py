"""What comes with the product: code numbers in its own words, and tables as large as the demo needs."""

from coding.catalogue.edits import ADD_ON_ROWS, PAIR_ROWS, UNIT_ROWS
from coding.catalogue.fees import GPCI_ROWS, VALUE_ROWS
from coding.catalogue.modifiers import MODIFIER_WORDS
from coding.catalogue.procedures import PROCEDURES, ProcedureWording

__all__ = [
    "ADD_ON_ROWS",
    "GPCI_ROWS",
    "MODIFIER_WORDS",
    "PAIR_ROWS",
    "PROCEDURES",
    "UNIT_ROWS",
    "VALUE_ROWS",
    "ProcedureWording",
]
