"""Putting what the engine found on cases that nobody has coded yet."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from django.db import transaction

from coding.domain.codes import MAX_DIAGNOSES, MAX_LINES, MAX_MODIFIERS, MAX_POINTERS, MAX_UNITS, CaseCodes, Service
from coding.domain.suggestions import Decision, Verdict
from coding.models import CodeSystem, CodingCase, Suggestion
from coding.operations.cases import locked
from coding.operations.change import Change, store
from coding.operations.outcome import Outcome
from coding.queries import codes_of
from coding.suggestion.facts import Suggested, Suggestions


@transaction.atomic
def propose_codes(
    *, found: Mapping[int, Suggestions], engine_version: str, learned_version: int | None, now: datetime
) -> list[CodingCase]:
    """Keep what was found for each case, and fill the codes of those that are empty and open with it.

    A case that somebody has begun keeps its codes; what was found stands beside them. Proposing for a case a second
    time changes nothing. A fixed number of statements for any number of cases; returns those that were filled.
    """
    cases = [case for case in locked(found, Outcome()) if case.suggested_at is None]
    Suggestion.objects.bulk_create(
        row
        for case in cases
        for row in _rows(case, found[case.pk], engine_version=engine_version, learned_version=learned_version)
    )
    for case in cases:
        case.suggested_at = now
        case.lowest_confidence = min((one.confidence for one in _all(found[case.pk])), default=None)
    CodingCase.objects.bulk_update(cases, ["suggested_at", "lowest_confidence"])
    empty = [case for case in _again(cases) if codes_of(case) == CaseCodes()]
    changes = [_filled(case, found[case.pk]) for case in empty]
    changes = [change for change in changes if change.codes != CaseCodes()]
    if changes:
        store(changes, None, now, verb="case.suggested")
    return [change.case for change in changes]


def _again(cases: Sequence[CodingCase]) -> list[CodingCase]:
    """The same cases with the rows just written."""
    return locked([case.pk for case in cases], Outcome()) if cases else []


def _all(found: Suggestions) -> Iterator[Suggested]:
    return chain(found.diagnoses, found.procedures)


def _filled(case: CodingCase, found: Suggestions) -> Change:
    """The case with every code proposed, as far as a claim can carry them; nothing is decided by it."""
    diagnoses = tuple(dict.fromkeys(one.code for one in found.diagnoses))[:MAX_DIAGNOSES]
    codes = CaseCodes(diagnoses, tuple(_service(one, found, diagnoses) for one in found.procedures[:MAX_LINES]))
    kept = [Verdict(Decision(row.decision), row.replaced_by) for row in case.suggestions.all()]
    return Change(case, codes, kept, None, "filled in from the note")


def _service(one: Suggested, found: Suggestions, diagnoses: Sequence[str]) -> Service:
    pointed = [found.diagnoses[p - 1].code for p in one.pointers if 1 <= p <= len(found.diagnoses)]
    pointers = tuple(diagnoses.index(code) + 1 for code in dict.fromkeys(pointed) if code in diagnoses)
    return Service(
        code=one.code,
        modifiers=tuple(one.modifiers[:MAX_MODIFIERS]),
        units=max(1, min(one.units, MAX_UNITS)),
        pointers=pointers[:MAX_POINTERS],
    )


def _rows(
    case: CodingCase, found: Suggestions, *, engine_version: str, learned_version: int | None
) -> Iterator[Suggestion]:
    for group, withheld in ((found.diagnoses, False), (found.procedures, False), (found.withheld, True)):
        for position, one in enumerate(group, 1):
            yield Suggestion(
                practice_id=case.practice_id,
                case=case,
                system=CodeSystem(one.system),
                code=one.code,
                position=position,
                confidence=one.confidence,
                spans=[list(span) for span in one.spans],
                reason=one.reason[:400],
                modifiers=list(one.modifiers),
                units=one.units,
                pointers=list(one.pointers),
                withheld=withheld,
                engine_version=engine_version,
                learned_version=learned_version,
            )
