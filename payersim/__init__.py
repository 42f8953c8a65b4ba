"""A simulated clearinghouse and its payers, as a process of its own.

It takes 837P and 276 interchanges and appeals from the exchange folder, validates them with pyx12, adjudicates
claims by plan, and answers with TA1, 999, 277CA, 277, 835 and letters. It shares no code with the product, so
that the two sides can't share a bug.
"""
