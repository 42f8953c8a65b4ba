"""One world for all of the demo's tests."""

from datetime import date

import pytest

from rcm.demo.world import World, build_world

TODAY = date(2026, 11, 18)


@pytest.fixture(scope="session")
def world() -> World:
    return build_world(encounters=400, seed=7, today=TODAY)


@pytest.fixture(scope="session")
def large_world() -> World:
    return build_world(encounters=2000, seed=11, today=TODAY)
