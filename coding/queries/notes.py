"""What the engine reads: notes with what is known of their visits, and the code sets compiled for finding them."""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from django.db.models import Count, Exists, Max, OuterRef, Q

from coding.models import Code, CodeSystem, CodingCase
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


def knowledge() -> Knowledge:
    """The diagnosis codes compiled for finding them in notes: once in a process, and again after codes were loaded."""
    rows = Code.objects.filter(system=CodeSystem.ICD10CM)
    loaded = rows.aggregate(last=Max("pk"), count=Count("pk"))
    return _compiled(loaded["last"], loaded["count"])


@lru_cache(maxsize=1)
def _compiled(last: int | None, count: int) -> Knowledge:
    """Some seconds and some 100 MB for the whole of ICD-10-CM. The parameters only say which load it was."""
    columns = ("code", "wording", "billable", "parent", "notes")
    rows = Code.objects.filter(system=CodeSystem.ICD10CM).order_by("code").values_list(*columns)
    return compile_knowledge((CodeRow(*row) for row in rows.iterator(chunk_size=5000)), ())
