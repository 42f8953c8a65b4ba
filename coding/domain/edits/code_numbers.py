"""Tables of code numbers are written as words in a line."""


def numbers(text: str) -> frozenset[str]:
    """The code numbers in a text, parted by blanks."""
    return frozenset(text.split())
