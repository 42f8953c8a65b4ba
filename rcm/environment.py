"""The environment variables the product reads, checked once at start: junk is refused in one clear line."""

import json
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

SERVERS = "servers.json"  # in the data folder: where the servers that run there are


class Environment(BaseModel):
    """What an operator may set. Every field is an environment variable of the same name in capitals."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    database_url: str = "postgres://rcm_app@127.0.0.1:5432/rcm"
    owner_database_url: str = ""
    redis_url: str = "redis://127.0.0.1:6379/0"
    data_dir: Path = Path("data")
    exchange_dir: Path | None = None
    secret_key: str = ""
    debug: bool = False
    demo: bool = True
    port: int = Field(default=8000, ge=1, le=65535)
    allowed_hosts: str = "localhost,127.0.0.1,[::1]"
    https: bool = False

    @field_validator("database_url")
    @classmethod
    def names_postgres(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"postgres", "postgresql"}:
            raise ValueError("must start with postgres://")
        return value

    @field_validator("redis_url")
    @classmethod
    def names_redis(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("must start with redis://")
        return value

    @property
    def exchange(self) -> Path:
        return self.exchange_dir or self.data_dir / "exchange"


class BadEnvironment(SystemExit):
    """An environment variable holds something that the product cannot use."""


def read_environment() -> Environment:
    """Read and check the process environment. Raises BadEnvironment with one line per wrong variable.

    An address that is not given is that of the servers which run in the data folder, so that `manage.py` needs none.
    """
    given = {
        name: value for name in Environment.model_fields if (value := os.environ.get(name.upper())) not in (None, "")
    }
    try:
        found = Environment.model_validate(given)
        return Environment.model_validate(running_servers(found.data_dir) | given)
    except ValidationError as error:
        lines = [f"{'.'.join(str(p) for p in e['loc']).upper()}: {e['msg']}" for e in error.errors()]
        raise BadEnvironment("Settings refused. " + "; ".join(lines)) from None


def running_servers(data_dir: Path) -> dict[str, str]:
    """Addresses by field of `Environment`, as `note_servers` left them; nothing when none run or it can't be read."""
    try:
        kept = json.loads((data_dir / SERVERS).read_text())
        return {"database_url": str(kept["database_url"]), "redis_url": str(kept["redis_url"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def note_servers(data_dir: Path, *, database_url: str, redis_url: str) -> None:
    """Leave the addresses, which hold passwords, for commands of the same user (mode 0600)."""
    path, fresh = data_dir / SERVERS, data_dir / f"{SERVERS}.new"
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"database_url": database_url, "redis_url": redis_url}, file)
    fresh.rename(path)


def database(url: str) -> dict[str, Any]:
    """Turn a postgres:// URL into a Django database entry."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "rcm",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or 5432),
    }


def kept_secret(given: str, data_dir: Path) -> str:
    """The secret key: as given, or one made once and kept in the data folder (mode 0600)."""
    if given:
        return given
    path = data_dir / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        data_dir.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        return path.read_text()
