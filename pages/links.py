"""Addresses of a list with one choice changed: how facets, sorts and pages link."""

from django.http import HttpRequest


class Links:
    """The list's own address with some parameters changed; any change but the page goes back to page one."""

    def __init__(self, request: HttpRequest, url: str) -> None:
        self._given, self._url = request.GET, url

    def to(self, **changes: str) -> str:
        """The address after these changes; an empty value takes its parameter away."""
        params = self._given.copy()
        if "page" not in changes:
            params.pop("page", None)
        for name, value in changes.items():
            params.pop(name, None)
            if value:
                params[name] = value
        query = params.urlencode()
        return f"{self._url}?{query}" if query else self._url


def page_number(request: HttpRequest) -> int:
    """The page asked for; junk asks for the first."""
    given = request.GET.get("page", "1")
    return int(given) if given.isdigit() and len(given) < 7 else 1
