"""Numbers that identify: NPIs that can't belong to anybody, member numbers, authorization numbers."""

import re
from random import Random

_LETTERS = "ACDEFGHJKMNPQRTUVWXY"  # a Medicare number never holds S, L, O, I, B, Z


def npi(serial: int) -> str:
    """A national provider identifier with a right check digit (45 CFR 162.406).

    It begins with 2: valid, but no such number has been issued, so it is nobody's.
    """
    first_nine = f"2{(35_000_000 + serial * 7_919) % 100_000_000:08d}"
    total = 24  # the prefix 80840
    for place, digit in enumerate(reversed(first_nine)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{first_nine}{-total % 10}"


def broken_npi(right: str) -> str:
    """The same identifier with its last digit mistyped."""
    return f"{right[:9]}{(int(right[9]) + 3) % 10}"


def member_id(rng: Random, shape: str) -> str:
    """A member number of a shape: `#` a digit, `1` a digit from 1, `@` a letter, `*` either, others themselves."""
    made = []
    for mark in shape:
        if mark == "#":
            made.append(str(rng.randrange(10)))
        elif mark == "1":
            made.append(str(rng.randrange(1, 10)))
        elif mark == "@":
            made.append(rng.choice(_LETTERS))
        elif mark == "*":
            made.append(rng.choice(_LETTERS + "0123456789"))
        else:
            made.append(mark)
    return "".join(made)


def member_pattern(shape: str) -> str:
    """The regular expression (whole match) of a shape."""
    parts = {"#": r"\d", "1": "[1-9]", "@": "[AC-HJKMNP-RT-Y]", "*": r"[AC-HJKMNP-RT-Y\d]"}
    return "".join(parts.get(mark, re.escape(mark)) for mark in shape)


def swapped(number: str) -> str:
    """The number with its last two unequal neighboring digits exchanged; equal digits: the last one raised."""
    for place in range(len(number) - 1, 0, -1):
        left, right = number[place - 1], number[place]
        if left.isdigit() and right.isdigit() and left != right:
            return f"{number[: place - 1]}{right}{left}{number[place + 1 :]}"
    return f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
