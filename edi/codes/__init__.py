"""Code lists: code to a short paraphrase of our own, never the official wording."""
