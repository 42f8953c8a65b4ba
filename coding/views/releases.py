"""The loaded releases of code sets, and what one of them changes for the practice."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from coding.domain.codefiles import KIND_LABELS
from coding.models import Release, ReleaseKind
from coding.queries import impact_of, loaded_kinds
from compliance.access import needs, record_views

SHOWN_CASES = 200


@require_GET
@needs("coding.read")
def release_list(request: HttpRequest) -> HttpResponse:
    """Every release by code set, the newest first, and the code sets that are not loaded."""
    today = timezone.localdate()
    order = list(KIND_LABELS)
    in_force = {release.pk for release in loaded_kinds(today).values()}
    releases = sorted(
        Release.objects.order_by("-effective_from", "-loaded_at"),
        key=lambda release: order.index(ReleaseKind(release.kind)),
    )
    loaded = {release.kind for release in releases}
    context = {
        "rows": [(release, release.pk in in_force) for release in releases],
        "missing": [(kind, label) for kind, label in KIND_LABELS.items() if kind not in loaded],
        "today": today,
    }
    return render(request, "coding/release_list.html", context)


@require_GET
@needs("coding.read")
def release_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one release changes, and the open cases that use what it deletes or changes."""
    release = Release.objects.filter(pk=pk).first()
    if release is None:
        raise Http404
    affected = impact_of(release)
    shown = affected[:SHOWN_CASES]
    subjects: list[tuple[int, str, int, int | None]] = [
        (each.case.practice_id, "coding.codingcase", each.case.pk, each.case.encounter.patient_id) for each in shown
    ]
    record_views(request, page="release", subjects=subjects)
    samples = release.changes.get("samples", {})
    context = {
        "release": release,
        "counts": [(how, release.changes[how]) for how in ("added", "changed", "deleted") if how in release.changes],
        "samples": [(how, samples[how]) for how in ("deleted", "changed", "added") if how in samples],
        "affected": shown,
        "found": len(affected),
        "today": timezone.localdate(),
    }
    return render(request, "coding/release_detail.html", context)
