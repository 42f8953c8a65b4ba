"""ICD-10-CM and ICD-10-PCS order files, and the PCS codes file. Source: CMS, ICD-10 code files and their layouts.

An order file has, in fixed columns: order number (1-5), code without dot (7-13), 1 when valid for billing else 0 (15),
short wording (17-76), full wording (78 on). The codes file has the code (1-7) and the full wording (9 on).
"""

import re
from collections.abc import Iterable, Iterator

from coding.domain.codefiles.rows import CodeRow
from coding.domain.codefiles.wrong import WrongFile, shown

PCS_LINE = re.compile(r"([0-9A-HJ-NP-Z]{7}) (\S.*)")


def icd10cm_order(lines: Iterable[str]) -> Iterator[CodeRow]:
    """Headings and codes of ICD-10-CM, each below the longest heading it begins with."""
    above: list[str] = []
    for code, billable, wording in _order(lines):
        while above and not code.startswith(above[-1]):
            above.pop()
        yield CodeRow("icd10cm", dotted(code), wording, billable, dotted(above[-1]) if above else "")
        above.append(code)


def icd10pcs_order(lines: Iterable[str]) -> Iterator[CodeRow]:
    """Tables (three characters, not billable) and codes of ICD-10-PCS."""
    for code, billable, wording in _order(lines):
        yield CodeRow("icd10pcs", code, wording, billable, "" if len(code) == 3 else code[:3])


def icd10pcs_codes(lines: Iterable[str]) -> Iterator[CodeRow]:
    """Codes of ICD-10-PCS without their tables."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = PCS_LINE.fullmatch(line.rstrip())
        if not found:
            raise WrongFile(f"Line {number} has no ICD-10-PCS code with its wording: {shown([line])}.")
        yield CodeRow("icd10pcs", found[1], found[2], parent=found[1][:3])


def dotted(code: str) -> str:
    """An ICD-10-CM code with its dot after the third character."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def _order(lines: Iterable[str]) -> Iterator[tuple[str, bool, str]]:
    """Code, whether billable, wording. The order numbers must run on, so that a missing piece is seen."""
    before = 0
    for line in lines:
        if not line.strip():
            continue
        number, code, flag, wording = line[:5], line[6:13].rstrip(), line[14:15], line[77:].strip()
        if not (number.isdigit() and code.isalnum() and flag in ("0", "1") and wording):
            raise WrongFile(f"After order number {before:05} the file is cut short or damaged: {shown([line])}.")
        if before and int(number) != before + 1:
            raise WrongFile(f"A piece of the file is missing: order number {number} follows {before:05}.")
        before = int(number)
        yield code, flag == "1", wording
