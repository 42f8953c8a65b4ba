"""What is read about suggestions."""

from coding.domain.suggestions import Decision, Proposal
from coding.models import CaseVersion, CodeSystem, CodingCase
from compliance.models import User


def proposals_of(case: CodingCase) -> list[Proposal]:
    """What was proposed for a case, from its prefetched rows or in one query."""
    return [
        Proposal(
            code=row.code,
            is_diagnosis=row.system == CodeSystem.ICD10CM,
            confidence=row.confidence,
            decision=Decision(row.decision),
            withheld=row.withheld,
        )
        for row in case.suggestions.all()
    ]


def own_last_change(case: CodingCase, user: User) -> str:
    """What the person's own last change did, when it is the case's last and can be taken back; empty otherwise."""
    last = CaseVersion.objects.filter(case=case, revision=case.revision, by=user, undo_to__isnull=False).first()
    return last.says if last else ""
