"""The stages of coding: cases open, notes are read, sure cases finish, questions are followed up, audits are drawn."""

from coding.stages.draw import draw_audits
from coding.stages.follow_up import follow_up_queries
from coding.stages.open import complete_cases, open_cases, suggest_codes

__all__ = ["complete_cases", "draw_audits", "follow_up_queries", "open_cases", "suggest_codes"]
