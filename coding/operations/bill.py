"""Marking cases as billed: the verb that claims call once a claim exists."""

from collections.abc import Iterable

from coding.domain.status import CaseStatus
from coding.models import CodingCase


def mark_billed(*, practice_id: int, case_ids: Iterable[int]) -> int:
    """Finalized cases whose claim was built become billed, in one statement; returns how many did.

    The caller holds their row locks and writes the audit event of the claim in the same transaction.
    """
    return CodingCase.objects.filter(
        practice_id=practice_id, pk__in=list(case_ids), status=CaseStatus.FINALIZED
    ).update(status=CaseStatus.BILLED)
