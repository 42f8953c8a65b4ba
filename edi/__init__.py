"""X12 005010 codec: bytes to frozen dataclasses and back. Standard library only, usable alone."""
