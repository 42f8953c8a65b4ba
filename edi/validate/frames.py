"""The loops that are open during a walk, and the HL levels among them."""

from edi.tokenizer import Block
from edi.validate.finding import WARNING
from edi.validate.grammar import LoopNode
from edi.validate.journal import Journal

MISSING = "?"  # HL01 of a level without HL


class Frame:
    """An open loop: which of its children were `seen` (bits) and how often the repeated ones."""

    __slots__ = ("child_code", "counts", "excused", "has_children", "level_id", "loop", "number", "seen")

    def __init__(self, loop: LoopNode, number: int) -> None:
        self.loop = loop
        self.seen = 1
        self.counts: dict[int, int] = {}
        self.number = number  # of its first segment
        self.level_id = ""  # HL01
        self.child_code = ""  # HL04
        self.has_children = False
        self.excused = False  # what is missing in it follows from a fault already named

    def takes_levels(self) -> bool:
        """May levels stand below this loop?"""
        return any(isinstance(each, LoopNode) and each.first.use.id == "HL" for each in self.loop.children)


class Levels:
    """Checks HL: ids count on, parents are the level above, HL04 tells whether levels follow."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._last = 0
        self._odd: set[str] = set()

    def enter(self, frame: Frame, above: list[Frame], block: Block, index: int) -> None:
        """A level begins; `above` are the loops around it."""
        elements = [*block.parts[index], "", "", "", ""]
        frame.level_id, parent_id, child_code = elements[1], elements[2], elements[4]
        allowed = frame.loop.first.use.slots[3].codes
        frame.child_code = child_code if allowed is None or child_code in allowed else ""  # else it has its finding
        self._check_id(frame, any(each.level_id == MISSING for each in above), block, index)
        parent = next((each for each in reversed(above) if each.level_id), None)
        if parent is None:
            return
        if parent.child_code == "0" and not parent.has_children:
            says = "HL04 says that no level follows below this one, but one does."
            self._journal.note_at(
                parent.number, code="hierarchy", says=says, segment="HL", loop=parent.loop.id, element=4
            )
        parent.has_children = True
        if parent_id and parent_id != parent.level_id != MISSING:
            says = "HL02 does not name the level that this one stands below."
            self._note(frame, block, index, "hierarchy", says, element=2)

    def leave(self, frame: Frame) -> None:
        """A loop ends."""
        if frame.child_code == "1" and not frame.has_children and frame.takes_levels():
            says = "HL04 says that levels follow below this one, but none does."
            self._journal.note_at(
                frame.number,
                severity=WARNING,
                code="hierarchy",
                says=says,
                segment="HL",
                loop=frame.loop.id,
                element=4,
            )

    def _check_id(self, frame: Frame, one_missing: bool, block: Block, index: int) -> None:
        text = frame.level_id
        expected = self._last + 1
        if text == str(expected) or (one_missing and text == str(expected + 1)):
            self._last = int(text)
            return
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
        if 0 < number <= self._last or text in self._odd:
            self._note(frame, block, index, "duplicate-level", "Two levels have the same HL01.")
        elif number:
            self._note(frame, block, index, "hierarchy", f"HL01 does not count on: {expected} is expected.")
            self._last = number
        elif text:
            self._odd.add(text)
            self._note(frame, block, index, "hierarchy", "HL01 is not a number that counts from 1.")

    def _note(self, frame: Frame, block: Block, index: int, code: str, says: str, *, element: int = 1) -> None:
        self._journal.note(block, index, level=2, code=code, says=says, loop=frame.loop.id, element=element)
