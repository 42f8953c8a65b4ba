"""A guide's tree prepared for walking: from each segment, which one may come next and what that closes and opens."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from edi.guides import Guide, Loop, Use, dictionary
from edi.segments import Delimiters
from edi.validate.patterns import pattern_of

_REMEMBERED = 2048  # accepted texts a node keeps


class LoopNode:
    """A loop at its place: `bit` is its mark among its parent's children, `group` its order there."""

    __slots__ = ("bit", "children", "first", "group", "id", "most", "parent", "required", "usage")

    def __init__(self, loop: Loop, parent: "LoopNode | None", bit: int, group: int, grammar: "Grammar") -> None:
        self.id = loop.id
        self.usage = loop.usage
        self.most = loop.most
        self.parent = parent
        self.bit = bit
        self.group = group
        self.children: list[Node | LoopNode] = []
        self.required = 0
        number = -1
        before = ""
        for at, child in enumerate(loop.children):
            number += child.first.id != before
            before = child.first.id
            made: Node | LoopNode
            if isinstance(child, Use):
                made = Node(child, self, 1 << at, number, grammar)
            else:
                made = LoopNode(child, self, 1 << at, number, grammar)
            self.children.append(made)
            if child.usage == "R":
                self.required |= 1 << at
        self.first: Node = self.children[0].first


class Node:
    """A segment at its place. `moves` leads on from it."""

    __slots__ = ("accepted", "bit", "first", "group", "loop", "marks", "match", "most", "moves", "pads", "use", "width")

    def __init__(self, use: Use, loop: LoopNode, bit: int, group: int, grammar: "Grammar") -> None:
        self.use = use
        self.loop = loop
        self.bit = bit
        self.group = group
        self.most = use.most
        self.width = len(use.slots) + 1
        self.first = self
        self.marks = grammar.marks
        self.pads = grammar.pads
        self.moves: Moves = Moves(self)
        self.match: Callable[[str], object] = self._compiled_when_needed
        self.accepted: set[str] = set()

    def _compiled_when_needed(self, text: str) -> object:
        found = pattern_of(self.use, self.marks).fullmatch
        self.match = found  # from now on without this detour
        return found(text)

    def remember(self, bare: str) -> None:
        """A text that only the slow path could accept is right the next time, too."""
        if len(self.accepted) >= _REMEMBERED:
            self.accepted.clear()
        self.accepted.add(bare)


class Move:
    """Where a segment leads: `ups` loops are left, `opens` entered (outermost first), `node` is where it ends."""

    __slots__ = ("at", "bit", "most", "node", "opens", "stays", "ups")

    def __init__(self, node: Node, ups: int, opens: tuple[LoopNode, ...]) -> None:
        self.at = 0
        self.node = node
        self.ups = ups
        self.opens = opens
        self.stays = not ups and not opens
        self.bit = node.bit
        self.most = node.most


class Choice:
    """Several moves for one segment id, told apart by element `at` (its first component when `composite`)."""

    __slots__ = ("at", "by", "composite", "moves", "other")

    def __init__(self, at: int, moves: list[Move]) -> None:
        self.at = at
        self.moves = moves
        self.composite = any(each.node.use.slots[at - 1].parts for each in moves)
        self.by: dict[str, list[Move]] = {}
        self.other: list[Move] = []
        for move in moves:
            codes = qualifiers(move.node.use)
            for code in codes or ():
                self.by.setdefault(code, []).append(move)
            if codes is None:
                self.other.append(move)


class Moves(dict[str, "Move | Choice | None"]):
    """Moves by segment id, worked out when first asked for."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __missing__(self, name: str) -> "Move | Choice | None":
        if name not in dictionary():
            return None
        moves = [each for each in forward_moves(self.node) if each.node.use.id == name]
        found: Move | Choice | None = None
        if moves:
            alone = len(moves) == 1 and name not in ("HL", "NM1", "N1")  # these are never meant for another
            found = moves[0] if alone else Choice(qualifying_element(name), moves)
        self[name] = found
        return found


class Grammar:
    """A guide for one set of delimiters."""

    def __init__(self, guide: Guide, marks: Delimiters) -> None:
        self.guide = guide
        self.marks = marks
        self.pads = tuple(marks.element * each for each in range(40))
        self.root = LoopNode(guide.root, None, 1, 0, self)
        self.ids = frozenset(each.use.id for each in nodes(self.root))
        self.starters = frozenset(each.use.id for each in nodes(self.root) if each is each.loop.first)


@lru_cache(maxsize=24)
def grammar_of(guide: Guide, marks: Delimiters) -> Grammar:
    """The prepared guide; kept, because preparing costs more than a small file."""
    return Grammar(guide, marks)


def qualifying_element(name: str) -> int:
    """The element that tells segments of one id apart."""
    return 3 if name == "HL" else 1


def qualifiers(use: Use) -> frozenset[str] | None:
    """The values of that element that belong to this use; None when any does."""
    if not use.slots:
        return None
    slot = use.slots[qualifying_element(use.id) - 1]
    return slot.parts[0].codes if slot.parts else slot.codes


def forward_moves(node: Node) -> Iterator[Move]:
    """Every move that keeps to the guide's order, the nearest first."""
    loop: LoopNode | None = node.loop
    group = node.group
    ups = 0
    while loop:
        for child in loop.children:
            if child.group < group or (child is loop.first and (loop.first is not node or node.most == 1)):
                continue
            yield enter(child, ups)
        group = loop.group
        loop = loop.parent
        ups += 1


def any_moves(node: Node) -> Iterator[Move]:
    """Moves to everything in the open loops, in whatever order; then to what stands inside a loop not yet entered."""
    loop: LoopNode | None = node.loop
    ups = 0
    while loop:
        for child in loop.children:
            if child is not loop.first:
                yield enter(child, ups)
        loop = loop.parent
        ups += 1
    loop = node.loop
    ups = 0
    while loop:
        for child in loop.children:
            if isinstance(child, LoopNode):
                yield from _inside(child, ups, (child,))
        loop = loop.parent
        ups += 1


def _inside(loop: LoopNode, ups: int, path: tuple[LoopNode, ...]) -> Iterator[Move]:
    """Moves past the first segment of a loop; from deeper loops only to levels."""
    for child in loop.children[1:]:
        if len(path) == 1 or child.first.use.id == "HL":
            yield Move(child.first, ups, (*path, *_opened(child)))
        if isinstance(child, LoopNode) and child.first.use.id == "HL":
            yield from _inside(child, ups, (*path, child))


def enter(child: Node | LoopNode, ups: int) -> Move:
    """The move to a child of a loop `ups` levels above."""
    return Move(child.first, ups, _opened(child))


def _opened(child: Node | LoopNode) -> tuple[LoopNode, ...]:
    return (child,) if isinstance(child, LoopNode) else ()


def nodes(loop: LoopNode) -> Iterator[Node]:
    """Every segment of a loop and of the loops inside it."""
    for child in loop.children:
        if isinstance(child, Node):
            yield child
        else:
            yield from nodes(child)
