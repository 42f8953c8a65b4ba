"""The API's doors: token authentication, scopes, cursor pages, problem+json, idempotency keys."""

import hashlib
import json
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.http import Http404
from django.utils import timezone
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import OpenApiParameter
from pydantic import BaseModel
from pydantic import ValidationError as InvalidBody
from rest_framework import exceptions, status
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from compliance.access import record_list
from compliance.models import ApiToken, User
from compliance.operations import keep_answer, take_key
from compliance.queries import practices_allowing, roles_by_practice
from compliance.scope import enter_scope, scoped_practices

if TYPE_CHECKING:  # that module reads the settings, which name this one
    from rest_framework.views import APIView

PROBLEM = "application/problem+json"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer KEY`. The key's user, roles and scopes decide what it may do."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise exceptions.AuthenticationFailed("Send one key: Authorization: Bearer KEY.")
        token = (
            ApiToken.objects.select_related("user")
            .filter(key_sha256=hashlib.sha256(parts[1]).hexdigest(), revoked_at__isnull=True, user__is_active=True)
            .first()
        )
        if token is None or (token.expires_at and token.expires_at <= timezone.now()):
            raise exceptions.AuthenticationFailed("This key is unknown, revoked or expired. Ask for a new one.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class NeedsScope(BasePermission):
    """The view names a permission per method in `scopes`; key and role must both grant it.

    The transaction's row-level scope becomes the practices where the role grants it, so a row of any
    other practice is not found.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not isinstance(request.auth, ApiToken):
            return False
        scopes: Mapping[str, str] = getattr(view, "scopes", {})
        needed = scopes.get(request.method or "", "")
        if not needed:
            raise exceptions.MethodNotAllowed(request.method or "")
        if needed not in request.auth.scopes:
            raise exceptions.PermissionDenied(f"This key lacks the scope {needed}.")
        user = cast(User, request.user)
        allowed = practices_allowing(roles_by_practice(user), needed)
        if not allowed:
            raise exceptions.PermissionDenied(f"This key’s user may not do this: {needed}.")
        enter_scope(allowed, actor_id=user.pk)
        return True


class Filters(FilterSet):  # type: ignore[misc]  # django-filter has no type information
    """Filters of a list, one query parameter each."""


class CursorPages(CursorPagination):
    """Pages by cursor, newest first: the same cost at a million rows.

    A view whose rows show PHI says in `patient_of` where a row has its patient; each page is then recorded.
    """

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering = "-id"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        rows: list[Any] | None = super().paginate_queryset(queryset, request, view)
        if rows and (patient_of := getattr(view, "patient_of", "")):
            shown = [(row.practice_id, row.pk, attrgetter(patient_of)(row)) for row in rows]
            record_list(request, page=f"api.{rows[0]._meta.model_name}", shown=shown)
        return rows


def problem_json(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every API error as RFC 9457: title, status, detail, and the fields that are wrong. No PHI, no traceback."""
    from rest_framework.views import set_rollback  # see above

    if isinstance(error, Http404):
        error = exceptions.NotFound("There is no such record, or it belongs to another practice.")
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    body: dict[str, Any] = {"type": "about:blank", "title": error.default_detail, "status": error.status_code}
    if isinstance(error, exceptions.ValidationError):
        body |= {"title": "Invalid input.", "detail": "Correct the fields named in errors.", "errors": error.detail}
    else:
        body |= {"detail": error.detail}
    headers = {}
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        headers["WWW-Authenticate"] = 'Bearer realm="api"'
    return Response(body, status=error.status_code, headers=headers, content_type=PROBLEM)


class Refused(exceptions.APIException):
    """An operation refused: the state of the record does not allow it."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "The record’s state does not allow this."
    default_code = "conflict"


class Unprocessable(exceptions.APIException):
    """The request is well-formed and names something that this practice does not have."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = "The request names something unknown."
    default_code = "unprocessable"


Body = TypeVar("Body", bound=BaseModel)


def body_of(request: Request, model: type[Body]) -> Body:
    """The request's body as its model. Raises ValidationError that names each wrong field, never its value."""
    try:
        return model.model_validate(request.data)
    except InvalidBody as error:
        found: dict[str, list[str]] = {}
        for one in error.errors(include_input=False, include_url=False, include_context=False):
            found.setdefault(".".join(map(str, one["loc"])) or "body", []).append(one["msg"])
        raise exceptions.ValidationError(found) from None


IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="8 to 80 characters, new per request. The same key and body give the first answer again.",
)


def once(request: Request, practice_id: int, carry_out: Callable[[], tuple[int, dict[str, Any]]]) -> Response:
    """Carry a request out once per `Idempotency-Key`: the same key and body give the stored answer again.

    Raises Refused when the key came before with another body, ValidationError when it is missing.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not 8 <= len(key) <= 80:
        raise exceptions.ValidationError(
            {"Idempotency-Key": ["Send this header: 8 to 80 characters, new per request."]}
        )
    digest = hashlib.sha256(
        json.dumps([request.method, request.path, request.data], sort_keys=True, default=str).encode()
    ).hexdigest()
    kept, taken = take_key(practice_id=practice_id, key=key, request_sha256=digest, now=timezone.now())
    if not taken:
        if kept.request_sha256 != digest:
            raise Refused("This Idempotency-Key was used for another request. Use a new key.")
        return Response(kept.body, status=kept.status, headers={"Idempotent-Replayed": "true"})
    code, body = carry_out()
    plain = json.loads(json.dumps(body, default=str))
    keep_answer(kept=kept, status=code, body=plain)
    return Response(plain, status=code)


def one_practice(given: str | None) -> int:
    """The practice a write is for: named by number, or the only one the key serves. Raises ValidationError."""
    served = scoped_practices()
    if given and given.isdigit() and int(given) in served:
        return int(given)
    if not given and len(served) == 1:
        return served[0]
    raise exceptions.ValidationError({"practice": ["Name one of the practices this key serves."]})
