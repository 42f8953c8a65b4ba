"""What our own writers write has no fault of syntax or structure: tables and writers are held against each other."""

from collections.abc import Callable

import pytest

from edi import claim_837d, claim_837i
from edi.claim_837p import write_claims
from edi.remit_835 import write_remit
from edi.status_276 import write_inquiries
from edi.validate import ERROR, validate
from tests.edi import samples_837, test_eligibility, test_review_278, test_status
from tests.edi.samples import HEADER, batch, remit, secondary_claim, varied_claims

WRITTEN: dict[str, Callable[[], bytes]] = {
    "837P": lambda: write_claims(batch(*varied_claims(40, 5))).content,
    "837P secondary": lambda: write_claims(batch(secondary_claim())).content,
    "837I": lambda: claim_837i.write_claims(samples_837.batch_i(samples_837.institutional())).content,
    "835": lambda: write_remit(HEADER, [remit()]),
    "270": lambda: test_eligibility.asked(test_eligibility.INQUIRY, test_eligibility.FOR_CHILD),
    "271": lambda: test_eligibility.answered(test_eligibility.ANSWER),
    "276": lambda: write_inquiries(test_status.asked(test_status.FIRST, test_status.CHILDS, test_status.ELSEWHERE)),
    "278 request": lambda: test_review_278.written(test_review_278.REQUEST),
    "278 for two": lambda: test_review_278.written(test_review_278.REQUEST, test_review_278.FOR_CHILD),
    "278 response": lambda: test_review_278.written(test_review_278.ANSWER),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_we_write_is_right(kind: str) -> None:
    assert [each for each in validate(WRITTEN[kind]()) if each.level < 3 and each.severity == ERROR] == []


def test_a_dental_claim_is_walked_to_its_last_line() -> None:
    content = claim_837d.write_claims(samples_837.batch_d(samples_837.full_d())).content
    where = content.index(b"~SV3*") + 5
    spoilt = content[:where] + b"XX" + content[where + 2 :]
    added = [
        (each.code, each.loop, each.segment, each.element)
        for each in set(validate(spoilt)) - set(validate(content))
        if each.level < 3
    ]
    assert added == [("bad-code", "2400", "SV3", 1)]
