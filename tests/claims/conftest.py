"""An exchange folder of its own for each test."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def exchange(settings: Settings, tmp_path: Path) -> Path:
    settings.EXCHANGE_DIR = tmp_path
    return tmp_path
