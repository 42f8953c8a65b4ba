"""A town for each story."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compliance.models import Practice
from tests.builders import NOW
from tests.flow.town import Town


@pytest.fixture
def town(practice: Practice, settings: Any, tmp_path: Path) -> Iterator[Town]:
    settings.EXCHANGE_DIR = tmp_path / "exchange"
    town = Town(tmp_path / "exchange", [practice], NOW)
    yield town
    town.close()
