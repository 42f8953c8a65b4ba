"""Keeps what the facts don't name when one of them is changed: a three-way merge of segments.

A claim that was read from a file and is written again differs from its text in two ways: by what somebody changed,
and by everything that our facts don't hold (a K3, a second NTE, an element nobody uses). The merge takes the first
and leaves out the second: `raw` is what stood in the file, `before` is what our writer makes of the facts as read,
`after` what it makes of them now. Where `before` and `after` agree, `raw` stays as it is, byte for byte.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from edi.segments import DEFAULT_DELIMITERS, Delimiters

Parts = Sequence[str]  # a segment split at its element separator, its id first
Placed = tuple[int | None, list[str]]  # which segment of `raw` it was (None: a new one), and its elements now

_BY_QUALIFIER = frozenset(
    {"AMT", "CRC", "DTM", "DTP", "HI", "HL", "LX", "N1", "NM1", "NTE", "PER", "PRV", "PWK", "QTY", "REF"}
)


def merged(
    raw: str, before: Sequence[Parts], after: Sequence[Parts], delimiters: Delimiters = DEFAULT_DELIMITERS
) -> str:
    """The text of `raw` with the changes from `before` to `after`, terminators included, without line breaks."""
    segments = [each.split(delimiters.element) for each in raw.split(delimiters.segment) if each]
    placed = merge(segments, before, after, component=delimiters.component)
    return "".join([delimiters.element.join(parts) + delimiters.segment for _, parts in placed])


def merge(raw: Sequence[Parts], before: Sequence[Parts], after: Sequence[Parts], *, component: str) -> list[Placed]:
    """The same on segments that are split already."""
    home = dict(_pairs(before, raw))
    came = {new: old for old, new in _pairs(before, after)}
    gone = {home[old] for old in set(range(len(before))) - set(came.values()) if old in home}
    follows: dict[int, list[Placed]] = {}  # new segments, by the segment of `raw` that they stand behind
    patched: dict[int, list[str]] = {}
    anchor = -1
    for new, parts in enumerate(after):
        old = came.get(new)
        place = home.get(old) if old is not None else None
        if old is not None and place is not None:
            patched[place] = _patch(raw[place], before[old], parts, component)
            anchor = place
        elif old is None or list(before[old]) != list(parts):
            follows.setdefault(anchor, []).append((None, list(parts)))
    found = list(follows.get(-1, ()))
    for place, parts in enumerate(raw):
        if place not in gone:
            found.append((place, patched.get(place, list(parts))))
        found += follows.get(place, ())
    return found


def _pairs(left: Sequence[Parts], right: Sequence[Parts]) -> Iterator[tuple[int, int]]:
    """Which segment of one side is which of the other: the same text first, then the same kind between those."""
    texts = SequenceMatcher(None, [tuple(each) for each in left], [tuple(each) for each in right], autojunk=False)
    free_left: list[int] = []
    free_right: list[int] = []
    for tag, start, stop, begin, end in texts.get_opcodes():
        if tag == "equal":
            yield from zip(range(start, stop), range(begin, end), strict=True)
        else:
            kinds = SequenceMatcher(None, _kinds(left[start:stop]), _kinds(right[begin:end]), autojunk=False)
            for each, from_left, to_left, from_right, to_right in kinds.get_opcodes():
                if each == "equal":
                    places = range(start + from_left, start + to_left)
                    yield from zip(places, range(begin + from_right, begin + to_right), strict=True)
                else:
                    free_left += range(start + from_left, start + to_left)
                    free_right += range(begin + from_right, begin + to_right)
    yield from _out_of_order(left, right, free_left, free_right)


def _out_of_order(
    left: Sequence[Parts], right: Sequence[Parts], free_left: list[int], free_right: list[int]
) -> Iterator[tuple[int, int]]:
    """Segments of one kind that the two sides have in different places: senders order REF and DTP as they like."""
    waiting: dict[tuple[str, str], list[int]] = {}
    for place in free_right:
        waiting.setdefault(_kind(right[place]), []).append(place)
    for place in free_left:
        if found := waiting.get(_kind(left[place])):
            yield place, found.pop(0)


def _kinds(segments: Sequence[Parts]) -> list[tuple[str, str]]:
    return [_kind(each) for each in segments]


def _kind(parts: Parts) -> tuple[str, str]:
    name = parts[0]
    return (name, parts[1][:3] if len(parts) > 1 else "") if name in _BY_QUALIFIER else (name, "")


def _patch(raw: Parts, before: Parts, after: Parts, component: str) -> list[str]:
    """The elements of `raw`, changed where `after` differs from `before`; composites component by component."""
    if list(before) == list(after):
        return list(raw)
    patched: list[str] = []
    for kept, old, new in zip_longest(raw, before, after, fillvalue=""):
        if old == new:
            patched.append(kept)
        elif component in old or component in new:
            pieces = zip_longest(kept.split(component), old.split(component), new.split(component), fillvalue="")
            patched.append(component.join([mine if was == now else now for mine, was, now in pieces]).rstrip(component))
        else:
            patched.append(new)
    while len(patched) > len(raw) and not patched[-1]:
        patched.pop()
    while patched and not patched[-1] and raw[-1]:
        patched.pop()
    return patched
