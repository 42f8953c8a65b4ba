"""837D: teeth, orthodontics, predetermination, refusals."""

from dataclasses import replace
from typing import Any

import pytest

from edi.claim_837d import Orthodontics, Tooth, ToothStatus, read_claims, write_claims
from edi.errors import X12Error
from tests.edi.samples_837 import batch_d, full_d


def test_what_only_dental_claims_have_is_written_in_its_place() -> None:
    text = write_claims(batch_d(replace(full_d(), diagnosis_version=10))).claims["26-000001"]
    for expected in (
        "CLM*26-000001*300.25***11:B:7*N*C*W*I**AA:::MN:CA*01*******PB*11~DTP*439*D8*20260105~DTP*452*D8*20260106~",
        "DTP*472*RD8*20260220-20260221~DTP*050*D8*20260301~DN1*36*27**Y~DN2*9*M****JP~DN2*10*E****JP~PWK*",
        "HI*ABK:K021*ABF:K051~HCP*",
        "PRV*RF*PXC*1223G0001X~",
        "NM1*DD*1*Birch25*Lee",
        "PRV*AS*PXC*1223G0001X~",
        "LX*1~SV3*ER:99213:25:59:RT:GT:Left knee*150.25*12*01:02*R*2.5*****2:1~TOO*JP*12*M:O~TOO*JP*A~DTP*472*RD8*",
    ):
        assert expected in text


def test_a_plain_line_says_how_often_and_no_more() -> None:
    line = replace(full_d().lines[1], number=1)
    bare = type(line)(number=1, code="D1110", charge=line.charge)
    written = write_claims(batch_d(replace(full_d(), lines=(bare,))))
    assert "LX*1~SV3*AD:D1110*150.25****1~SE" in written.content.decode()
    [found] = read_claims(written.content)
    assert found.lines == (bare,)


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": ()},
        {"lines": full_d().lines * 26},
        {"diagnoses": ("K021",) * 5},
        {"tooth_statuses": (ToothStatus(number="9", status="M"),) * 36},
        {"lines": (replace(full_d().lines[0], teeth=(Tooth(number="1"),) * 33),)},
        {"lines": (replace(full_d().lines[0], pointers=(1, 2, 3, 4, 5)),)},
    ],
)
def test_what_the_guide_has_no_room_for_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(X12Error):
        write_claims(batch_d(replace(full_d(), **changes)))


def test_months_that_are_no_number_are_a_problem() -> None:
    content = write_claims(batch_d(full_d())).content.replace(b"DN1*36*27", b"DN1*36*2x")
    [found] = read_claims(content)
    assert [(each.segment_id, each.element, each.loop) for each in found.problems] == [("DN1", 2, "2300")]
    assert found.orthodontics == Orthodontics(months=found.orthodontics.months, months_remaining=0, indicator="Y")  # type: ignore[arg-type, union-attr]  # zero stands for it
