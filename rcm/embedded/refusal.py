"""The one way this package says no to the person at the terminal."""


class CannotServe(Exception):
    """The product cannot start or go on; the text is the one line that a person is shown."""
