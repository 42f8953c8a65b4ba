"""The views of the room, as the head of each of its pages shows them."""

from django.urls import reverse

from denials.queries.overview import Tabs
from pages.parts import View

OVERVIEW, WORKLIST, APPEALS, ALL = "overview", "worklist", "appeals", "all"


def tabs(current: str, counts: Tabs) -> list[View]:
    """Overview, worklist, appeals and every denied claim."""
    return [
        View("Overview", reverse("denial_overview"), current=current == OVERVIEW),
        View("Worklist", reverse("denial_list"), counts.work, current == WORKLIST),
        View("Appeals", reverse("appeal_list"), counts.appeals, current == APPEALS),
        View("All denied claims", reverse("denial_index"), current=current == ALL),
    ]
