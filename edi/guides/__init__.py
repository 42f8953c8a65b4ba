"""Implementation guides as tables: every segment, where it may stand, and what its elements can hold."""

from edi.guides.library import Guide, control_segments, dictionary, guide_for
from edi.guides.notation import Loop, Slot, Type, Use

__all__ = ["Guide", "Loop", "Slot", "Type", "Use", "control_segments", "dictionary", "guide_for"]
