"""A list page and a record page made of the shared parts, served to a browser without a server.

The browser's requests are answered from the template engine and the static files; what it posts is kept in
`Site.posts` so that a test can see what the server would have been asked to do.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

from django.contrib.staticfiles import finders
from django.template import Context, Template
from playwright.sync_api import Page, Route

from pages.parts import Bulk, BulkAction, Choice, Fix, Pager, View

ORIGIN = "http://rcm.test"
TODAY = date(2026, 11, 18)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"

LIST = """
<table class="t" id="list"><caption class="hid">Claims</caption>
<thead><tr><th scope="col"><input type="checkbox" data-pick-all aria-label="All"></th><th scope="col">Patient</th>
<th scope="col">Fix</th></tr></thead>
<tbody>{% for n in numbers %}<tr id="claim-{{ n }}" data-row="/claims/{{ n }}" data-peek="/peek/{{ n }}"
 data-amount="1{{ n }}00.10" tabindex="-1"><td><input type="checkbox" name="pick" value="{{ n }}" aria-label="{{ n }}">
</td><td><a href="/claims/{{ n }}">Patient {{ n }}</a></td><td><button class="do" type="button" data-key="F"
 hx-post="/fix/{{ n }}" hx-target="#list" hx-swap="outerHTML">Add 25 {% cap "F" %}</button></td></tr>{% endfor %}
</tbody></table>{% if text %}{% include "house/toast.html" with oob=True undo_url="/undo" %}{% endif %}
"""

LIST_PAGE = (
    """{% extends "base.html" %}{% block content %}
<div class="head"><h1>Claims</h1>{% include "house/views.html" %}<div class="end">{% include "house/pager.html" %}
</div></div>"""
    + LIST
    + """{% endblock %}{% block bulk %}{% include "house/bulk.html" %}{% endblock %}"""
)

RECORD_PAGE = """{% extends "base.html" %}{% block content %}
<div class="head"><h1>Okafor, Denise</h1><div class="end"><a href="/claims/8" data-key="J">Next</a>
<a href="/claims" data-key="Esc">Back</a><button type="button" data-key="Ctrl+Enter" hx-post="/finish">Finish</button>
</div></div>
<div id="record"><p>Modifier <input class="cell" name="modifier" value="RT" aria-label="Modifier" hx-post="/cell"
 hx-trigger="change" hx-swap="none"></p>{% include "house/fix.html" %}
<details class="raw"><summary>Raw 835</summary><pre>CLP</pre></details>
<details class="raw" open><summary>Raw 999</summary><pre>AK9</pre></details>
<button type="button" data-key="L" data-toggle=".line">Lines</button><p class="line">99214</p></div>
{% endblock %}"""


@dataclass
class Site:
    """What stands behind the pages: the claims left, and every write that was asked for."""

    keys_on: bool = True
    claims: list[int] = field(default_factory=lambda: [1, 2, 3, 4, 5])
    posts: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)

    def context(self, path: str, text: str = "") -> Context:
        nav = [SimpleNamespace(key="D", label="Denials", icon="den", url="/denials", count=2, current=False)]
        frame = SimpleNamespace(
            nav=nav, user="Marisol Vega", keys_on=self.keys_on, today=TODAY, search_url="/search", login_url="/login/"
        )
        actions = [
            BulkAction("Apply # fixes", "F", "/bulk/fix"),
            BulkAction("Assign", "A", "/bulk/assign", name="owner", choices=[Choice("Tomasz", "7")]),
            BulkAction("Hold", "H", "/bulk/hold"),
        ]
        return Context(
            {
                "shell": frame,
                "numbers": self.claims,
                "text": text,
                "views": [View("Mine", "/claims", current=True), View("Late", "/claims/late")],
                "pager": Pager(1, 5, 9, next_url="/claims?page=2"),
                "bulk": Bulk("claims", actions),
                "fix": Fix("25 is missing", button="Add 25", url="/record/fix", number=1),
            }
        )

    def answer(self, route: Route) -> None:
        """Answer one request of the browser."""
        request = route.request
        path = urlsplit(request.url).path
        if request.method == "POST":
            self.posts.append((path, parse_qs(request.post_data or "")))
            self.write(route, path)
        elif path.startswith("/static/"):
            found = Path(str(finders.find(path.removeprefix("/static/"))))
            route.fulfill(body=found.read_bytes(), content_type=TYPES[found.suffix])
        elif path.startswith("/peek/"):
            route.fulfill(body=f"<h2>Peek {path[6:]}</h2>", content_type="text/html")
        else:
            source = RECORD_PAGE if path.startswith("/claims/") and path[8:].isdigit() else LIST_PAGE
            html = Template(source).render(self.context(path))
            route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": CSP})

    def write(self, route: Route, path: str) -> None:
        if path == "/bulk/hold":
            route.fulfill(status=409, body="no")
            return
        gone = [int(n) for n in self.posts[-1][1].get("pick", [])] or [int(n) for n in [path[5:]] if n.isdigit()]
        self.claims = [n for n in self.claims if n not in gone]
        route.fulfill(body=Template(LIST).render(self.context(path, "Done")), content_type="text/html")


def open_site(page: Page, path: str, *, keys_on: bool = True) -> Site:
    """Open a page of the sample site and return what stands behind it."""
    site = Site(keys_on=keys_on)
    page.route(f"{ORIGIN}/**", site.answer)
    page.goto(ORIGIN + path)
    return site
