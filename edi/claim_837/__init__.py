"""What the 837P, 837I and 837D have in common: the loops above a claim, other payers, batches, reading and writing.

The public modules are `edi.claim_837p`, `edi.claim_837i` and `edi.claim_837d`.
"""
