"""Our own notes with their right codes: the judge of the suggestions a practice sees by default."""
