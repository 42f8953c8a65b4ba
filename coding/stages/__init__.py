"""The stages of coding: cases are opened, questions are followed up, finished cases are drawn for audit."""

from coding.stages.draw import draw_audits
from coding.stages.follow_up import follow_up_queries
from coding.stages.open import open_cases

__all__ = ["draw_audits", "follow_up_queries", "open_cases"]
