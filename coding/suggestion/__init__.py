"""From the words of a note to codes with evidence. Pure Python: no Django, no database, no network."""
