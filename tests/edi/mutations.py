"""Files made wrong in every way we could think of. The same number gives the same file."""

from collections.abc import Callable, Sequence
from random import Random

from tests.edi.kinds import OF_997, SAMPLES, in_one_interchange, together

CORPUS_LIMIT = 12_000  # bytes
LARGEST = 2_000_000  # bytes
_NAMES = (
    b"ISA GS ST SE GE IEA TA1 BHT HL CLM CLP LX SV1 SV2 SV3 SVC CAS PLB NM1 N1 REF DTP HI EB AK1 IK3 IK5 AK9".split()
)
_VALUES = [
    *b"0 - . -0 1E9 NaN Infinity -1.005 1.2.3 99999999 00000000 20260230 20261301 20260101-20251231".split(),
    *b"D8 RD8 XX ZZ 1 2 22 23 EV SS PT 837 835 005010X221A1 005010X223A3 004010X098A1 999999999 0001 HC:99213".split(),
    *(b"", b" ", b"1" * 18, b"9" * 40, b"0" * 10_000, b"A" * 300, b":" * 50, b"^" * 50),
    *(b"\xd9\xa3", b"\xff\xfe", b"\xc3\x89", b"\x00", b"\x1b[2J"),
]


def seeds(corpus: Sequence[bytes] = ()) -> list[bytes]:
    """What is made wrong: a file of every kind, some that hold several, and real files when they are there."""
    kinds = list(SAMPLES.values())
    several = in_one_interchange(*(each for each in kinds if b"~GS*" in each))
    return [
        *kinds,
        OF_997,
        together(*kinds[:4]),
        several,
        *(each.replace(b"~", b"~\r\n") for each in kinds),
        *(each.replace(b"~", b"\n") for each in kinds[:4]),
        *(each for each in corpus if len(each) < CORPUS_LIMIT),
    ]


def mutated(seed: str, files: Sequence[bytes]) -> bytes:
    """One of the files, made wrong in one to five ways."""
    chance = Random(seed)
    content = chance.choice(files)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5))):
        content = chance.choice(_WAYS)(chance, content, files)[:LARGEST]
    return content


def _mark(content: bytes) -> bytes:
    """The segment terminator, as far as it can be told."""
    return content[105:106] or b"~"


def _segments(content: bytes) -> tuple[list[bytes], bytes]:
    mark = _mark(content)
    return content.split(mark), mark


def _flip(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _truncate(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    return content[: chance.randint(0, len(content))]


def _cut_out(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    start = chance.randint(0, len(content))
    return content[:start] + content[start + chance.randint(1, 300) :]


def _repeat_segment(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    parts, mark = _segments(content)
    at = chance.randrange(len(parts))
    times = min(chance.choice((1, 1, 2, 7, 60, 1200)), LARGEST // (len(parts[at]) + 1))
    return mark.join([*parts[:at], *[parts[at]] * times, *parts[at:]])


def _repeat_run(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    parts, mark = _segments(content)
    start = chance.randrange(len(parts))
    stop = min(len(parts), start + chance.randint(1, 30))
    return mark.join([*parts[:stop], *parts[start:stop] * chance.choice((1, 1, 2, 15)), *parts[stop:]])


def _remove_segments(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    parts, mark = _segments(content)
    for _ in range(chance.choice((1, 1, 2, 5))):
        if len(parts) > 1:
            parts.pop(chance.randrange(len(parts)))
    return mark.join(parts)


def _move_segments(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    parts, mark = _segments(content)
    for _ in range(chance.choice((1, 1, 3, 10))):
        parts.insert(chance.randrange(len(parts)), parts.pop(chance.randrange(len(parts))))
    return mark.join(parts)


def _shuffle(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    parts, mark = _segments(content)
    middle = parts[3:-4]
    chance.shuffle(middle)
    return mark.join(parts[:3] + middle + parts[-4:])


def _rename(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    parts, mark = _segments(content)
    at = chance.randrange(len(parts))
    element = content[3:4] or b"*"
    _, _, rest = parts[at].partition(element)
    parts[at] = chance.choice(_NAMES) + element + rest
    return mark.join(parts)


def _replace_element(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    parts, mark = _segments(content)
    element = content[3:4] or b"*"
    for _ in range(chance.choice((1, 1, 2, 6))):
        at = chance.randrange(len(parts))
        values = parts[at].split(element)
        values[chance.randrange(len(values))] = chance.choice(_VALUES)
        parts[at] = element.join(values)
    return mark.join(parts)


def _more_elements(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    parts, mark = _segments(content)
    at = chance.randrange(len(parts))
    value = content[3:4] + chance.choice(_VALUES)
    parts[at] += value * min(chance.choice((1, 3, 30, 2000)), LARGEST // (len(value) + 1))
    return mark.join(parts)


def _other_marks(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    """In the ISA, or behind it, or in both."""
    old, new = (
        chance.choice((b"*", b":", b"^", b"~", b">")),
        chance.choice((b"|", b"!", b"\n", b"\r", b"A", b" ", b"*", b"~", b":")),
    )
    where = chance.randrange(3)
    if where == 0:
        return content.replace(old, new)
    head, rest = content[:106], content[106:]
    return head.replace(old, new) + rest if where == 1 else head + rest.replace(old, new)


def _huge_element(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(content))
    size = chance.choice((70, 300, 5000, 66_000)) if chance.random() < 0.995 else 1_100_000
    return content[:at] + chance.choice((b"9", b"A", b":", b"^", b"*", b" ", b"\n", b"~")) * size + content[at:]


def _garbage(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.randbytes(chance.choice((1, 4, 40, 3000))) + content[at:]


def _splice(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    """A piece of another file."""
    other = chance.choice(files)
    start = chance.randint(0, len(other))
    at = chance.randint(0, len(content))
    return content[:at] + other[start : start + chance.randint(1, 2000)] + content[at:]


def _join(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    return content + chance.choice((b"", b"\r\n", b"\x1a", b" junk ", b"\xef\xbb\xbf")) + chance.choice(files)


def _encode(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    text = content.decode("latin-1")
    way = chance.randrange(5)
    if way == 0:
        return b"\xef\xbb\xbf" + content
    if way == 1:
        return text.encode("utf-16")
    if way == 2:
        return text.replace("E", "\u00c9").encode("utf-8")
    if way == 3:
        return text.replace("E", "\u00c9").encode("latin-1", "replace")
    return content.lower()


def _break_lines(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    width = chance.choice((1, 7, 80, 1000))
    if len(content) > 20_000:
        width = 80
    return chance.choice((b"\n", b"\r\n", b"\r")).join(content[at : at + width] for at in range(0, len(content), width))


def _insert_segment(chance: Random, content: bytes, files: Sequence[bytes]) -> bytes:
    parts, mark = _segments(content)
    element = content[3:4] or b"*"
    values = [chance.choice(_NAMES), *chance.choices(_VALUES, k=chance.randint(0, 12))]
    parts.insert(chance.randrange(len(parts) + 1), element.join(values))
    return mark.join(parts)


Way = Callable[[Random, bytes, Sequence[bytes]], bytes]
_WAYS: list[Way] = [
    _flip,
    _truncate,
    _cut_out,
    _repeat_segment,
    _repeat_run,
    _remove_segments,
    _remove_segments,
    _move_segments,
    _move_segments,
    _shuffle,
    _rename,
    _replace_element,
    _replace_element,
    _replace_element,
    _more_elements,
    _other_marks,
    _huge_element,
    _garbage,
    _splice,
    _join,
    _encode,
    _break_lines,
    _insert_segment,
]
