"""Writers of what the payers send: every file is built from plain templates, with no code of the product."""
