"""What is asked for a case, and what became of it."""

from dataclasses import dataclass, field

from coding.domain.codes import CaseCodes
from coding.domain.merging import Clash
from coding.models import CodingCase


class CannotCode(Exception):
    """The case is not open, or the codes cannot stand on a claim."""


class ChangedMeanwhile(Exception):
    """Another person saved this case since it was read; nothing of this save was kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Coding:
    """The codes that a case shall have. `revision` is the one they were drawn from; None skips the check.

    `accepted` are the proposed codes that a person said yes to; None says yes to every code given. `merge` brings the
    codes together with what somebody else saved meanwhile; without it they would be refused.
    """

    case_id: int
    codes: CaseCodes
    revision: int | None = None
    accepted: frozenset[str] | None = None
    merge: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """Who else had changed the case, and what a person has to decide; theirs stands until then."""

    people: tuple[str, ...]
    clashes: tuple[Clash, ...]


@dataclass(slots=True)
class Outcome:
    """What became of each case: brought up to date, or refused for a reason, and left as it was."""

    cases: dict[int, CodingCase] = field(default_factory=dict)
    refused: dict[int, CannotCode | ChangedMeanwhile] = field(default_factory=dict)
    merged: dict[int, Together] = field(default_factory=dict)

    def of(self, case_id: int) -> CodingCase:
        """The case itself. Raises why it was refused."""
        if case_id in self.refused:
            raise self.refused[case_id]
        return self.cases[case_id]
