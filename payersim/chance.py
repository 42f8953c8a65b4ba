"""Draws that depend on the seed and on what is drawn for, never on the order of drawing or on a clock."""

from hashlib import sha256


def share(seed: int, *about: object) -> float:
    """A number from 0 up to, not including, 1; the same for the same seed and subject."""
    text = "|".join(str(part) for part in (seed, *about))
    return int.from_bytes(sha256(text.encode()).digest()[:6]) / 2**48


def happens(rate: float, seed: int, *about: object) -> bool:
    """Whether an event of this rate (0 to 1) happens to this subject."""
    return rate > 0 and share(seed, *about) < rate


def whole(first: int, last: int, seed: int, *about: object) -> int:
    """A whole number from `first` to `last`, both included."""
    return first + int(share(seed, *about) * (last - first + 1))
