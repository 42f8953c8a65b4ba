"""Finding codes: from what a coder types to the codes of a day of service.

The index of each code system is built when codes are loaded (coding/operations/search.py), kept in the database, and
read once by each process. One that is missing is built where it is needed, in some seconds.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256

from coding.lexicon import FORMAT, Index, Source, Text, build, from_bytes, search_all
from coding.models import Code, CodeSystem, ReleaseKind, SearchIndex, Term
from coding.queries.releases import Releases, loaded_releases

# The systems that are searched, with the kinds of release whose words lead to their codes.
SEARCHED: dict[CodeSystem, tuple[ReleaseKind, ...]] = {
    CodeSystem.ICD10CM: (
        ReleaseKind.ICD10CM,
        ReleaseKind.ICD10CM_TABULAR,
        ReleaseKind.ICD10CM_INDEX,
        ReleaseKind.ICD10CM_NEOPLASM,
        ReleaseKind.ICD10CM_DRUG,
        ReleaseKind.ICD10CM_EXTERNAL,
    ),
    CodeSystem.CPT: (ReleaseKind.CPT,),
    CodeSystem.HCPCS: (ReleaseKind.HCPCS,),
    CodeSystem.ICD10PCS: (ReleaseKind.ICD10PCS,),
}
KINDS = tuple(kind for kinds in SEARCHED.values() for kind in kinds)
LED_BY_NOTES = ("inclusion_terms", "includes")
HEADINGS_PER_CODE = 3  # how many more hits are looked at when headings are not wanted

Held = tuple[int, ...]  # the releases that hold together, by key


def search_codes(
    text: str,
    *,
    day: date,
    systems: Sequence[CodeSystem] = (),
    limit: int = 12,
    favourites: Mapping[str, float] | None = None,
    headings: bool = False,
) -> list[Code]:
    """The codes of a day that fit best, best first: a code's beginning, or words in any order, short or misspelled.

    `favourites` lift codes that the coder uses (favourites_of). Headings, which are not billed, come only when asked
    for. Two queries, besides the indexes that this process has not read yet.
    """
    releases = loaded_releases(*KINDS)
    held = {system: releases_of(system, releases, day) for system in systems or SEARCHED}
    indexes = {system.value: _index(system, pks) for system, pks in held.items() if pks}
    wanted = limit if headings else limit * HEADINGS_PER_CODE
    hits = search_all(indexes, text, limit=wanted, favourites=favourites)
    hits = [(system, hit) for system, hit in hits if headings or hit.billable][:limit]
    rows = Code.objects.filter(
        release__in={pk for pks in held.values() for pk in pks}, code__in={hit.code for _, hit in hits}
    ).defer("notes")
    found = {(row.system, row.code): row for row in rows} if hits else {}
    return [found[system, hit.code] for system, hit in hits if (system, hit.code) in found]


def releases_of(system: CodeSystem, releases: Releases, day: date) -> Held:
    """The releases whose words lead to a system's codes on a day; none when the system has no codes then."""
    codes, *others = SEARCHED[system]
    first = releases.on(codes, day)
    if first is None:
        return ()
    return (first, *filter(None, (releases.on(kind, day) for kind in others)))


def index_key(held: Held) -> str:
    """Under which key the index of these releases is kept. A release that is loaded anew has a new key itself."""
    return sha256(repr((FORMAT, held)).encode()).hexdigest()


def build_index(system: CodeSystem, held: Held) -> Index:
    """Index the codes of a system with every text that leads to them, from the database."""
    codes = Code.objects.filter(release__in=held, system=system)
    return build(codes.values_list("code", "billable"), _texts(system, held))


def _texts(system: CodeSystem, held: Held) -> Iterator[Text]:
    """Wordings, the tabular list's own terms, and the entries of the indexes with their optional words."""
    codes = Code.objects.filter(release__in=held, system=system)
    for code, wording, notes in codes.values_list("code", "wording", "notes").iterator(chunk_size=5_000):
        yield Text(code, wording)
        for name in LED_BY_NOTES:
            yield from (Text(code, term, Source.INCLUSION) for term in notes.get(name, ()))
    terms = Term.objects.filter(release__in=held, system=system).exclude(code="")
    for code, text, optional in terms.values_list("code", "text", "optional").iterator(chunk_size=5_000):
        yield Text(code, f"{text} {optional}" if optional else text, Source.INDEX)


@lru_cache(maxsize=8)  # four systems, and those of the release before or after
def _index(system: CodeSystem, held: Held) -> Index:
    kept = SearchIndex.objects.filter(system=system, key=index_key(held)).values_list("data", flat=True).first()
    return (build_index(system, held) if kept is None else from_bytes(bytes(kept))).warm()
