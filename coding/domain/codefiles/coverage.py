"""Local and national coverage determinations, as a simple CSV.

CMS publishes them as a database (the Medicare Coverage Database); this is the extract that the edits need, one line
for each procedure with a diagnosis: policy, title, contractor (empty: everywhere), procedure, diagnosis (a heading
holds for all below it), rule (covered or excluded), effective from and to (yyyy-mm-dd, may be empty).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from coding.domain.codefiles.rows import CoverageRow
from coding.domain.codefiles.wrong import WrongFile, table

COLUMNS = (
    "policy",
    "title",
    "contractor",
    "procedure",
    "diagnosis",
    "rule",
    "effective_from",
    "effective_to",
)


def coverage_policies(lines: Iterable[str]) -> Iterator[CoverageRow]:
    """The pairings of procedures with diagnoses."""
    for number, row in enumerate(table(lines, COLUMNS, "A file of coverage determinations"), 2):
        policy, title, contractor, procedure, diagnosis, rule, begins, ends, *_ = row
        if rule not in ("covered", "excluded"):
            raise WrongFile(f"Line {number} has the rule {rule or 'nothing'}: write covered or excluded.")
        yield CoverageRow(
            policy, title, contractor, procedure, diagnosis.rstrip(".-"), rule, _day(begins, number), _day(ends, number)
        )


def _day(text: str, number: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongFile(f"Line {number} has {text} where a date in the form yyyy-mm-dd belongs.") from None
