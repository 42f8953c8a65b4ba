"""A small file of every kind of transaction set, with everything in it that the kind can say."""

from dataclasses import replace

from edi import claim_837d, claim_837i, claim_837p
from edi.ack_277ca import write_277ca
from edi.ack_999 import write_999
from edi.ack_ta1 import write_ta1
from edi.envelope import Kind
from edi.members import Trace
from edi.remit_835 import write_remit
from edi.status_276 import write_inquiries
from tests.edi import test_eligibility as eligibility
from tests.edi import test_review_278 as review
from tests.edi import test_written_answers as written
from tests.edi.samples import HEADER, batch, remit, secondary_claim, varied_claims
from tests.edi.samples_837 import batch_d, batch_i, full_d, full_i, full_p, institutional
from tests.edi.test_status import CHILDS, FIRST, asked

OTHER_TRACES = (Trace(number="T9", company="9123456789"),)
SAMPLES: dict[Kind, bytes] = {
    Kind.CLAIM_837P: claim_837p.write_claims(
        batch(replace(full_p(), number="P"), *varied_claims(3, 11), secondary_claim(number="Z"))
    ).content,
    Kind.CLAIM_837I: claim_837i.write_claims(batch_i(full_i(), institutional(number="B"))).content,
    Kind.CLAIM_837D: claim_837d.write_claims(batch_d(full_d())).content,
    Kind.REMIT_835: write_remit(
        HEADER, [remit(), replace(remit(), header=replace(remit().header, set_control_number="0002"))]
    ),
    Kind.ACK_999: write_999(HEADER, [written.VERDICT]),
    Kind.ACK_TA1: write_ta1(HEADER, [written.RECEIPT]),
    Kind.ACK_277CA: write_277ca(HEADER, [written.ACK]),
    Kind.STATUS_277: written.answered(*written.ANSWERS),
    Kind.STATUS_276: write_inquiries(asked(FIRST, CHILDS)),
    Kind.ELIGIBILITY_270: eligibility.asked(eligibility.INQUIRY, eligibility.FOR_CHILD),
    Kind.ELIGIBILITY_271: eligibility.answered(eligibility.ANSWER, replace(eligibility.ANSWER, traces=OTHER_TRACES)),
    Kind.REVIEW_278: review.written(review.ANSWER),
}
OF_997 = SAMPLES[Kind.ACK_999].replace(b"~IK", b"~AK").replace(b"ST*999*0001*005010X231A1", b"ST*997*0001*005010X230")


def together(*contents: bytes) -> bytes:
    """Several interchanges in one file."""
    return b"\r\n".join(contents)


def in_one_interchange(*contents: bytes) -> bytes:
    """The groups of several files in the interchange of the first."""
    opening = contents[0][: contents[0].index(b"~GS*") + 1]
    groups = b"".join(each[each.index(b"~GS*") + 1 : each.rindex(b"~IEA*") + 1] for each in contents)
    closing = contents[0][contents[0].rindex(b"~IEA*") + 1 :].replace(b"IEA*1*", b"IEA*%d*" % len(contents))
    return opening + groups + closing
