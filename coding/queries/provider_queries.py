"""What screens and operations read about questions to providers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from coding.domain.provider_queries import QueryStatus
from coding.models import ProviderQuery
from compliance.models import User
from pages.paging import PAGE, Numbered


def waiting_for_provider(case_ids: Iterable[int]) -> set[int]:
    """Of these cases, those that wait for a provider's answer, in one query."""
    return set(ProviderQuery.objects.waiting().filter(case_id__in=list(case_ids)).values_list("case_id", flat=True))


def query_rows() -> QuerySet[ProviderQuery]:
    """Questions with the parties that a row shows."""
    return ProviderQuery.objects.select_related(
        "provider__user",
        "asked_by",
        "answered_by",
        "closed_by",
        "case__encounter__patient",
        "case__encounter__provider",
    )


def query_record(pk: int) -> ProviderQuery:
    """One question with its visit. Raises ProviderQuery.DoesNotExist."""
    return (
        query_rows()
        .select_related("case__encounter__location", "practice")
        .prefetch_related("case__encounter__addenda")
        .get(pk=pk)
    )


def questions_on(case_id: int) -> list[ProviderQuery]:
    """The questions about a case, the newest first."""
    return list(query_rows().filter(case_id=case_id).order_by("-pk"))


def open_questions(user: User) -> int:
    """How many questions wait for the provider behind a log-in, in the practices in scope."""
    return ProviderQuery.objects.waiting().asked_of(user).count()


def questions_to(user: User, answered: bool, limit: int = 50) -> list[ProviderQuery]:
    """A provider's own questions: those that wait, by their day; or those that are done, the newest first."""
    rows = query_rows().filter(provider__user=user)
    if not answered:
        return list(rows.filter(status=QueryStatus.ASKED).order_by("due_date", "pk")[:limit])
    return list(rows.exclude(status=QueryStatus.ASKED).order_by("-pk")[:limit])


VIEWS: dict[str, Q] = {
    "": Q(status=QueryStatus.ASKED),
    "answered": Q(status=QueryStatus.ANSWERED),
    "done": Q(status__in=[QueryStatus.CLOSED, QueryStatus.WITHDRAWN]),
}


@dataclass(frozen=True)
class QueryListPage(Numbered):
    """One page of the questions in a state, and how many stand in each."""

    rows: list[ProviderQuery]
    number: int
    total: int
    counts: dict[str, int]
    late: int


def query_page(view: str, today: date, number: int = 1) -> QueryListPage:
    """Questions of the practices in scope, those that wait longest first; what is done, the newest first."""
    counted = ProviderQuery.objects.aggregate(
        **{f"v{n}": Count("pk", filter=condition) for n, condition in enumerate(VIEWS.values())},
        late=Count("pk", filter=Q(status=QueryStatus.ASKED, due_date__lt=today)),
    )
    counts = {name: counted[f"v{n}"] for n, name in enumerate(VIEWS)}
    total = counts[view]
    number = max(1, min(number, -(-total // PAGE)))
    order = ("-closed_at", "-pk") if view == "done" else (F("due_date").asc(), "pk")
    rows = list(query_rows().filter(VIEWS[view]).order_by(*order)[(number - 1) * PAGE : number * PAGE])
    return QueryListPage(rows, number, total, counts, counted["late"])
