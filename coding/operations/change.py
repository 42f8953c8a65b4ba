"""Writing new codes on locked cases: rows, decisions on what was proposed, the version, the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from coding.domain.changes import told
from coding.domain.codes import CaseCodes, to_data
from coding.domain.suggestions import Decision, Verdict
from coding.models import CaseDiagnosis, CaseProcedure, CaseVersion, CodingCase, Suggestion
from coding.queries import CODING_WORK, codes_of, expected_amounts
from compliance.models import User
from compliance.operations import Event, record_events
from worklist.operations import price_items


@dataclass(frozen=True, slots=True)
class Change:
    """What a locked case shall become: its codes, and a verdict on each of its proposals in their order."""

    case: CodingCase
    codes: CaseCodes
    verdicts: Sequence[Verdict]
    undo_to: int | None  # the revision that undoing this goes back to
    says: str = ""  # default: told from the codes

    @property
    def decided(self) -> list[tuple[Suggestion, Verdict]]:
        """The proposals on which something new is said."""
        pairs = zip(self.case.suggestions.all(), self.verdicts, strict=True)
        return [
            (each, verdict) for each, verdict in pairs if Verdict(Decision(each.decision), each.replaced_by) != verdict
        ]

    @property
    def bills_otherwise(self) -> bool:
        """Whether services or their units differ from what stands, and with them what the case is worth."""
        before = [(service.code, service.units) for service in codes_of(self.case).services]
        return before != [(service.code, service.units) for service in self.codes.services]

    @property
    def does_something(self) -> bool:
        """Whether codes or decisions differ from what stands."""
        return self.codes != codes_of(self.case) or bool(self.decided)


def store(changes: Sequence[Change], actor: User | None, now: datetime, *, verb: str = "case.coded") -> None:
    """Write the changes with their versions and the trail, in a fixed number of statements."""
    versions = [version for change in changes for version in _versions(change, actor, now)]
    _replace_rows([change for change in changes if change.codes != codes_of(change.case)])
    CaseVersion.objects.bulk_create(versions, ignore_conflicts=True)
    CodingCase.objects.filter(pk__in=[each.case.pk for each in changes]).update(revision=F("revision") + 1, coder=actor)
    for change in changes:
        change.case.revision, change.case.coder = change.case.revision + 1, actor
    decide(changes, actor, now)
    _price([change.case for change in changes if change.bills_otherwise])
    events = [
        Event.about(
            change.case,
            verb,
            patient_id=change.case.encounter.patient_id,
            detail={
                "diagnoses": list(change.codes.diagnoses),
                "procedures": [service.code for service in change.codes.services],
            },
        )
        for change in changes
    ]
    record_events(actor=actor, now=now, events=events)


def _price(cases: Sequence[CodingCase]) -> None:
    """Say in the queue what the cases are worth now, in two statements for each practice."""
    for practice_id in {case.practice_id for case in cases}:
        price_items(
            practice_id=practice_id,
            kinds=CODING_WORK,
            subject_type="coding.codingcase",
            amounts=expected_amounts([case.pk for case in cases if case.practice_id == practice_id]),
        )


def decide(changes: Sequence[Change], actor: User | None, now: datetime) -> None:
    """Keep what was decided about proposals, in one statement at most."""
    found = []
    for change in changes:
        for suggestion, verdict in change.decided:
            suggestion.decision, suggestion.replaced_by = verdict.decision, verdict.replaced_by
            suggestion.decided_by, suggestion.decided_at = actor, now
            found.append(suggestion)
    if found:
        Suggestion.objects.bulk_update(found, ["decision", "replaced_by", "decided_by", "decided_at"])


def _versions(change: Change, actor: User | None, now: datetime) -> list[CaseVersion]:
    """The case as it stood (kept already, but for the first change) and as it will stand."""
    case, before = change.case, codes_of(change.case)
    rows = list(case.suggestions.all())
    names = [suggestion.code for suggestion, verdict in change.decided if verdict.decision == "accepted"]
    says = change.says or told(before, change.codes) or f"{', '.join(names)} accepted"
    old = {str(row.pk): [row.decision, row.replaced_by] for row in rows}
    new = {
        str(row.pk): [verdict.decision, verdict.replaced_by] for row, verdict in zip(rows, change.verdicts, strict=True)
    }
    return [
        CaseVersion(
            practice_id=case.practice_id,
            case=case,
            revision=case.revision,
            codes=to_data(before),
            decisions=old,
            at=now,
        ),
        CaseVersion(
            practice_id=case.practice_id,
            case=case,
            revision=case.revision + 1,
            codes=to_data(change.codes),
            decisions=new,
            says=says[:80],
            by=actor,
            at=now,
            undo_to=change.undo_to,
        ),
    ]


def _replace_rows(changes: Sequence[Change]) -> None:
    if not changes:
        return
    ids = [change.case.pk for change in changes]
    CaseDiagnosis.objects.filter(case_id__in=ids).delete()
    CaseProcedure.objects.filter(case_id__in=ids).delete()
    CaseDiagnosis.objects.bulk_create(
        CaseDiagnosis(**_of(change), position=n, code=code)
        for change in changes
        for n, code in enumerate(change.codes.diagnoses, 1)
    )
    CaseProcedure.objects.bulk_create(
        CaseProcedure(
            **_of(change),
            position=n,
            code=service.code,
            modifiers=list(service.modifiers),
            units=service.units,
            pointers=list(service.pointers),
        )
        for change in changes
        for n, service in enumerate(change.codes.services, 1)
    )


def _of(change: Change) -> dict[str, Any]:
    return {"practice_id": change.case.practice_id, "case_id": change.case.pk}
