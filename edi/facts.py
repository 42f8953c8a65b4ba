"""Making frozen facts quickly."""

from typing import Any, TypeVar

T = TypeVar("T")

_new = object.__new__
_set = object.__setattr__


def make(cls: type[T], values: dict[str, Any]) -> T:
    """An instance of a frozen dataclass without slots, holding just these fields; the others have their defaults.

    The class's own `__init__` sets every field through `object.__setattr__`, which costs ten times as much for a
    claim of 60 fields with 15 set. Defaults of such a class are class attributes, so an absent field reads right.
    `values` is taken over: don't touch it afterwards. Fields without a default must be given.
    """
    made = _new(cls)
    _set(made, "__dict__", values)
    return made
