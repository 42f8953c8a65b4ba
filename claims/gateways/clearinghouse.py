"""What every clearinghouse connection offers. Never called inside a transaction: it waits for other machines."""

from collections.abc import Sequence
from typing import Protocol


class CannotDeliver(Exception):
    """The clearinghouse can't be reached now; the stage tries again on its next run."""


class Clearinghouse(Protocol):
    """Files out and in. A file's name is its identity: the same name is never delivered twice."""

    def deliver(self, name: str, content: bytes) -> bool:
        """Hand a file over; False when a file of that name was handed over before. Raises CannotDeliver."""

    def list_inbound(self) -> Sequence[str]:
        """Names of the files that wait for us, in the order they came. Raises CannotDeliver."""

    def read(self, name: str) -> bytes:
        """The content of a waiting file. Raises CannotDeliver."""

    def archive(self, name: str) -> None:
        """Put a file aside that we keep now; nothing happens when it is aside already. Raises CannotDeliver."""

    def was_archived(self, name: str) -> bool:
        """Whether a file of that name was put aside before: the one that waits now came again."""
