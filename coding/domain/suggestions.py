"""What becomes of a proposed code: a person accepts it, drops it, or puts another one in its place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coding.domain.codes import CaseCodes

LOW = 70  # confidence of 100 below which a person must say yes or no; DESIGN "Confidence"


class Decision(StrEnum):
    PROPOSED = "proposed"  # nobody has said anything yet
    ACCEPTED = "accepted"
    DROPPED = "dropped"
    REPLACED = "replaced"  # dropped for another code of the same category


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A code that the engine found. `withheld`: found, but not put on the case (negated, family, ruled out)."""

    code: str
    is_diagnosis: bool
    confidence: int
    decision: Decision = Decision.PROPOSED
    withheld: bool = False

    @property
    def is_low(self) -> bool:
        """Too unsure to be billed without a person's word."""
        return self.confidence < LOW


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about a proposal, and by which code it was replaced."""

    decision: Decision
    replaced_by: str = ""


def verdicts(proposals: Sequence[Proposal], codes: CaseCodes, accepted: frozenset[str] | None) -> list[Verdict]:
    """What a person's codes say about each proposal, in the order of the proposals.

    A proposal whose code stands keeps what was decided before, or is accepted when its code is in `accepted`; None
    accepts every code that stands. One whose code was taken away is dropped, or replaced when a code of its category
    stands that nobody proposed; one that comes back is accepted. A withheld one counts only while its code stands.
    """
    standing = _standing(codes)
    own = _own(proposals, standing)
    found = []
    for proposal in proposals:
        key = (proposal.is_diagnosis, proposal.code)
        if standing[key]:
            standing[key] -= 1
            spoken = accepted is None or proposal.code in accepted or proposal.withheld
            back = proposal.decision in (Decision.DROPPED, Decision.REPLACED)
            found.append(Verdict(Decision.ACCEPTED if spoken or back else proposal.decision))
        elif proposal.withheld:
            found.append(Verdict(Decision.PROPOSED))
        else:
            instead = next((c for is_dx, c in own if is_dx == proposal.is_diagnosis and _alike(c, proposal.code)), "")
            found.append(Verdict(Decision.REPLACED, instead) if instead else Verdict(Decision.DROPPED))
    return found


def undecided(proposals: Sequence[Proposal], codes: CaseCodes) -> list[str]:
    """The codes of low proposals that stand on the case without a person's word: they block finishing."""
    standing = _standing(codes)
    return [
        one.code
        for one in proposals
        if one.is_low
        and not one.withheld
        and one.decision == Decision.PROPOSED
        and standing[(one.is_diagnosis, one.code)]
    ]


def _standing(codes: CaseCodes) -> Counter[tuple[bool, str]]:
    return Counter([(True, code) for code in codes.diagnoses] + [(False, each.code) for each in codes.services])


def _own(proposals: Sequence[Proposal], standing: Counter[tuple[bool, str]]) -> Sequence[tuple[bool, str]]:
    """The codes that stand and that nobody proposed."""
    proposed = {(one.is_diagnosis, one.code) for one in proposals}
    return [key for key in standing if key not in proposed]


def _alike(one: str, other: str) -> bool:
    """Of the same category: the first three characters of an ICD-10-CM code, or of a procedure's family (992…)."""
    return one[:3] == other[:3]
