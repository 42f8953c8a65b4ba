"""What a person did to the codes of a visit, in a few words."""

from collections.abc import Iterator

from coding.domain.codes import CaseCodes, Service


def told(before: CaseCodes, after: CaseCodes) -> str:
    """Each code that came, went or changed: "E11.65 dropped, 20610 added". Empty when nothing did."""
    return ", ".join([*_came_and_went(before, after), *_first(before, after), *_changed(before, after)])


def _came_and_went(before: CaseCodes, after: CaseCodes) -> Iterator[str]:
    old, new = ([*one.diagnoses, *(service.code for service in one.services)] for one in (before, after))
    for code in dict.fromkeys([*old, *new]):
        if old.count(code) != new.count(code):
            yield f"{code} {'dropped' if old.count(code) > new.count(code) else 'added'}"


def _first(before: CaseCodes, after: CaseCodes) -> Iterator[str]:
    if sorted(before.diagnoses) == sorted(after.diagnoses) and before.diagnoses != after.diagnoses:
        yield f"{after.diagnoses[0]} first" if before.diagnoses[0] != after.diagnoses[0] else "diagnoses reordered"


def _changed(before: CaseCodes, after: CaseCodes) -> Iterator[str]:
    """Lines whose fields changed; a pointer that only followed its diagnosis did not."""
    if [one.code for one in before.services] != [one.code for one in after.services]:
        return
    for old, new in zip(before.services, after.services, strict=True):
        followed = tuple(code for code in _pointed(before, old) if code in after.diagnoses)
        if (old.modifiers, old.units, followed) != (new.modifiers, new.units, _pointed(after, new)):
            yield f"{new.code} changed"


def _pointed(codes: CaseCodes, service: Service) -> tuple[str, ...]:
    return tuple(codes.diagnoses[p - 1] for p in service.pointers if 1 <= p <= len(codes.diagnoses))
