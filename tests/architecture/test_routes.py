"""Every address of the product, taken from the URL map: nobody in without log-in, role and practice.

A new address is tested without being named here. When it carries a number of a new kind of record, say in FILL
which record that is; when nobody's permission guards it, say in UNGUARDED why.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from compliance.domain.permissions import GRANTS, PERMISSIONS, Role
from compliance.models import Membership, Practice, User
from compliance.operations import issue_token
from compliance.scope import practice_scope
from tests.architecture.records import Records, records_of
from tests.builders import NOW

pytestmark = pytest.mark.django_db

OPEN_TO_ALL = {"healthz", "login", "logout", "api_schema"}
UNGUARDED = {
    "help": "says nothing about anybody",
    "choose_practice": "sets the person's own session, to practices the person serves",
    "preferences": "the person's own theme and keys",
}
PUBLIC = dict.fromkeys(
    ("release_detail", "policy_detail", "code_detail", "api_code_detail"), "code sets are the same for every practice"
)
# Which record a parameter names: the address up to and including the parameter → the field of Records.
FILL: dict[str, str | int] = {
    "worklist/<int:pk>": "work_item",
    "worklist/views/<int:pk>": "saved_view",
    "worklist/notes/<str:subject_type>/<int:subject_id>": "case",
    "encounters/<int:pk>": "encounter",
    "encounters/patients/<int:pk>": "patient",
    "encounters/coverage/<int:pk>": "coverage",
    "coding/<int:pk>": "case",
    "coding/queries/<int:pk>": "provider_query",
    "coding/questions/<int:pk>": "provider_query",
    "coding/audits/<int:pk>": "audit",
    "coding/learned/<int:pk>": "learned",
    "coding/releases/<int:pk>": "release",
    "claims/<int:pk>": "claim",
    "claims/<int:pk>/lines/<int:number>": 1,
    "claims/undo/<str:events>": "event",
    "claims/items/<int:pk>": "claim_item",
    "claims/batches/<int:pk>": "batch",
    "claims/files/<int:pk>": "inbound",
    "claims/submissions/<int:pk>": "submission",
    "claims/findings/<int:pk>": "finding",
    "remittances/<int:pk>": "remit",
    "remittances/claims/<int:pk>": "remit_claim",
    "remittances/adjustments/<int:pk>": "adjustment",
    "denials/<int:pk>": "denial",
    "denials/appeals/<int:pk>": "appeal",
    "denials/claims/<int:pk>": "claim",
    "api/v1/encounters/<int:pk>": "encounter",
    "api/v1/coding-cases/<int:pk>": "case",
    "api/v1/provider-queries/<int:pk>": "provider_query",
    "api/v1/coding-audits/<int:pk>": "audit",
    "api/v1/claims/<int:pk>": "claim",
    "api/v1/remits/<int:pk>": "remit",
    "api/v1/denials/<int:pk>": "denial",
    "api/v1/appeals/<int:pk>": "appeal",
    "api/v1/work-items/<int:pk>": "work_item",
}
WORDS = {
    "worklist/notes/<str:subject_type>": "coding.codingcase",
    "coding/policies/<path:policy>": "L33394",
    "coding/policies/<path:policy>/<str:procedure>": "20610",
    "coding/codes/<str:system>": "icd10cm",
    "coding/codes/<str:system>/<str:code>": "I10",
    "api/v1/codes/<str:system>": "icd10cm",
    "api/v1/codes/<str:system>/<str:code>": "I10",
}
# What a POST needs to say so that the answer is about the record, not about the body.
FIELDS: dict[str, dict[str, Any]] = {
    "api_claim_hold": {"reason": "x"},
    "api_claim_void": {"reason": "x"},
    "api_work_assign": {"username": None},
    "api_work_snooze": {"until": "2030-01-01"},
    "api_work_close": {"outcome": "x"},
    "note_add": {"text": "x"},
}
PARAMETER = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Route:
    """One address with its view."""

    path: str
    name: str
    view: Callable[..., Any]

    @property
    def is_api(self) -> bool:
        return self.path.startswith("api/")

    @property
    def permissions(self) -> set[str]:
        """What the view's guard asks for."""
        scopes = getattr(getattr(self.view, "view_class", None), "scopes", {})
        named = getattr(self.view, "permission", None)
        return {*scopes.values(), *([named] if named else [])}

    @property
    def has_records(self) -> bool:
        return bool(PARAMETER.search(self.path))

    def url(self, records: Records) -> str:
        """The address with the numbers of these records. Raises KeyError for a parameter nobody explained."""

        def value(found: re.Match[str]) -> str:
            key = self.path[: found.end()]
            filled = WORDS.get(key) or FILL[key]
            return str(getattr(records, filled) if isinstance(filled, str) and key in FILL else filled)

        return "/" + PARAMETER.sub(value, self.path)


def walk(patterns: list[Any], prefix: str = "") -> Iterator[Route]:
    for one in patterns:
        path = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, path)
        elif isinstance(one, URLPattern) and one.name not in OPEN_TO_ALL:
            yield Route(path, one.name or path, one.callback)


ROUTES = list(walk(get_resolver().url_patterns))
GUARDED = [route for route in ROUTES if route.name not in UNGUARDED]
METHODS = ("get", "post")


def answers(client: Client, route: Route, url: str, **headers: str) -> dict[str, HttpResponse]:
    """What the address answers to each method that it takes."""
    found: dict[str, HttpResponse] = {}
    for method in METHODS:
        body: dict[str, Any] = {}
        if method == "post":
            body = {"data": FIELDS.get(route.name, {})}
            if route.is_api:
                body["content_type"] = "application/json"
        answer = getattr(client, method)(url, headers=headers, **body)
        if answer.status_code != 405:
            found[method] = answer
    return found


def wrong(found: dict[str, HttpResponse], route: Route, *right: int) -> list[str]:
    if not found:
        return [f"{route.name} takes no method"]
    return [f"{m} {route.path}: {a.status_code}" for m, a in found.items() if a.status_code not in right]


@pytest.fixture
def everything(person: Callable[..., User], practice: Practice) -> User:
    """A person of the practice with every permission."""
    user = person(Role.SUPERVISOR, practice)
    with practice_scope(practice.pk):
        for role in (Role.COMPLIANCE_OFFICER, Role.PROVIDER):
            Membership.objects.create(practice=practice, user=user, role=role)
    return user


@pytest.fixture
def own(practice: Practice, everything: User) -> Records:
    return records_of(practice, everything)


@pytest.fixture
def foreign(other_practice: Practice, person: Callable[..., User]) -> Records:
    """Records of the other practice, and of somebody who works there."""
    return records_of(other_practice, person(Role.SUPERVISOR, other_practice))


def bearer(user: User, scopes: list[str] | None = None) -> dict[str, str]:
    key = issue_token(user=user, name="t", scopes=list(PERMISSIONS) if scopes is None else scopes, now=NOW)[1]
    return {"authorization": f"Bearer {key}", "idempotency-key": "0123456789"}


def test_every_address_names_a_permission_or_says_why_not() -> None:
    assert [route.name for route in GUARDED if not route.permissions] == []
    assert {p for route in GUARDED for p in route.permissions} <= set(PERMISSIONS)
    assert set(UNGUARDED) <= {route.name for route in ROUTES}


def test_every_address_can_be_built(own: Records) -> None:
    unexplained = []
    for route in ROUTES:
        try:
            route.url(own)
        except KeyError as missing:
            unexplained.append(f"{route.name}: say in FILL which record {missing} names")
    assert unexplained == []


def test_strangers_are_sent_to_the_log_in_or_told_401(client: Client, own: Records) -> None:
    failures = []
    for route in ROUTES:
        found = answers(client, route, route.url(own))
        failures += wrong(found, route, 401 if route.is_api else 302)
        login = resolve_url(settings.LOGIN_URL)
        failures += [
            f"{m} {route.path} leads elsewhere"
            for m, answer in found.items()
            if not route.is_api and not answer.get("Location", "").startswith(login)
        ]
    assert failures == []


def test_a_role_that_grants_nothing_opens_nothing(
    client: Client, own: Records, practice: Practice, person: Callable[..., User]
) -> None:
    nobody = person(Role.ADMINISTRATOR, practice)
    client.force_login(nobody)
    headers = bearer(nobody)
    failures = []
    for route in GUARDED:
        found = answers(client, route, route.url(own), **(headers if route.is_api else {}))
        if route.name == "home":  # where a log-in ends: it leads on to a page that everybody has
            assert [answer.headers.get("Location") for answer in found.values()] == [reverse("help")] * len(found)
        else:
            failures += wrong(found, route, 403)
    assert failures == []


def test_a_key_without_the_scope_opens_nothing(client: Client, own: Records, everything: User) -> None:
    headers = bearer(everything, scopes=[])
    routes = [route for route in GUARDED if route.is_api]
    assert [f for r in routes for f in wrong(answers(client, r, r.url(own), **headers), r, 403)] == []


def test_another_practices_records_are_not_there(client: Client, everything: User, foreign: Records) -> None:
    client.force_login(everything)
    headers = bearer(everything)
    failures = []
    for route in GUARDED:
        if route.has_records and route.name not in PUBLIC:
            found = answers(client, route, route.url(foreign), **(headers if route.is_api else {}))
            failures += wrong(found, route, 404)
    assert failures == []


def test_ones_own_records_are_there(client: Client, everything: User, own: Records) -> None:
    """The control of the test above: the same addresses answer when the practice is right."""
    client.raise_request_exception = False  # a broken page is one of the failures listed
    client.force_login(everything)
    headers = bearer(everything)
    failures = []
    for route in GUARDED:
        answer = client.get(route.url(own), headers=headers if route.is_api else {})
        if answer.status_code not in {200, 302, 405}:
            failures.append(f"{route.path}: {answer.status_code}")
    assert failures == []


def test_every_list_costs_the_same_for_one_row_and_for_25(
    client: Client, everything: User, own: Records, practice: Practice
) -> None:
    """Pages and API lists alike: every address without a parameter."""
    client.raise_request_exception = False  # a broken page is one of the failures listed
    client.force_login(everything)
    headers = bearer(everything)
    lists = [route for route in ROUTES if not route.has_records]

    def costs() -> dict[str, int]:
        found = {}
        for route in lists:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get("/" + route.path, headers=headers if route.is_api else {})
            if answer.status_code == 200:
                found[route.path] = len(queries)
            else:
                assert answer.status_code in {302, 405}, route.path
        return found

    costs()  # what is read once and kept
    one = costs()
    for _ in range(24):
        records_of(practice, everything)
    many = costs()
    assert {path: (one[path], many[path]) for path in one if one[path] != many[path]} == {}
    assert len(one) > 15


def test_one_role_never_reaches_anothers_rooms(client: Client, own: Records, person: Callable[..., User]) -> None:
    """Front desk and coder, page by page: open exactly where the table of grants says so."""
    client.raise_request_exception = False  # a broken page is one of the failures listed
    failures = []
    for role in (Role.FRONT_DESK, Role.CODER, Role.POSTER):
        client.force_login(person(role, Practice.objects.get(slug="lakeshore")))
        for route in GUARDED:
            if route.is_api:
                continue
            allowed = route.permissions <= GRANTS[role]
            answer = client.get(route.url(own))
            if answer.status_code != 405 and (answer.status_code == 403) == allowed:
                failures.append(f"{role} {route.path}: {answer.status_code}")
    assert failures == []
