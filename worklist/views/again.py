"""Answering a verb with the list it was pressed on, as that list is now."""

from typing import cast
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.urls.exceptions import Resolver404

LISTS = frozenset({"work_list", "case_list", "claim_list", "denial_list"})


def list_again(request: HttpRequest) -> HttpResponse:
    """The list that htmx was on, drawn anew (its own guard asks again); any other page is loaded whole.

    Without htmx the browser goes back to the list of all work.
    """
    if not request.headers.get("HX-Request"):
        return redirect("work_list")
    address = urlsplit(request.headers.get("HX-Current-URL", ""))
    try:
        found = resolve(address.path)
    except Resolver404:
        found = None
    if found is None or found.url_name not in LISTS or request.headers.get("HX-Target") != "list":
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    request.GET, request.method = QueryDict(address.query), "GET"
    try:
        return cast(HttpResponse, found.func(request, *found.args, **found.kwargs))
    except Http404:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
