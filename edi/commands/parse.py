"""`parse FILE`: one JSON line for each fact. Dates are ISO, money is a string, what is empty is left out."""

import json
from dataclasses import Field, fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from edi.commands.streams import Streams, Wrong
from edi.reading import read_facts

_AROUND = frozenset({"interchange", "group"})  # the envelopes, where they are only there for looking at
_FIELDS: dict[type, tuple[str, ...] | None] = {}


def parse(arguments: list[str], streams: Streams) -> int:
    """Print the facts of a file; 0 when all of it was read."""
    if len(arguments) != 1:
        raise Wrong("usage: python -m edi parse FILE")
    write = streams.stdout.write
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with streams.reading(arguments[0]) as stream:
        for kind, facts in read_facts(stream):
            write(encode({"kind": kind, **as_json(facts)}) + "\n")
    return 0


def as_json(facts: Any) -> Any:
    """Dataclasses as JSON shapes, without what is empty or only there for looking at."""
    if isinstance(facts, str):
        return facts
    if isinstance(facts, Decimal):
        return f"{facts:f}"
    if isinstance(facts, tuple):
        return [as_json(each) for each in facts]
    if isinstance(facts, date | time):
        return facts.isoformat()
    names = _names(type(facts))
    if names is None:
        return facts
    found = {}
    for name in names:
        value = getattr(facts, name)
        if value is not None and value != "" and value != ():
            found[name] = as_json(value)
    return found


def _names(kind: type) -> tuple[str, ...] | None:
    """The fields to print, None for what is no dataclass."""
    if kind not in _FIELDS:
        shown = [each for each in fields(kind) if _is_shown(each)] if is_dataclass(kind) else None
        _FIELDS[kind] = None if shown is None else tuple(each.name for each in shown)
    return _FIELDS[kind]


def _is_shown(field: Field[Any]) -> bool:
    return field.name != "raw" and (field.compare or field.name not in _AROUND)
