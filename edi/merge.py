"""Keeps what the facts don't name when one of them is changed: a three-way merge of segments.

A claim that was read from a file and is written again differs from its text in two ways: by what somebody changed,
and by everything that our facts don't hold (a K3, a second NTE, an element nobody uses). The merge takes the first
and leaves out the second: `raw` is what stood in the file, `before` is what our writer makes of the facts as read,
`after` what it makes of them now. Where `before` and `after` agree, `raw` stays as it is, byte for byte.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from edi.elements import as_decimal
from edi.segments import DEFAULT_DELIMITERS, Delimiters

Parts = Sequence[str]  # a segment split at its element separator, its id first
_Opcode = tuple[str, int, int, int, int]
Placed = tuple[int | None, list[str]]  # which segment of `raw` it was (None: a new one), and its elements now

_BY_QUALIFIER = frozenset(
    {"AMT", "CAS", "CRC", "DTM", "DTP", "HI", "LX", "N1", "NM1", "NTE", "PER", "PRV", "PWK", "QTY", "REF"}
)
_LISTS = frozenset({"CAS", "HI", "PLB"})  # several values of one kind, as many as fit, then the next segment
_HEADS = frozenset({"AK2", "CLM", "CLP", "EB", "HL", "IK3", "AK3", "LIN", "LX", "N1", "NM1", "SBR", "SVC", "SVD"})


def merged(
    raw: str, before: Sequence[Parts], after: Sequence[Parts], delimiters: Delimiters = DEFAULT_DELIMITERS
) -> str:
    """The text of `raw` with the changes from `before` to `after`, terminators included, without line breaks."""
    segments = [each.split(delimiters.element) for each in raw.split(delimiters.segment) if each]
    placed = merge(segments, before, after, component=delimiters.component)
    return "".join([delimiters.element.join(parts) + delimiters.segment for _, parts in placed])


def merge(raw: Sequence[Parts], before: Sequence[Parts], after: Sequence[Parts], *, component: str) -> list[Placed]:
    """The same on segments that are split already."""
    if before == after:
        return [(place, list(parts)) for place, parts in enumerate(raw)]
    return _Merge(raw, before, after, component).result()


class _Merge:
    """Places what is written now on what was read."""

    def __init__(self, raw: Sequence[Parts], before: Sequence[Parts], after: Sequence[Parts], component: str) -> None:
        self.raw, self.before, self.after, self.component = raw, before, after, component
        self.home = dict(_pairs(before, raw))
        self.came = {new: old for old, new in _pairs(before, after)}
        self.settled: set[int] = set()  # segments of `after` that came as part of a list
        self.gone: set[int] = set()  # segments of `raw`
        self.follows: dict[int, list[Placed]] = {}  # new segments, by the segment of `raw` that they stand behind

    def result(self) -> list[Placed]:
        self._replace_lists()
        kept = set(self.came.values())
        self.gone |= {self.home[old] for old in range(len(self.before)) if old not in kept and old in self.home}
        patched: dict[int, list[str]] = {}
        anchor = -1
        for new, parts in enumerate(self.after):
            old = self.came.get(new)
            place = self.home.get(old) if old is not None else None
            if new in self.settled:
                anchor = anchor if place is None else place
            elif old is not None and place is not None:
                patched[place] = _patch(self.raw[place], self.before[old], parts, self.component)
                anchor = place
            elif old is None or list(self.before[old]) != list(parts):
                self.follows.setdefault(anchor, []).append((None, list(parts)))
        found = list(self.follows.get(-1, ()))
        for place, parts in enumerate(self.raw):
            if place not in self.gone:
                found.append((place, patched.get(place, list(parts))))
            found += self.follows.get(place, ())
        return found

    def _replace_lists(self) -> None:
        """Reasons and codes stand in lists, which a sender may have cut into segments in another way than we do.

        Where one changes that doesn't read as it was read, all segments of the list are replaced.
        """
        there = {old: new for new, old in self.came.items()}
        for old, parts in enumerate(self.before):
            new = there.get(old)
            if parts[0] not in _LISTS or (new is not None and list(self.after[new]) == list(parts)):
                continue
            place = self.home.get(old)
            if place is not None and _alike(self.raw[place], parts):
                continue
            self._replace_list(_list(self.before, old), there)

    def _replace_list(self, group: list[int], there: dict[int, int]) -> None:
        homes = [self.home[each] for each in group if each in self.home]
        fresh = {new for each in group if each in there for new in _list(self.after, there[each])}
        if not homes or fresh & self.settled:
            return
        where = sorted({place for home in homes for place in _list(self.raw, home)})
        self.gone |= set(where)
        self.settled |= fresh
        self.follows[where[0]] = [(None, list(self.after[each])) for each in sorted(fresh)]


def _list(segments: Sequence[Parts], place: int) -> list[int]:
    """The segments of one kind in one loop."""
    kind, heads = _kind(segments[place]), _heads(segments)
    return [at for at, parts in enumerate(segments) if heads[at] == heads[place] and _kind(parts) == kind]


def _alike(raw: Parts, before: Parts) -> bool:
    """Whether our writer says the same as the sender did, element by element, but for the form of numbers."""
    return all(
        old == kept or as_decimal(old) == as_decimal(kept) is not None
        for kept, old in zip_longest(raw, before, fillvalue="")
    )


def _pairs(left: Sequence[Parts], right: Sequence[Parts]) -> Iterator[tuple[int, int]]:
    """Which segment of one side is which of the other: the same text first, then the same kind between those."""
    found: dict[int, int] = {}
    free_left: list[int] = []
    free_right: list[int] = []
    for tag, start, stop, begin, end in _opcodes([tuple(each) for each in left], [tuple(each) for each in right]):
        if tag == "equal":
            found.update(zip(range(start, stop), range(begin, end), strict=True))
            continue
        kinds = SequenceMatcher(None, _kinds(left[start:stop]), _kinds(right[begin:end]), autojunk=False)
        for each, from_left, to_left, from_right, to_right in kinds.get_opcodes():
            if each == "equal":
                places = range(start + from_left, start + to_left)
                found.update(zip(places, range(begin + from_right, begin + to_right), strict=True))
            else:
                free_left += range(start + from_left, start + to_left)
                free_right += range(begin + from_right, begin + to_right)
    _pair_out_of_order(left, right, free_left, free_right, found)
    yield from found.items()


def _opcodes(left: Sequence[tuple[str, ...]], right: Sequence[tuple[str, ...]]) -> Iterator[_Opcode]:
    """What is equal in two texts. Their ends mostly are, and the matcher slows down with the square of the rest."""
    shorter = min(len(left), len(right))
    head = tail = 0
    while head < shorter and left[head] == right[head]:
        head += 1
    while tail < shorter - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    middle = len(left) - tail, len(right) - tail
    yield "equal", 0, head, 0, head
    matcher = SequenceMatcher(None, left[head : middle[0]], right[head : middle[1]], autojunk=False)
    for tag, start, stop, begin, end in matcher.get_opcodes():
        yield tag, start + head, stop + head, begin + head, end + head
    yield "equal", middle[0], len(left), middle[1], len(right)


def _pair_out_of_order(
    left: Sequence[Parts], right: Sequence[Parts], free_left: list[int], free_right: list[int], found: dict[int, int]
) -> None:
    """Segments of one kind that the two sides have in different places: senders order REF and DTP as they like.

    They must stand in the same loop: below the same line, the same name.
    """
    if not (free_left and free_right):
        return
    heads_left, heads_right = _heads(left), _heads(right)
    waiting: dict[tuple[int | None, tuple[str, str]], list[int]] = {}
    for place in free_right:
        head = heads_right[place]
        waiting.setdefault((head, _kind(right[place])), []).append(place)
    for place in free_left:
        head = heads_left[place]
        across = None if head is None else found.get(head, -1)
        if fits := waiting.get((across, _kind(left[place]))):
            found[place] = fits.pop(0)


def _heads(segments: Sequence[Parts]) -> list[int | None]:
    """For each segment, where the loop begins that it stands in; None above the first."""
    head: int | None = None
    heads: list[int | None] = []
    for place, parts in enumerate(segments):
        if parts[0] in _HEADS:
            heads.append(head)
            head = place
        else:
            heads.append(head)
    return heads


def _kinds(segments: Sequence[Parts]) -> list[tuple[str, str]]:
    return [_kind(each) for each in segments]


def _kind(parts: Parts) -> tuple[str, str]:
    name = parts[0]
    if name == "HL":  # its number is the file's, what it is is ours
        return name, parts[3] if len(parts) > 3 else ""
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
    if raw[0] == "DTP" and after[3:4] != before[3:4]:
        patched[2:4] = after[2:4]  # the form of a date goes with the date
    while len(patched) > len(raw) and not patched[-1]:
        patched.pop()
    while patched and not patched[-1] and raw[-1]:
        patched.pop()
    return patched
