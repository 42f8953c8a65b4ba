"""A clearinghouse of its own for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.payersim.samples import Town, network


@pytest.fixture
def found_town(tmp_path: Path) -> Iterator[Callable[..., Town]]:
    towns: list[Town] = []

    def found(raw: dict[str, Any] | None = None) -> Town:
        town = Town(tmp_path / f"town{len(towns)}", raw or network())
        towns.append(town)
        return town

    yield found
    for town in towns:
        town.house.close()


@pytest.fixture
def town(found_town: Callable[..., Town]) -> Town:
    return found_town()
