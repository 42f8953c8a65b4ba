"""The table of every edit as docs/coding.md shows it, read from the rules themselves."""

import re
from collections import defaultdict

from coding.domain.checks import no_procedure, not_loaded
from coding.domain.edits import RULES, Rule
from coding.domain.edits.facts import CaseFacts
from coding.domain.edits.findings import Finding
from tests.coding.test_edits import CASES, EVERY_BAD_VISIT
from tests.coding.visits import visit

HEAD = "| code | family | severity | fix | what | source |\n|---|---|---|---|---|---|\n"
AT_CODING: tuple[Rule, ...] = (*RULES, no_procedure, not_loaded)


def edit_table() -> str:
    """One row for each code of a finding, in the order of the rules."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    rule_of: dict[str, Rule] = {}
    facts: list[CaseFacts] = [*EVERY_BAD_VISIT, *(good for _, _, _, good in CASES), visit(lines=())]
    for rule in AT_CODING:
        for one in facts:
            for finding in rule(one):
                found[finding.code].append(finding)
                assert rule_of.setdefault(finding.code, rule) is rule, f"{finding.code} comes from two rules"
    return HEAD + "".join(_row(code, findings, rule_of[code]) for code, findings in found.items())


def _row(code: str, findings: list[Finding], rule: Rule) -> str:
    what, source = _said(rule.__doc__ or "")
    severities = " or ".join(sorted({finding.severity.value for finding in findings}))
    fix = "yes" if any(finding.fix for finding in findings) else "–"
    return f"| {code} | {findings[0].family.value} | {severities} | {fix} | {what} | {source} |\n"


def _said(doc: str) -> tuple[str, str]:
    """What a rule demands and where that is written, from its docstring."""
    text = " ".join(doc.split())
    what, _, rest = text.partition("Source: ")
    source = re.split(r"\.(?:\s+(?=[A-Z][a-z]*\s)|$)", rest, maxsplit=1)[0]
    return re.split(r"\.\s+(?=[A-Z])", what.strip())[0].rstrip("."), source
