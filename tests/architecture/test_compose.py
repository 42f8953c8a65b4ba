"""docker-compose.yml keeps its promises: which services, how they are watched, no secret in the file."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
VOLUMES: dict[str, Any] = yaml.safe_load(TEXT)["volumes"]
PRODUCT = {"web", "worker", "beat", "payersim"}
SECRETS = {"RCM_OWNER_PASSWORD", "RCM_APP_PASSWORD", "REDIS_PASSWORD", "SECRET_KEY"}


def environment(service: str) -> dict[str, str]:
    return dict(SERVICES[service].get("environment", {}))


def test_the_services() -> None:
    assert set(SERVICES) == {"db", "redis", "migrate"} | PRODUCT
    assert SERVICES["db"]["image"].startswith("postgres:18")
    assert SERVICES["redis"]["image"].startswith("redis:")


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_has_a_health_check_and_comes_back(service: str) -> None:
    check = SERVICES[service]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout", "retries"} <= set(check)
    assert SERVICES[service]["restart"] == "unless-stopped"


def test_migrations_run_once_and_before_the_product() -> None:
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["depends_on"]["db"] == {"condition": "service_healthy"}
    for service in PRODUCT:
        waits = SERVICES[service]["depends_on"]
        assert waits["migrate"] == {"condition": "service_completed_successfully"}


def test_only_the_migrations_know_the_owner() -> None:
    assert environment("migrate")["OWNER_DATABASE_URL"].startswith("postgres://rcm_owner:")
    for service in PRODUCT:
        assert "OWNER" not in str(environment(service))
    for service in PRODUCT - {"payersim"}:
        assert environment(service)["DATABASE_URL"].startswith("postgres://rcm_app:")


def test_every_secret_must_be_given() -> None:
    used = set(re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)([^}]*)\}", TEXT))
    assert {name for name, _ in used} == SECRETS
    assert all(rest.startswith(":?") for _, rest in used)
    for name, value in re.findall(r"^ *(\w*(?:PASSWORD|SECRET|AUTH)\w*): *(.+)$", TEXT, re.MULTILINE):
        assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), name
    assert not re.search(r"://\w*:(?!\$\{)[^@\s]+@", TEXT)


def test_the_example_file_names_every_secret_and_gives_none() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    assert {name for name in given if not given[name]} == SECRETS


def test_what_must_last_is_on_named_volumes() -> None:
    mounts = {service: [m.split(":")[0] for m in SERVICES[service].get("volumes", [])] for service in SERVICES}
    assert mounts["db"] == ["database"]
    assert mounts["web"] == mounts["worker"] == ["data", "exchange"]
    assert "exchange" in mounts["payersim"]
    assert {name for names in mounts.values() for name in names} == set(VOLUMES)


def test_nothing_but_the_pages_is_reachable_from_outside() -> None:
    assert [service for service in SERVICES if "ports" in SERVICES[service]] == ["web"]
    assert SERVICES["web"]["ports"] == ["${LISTEN:-127.0.0.1}:${PORT:-8000}:8000"]


def test_the_image_runs_as_an_ordinary_user_from_hashed_requirements() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER rcm$", dockerfile, re.MULTILINE)
    assert dockerfile.count("--require-hashes") == 2
