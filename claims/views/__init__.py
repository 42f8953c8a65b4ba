"""The pages of claims: queue, record, index, batches, and the verbs on them."""

from claims.views.batches import batch_detail, batch_list, inbound_file, submission_compare
from claims.views.bulk import claim_fix_first, claim_undo, claims_fix, claims_hold, claims_send, claims_send_ready
from claims.views.edit import claim_edit, claim_fix, claim_line_edit, claim_override
from claims.views.index import claim_index
from claims.views.queue import claim_list, claim_peek
from claims.views.ready import claims_sending
from claims.views.record import claim_detail
from claims.views.verbs import claim_ask, claim_hold, claim_note, claim_replace, claim_send, claim_sending, claim_void

__all__ = [
    "batch_detail",
    "batch_list",
    "claim_ask",
    "claim_detail",
    "claim_edit",
    "claim_fix",
    "claim_fix_first",
    "claim_hold",
    "claim_index",
    "claim_line_edit",
    "claim_list",
    "claim_note",
    "claim_override",
    "claim_peek",
    "claim_replace",
    "claim_send",
    "claim_sending",
    "claim_undo",
    "claim_void",
    "claims_fix",
    "claims_hold",
    "claims_send",
    "claims_send_ready",
    "claims_sending",
    "inbound_file",
    "submission_compare",
]
