"""Making frozen facts quickly."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

_new = object.__new__
_Setter = Callable[[object, dict[str, Any]], None]


class _Setters(dict[type, _Setter]):
    """What sets `__dict__` for the instances of a class; `object.__setattr__` looks it up again for every one."""

    def __missing__(self, cls: type) -> _Setter:
        owner = next(each for each in cls.__mro__ if "__dict__" in vars(each))
        found: _Setter = vars(owner)["__dict__"].__set__
        self[cls] = found
        return found


_SETTERS = _Setters()


def make(cls: type[T], values: dict[str, Any]) -> T:
    """An instance of a frozen dataclass without slots, holding just these fields; the others have their defaults.

    The class's own `__init__` sets every field through `object.__setattr__`, which costs ten times as much for a
    claim of 60 fields with 15 set. Defaults of such a class are class attributes, so an absent field reads right.
    `values` is taken over: don't touch it afterwards. Fields without a default must be given.
    """
    made = _new(cls)
    _SETTERS[cls](made, values)
    return made
