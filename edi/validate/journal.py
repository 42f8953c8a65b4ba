"""Where the walk writes down what it finds, with the place of each segment."""

from collections import deque
from itertools import accumulate

from edi.tokenizer import Block
from edi.validate.finding import ERROR, Finding

_BLOCKS_KEPT = 4


class Journal:
    """Findings in the order in which they were made, and the last few blocks, for the places of segments."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self._recent: deque[Block] = deque(maxlen=_BLOCKS_KEPT)

    def keep(self, block: Block) -> None:
        """A block that findings may soon be about."""
        self._recent.append(block)

    def taken(self) -> list[Finding]:
        """What was found since the last time."""
        found, self.found = self.found, []
        return found

    def offset_of(self, number: int) -> int | None:
        """Byte offset of a segment read lately; None when it is too far back."""
        for block in self._recent:
            index = number - block.number
            if 0 <= index < len(block):
                return _offsets(block)[index]
        return None

    def note(
        self,
        block: Block,
        index: int,
        *,
        level: int,
        code: str,
        says: str,
        severity: str = ERROR,
        loop: str | None = None,
        element: int | None = None,
        component: int | None = None,
    ) -> None:
        """A fault of a segment of the block."""
        self.found.append(
            Finding(
                level=level,
                severity=severity,
                code=code,
                says=says,
                loop=loop,
                segment=block.names[index][:3],
                element=element,
                component=component,
                segment_number=block.number + index,
                byte_offset=_offsets(block)[index],
            )
        )

    def note_at(
        self,
        number: int,
        *,
        code: str,
        says: str,
        segment: str,
        loop: str,
        severity: str = ERROR,
        element: int | None = None,
    ) -> None:
        """A fault of a loop as a whole, at the number of its first segment."""
        self.found.append(
            Finding(
                level=2,
                severity=severity,
                code=code,
                says=says,
                loop=loop,
                segment=segment,
                element=element,
                segment_number=number or None,
                byte_offset=self.offset_of(number),
            )
        )


def _offsets(block: Block) -> list[int]:
    """Byte offsets of a block's segments, worked out once: a file with one fault has more of them."""
    if block.offsets is None:
        lengths = (len(each) + 1 for each in block.bares[:-1])
        block.offsets = list(accumulate(lengths, initial=block.offset_of(0)))
    return block.offsets
