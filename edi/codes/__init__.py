"""Code lists: code to a short paraphrase of our own, never the official wording.

`edi.codes.load.table(kind)` gives the table of a kind: the one imported from its owner when there is one, else the
built-in one.
"""
