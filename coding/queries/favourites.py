"""Which codes a coder uses most, so that search offers them first."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from coding.domain.status import CaseStatus
from coding.models import CaseDiagnosis, CaseProcedure, CodingCase
from compliance.models import User

DAYS = 365
CASES = 500  # the latest ones that are counted
MOST = 150  # codes of a kind
OWN_AGAINST_SPECIALTY = 2  # a use of one's own counts as two of the specialty's
KEPT_SECONDS = 600


def favourites_of(user: User, specialty: str, practice_id: int, now: datetime) -> dict[str, float]:
    """The codes of a coder's and a specialty's latest finished cases of one practice, 1 for the most used of its kind.

    Counted in two queries, then kept for ten minutes.
    """
    key = f"coding.favourites.{practice_id}.{user.pk}.{specialty.lower().replace(' ', '_')}"
    kept: dict[str, float] | None = cache.get(key)
    if kept is None:
        kept = _shares(_latest(user, specialty, practice_id, now), user)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _latest(user: User, specialty: str, practice_id: int, now: datetime) -> QuerySet[CodingCase]:
    finished = CodingCase.objects.exclude(status=CaseStatus.OPEN).filter(
        Q(coder=user) | Q(encounter__provider__specialty=specialty),
        practice_id=practice_id,
        finalized_at__gte=now - timedelta(days=DAYS),
    )
    return finished.order_by("-finalized_at")[:CASES]


def _shares(cases: QuerySet[CodingCase], user: User) -> dict[str, float]:
    """Diagnoses and procedures apart, so that the one office visit of every case does not dwarf the rest."""
    shares: dict[str, float] = {}
    for model in (CaseDiagnosis, CaseProcedure):
        counted = (
            model._default_manager.filter(case__in=cases.values("pk"))
            .values_list("code")
            .annotate(own=Count("pk", filter=Q(case__coder=user)), every=Count("pk"))
        )
        uses = {code: own * OWN_AGAINST_SPECIALTY + every - own for code, own, every in counted}
        top = sorted(uses.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        shares |= {code: count / top[0][1] for code, count in top}
    return shares
