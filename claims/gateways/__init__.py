"""The clearinghouse: the only way out of the product for claims and questions, and the way in for answers."""

from pathlib import Path

from django.conf import settings

from claims.gateways.clearinghouse import CannotDeliver, Clearinghouse
from claims.gateways.folder import FolderClearinghouse

__all__ = ["CannotDeliver", "Clearinghouse", "FolderClearinghouse", "clearinghouse_of"]


def clearinghouse_of(slug: str) -> Clearinghouse:
    """The clearinghouse that this practice exchanges files with."""
    return FolderClearinghouse(Path(settings.EXCHANGE_DIR) / slug)
