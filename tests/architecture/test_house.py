"""The house's own rules that no linter knows: no float, no clock, no vague names, no inline code in pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("compliance", "ledger", "worklist", "encounters", "coding", "claims", "payments", "denials", "reports")
PRODUCT = ("edi", "pages", *APPS, "rcm")
VAGUE = {"utils", "common", "helpers", "services", "signals", "constants", "misc", "util", "helper", "managers"}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("time", "time"),
    ("time", "monotonic"),
}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def modules(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    assert found
    return sorted(found)


def layer(name: str) -> list[Path]:
    """Every module of this layer: the package or the single file, in every app."""
    return [path for path in modules(*APPS) if name in {*path.parent.parts, path.stem}]


def exact() -> list[Path]:
    """Where every number is exact."""
    return [*layer("domain"), *modules("ledger", "edi")]


def timeless() -> list[Path]:
    """Where time comes in as a parameter: everywhere but where people and the clock do, as in edi's command line."""
    codec = [each for each in modules("edi") if "commands" not in each.parts]
    return [*layer("domain"), *layer("operations"), *layer("stages"), *layer("queries"), *codec]


def said(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def floats(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float()) | ast.Name(id="float") | ast.Attribute(attr="FloatField"):
                yield node


def clocks(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            if (owner, node.attr) in CLOCKS:
                yield node
        elif isinstance(node, ast.ImportFrom) and node.module == "django.db.models.functions":
            yield from (node for name in node.names if name.name == "Now")


def test_the_searches_find_what_they_look_for() -> None:
    """Controls: each search sees a planted fault."""
    assert len(list(floats(ast.parse("a: float = 0.5")))) == 2
    assert list(floats(ast.parse("a = Decimal('0.5') + 1"))) == []
    planted = "datetime.now()\ndate.today()\ndjango.utils.timezone.now()\ntime.time()\nfrom datetime import now"
    assert len(list(clocks(ast.parse(planted)))) == 4
    assert list(clocks(ast.parse("def f(now, today): return now.date()"))) == []
    assert {path.name for path in layer("stages")} >= {"stages.py"}


def test_no_float_where_money_is() -> None:
    assert [said(path, node) for path in exact() for node in floats(ast.parse(path.read_text()))] == []


def test_no_clock_where_time_comes_in() -> None:
    assert [said(path, node) for path in timeless() for node in clocks(ast.parse(path.read_text()))] == []


def test_no_module_is_named_for_nothing() -> None:
    names = [path for path in modules(*PRODUCT, "payersim", "tests") if {path.stem, path.parent.name} & VAGUE]
    assert names == []


def test_pages_have_no_inline_code_or_style() -> None:
    forbidden = re.compile(
        r"<style\b|\sstyle\s*=|<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=|\shx-on\b|hx-vals\s*=\s*['\"]js:|javascript:",
        re.IGNORECASE,
    )
    for planted in ("<p style='x'>", "<script>", "<a onclick='x'>", "<b hx-on:click='x'>", "<a href='javascript:x'>"):
        assert forbidden.search(planted)
    assert not forbidden.search('<script type="module" src="a.js"></script><p class="style on">')
    assert len(TEMPLATES) > 20
    found = {
        f"{path.relative_to(ROOT)}: {match.group().strip()}"
        for path in TEMPLATES
        for match in forbidden.finditer(path.read_text())
    }
    assert found == set()


def test_pages_never_switch_escaping_off() -> None:
    off = re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off")
    assert off.search("{{ a|safe }}")
    assert [str(path.relative_to(ROOT)) for path in TEMPLATES if off.search(path.read_text())] == []


@pytest.mark.parametrize("app", APPS)
def test_views_write_nothing_themselves(app: str) -> None:
    """Views, forms and API go through operations: none saves or creates a row."""
    writes = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update"}
    found = [
        f"{path.relative_to(ROOT)} {node.attr}"
        for path in modules(app)
        if {"views", "api", "forms"} & {*path.parent.parts, path.stem}
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in writes
    ]
    assert found == []
