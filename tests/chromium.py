"""Pytest plugin: browser tests drive the machine's own Chromium; a machine without one says so and skips
them.

CHROMIUM names another program. With REQUIRE_BROWSER=1 (set by .ci/run) a missing browser is an error, and so
is a run in which no browser test passed.
"""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # a third of a second, which only browser tests should cost
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_MISSING = "No Chromium on this machine (Debian: apt install chromium; or set CHROMIUM)"


def chromium() -> str | None:
    """Path of the browser to drive, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


def _required() -> bool:
    return os.environ.get("REQUIRE_BROWSER") == "1"


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One headless Chromium for the session."""
    program = chromium()
    if program is None:
        pytest.fail(_MISSING) if _required() else pytest.skip(_MISSING)
    from playwright.sync_api import sync_playwright

    # Playwright's loop stays open in this thread, which Django would take for an async caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A fresh window, 1440 by 900, with cookies of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def _browser_reports(reporter: Any, outcome: str) -> int:
    return sum("browser" in getattr(report, "keywords", ()) for report in reporter.stats.get(outcome, []))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that had to drive a browser and did not."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    controller = not hasattr(session.config, "workerinput")
    if controller and _required() and reporter is not None and not _browser_reports(reporter, "passed"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = _browser_reports(terminalreporter, "skipped")
    if skipped and chromium() is None:
        terminalreporter.write_line(f"{_MISSING}: {skipped} browser tests skipped.")
    if _required() and not _browser_reports(terminalreporter, "passed"):
        terminalreporter.write_line("REQUIRE_BROWSER=1, but no browser test passed.", red=True)
