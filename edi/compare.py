"""What changed between two facts of one kind, in words: two versions of a claim, two answers to an inquiry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

_LEFT_OUT = frozenset({"problems"})
_COUNTS = frozenset({"units", "quantity", "billed_units", "drg_weight", "discharge_fraction", "percent", "weight"})
_WORDS = {"id": "id", "npi": "NPI", "ndc": "NDC", "drg": "DRG", "clia": "CLIA", "epsdt": "EPSDT"}
_IDENTITY = ("number", "qualifier", "kind", "group", "payer_id", "entity", "code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not the same. `where` names it ("Line 2: charge"); an absent value is an empty string."""

    where: str
    before: str
    after: str

    @property
    def says(self) -> str:
        """One sentence without its full stop."""
        if not self.before:
            return f"{self.where} is new: {self.after}"
        if not self.after:
            return f"{self.where} is gone: {self.before}"
        return f"{self.where} changed from {self.before} to {self.after}"


def differences(before: object, after: object) -> list[Difference]:
    """What is not the same in two dataclasses of one kind, in the order of their fields.

    Fields that don't take part in equality (raw text, places in the file) are left out.
    """
    return list(_of_facts("", before, after))


def _of_facts(where: str, before: Any, after: Any) -> Iterator[Difference]:
    for each in _compared(before):
        name = f"{where}: {_label(each.name)}" if where else _capital(_label(each.name))
        yield from _of_values(name, each.name, getattr(before, each.name), getattr(after, each.name))


def _of_values(where: str, field: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, tuple) and isinstance(after, tuple):
        yield from _of_many(where, field, before, after)
    elif is_dataclass(before) and type(before) is type(after):
        yield from _of_facts(where, before, after)
    else:
        yield Difference(where=where, before=_shown(before, field), after=_shown(after, field))


def _of_many(where: str, field: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    """Items are paired where they are equal, then by their number or qualifier, then by their place."""
    one = _singular(where)
    matcher = SequenceMatcher(None, [_key(each) for each in before], [_key(each) for each in after], autojunk=False)
    for _, start, stop, begin, end in matcher.get_opcodes():
        left, right = list(before[start:stop]), list(after[begin:end])
        paired = min(len(left), len(right))
        for at in range(paired):
            yield from _of_values(_named(one, left[at], start + at), field, left[at], right[at])
        for at, gone in enumerate(left[paired:], start + paired):
            yield Difference(where=_named(one, gone, at), before=_shown(gone, field), after="")
        for at, fresh in enumerate(right[paired:], begin + paired):
            yield Difference(where=_named(one, fresh, at), before="", after=_shown(fresh, field))


def _key(item: Any) -> str:
    if not is_dataclass(item):
        return repr(item)
    found = next((name for name in _IDENTITY if hasattr(item, name)), "")
    return f"{found}={getattr(item, found)!r}" if found else repr(item)


def _named(one: str, item: Any, place: int) -> str:
    number = getattr(item, "number", None)
    return f"{one} {number if isinstance(number, int) else place + 1}"


def _compared(facts: Any) -> Iterable[Field[Any]]:
    return [each for each in fields(facts) if each.compare and each.name not in _LEFT_OUT]


def _label(name: str) -> str:
    return " ".join(_WORDS.get(each, each) for each in name.split("_"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _singular(where: str) -> str:
    if where.lower().endswith("diagnoses"):
        return where[:-2] + "is"
    if where.endswith("ies"):
        return where[:-3] + "y"
    return where.removesuffix("s")


def _shown(value: Any, field: str) -> str:
    match value:
        case None | "" | ():
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value.normalize():f}" if field in _COUNTS else f"${value:,.2f}"
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(_shown(each, field) for each in value)
        case _ if is_dataclass(value):
            parts = ((each.name, _shown(getattr(value, each.name), each.name)) for each in _compared(value))
            return ", ".join(f"{_label(name)} {text}" for name, text in parts if text and text != "no")
        case _:
            return str(value)
