"""Remittances, and what posters decide about them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from compliance.access import allows, needs, record_views
from compliance.models import User
from pages.links import Links, page_number
from pages.paging import pager
from pages.parts import Facet, FacetValue, Pager, View
from payments import operations
from payments.domain.status import RemitStatus
from payments.forms import AcceptForm, MatchForm, SetAsideForm
from payments.models import ProviderAdjustment, Remit, RemitClaim
from payments.queries.remit_list import RemitFilter, RemitPage, remit_page
from payments.queries.remit_page import EOB_PAGE, RemitRecord, claim_numbered, raw_file, remit_record

STATE_WORDS = {
    RemitStatus.EXCEPTIONS: "Exceptions",
    RemitStatus.UNBALANCED: "Unbalanced",
    RemitStatus.READY: "Ready",
    RemitStatus.POSTED: "Posted",
    RemitStatus.REPEAT: "Came twice",
}


@needs("remits.read")
def remit_list(request: HttpRequest) -> HttpResponse:
    """Remittances, newest payment first."""
    chosen = RemitFilter(state=request.GET.get("state", "")[:12], payer=request.GET.get("payer", "")[:60])
    page = remit_page(chosen, page_number(request))
    links = Links(request, reverse("remit_list"))
    context = {
        "page": page,
        "facets": _facets(chosen, page, links),
        "pager": pager(page, links, page.amount),
    }
    return render(request, "payments/remit_list.html", context)


def _facets(chosen: RemitFilter, page: RemitPage, links: Links) -> list[Facet]:
    state = chosen.known_state()
    everything = FacetValue("All", links.to(state=""), sum(page.states.values()), not state)
    states = [
        FacetValue(words, links.to(state=code.value), page.states[code], state == code, status=code.value)
        for code, words in STATE_WORDS.items()
        if page.states.get(code)
    ]
    payers = [
        FacetValue(name or "No name", links.to(payer="" if chosen.payer == name else name), n, chosen.payer == name)
        for name, n in page.payers
    ]
    return [
        Facet("Status", [everything, *states], inline=6, narrow=6),
        Facet("Payer", payers, inline=6, narrow=3),
    ]


@needs("remits.read")
def remit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One remittance: proof, exceptions, explanation of benefits."""
    try:
        record = remit_record(pk, view=request.GET.get("show", ""), number=page_number(request))
    except Remit.DoesNotExist:
        raise Http404 from None
    remit = record.remit
    opened = [(remit.practice_id, "payments.remit", remit.pk, None)]
    shown = [(remit.practice_id, "payments.remitclaim", each.pk, each.patient_id) for each in record.claims]
    record_views(request, page="remit", subjects=[*opened, *shown])
    links = Links(request, reverse("remit_detail", args=[pk]))
    context = {
        "record": record,
        "remit": remit,
        "views": _views(record, links),
        "pager": _eob_pager(record, links),
        "may_post": allows(request, "remits.post"),
    }
    return render(request, "payments/remit_detail.html", context)


def _views(record: RemitRecord, links: Links) -> list[View]:
    named = [("all", "All", record.counts.all), ("denied", "With denials", record.counts.denied)]
    named.append(("patient", "Patient owes", record.counts.patient))
    return [
        View(label, links.to(show="" if code == "all" else code), count, record.view == code)
        for code, label, count in named
    ]


def _eob_pager(record: RemitRecord, links: Links) -> Pager | None:
    """None while everything fits on one page."""
    if record.shown <= EOB_PAGE and record.number == 1:
        return None
    first = (record.number - 1) * EOB_PAGE + 1
    last = first + len(record.claims) - 1
    return Pager(
        first=first,
        last=last,
        total=record.shown,
        previous_url=links.to(page=str(record.number - 1)) if record.number > 1 else "",
        next_url=links.to(page=str(record.number + 1)) if last < record.shown and record.claims else "",
    )


@needs("remits.read")
def remit_raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The 835 as it came."""
    try:
        remit, text = raw_file(pk)
    except Remit.DoesNotExist:
        raise Http404 from None
    record_views(request, page="remit_raw", subjects=[(remit.practice_id, "payments.remit", remit.pk, None)])
    return render(request, "payments/remit_raw.html", {"remit": remit, "text": text})


@needs("remits.read")
def remit_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """A claim of a remittance: its place on the remittance's page."""
    row = RemitClaim.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return redirect(f"{reverse('remit_detail', args=[row.remit_id])}#waiting-claim-{pk}")


@needs("remits.read")
def remit_adjustment(request: HttpRequest, pk: int) -> HttpResponse:
    """A provider adjustment: its place on the remittance's page."""
    row = ProviderAdjustment.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return redirect(f"{reverse('remit_detail', args=[row.remit_id])}#waiting-adjustment-{pk}")


@require_POST
@needs("remits.post")
def remit_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Post what is clean."""
    if not Remit.objects.filter(pk=pk).exists():
        raise Http404
    with _refusals(request):
        operations.post_clean(remit_id=pk, actor=_person(request), now=timezone.now())
        messages.success(request, "Posted")
    return redirect("remit_detail", pk)


@require_POST
@needs("remits.post")
def remit_claim_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Post a waiting payment on the claim that the poster names."""
    row = RemitClaim.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    with _refusals(request):
        number = _given(MatchForm(request.POST))["claim"]
        claim_id = claim_numbered(row.practice_id, number)
        if claim_id is None:
            raise operations.CannotPostHere(f"There is no claim {number} in this practice.")
        operations.match_claim(remit_claim_id=pk, claim_id=claim_id, actor=_person(request), now=timezone.now())
        messages.success(request, f"Posted on {number}")
    return redirect("remit_detail", row.remit_id)


@require_POST
@needs("remits.post")
def remit_claim_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a waiting payment off every claim."""
    row = RemitClaim.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    with _refusals(request):
        reason = _given(SetAsideForm(request.POST))["reason"]
        operations.set_aside(remit_claim_id=pk, reason=reason, actor=_person(request), now=timezone.now())
        messages.success(request, "Set aside; its money waits as unapplied")
    return redirect("remit_detail", row.remit_id)


@require_POST
@needs("remits.post")
def remit_adjustment_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a provider adjustment was for."""
    row = ProviderAdjustment.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    with _refusals(request):
        given = _given(AcceptForm(request.POST))
        number = given["claim"]
        claim_id = claim_numbered(row.practice_id, number) if number else None
        if number and claim_id is None:
            raise operations.CannotPostHere(f"There is no claim {number} in this practice.")
        operations.accept_provider_adjustment(
            adjustment_id=pk,
            claim_id=claim_id,
            note=given["note"],
            actor=_person(request),
            now=timezone.now(),
        )
        messages.success(request, f"Posted on {number}" if number else "Accepted")
    return redirect("remit_detail", row.remit_id)


@contextmanager
def _refusals(request: HttpRequest) -> Iterator[None]:
    """A refused decision becomes one sentence on the page."""
    try:
        yield
    except operations.CannotPost as reason:
        messages.error(request, str(reason))


def _given(form: forms.Form) -> dict[str, str]:
    """What was filled in; a field left empty is refused like any other decision."""
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise operations.CannotPost(f"{form.fields[name].label}: {errors[0]}")
    return form.cleaned_data


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)
