"""The bootstrap, copied beside requirements of its own, so that it works on an environment of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rcm.embedded import bootstrap
from rcm.embedded.fingerprint import ROOT, fingerprint


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "rcm" / "embedded").mkdir(parents=True)
    shutil.copy(bootstrap.__file__, tmp_path / "rcm" / "embedded")
    (tmp_path / "requirements").mkdir()
    for name in ("uv.txt", "run.txt", "dev.txt"):
        (tmp_path / "requirements" / name).write_text(name)
    return tmp_path


def run(project: Path, code: str) -> str:
    """Run code in the project's bootstrap module, by the interpreter alone."""
    prelude = f"import sys; sys.path.insert(0, {str(project / 'rcm' / 'embedded')!r}); import bootstrap; "
    command = [sys.executable, "-S", "-c", prelude + code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_what_is_installed_is_not_installed_again(project: Path) -> None:
    (project / ".venv").mkdir()
    run(project, "open(bootstrap.stamp('run'), 'w').write(bootstrap.wanted('run'))")
    assert run(project, "print(bootstrap.installed('run'), bootstrap.installed('dev'))") == "True False\n"
    assert run(project, "sys.argv = ['', 'run']; bootstrap.main()") == ""


@pytest.mark.parametrize("name", ["uv.txt", "run.txt"])
def test_changed_requirements_are_installed(project: Path, name: str) -> None:
    (project / ".venv").mkdir()
    run(project, "open(bootstrap.stamp('run'), 'w').write(bootstrap.wanted('run'))")
    (project / "requirements" / name).write_text("changed")
    assert run(project, "print(bootstrap.installed('run'))") == "False\n"


def test_requirements_are_hashed_and_name_no_index() -> None:
    for name in ("uv.txt", "run.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text()
        assert "://" not in text
        assert "--index" not in text
        pins = text.count("==")
        assert pins > 0
        assert text.count(" \\\n    --hash") >= pins


def test_the_fingerprint_follows_sources_cluster_and_wish_for_a_demo(tmp_path: Path) -> None:
    for name in ("claims/__init__.py", "tests/__init__.py", "requirements/run.txt", "postgres/PG_VERSION"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1")
    cluster = tmp_path / "postgres"

    def now(*, demo: bool = True) -> str:
        return fingerprint(cluster, demo=demo, root=tmp_path)

    first = now()
    (tmp_path / "tests" / "__init__.py").write_text("12")
    assert now() == first
    assert now(demo=False) != first
    for name in ("claims/__init__.py", "requirements/run.txt", "postgres/PG_VERSION"):
        before = now()
        (tmp_path / name).write_text("123")
        assert now() != before
