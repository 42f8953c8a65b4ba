"""Whom a new release concerns: our open cases that use codes it deletes or changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from coding.domain.status import CaseStatus
from coding.models import CaseDiagnosis, CaseProcedure, Code, CodingCase, Release
from coding.queries.codes import known_on
from coding.queries.retired import CLINICAL, KINDS


@dataclass(frozen=True)
class Affected:
    """A code of an open case that is not what it was. `says` is the change in one sentence, `deleted` the worst one."""

    case: CodingCase
    code: str
    deleted: bool
    says: str


def release_before(release: Release) -> Release | None:
    """The release of the same kind that held until this one began."""
    earlier = Release.objects.filter(kind=release.kind, effective_from__lt=release.effective_from)
    return earlier.order_by("-effective_from", "-loaded_at").first()


def impact_of(release: Release) -> list[Affected]:
    """Codes on open cases with a day of service under this release that it deletes or changes, deleted ones first.

    Cases of the practices in scope, in a fixed number of queries.
    """
    before = release_before(release) if release.kind in KINDS else None
    if before is None:
        return []
    used = [*_used(CaseDiagnosis.objects.all(), release, before), *_used(CaseProcedure.objects.all(), release, before)]
    codes = {code for _, code in used}
    if not codes:
        return []
    cases = CodingCase.objects.select_related("encounter__patient", "encounter__provider", "practice").in_bulk(
        {case for case, _ in used}
    )
    old, new = (dict(_wordings(each, codes)) for each in (before, release))
    known = known_on(release.effective_from, codes)
    found = [
        Affected(cases[case], code, code not in new, _says(code, old, new, known[code].use)) for case, code in used
    ]
    return sorted(found, key=lambda each: (not each.deleted, each.case.encounter.service_date, each.case.pk, each.code))


def _used(
    rows: QuerySet[CaseDiagnosis] | QuerySet[CaseProcedure], release: Release, before: Release
) -> Iterable[tuple[int, str]]:
    """Open case and code, where the code stands in the release before and not the same in this one."""
    same = Code.objects.filter(
        release=release,
        system=OuterRef("system"),
        code=OuterRef("code"),
        billable=OuterRef("billable"),
        wording=OuterRef("wording"),
    )
    changed = Code.objects.filter(~Exists(same), release=before, system__in=CLINICAL, code=OuterRef("code"))
    held = Q(case__encounter__service_date__gte=release.effective_from)
    if release.effective_to:
        held &= Q(case__encounter__service_date__lte=release.effective_to)
    return rows.filter(held, Exists(changed), case__status=CaseStatus.OPEN).values_list("case_id", "code").distinct()


def _wordings(release: Release, codes: Iterable[str]) -> Iterable[tuple[str, tuple[str, bool]]]:
    rows = Code.objects.filter(release=release, system__in=CLINICAL, code__in=codes)
    return ((code, (wording, billable)) for code, wording, billable in rows.values_list("code", "wording", "billable"))


def _says(code: str, old: dict[str, tuple[str, bool]], new: dict[str, tuple[str, bool]], use: tuple[str, ...]) -> str:
    if code not in new:
        return f"Deleted. Use {' or '.join(use[:4])}." if use else "Deleted. Look for the code that took its place."
    if old[code][1] and not new[code][1]:
        return "Now only a heading. Choose the more specific code under it."
    return f"Now reads: {new[code][0]}"
