"""What validation says about a file."""

from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault. `says` may quote codes, never a person's data, so findings may be logged.

    `level` is the WEDI SNIP type: 1 syntax, 2 guide structure, 3 balance, 4 situation, 5 external code. `severity`
    is "error" (a payer would reject) or "warning" (payers take it). `loop` is the guide's number of the loop;
    `element` and `component` count from 1; `segment_number` counts from 1 (the first ISA) over the whole file and
    `byte_offset` is where that segment starts.
    """

    level: int
    severity: str
    code: str
    says: str
    loop: str | None = None
    segment: str | None = None
    element: int | None = None
    component: int | None = None
    segment_number: int | None = None
    byte_offset: int | None = None
