"""The browser fixture itself drives a real Chromium."""

import pytest
from playwright.sync_api import Page


@pytest.mark.browser
def test_a_page_runs_in_chromium(page: Page) -> None:
    page.set_content("<title>ready</title><p>Tab</p>")
    assert page.title() == "ready"
    assert page.viewport_size == {"width": 1440, "height": 900}
