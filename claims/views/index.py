"""All claims in any state: the list that every figure opens."""

from dataclasses import dataclass, fields
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from claims.domain.status import ClaimStatus
from claims.models import Claim
from claims.queries.index import ClaimFilter, Cursor, claim_page, payer_names
from claims.queries.record import standing
from claims.views.trail import FROM, INDEX
from compliance.access import needs, record_list
from pages.links import Links
from pages.parts import Facet, FacetValue
from pages.presentation import state_word

NAMES = tuple(f.name for f in fields(ClaimFilter))
CHECKED = (("yes", "Clean"), ("no", "Stopped by an edit"))
DECIDED = (("yes", "Denied"), ("no", "Not denied"))
RESOLVED = (("yes", "Resolved by the first submission"), ("no", "Not by the first"))


@require_GET
@needs("claims.read")
def claim_index(request: HttpRequest) -> HttpResponse:
    """Claims, latest service first, narrowed by state, by figure or by name."""
    chosen = ClaimFilter(**{name: request.GET.get(name, "").strip()[:60] for name in NAMES})
    page = claim_page(chosen, timezone.localdate(), _cursor(request))
    record_list(request, page="claims", shown=[(claim.practice_id, claim.pk, claim.patient_id) for claim in page.rows])
    links = Links(request, reverse("claim_index"))
    here = [(name, str(value)) for name, value in request.GET.items() if value and name not in ("next", "before")]
    trail = urlencode([(FROM, INDEX), *here])
    context = {
        "rows": [_row(claim, trail) for claim in page.rows],
        "page": page,
        "chosen": chosen,
        "narrowed": any(getattr(chosen, name) for name in NAMES),
        "says": _says(chosen),
        "facets": _facets(chosen, links),
        "previous_url": links.to(before=str(page.previous), next="") if page.previous else "",
        "next_url": links.to(next=str(page.next), before="") if page.next else "",
        "all_url": reverse("claim_index"),
    }
    return render(request, "claims/claim_index.html", context)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A claim as the list shows it; `reduced_amount` was given up, by contract and by us."""

    claim: Claim
    state: str
    url: str
    reduced_amount: Decimal


def _row(claim: Claim, trail: str) -> Row:
    return Row(
        claim=claim,
        state=standing(claim),
        url=f"{reverse('claim_detail', args=[claim.pk])}?{trail}",
        reduced_amount=claim.contractual_amount + claim.written_off_amount,
    )


def _cursor(request: HttpRequest) -> Cursor | None:
    if before := request.GET.get("before"):
        return Cursor.read(before, back=True)
    return Cursor.read(request.GET.get("next", ""))


def _facets(chosen: ClaimFilter, links: Links) -> list[Facet]:
    def values(name: str, choices: tuple[tuple[str, str], ...] | list[tuple[str, str]]) -> list[FacetValue]:
        current = getattr(chosen, name)
        return [
            FacetValue(
                label=label,
                url=links.to(**{name: "" if value == current else value, "next": "", "before": ""}),
                current=value == current,
                status=value if name == "status" else "",
            )
            for value, label in choices
        ]

    states = values("status", [(state.value, state_word(state).word) for state in ClaimStatus])
    everything = FacetValue("All", links.to(status="", next="", before=""), current=not chosen.status)
    names = payer_names()
    money = (("yes", "Anything owed"), ("payer", "Open with the payer"))
    at_first = [*values("clean", CHECKED), *values("first_denied", DECIDED), *values("first_pass", RESOLVED)]
    return [
        Facet("Status", [everything, *states], inline=13, narrow=8),
        Facet("Payer", values("payer", [(name, name) for name in names]), inline=3, narrow=1),
        Facet("Money", [*values("open", money), *values("aged", (("90", "Over 90 days"),))], inline=3, narrow=2),
        Facet("At first", at_first, inline=2, narrow=1),
    ]


def _says(chosen: ClaimFilter) -> str:
    """The filter as a sentence: what a figure counted."""
    said = []
    if chosen.clean:
        word = {"yes": "passed every edit untouched", "no": "stopped by an edit"}.get(
            chosen.clean, "checked by the edits"
        )
        said.append(word)
    if chosen.first_denied:
        said.append(
            {"yes": "denied on the first decision", "no": "not denied at first"}.get(chosen.first_denied, "decided")
        )
    if chosen.first_pass:
        words = {"yes": "resolved by the first submission", "no": "not resolved by the first submission"}
        said.append(words.get(chosen.first_pass, "first submissions that were decided"))
    if chosen.open:
        said.append("payer still owes" if chosen.open == "payer" else "payer or patient owes")
    if chosen.aged:
        range_given = "-" in chosen.aged
        said.append(f"service {chosen.aged} days ago" if range_given else f"service over {chosen.aged} days ago")
    if chosen.days:
        said.append(f"last {chosen.days} days")
    return ", ".join(said)
