"""Why a person's act on a denial is refused."""


class CannotWork(Exception):
    """The denial or appeal is not in a state in which this can be done; the message is one clear sentence."""
