"""Care that an earlier operation's payment covers. Source: CMS Claims Processing Manual, 12, 40 (global days)."""

from collections.abc import Iterator
from datetime import timedelta

from coding.domain.edits.facts import EarlierService, LineFacts, VisitFacts
from coding.domain.edits.findings import Family, Finding, Severity
from coding.domain.edits.telling import add_modifier, on_line
from coding.domain.edits.visit_levels import is_visit

DAYS_AFTER = {"010": 10, "090": 90}  # global days → days after the operation
APART = frozenset({"24", "25", "57"})
AGAIN = frozenset({"58", "78", "79"})


def visit_after_operation(facts: VisitFacts) -> Iterator[Finding]:
    """A visit within an operation's global period is part of it unless 24 says that it is about something else.

    Source: CMS Claims Processing Manual, 12, 40.1 and 40.2. The fix adds 24 when no diagnosis of the visit is the
    operation's.
    """
    for line in facts.lines:
        if not is_visit(line.code) or APART.intersection(line.modifiers):
            continue
        earlier = _covering(facts, line)
        if earlier is None:
            continue
        categories = {code[:3] for code in earlier.diagnoses}
        other = bool(categories) and bool(facts.pointed(line))
        other = other and not any(code[:3] in categories for code in facts.pointed(line))
        proof = "its diagnosis is another one" if other else "nothing shows that it is about something else"
        yield on_line(
            "BU03",
            Family.BUNDLING,
            line,
            "modifiers",
            f"{line.code} within global days",
            f"{earlier.code} of {earlier.service_date:%m/%d/%Y} covers visits like {line.code}; {proof}.",
            label="Add 24" if other else "Check note",
            fix=add_modifier(line, "24") if other else None,
            severity=Severity.WARN,
        )


def operation_after_operation(facts: VisitFacts) -> Iterator[Finding]:
    """Another operation within a global period says why: 58 planned, 78 complication, 79 unrelated.

    Source: CMS Claims Processing Manual, 12, 40.2.
    """
    for line in facts.lines:
        if facts.tables.of(line.code).global_days not in ("000", "010", "090") or AGAIN.intersection(line.modifiers):
            continue
        earlier = _covering(facts, line)
        if earlier:
            yield on_line(
                "BU04",
                Family.BUNDLING,
                line,
                "modifiers",
                f"{line.code} within global days",
                f"{earlier.code} of {earlier.service_date:%m/%d/%Y} is still in its global period: 58, 78 or 79?",
                severity=Severity.WARN,
            )


def _covering(facts: VisitFacts, line: LineFacts) -> EarlierService | None:
    """The latest operation by the same specialty whose global period holds the line's day."""
    for one in sorted(facts.earlier_services, key=lambda one: one.service_date, reverse=True):
        days = DAYS_AFTER.get(facts.tables.of(one.code).global_days)
        if days is None or one.specialty != facts.rendering.specialty:
            continue
        if one.service_date < line.service_date <= one.service_date + timedelta(days=days):
            return one
    return None


RULES = (visit_after_operation, operation_after_operation)
