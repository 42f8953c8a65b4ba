"""Tables of code numbers, and of short words, are written in lines."""


def numbers(text: str) -> frozenset[str]:
    """The code numbers in a text, parted by blanks."""
    return frozenset(text.split())
