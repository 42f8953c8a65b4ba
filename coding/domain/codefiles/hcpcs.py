"""HCPCS Level II. Source: CMS, the alpha-numeric "contractor" file (HCPCyyyy_MMM_ANWEB.txt) or a short CSV.

The contractor file has fixed columns: code (1-5; of modifiers 4-5), sequence (6-10), record (11: 3 and 4 procedure and
its continuation, 7 and 8 modifier and its continuation), long wording (12-91), short wording (92-119),
termination date (285-292, ccyymmdd).
"""

from collections.abc import Iterable, Iterator

from coding.domain.codefiles.rows import CodeRow
from coding.domain.codefiles.wrong import WrongFile, shown, table

KINDS = {"J": "drug", "Q": "", "A": "supply", "E": "equipment", "K": "equipment", "L": "orthotic", "V": "vision"}


def hcpcs_contractor(lines: Iterable[str]) -> Iterator[CodeRow]:
    """Procedures and modifiers with their long wording, those that have ended as not billable."""
    code, record, wording, ended = "", "", "", ""
    for line in lines:
        if not line.strip():
            continue
        if len(line) < 92 or line[10] not in "3478" or not line[5:10].isdigit():
            raise WrongFile(f"After {code or 'its beginning'} the file is cut short or damaged: {shown([line])}.")
        if line[10] in "37":
            if code:
                yield _row(code, record, wording, ended)
            code, record, wording = line[:5].strip(), line[10], line[11:91]
            ended = line[284:292].strip()
        else:
            wording += line[11:91]
    if code:
        yield _row(code, record, wording, ended)


def hcpcs_csv(lines: Iterable[str]) -> Iterator[CodeRow]:
    """Codes with their short wording: a CSV whose columns begin with HCPCS, Short Descriptor."""
    for row in table(lines, ("HCPCS", "Short Desc"), "A short HCPCS file"):
        if len(row[0]) == 5:
            yield CodeRow("hcpcs", row[0], row[1], kind=_kind(row[0]))


def _row(code: str, record: str, wording: str, ended: str) -> CodeRow:
    text = " ".join(wording.split())
    if record == "7":
        return CodeRow("modifier", code, text, not ended)
    return CodeRow("hcpcs", code, text, not ended, kind=_kind(code))


def _kind(code: str) -> str:
    return KINDS.get(code[0], "")
