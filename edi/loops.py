"""A loop is a list of segments; these cut it up."""

from collections.abc import Iterable

from edi.segments import Segment

Loop = list[Segment]


def split(segments: Iterable[Segment], *starts: str) -> tuple[Loop, list[Loop]]:
    """What stands before the first segment with one of the ids, and one loop from each of those on."""
    head: Loop = []
    loops: list[Loop] = []
    current = head
    for segment in segments:
        if segment.id in starts:
            current = [segment]
            loops.append(current)
        else:
            current.append(segment)
    return head, loops


def first(segments: Iterable[Segment], name: str, qualifier: str = "") -> Segment | None:
    """The first segment with that id (and first element)."""
    return next((each for each in segments if each.id == name and qualifier in ("", each[1])), None)


def reference(segments: Iterable[Segment], qualifier: str) -> str:
    """REF02 of the first REF with that qualifier, or an empty string."""
    found = first(segments, "REF", qualifier)
    return found[2] if found else ""


def text_of(segments: Iterable[Segment]) -> str:
    """The loop as it stood in the file, without line breaks."""
    return "".join([each.text for each in segments])
