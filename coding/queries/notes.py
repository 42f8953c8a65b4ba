"""What the engine reads: notes with what is known of their visits, and the code sets compiled for finding them."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q

from coding.domain.codefiles import ReleaseKind
from coding.models import Code, CodeSystem, CodingCase
from coding.queries.releases import loaded_releases
from coding.suggestion.facts import NoteFacts
from coding.suggestion.knowledge import CodeRow, Knowledge, compile_knowledge
from encounters.domain.age import age_on
from encounters.models import Encounter

NEW_AFTER = timedelta(days=3 * 365)  # a patient nobody of the specialty saw for three years is new: CPT, E/M guidelines


def note_facts(case_ids: Iterable[int]) -> dict[int, NoteFacts]:
    """The note of each case with the facts of its visit, in one query."""
    earlier = Encounter.objects.filter(
        patient_id=OuterRef("encounter__patient_id"),
        provider__specialty=OuterRef("encounter__provider__specialty"),
        service_date__lt=OuterRef("encounter__service_date"),
        service_date__gte=OuterRef("encounter__service_date") - NEW_AFTER,
    ).filter(~Q(pk=OuterRef("encounter_id")))
    cases = (
        CodingCase.objects.filter(pk__in=list(case_ids))
        .select_related("encounter__patient", "encounter__provider", "encounter__location")
        .annotate(seen_before=Exists(earlier))
    )
    return {
        case.pk: NoteFacts(
            text=case.encounter.note,
            sex=case.encounter.patient.sex,
            age=age_on(case.encounter.service_date, case.encounter.patient.birth_date),
            service_date=case.encounter.service_date,
            is_new=not case.seen_before,
            place_of_service=case.encounter.location.place_of_service,
            specialty=case.encounter.provider.specialty,
        )
        for case in cases
    }


def knowledge_on(days: Iterable[date]) -> dict[date, Knowledge]:
    """The diagnosis codes in force on each day, compiled for finding them in notes: once in a process for a release."""
    releases = loaded_releases(ReleaseKind.ICD10CM)
    return {day: _compiled(releases.on(ReleaseKind.ICD10CM, day)) for day in set(days)}


@lru_cache(maxsize=2)
def _compiled(release: int | None) -> Knowledge:
    """Some seconds and some 100 MB for the whole of ICD-10-CM."""
    columns = ("code", "wording", "billable", "parent", "notes")
    rows = Code.objects.filter(release=release, system=CodeSystem.ICD10CM).order_by("code").values_list(*columns)
    return compile_knowledge((CodeRow(*row) for row in rows.iterator(chunk_size=5000)), ())
