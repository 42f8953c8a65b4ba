"""`diff A B`: what changed between the claims (or remittances, answers, ...) of two files, in words."""

from dataclasses import fields
from typing import Any

from edi.commands.streams import STDIN, Streams, Wrong
from edi.compare import differences
from edi.reading import read_facts

_KEYS = ("number", "trace", "trace_number", "traces", "reference")
_NOT_COMPARED = ("problem", "claim_batch")  # a claim is the same in another batch
Facts = dict[tuple[str, str, int], Any]


def diff(arguments: list[str], streams: Streams) -> int:
    """Print the differences; 0 when there are none.

    Claims are paired by their number. Two files of one claim each are compared whatever their numbers.
    """
    if len(arguments) != 2 or arguments == [STDIN, STDIN]:
        raise Wrong("usage: python -m edi diff A B")
    before, after = (_facts(each, streams) for each in arguments)
    if len(before) == len(after) == 1 and next(iter(before))[0] == next(iter(after))[0]:
        after = dict(zip(before, after.values(), strict=True))
    count = 0
    for key, old in before.items():
        new = after.get(key)
        lines = [f"  {each.says}" for each in differences(old, new)] if new else [f"  only in {arguments[0]}"]
        count += _print(key, lines, streams)
    for key in after.keys() - before.keys():
        count += _print(key, [f"  only in {arguments[1]}"], streams)
    return int(bool(count))


def _print(key: tuple[str, str, int], lines: list[str], streams: Streams) -> int:
    if lines:
        kind, name, place = key
        again = f" ({place + 1})" if place else ""
        streams.line(f"{kind.replace('_', ' ').capitalize()} {name}{again}".rstrip())
        for each in lines:
            streams.line(each)
    return len(lines)


def _facts(name: str, streams: Streams) -> Facts:
    found: Facts = {}
    with streams.reading(name) as stream:
        for kind, facts in read_facts(stream):
            if kind in _NOT_COMPARED:
                continue
            key = _key(facts)
            place = 0
            while (kind, key, place) in found:
                place += 1
            found[kind, key, place] = facts
    return found


def _key(facts: Any) -> str:
    names = {each.name for each in fields(facts)}
    return next((str(getattr(facts, each)) for each in _KEYS if each in names and getattr(facts, each)), "")
