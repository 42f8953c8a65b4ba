"""The stages of denials: refusals are opened, appeals sent, their decisions read, deadlines watched."""

from denials.stages.advance import advance_deadlines
from denials.stages.open import open_denials
from denials.stages.read import read_decisions
from denials.stages.send import send_appeals

__all__ = ["advance_deadlines", "open_denials", "read_decisions", "send_appeals"]
