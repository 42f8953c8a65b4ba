"""What every browser test of pages does: sign in, look for faults, and keep pictures when asked to."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from compliance.models import User

WIDTHS = (1440, 1024)
SCHEMES = ("light", "dark")
STILL = "() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)))"  # colours fade


def sign_in(page: Page, live_server: LiveServer, user: User) -> None:
    """Make the browser this person's, in place of whoever had it."""
    client = Client()
    client.force_login(user)
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on the page as it stands, in light and in dark: rule and places."""
    found: list[tuple[str, list[str]]] = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two literals
        page.evaluate(STILL)
        found += [
            (f"{scheme}: {fault['id']}", [str(node["target"]) for node in fault["nodes"]])
            for fault in Axe().run(page).response["violations"]
        ]
    page.emulate_media(color_scheme="light")
    return found


def keep_pictures(page: Page, name: str) -> None:
    """Pictures at every width, light and dark, in the folder that SHOTS names; without it, nothing."""
    folder = os.environ.get("SHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two literals
            page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", caret="initial")  # hiding it breaks the CSP
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
