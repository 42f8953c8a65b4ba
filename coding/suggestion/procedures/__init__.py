"""Services of a visit from its note: procedures with units and modifiers, and the level of the visit."""

from coding.suggestion.procedures.performed import suggest_services

__all__ = ["suggest_services"]
