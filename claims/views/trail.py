"""The list that a claim was opened from: where Esc goes back to, and the claims before and after it."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from claims.views.queue import claims_screen
from compliance.models import User
from worklist.domain.kinds import Kind
from worklist.queries import kinds_of, place_in
from worklist.views import Screen, chosen_filter

FROM = "from"
INDEX = "all"


@dataclass(frozen=True, kw_only=True)
class Trail:
    """Place of a claim in its list. Without a list only the way to the queue is known."""

    back_url: str
    label: str
    at: int = 0
    of: int = 0
    previous_url: str = ""
    next_url: str = ""

    @property
    def from_list(self) -> bool:
        return bool(self.of)


def given(request: HttpRequest) -> QueryDict:
    """What the record's address says about its list; a fragment's request knows it from the page it is on."""
    if FROM in request.GET:
        return request.GET
    return QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query)


def trail_of(request: HttpRequest, claim_id: int) -> Trail:
    """The way back and onward: one query when the claim was opened from a queue."""
    choices = given(request)
    query = [(name, str(value)) for name, value in choices.items() if name != FROM]
    if choices.get(FROM) == INDEX:
        return Trail(back_url=_with(reverse("claim_index"), query), label="All claims")
    screen = _screen(request, choices.get(FROM, ""))
    if screen is None:
        return Trail(back_url=reverse("claim_list"), label="Claims")
    chosen = chosen_filter(request, screen, dict(query))
    place = place_in(chosen, claim_id, user=cast(User, request.user), today=timezone.localdate())
    views = {view_query: name for name, view_query in screen.views}
    onward = [(FROM, screen.page), *query]
    return Trail(
        back_url=_with(screen.url, query),
        label=views.get(urlencode(query), screen.title),
        at=place.at,
        of=place.of,
        previous_url=_with(reverse("claim_detail", args=[place.before]), onward) if place.before else "",
        next_url=_with(reverse("claim_detail", args=[place.after]), onward) if place.after else "",
    )


def _screen(request: HttpRequest, page: str) -> Screen | None:
    try:
        match page:
            case "claims":
                return claims_screen(request)
            case "denials":
                return Screen(
                    title="Denials", page=page, url=reverse("denial_list"), kinds=kinds_of(("denial.",)), mine=False
                )
            case "work":
                return Screen(title="Work", page=page, url=reverse("work_list"), kinds=tuple(Kind))
    except NoReverseMatch:
        return None
    return None


def _with(url: str, query: list[tuple[str, str]]) -> str:
    return f"{url}?{urlencode(query)}" if query else url
