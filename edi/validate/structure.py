"""Walks a transaction set along its guide: what stands where, how often, and what is missing."""

from collections.abc import Iterator
from typing import Any

from edi.guides import Use
from edi.tokenizer import Block
from edi.validate.elements import faults_of
from edi.validate.finding import ERROR, WARNING
from edi.validate.frames import MISSING, Frame, Levels
from edi.validate.grammar import (
    Choice,
    Grammar,
    LoopNode,
    Move,
    Node,
    any_moves,
    forward_moves,
    nodes,
    qualifiers,
    qualifying_element,
)
from edi.validate.journal import Journal

_LOOK_AHEAD = 40  # segments
_BARRIERS = frozenset({"HL", "CLM", "LX", "CLP", "SE"})


class Walk:
    """One transaction set being walked. Findings gather in its `journal`; whoever reads takes them out."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.journal = Journal()
        self._note = self.journal.note
        self._levels = Levels(self.journal)
        self._frames: list[Frame] = [Frame(grammar.root, 0)]
        self._top = self._frames[0]
        self._top.seen = 0
        self._node: Node = grammar.root.first
        self._started = False
        self._plain = False  # every segment so far found its place
        self._astray = False  # behind the start of a loop that isn't in the guide: its segments are passed over
        self._doubted = ""  # id of a segment without a place; what can't be placed behind it is its fault

    def watch(self, blocks: Iterator[Block]) -> Iterator[Block]:
        """The same blocks, each walked before it is handed on."""
        for block in blocks:
            self.take(block)
            yield block

    def take(self, block: Block) -> None:
        """Walk over a block of the set's segments. The hot loop of validation."""
        self.journal.keep(block)
        bares, parts, pads = block.bares, block.parts, self.grammar.pads
        mark = self.grammar.marks.component
        top, node, moves, plain = self._top, self._node, self._node.moves, self._plain
        for index, name in enumerate(block.names):
            elements = parts[index]
            move: Any = moves[name]  # Move, Choice or None; telling them apart by type costs a tenth of the loop
            if move is not None and move.at:
                value = elements[move.at] if len(elements) > move.at else ""
                if move.composite:
                    value = value.partition(mark)[0]
                options = move.by.get(value) or move.other
                if not options:
                    move = None
                else:
                    move = options[0] if len(options) == 1 else self._likeliest(options, elements, bares[index])
            if move is None or not plain:
                self._node = node
                move = self._recover(move, block, index)
                plain = self._plain
                if move is None:
                    continue
            if move.stays:
                bit = move.bit
                if not top.seen & bit:
                    top.seen |= bit
                elif move.most != 1:
                    count = top.counts[bit] = top.counts.get(bit, 1) + 1
                    if count - 1 == move.most:
                        self._too_many(move, block, index)
                else:
                    self._node = node
                    if self._surplus(move, block, index):
                        continue
            else:
                self._climb(move, block, index)
                top = self._top
            node = move.node
            moves = node.moves
            short = node.width - len(elements)
            if short < 0 or not elements[-1] or not node.match(bares[index] + pads[short]):
                self._examine(node, block, index)
        self._node = node

    def end(self) -> None:
        """The set is over: close every loop that is still open."""
        while self._frames:
            self._close()

    # the rest runs only now and then

    def _likeliest(self, options: list[Move], elements: list[str], bare: str) -> Move:
        """Of several uses with the same qualifier, the first that takes the segment as it is."""
        for move in options:
            short = move.node.width - len(elements)
            if short >= 0 and move.node.match(bare + self.grammar.pads[short]):
                return move
        return options[0]

    def _examine(self, node: Node, block: Block, index: int) -> None:
        bare = block.bares[index]
        if bare in node.accepted:
            return
        faults = list(faults_of(node.use, block.parts[index], self.grammar.marks))
        if not faults:
            node.remember(bare)
        for fault in faults:
            self._note(
                block,
                index,
                level=fault.level,
                severity=fault.severity,
                code=fault.code,
                says=fault.says,
                loop=node.loop.id,
                element=fault.element,
                component=fault.component,
            )

    def _climb(self, move: Move, block: Block, index: int) -> None:
        """Leave loops and enter others."""
        again = index and block.bares[index] == block.bares[index - 1]
        if again and move.ups and move.opens and self._top.loop is move.node.loop:
            says = "This segment stands twice."
            self._note(block, index, level=2, code="repeated-segment", says=says, loop=move.node.loop.id)
            return
        for _ in range(move.ups):
            self._close()
        top = self._top
        opens: tuple[Node | LoopNode, ...] = move.opens or (move.node,)
        for child in opens:
            self._count(top, child, block, index)
            if isinstance(child, LoopNode):
                top = Frame(child, block.number + index)
                self._frames.append(top)
                self._top = top
                if child.first is not move.node:
                    top.excused = True
                    top.level_id = MISSING if child.first.use.id == "HL" else ""
        if move.opens and move.node is not move.opens[-1].first:
            top.seen |= move.node.bit
        if move.node.use.id == "HL" and move.opens:
            self._levels.enter(top, self._frames[:-1], block, index)

    def _count(self, frame: Frame, child: Node | LoopNode, block: Block, index: int) -> None:
        if not frame.seen & child.bit:
            frame.seen |= child.bit
            return
        count = frame.counts[child.bit] = frame.counts.get(child.bit, 1) + 1
        if count - 1 != child.most:
            return
        if isinstance(child, LoopNode):
            times = "once" if child.most == 1 else f"{child.most} times"
            says = f"Loop {child.id} may stand {times} in loop {frame.loop.id}."
            self._note(block, index, level=2, code="too-many-loops", says=says, loop=child.id)
        else:
            self._too_many(Move(child, 0, ()), block, index)

    def _too_many(self, move: Move, block: Block, index: int) -> None:
        use = move.node.use
        times = "once" if use.most == 1 else f"{use.most} times"
        says = f"{_name(use)} may stand {times} in loop {move.node.loop.id}."
        self._note(block, index, level=2, code="too-many", says=says, loop=move.node.loop.id)

    def _surplus(self, move: Move, block: Block, index: int) -> bool:
        """A second one of a segment that may stand once; True when it isn't one of its kind at all."""
        use = move.node.use
        codes = qualifiers(use)
        if codes is not None and self._qualifier(use.id, block.parts[index]) not in codes:
            self._note_unexpected(block, index)
            return True
        self._too_many(move, block, index)
        return False

    def _qualifier(self, name: str, elements: list[str]) -> str:
        at = qualifying_element(name)
        value = elements[at] if at < len(elements) else ""
        return value.partition(self.grammar.marks.component)[0]

    # leaving loops

    def _close(self) -> None:
        frame = self._frames.pop()
        if self._frames:
            self._top = self._frames[-1]
        missing = frame.loop.required & ~frame.seen
        if missing and not frame.excused:
            for child in frame.loop.children:
                if child.bit & missing:
                    self._note_missing(frame, child)
        self._levels.leave(frame)

    def _note_missing(self, frame: Frame, child: Node | LoopNode) -> None:
        use = child.first.use
        if isinstance(child, Node):
            says = f"{_name(use)} is missing in loop {frame.loop.id}."
            code, loop = "missing-segment", frame.loop.id
        elif use.id == "HL" and frame.child_code == "0":
            return
        else:
            says = f"Loop {child.id} ({_name(use)}) is missing in loop {frame.loop.id}."
            code, loop = "missing-loop", child.id
        severity = WARNING if use.soft else ERROR
        self.journal.note_at(frame.number, severity=severity, code=code, says=says, segment=use.id, loop=loop)

    # segments that don't belong here

    def _recover(self, move: Move | Choice | None, block: Block, index: int) -> Move | None:
        """What to do with a segment when the way isn't plain; None passes over it."""
        name = block.names[index]
        if not self._started:
            self._started = self._plain = True  # the ST itself
            first = self.grammar.root.first
            return Move(first, 0, ())
        if isinstance(move, Move):
            if self._astray and move.stays and move.node.loop.parent:
                return None
            self._settle()
            return move
        if name not in self.grammar.ids:
            says = f"{name[:3]} is not a segment of this guide." if name[:3].isalnum() else "This is not a segment."
            self._note(block, index, level=1, code="unknown-segment", says=says)
            self._top.excused = True  # it may have been meant for the one that is missing
            self._plain, self._doubted = False, name
            return None
        starts = name in self.grammar.starters
        if not starts and (self._astray or self._doubted not in ("", name)):
            return None
        found = self._mistaken_qualifier(block, index) or self._out_of_order(block, index)
        if found:
            self._settle()
        elif starts:
            self._plain, self._astray, self._doubted = False, True, ""
        elif not self._astray:
            self._plain, self._doubted = False, name
        return found

    def _settle(self) -> None:
        self._plain, self._astray, self._doubted = True, False, ""

    def _mistaken_qualifier(self, block: Block, index: int) -> Move | None:
        """The one use of the segment that is still owed here, if the right one doesn't come later."""
        name = block.names[index]
        for move in forward_moves(self._node):
            node = move.node
            child: Node | LoopNode = move.opens[0] if move.opens else node
            if node.use.id != name or node.use.usage != "R" or (move.opens and move.opens[0].usage != "R"):
                continue
            if self._frames[-1 - move.ups].seen & child.bit:
                continue
            if name == "HL":
                if self._leads_on(node, block, index) and not self._level_leads_on(block, index):
                    return move
            elif not self._comes_later(node.use, block, index):
                return move
        return None

    def _leads_on(self, node: Node, block: Block, index: int) -> bool:
        """Does the segment behind this one fit behind a node?"""
        if index + 1 >= len(block):
            return False
        move = node.moves[block.names[index + 1]]
        if isinstance(move, Choice):
            value = self._qualifier(block.names[index + 1], block.parts[index + 1])
            return bool(move.by.get(value) or move.other)
        return move is not None

    def _level_leads_on(self, block: Block, index: int) -> bool:
        """Does it fit behind a level of the kind that HL03 says?"""
        value = self._qualifier("HL", block.parts[index])
        levels = (each for each in nodes(self.grammar.root) if each.use.id == "HL")
        return any(value in (qualifiers(each.use) or ()) and self._leads_on(each, block, index) for each in levels)

    def _comes_later(self, use: Use, block: Block, index: int) -> bool:
        codes = qualifiers(use)
        for at in range(index + 1, min(index + _LOOK_AHEAD, len(block))):
            name = block.names[at]
            if name in _BARRIERS and name != use.id:
                return False
            if name == use.id and (codes is None or self._qualifier(name, block.parts[at]) in codes):
                return True
        return False

    def _out_of_order(self, block: Block, index: int) -> Move | None:
        """Where the segment would belong if order didn't matter; noted, and taken as if it stood there."""
        name = block.names[index]
        value = self._qualifier(name, block.parts[index])
        for move in any_moves(self._node):
            use = move.node.use
            if use.id != name:
                continue
            codes = qualifiers(use)
            if codes is not None and value not in codes:
                continue
            if move.opens and move.node is not move.opens[0].first:
                if not self._may_open(move):
                    continue
                first = move.opens[0].first
                says = f"{_name(first.use)} is missing before {name}: loop {move.opens[0].id} must begin with it."
                self._note(block, index, level=2, code="missing-segment", says=says, loop=move.opens[0].id)
                return move
            if not move.opens and use.most == 1 and self._frames[-1 - move.ups].seen & move.bit:
                self._too_many(move, block, index)
                return None
            loop = move.opens[0].id if move.opens else move.node.loop.id
            says = f"{_name(use)} stands out of order: its place in loop {loop} is earlier."
            if move.opens:
                says = f"Loop {loop} ({_name(use)}) stands out of order."
            self._note(block, index, level=2, code="out-of-order", says=says, loop=loop)
            if move.ups and not move.opens:  # a segment of an outer loop: the inner ones go on behind it
                self._frames[-1 - move.ups].seen |= move.bit
                self._examine(move.node, block, index)
                return None
            return move
        self._note_unexpected(block, index)
        return None

    def _may_open(self, move: Move) -> bool:
        """May a loop whose first segment is missing be meant?"""
        loop = move.opens[0]
        seen = bool(self._frames[-1 - move.ups].seen & loop.bit)
        if loop.first.use.id in ("NM1", "N1"):
            return loop.usage == "R" and not seen
        return loop.most != 1 or not seen

    # findings

    def _note_unexpected(self, block: Block, index: int) -> None:
        name = block.names[index]
        value = self._qualifier(name, block.parts[index])
        shown = f"{name} {value}" if value.isalnum() and value.isascii() and len(value) < 4 else name
        says = f"{shown} is not expected here, after {self._node.use.id} in loop {self._node.loop.id}."
        self._note(block, index, level=2, code="unexpected-segment", says=says, loop=self._node.loop.id)


def _name(use: Use) -> str:
    """The segment with its qualifiers, when they are few."""
    codes = qualifiers(use)
    return f"{use.id} {'/'.join(sorted(codes))}" if codes and len(codes) < 4 else use.id
