"""Coverage determinations on some procedures and diagnoses, and whose they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q

from coding.domain.edit_tables import Determination, EditTables
from coding.domain.edits.code_notes import ancestors
from coding.models import CoveragePolicy, Gpci, ReleaseKind
from coding.queries.codes import wordings
from coding.queries.releases import Releases

COVERED, EXCLUDED = "covered", "excluded"
Found = Mapping[str, tuple[Determination, ...]]  # by procedure


def determinations(
    procedures: Collection[str], diagnoses: Iterable[str], days: Iterable[date], releases: Releases
) -> dict[date, Found]:
    """What holds on each day for these procedures, with whatever is said of these diagnoses; one query at most."""
    held = {day: releases.on(ReleaseKind.COVERAGE, day) for day in days}
    family = {one for code in diagnoses for one in ancestors(code)}
    rows = (
        CoveragePolicy.objects.filter(release__in={pk for pk in held.values() if pk}, procedure__in=procedures)
        .values("release_id", "procedure", "policy", "contractor", "effective_from", "effective_to")
        .annotate(
            titles=ArrayAgg("title", distinct=True),
            covers=Count("pk", filter=Q(rule=COVERED)),
            covered=ArrayAgg("diagnosis", filter=Q(rule=COVERED, diagnosis__in=family), default=[]),
            excluded=ArrayAgg("diagnosis", filter=Q(rule=EXCLUDED, diagnosis__in=family), default=[]),
        )
        .order_by("procedure", "policy", "contractor")
    )
    found = list(rows)
    return {day: _on(day, [row for row in found if row["release_id"] == held[day]]) for day in held}


def _on(day: date, rows: Sequence[Mapping[str, Any]]) -> Found:
    """The rows in force on a day, brought together by procedure and policy."""
    together: defaultdict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        begins, ends = row["effective_from"], row["effective_to"]
        if (begins is None or begins <= day) and (ends is None or day <= ends):
            together[row["procedure"], row["policy"]].append(row)
    found: defaultdict[str, tuple[Determination, ...]] = defaultdict(tuple)
    for (procedure, policy), of in together.items():
        contractors = frozenset(row["contractor"] for row in of)
        found[procedure] += (
            Determination(
                policy=policy,
                title=of[0]["titles"][0],
                contractors=frozenset() if "" in contractors else contractors,
                covers_some=any(row["covers"] for row in of),
                covered=frozenset(code for row in of for code in row["covered"]),
                excluded=frozenset(code for row in of for code in row["excluded"]),
            ),
        )
    return dict(found)


def contractors_in(
    states: Collection[str], tables: Mapping[date, EditTables], releases: Releases
) -> dict[str, frozenset[str]]:
    """Medicare's contractors of each state by the loaded cost indices; asked only when a determination names one."""
    found = (one for of in tables.values() for each in of.determinations.values() for one in each)
    if not any(one.contractors for one in found):
        return {}
    held = {pk for day in tables if (pk := releases.on(ReleaseKind.GPCI, day))}
    rows: defaultdict[str, set[str]] = defaultdict(set)
    for state, contractor in Gpci.objects.filter(release__in=held, state__in=states).values_list("state", "contractor"):
        rows[state].add(contractor)
    return {state: frozenset(contractors) for state, contractors in rows.items()}


@dataclass(frozen=True)
class Listed:
    """A diagnosis that a determination names; a heading stands for all below it."""

    code: str
    wording: str
    is_excluded: bool
    contractors: str


@dataclass(frozen=True)
class PolicyPage:
    """A determination on a procedure as it holds on a day, with the diagnoses that the search left."""

    policy: str
    title: str
    procedure: str
    procedure_wording: str
    covered: int
    excluded: int
    found: Sequence[Listed]


def policy_page(policy: str, procedure: str, day: date, text: str = "") -> PolicyPage | None:
    """What a determination says of a procedure, in two queries; `text` is a code's beginning, or words of diagnoses."""
    in_force = (Q(effective_from=None) | Q(effective_from__lte=day)) & (Q(effective_to=None) | Q(effective_to__gte=day))
    rows = CoveragePolicy.objects.on(day).filter(in_force, policy=policy, procedure=procedure)
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    title = ""
    for code, rule, contractor, named_title in rows.values_list("diagnosis", "rule", "contractor", "title"):
        named[code, rule].add(contractor)
        title = title or named_title
    if not named:
        return None
    words = wordings({procedure, *(code for code, _ in named)}, day)
    listed = [
        Listed(code, words.get(code, ""), rule == EXCLUDED, ", ".join(sorted(contractors - {""})))
        for (code, rule), contractors in sorted(named.items())
    ]
    excluded = sum(one.is_excluded for one in listed)
    return PolicyPage(
        policy=policy,
        title=title,
        procedure=procedure,
        procedure_wording=words.get(procedure, ""),
        covered=len(listed) - excluded,
        excluded=excluded,
        found=[one for one in listed if _matches(one, text)],
    )


def _matches(one: Listed, text: str) -> bool:
    code, wording = one.code.replace(".", "").lower(), one.wording.lower()
    typed = text.replace(".", "").strip().lower()
    return code.startswith(typed) or typed.startswith(code) or all(word in wording for word in text.lower().split())
