"""How every page looks and speaks: words for states, formats, shared parts, stylesheet and keys.

Imports nothing of ours, so that every station's pages can stand on it.
"""
