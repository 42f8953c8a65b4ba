"""What is read about suggestions."""

from coding.domain.codes import CaseCodes
from coding.domain.suggestions import Decision, Proposal
from coding.models import CaseVersion, CodeSystem, CodingCase, Suggestion
from compliance.models import User


def proposals_of(case: CodingCase) -> list[Proposal]:
    """What was proposed for a case, from its prefetched rows or in one query."""
    return [proposal_of(row) for row in case.suggestions.all()]


def proposal_of(row: Suggestion) -> Proposal:
    """What the rules see of a suggestion."""
    return Proposal(
        code=row.code,
        is_diagnosis=row.system == CodeSystem.ICD10CM,
        confidence=row.confidence,
        decision=Decision(row.decision),
        withheld=row.withheld,
    )


def suggestions_for(case: CodingCase, codes: CaseCodes) -> tuple[list[Suggestion | None], list[Suggestion | None]]:
    """For each diagnosis and for each service the suggestion that it came from, from the case's prefetched rows."""
    left = list(case.suggestions.all())

    def taken(code: str, is_diagnosis: bool) -> Suggestion | None:
        found = next(
            (row for row in left if row.code == code and (row.system == CodeSystem.ICD10CM) == is_diagnosis), None
        )
        if found:
            left.remove(found)
        return found

    return [taken(code, True) for code in codes.diagnoses], [taken(each.code, False) for each in codes.services]


def own_last_change(case: CodingCase, user: User) -> str:
    """What the person's own last change did, when it is the case's last and can be taken back; empty otherwise."""
    last = CaseVersion.objects.filter(case=case, revision=case.revision, by=user, undo_to__isnull=False).first()
    return last.says if last else ""
