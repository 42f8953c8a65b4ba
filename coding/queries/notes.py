"""What the engine reads: notes with what is known of their visits, and the code sets compiled for finding them."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q

from coding.models import Code, CodeSystem, CodingCase, ReleaseKind, Term
from coding.queries.releases import loaded_releases
from coding.suggestion.facts import INPATIENT, OUTPATIENT, NoteFacts
from coding.suggestion.knowledge import CodeRow, Knowledge, TermRow, compile_knowledge
from encounters.domain.age import age_on
from encounters.models import Encounter

READ = (  # the table of drugs leads from every medicine to its poisoning, so it stays aside
    ReleaseKind.ICD10CM,
    ReleaseKind.ICD10CM_TABULAR,
    ReleaseKind.ICD10CM_INDEX,
    ReleaseKind.ICD10CM_NEOPLASM,
    ReleaseKind.ICD10CM_EXTERNAL,
)
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
            setting=INPATIENT if case.encounter.is_stay else OUTPATIENT,
            service_date=case.encounter.service_date,
            is_new=not case.seen_before,
            place_of_service=case.encounter.location.place_of_service,
            specialty=case.encounter.provider.specialty,
        )
        for case in cases
    }


def knowledge_on(days: Iterable[date]) -> dict[date, Knowledge]:
    """For each day of service its diagnosis codes and the words that lead to them, compiled for finding them in notes.

    One query; compiled once in a process for each set of releases, and again after one was loaded.
    """
    releases = loaded_releases(*READ)
    return {
        day: _compiled(frozenset(pk for kind in READ if (pk := releases.on(kind, day)) is not None))
        for day in set(days)
    }


@lru_cache(maxsize=2)  # this year's codes, and last year's for visits that come late
def _compiled(releases: frozenset[int]) -> Knowledge:
    """Some seconds and some 100 MB for the whole of ICD-10-CM."""
    codes = Code.objects.filter(release__in=releases, system=CodeSystem.ICD10CM).order_by("code")
    terms = Term.objects.filter(release__in=releases).exclude(code="").order_by("pk")
    columns = ("code", "wording", "billable", "parent", "notes")
    return compile_knowledge(
        (CodeRow(*row) for row in codes.values_list(*columns).iterator(chunk_size=5000)),
        (TermRow(*row) for row in terms.values_list("text", "code", "kind").iterator(chunk_size=5000)),
    )
