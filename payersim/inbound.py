"""Reading claims out of validated 837P sets, and inquiries out of 276 sets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from payersim.claims import ZERO, Claim, Inquiry, Line, Person
from payersim.interchange import Segment, TransactionSet

INQUIRY_VERSION = "005010X212"


@dataclass(slots=True)
class _Levels:
    """The hierarchy levels that hold for the claim being read."""

    provider: list[Segment] = field(default_factory=list)
    subscriber: list[Segment] = field(default_factory=list)
    patient: list[Segment] = field(default_factory=list)


def claims_in(transaction: TransactionSet) -> list[Claim]:
    """Every claim of a validated 837P set, in file order.

    Raises ValueError or ArithmeticError when a value can't be read as the date or number it should be.
    """
    batch = _first(transaction.segments, "BHT").value(3)
    return [_claim(levels, body, batch) for levels, body in _claim_parts(transaction.segments)]


def _claim_parts(segments: Sequence[Segment]) -> Iterator[tuple[_Levels, list[Segment]]]:
    levels = _Levels()
    target: list[Segment] = []
    body: list[Segment] = []
    for segment in segments:
        if segment.id in ("HL", "CLM", "SE") and body:
            yield levels, body
            body = []
        if segment.id == "HL":
            levels, target = _next_level(levels, segment)
        if segment.id == "CLM":
            body = [segment]
        elif body:
            body.append(segment)
        else:
            target.append(segment)


def _next_level(levels: _Levels, segment: Segment) -> tuple[_Levels, list[Segment]]:
    match segment.value(3):
        case "20":
            levels = _Levels()
            return levels, levels.provider
        case "22":
            levels = _Levels(levels.provider)
            return levels, levels.subscriber
        case _:
            levels = _Levels(levels.provider, levels.subscriber)
            return levels, levels.patient


def _claim(levels: _Levels, body: Sequence[Segment], batch: str) -> Claim:
    head = [each for each in body if each.loop == "2300"]
    clm = head[0]
    billing = _first(levels.provider, "NM1", "85")
    insured = _first(levels.subscriber, "NM1", "IL")
    payer = _first(levels.subscriber, "NM1", "PR")
    birth = _first([each for each in levels.subscriber if each.loop == "2010BA"], "DMG")
    rendering = _first([each for each in body if each.loop == "2310B"], "NM1", "82")
    patient = _first(levels.patient, "NM1", "QC") if levels.patient else insured
    sbr = _first(levels.subscriber, "SBR")
    diagnoses = tuple(_diagnoses(head))
    return Claim(
        claim_number=clm.value(1),
        payer_id=payer.value(9),
        payer_name=payer.value(3),
        frequency=clm.value(5, 3),
        original_control=_first(head, "REF", "F8").value(2),
        charge=Decimal(clm.value(2)),
        place=clm.value(5, 1),
        filing_code=sbr.value(9),
        payer_order=sbr.value(1),
        batch=batch,
        billing_name=billing.value(3),
        billing_npi=billing.value(9),
        billing_tax_id=_tax_id(levels.provider),
        member_id=insured.value(9),
        subscriber=_person(insured),
        birth_date=_day(birth.value(2)) if birth.value(2) else None,
        sex=birth.value(3),
        patient=_person(patient),
        rendering=_person(rendering if rendering.value(3) else billing),
        rendering_npi=rendering.value(9) or billing.value(9),
        diagnoses=diagnoses,
        authorization=_first(head, "REF", "G1").value(2),
        prior_paid=sum((Decimal(each.value(2)) for each in body if _is_prior_payment(each)), ZERO),
        clearinghouse_trace=_first(head, "REF", "D9").value(2),
        lines=tuple(_line(part, diagnoses) for part in _line_parts(body)),
    )


def _is_prior_payment(segment: Segment) -> bool:
    return segment.loop == "2320" and segment.id == "AMT" and segment.value(1) == "D"


def _tax_id(provider: Sequence[Segment]) -> str:
    loop = [each for each in provider if each.loop == "2010AA"]
    return _first(loop, "REF", "EI").value(2) or _first(loop, "REF", "SY").value(2)


def _diagnoses(head: Sequence[Segment]) -> Iterator[str]:
    for segment in head:
        if segment.id != "HI":
            continue
        for element in range(1, len(segment.elements)):
            if segment.value(element, 1) in ("ABK", "ABF"):
                yield segment.value(element, 2)


def _line_parts(body: Sequence[Segment]) -> Iterator[list[Segment]]:
    part: list[Segment] = []
    for segment in body:
        if segment.id == "LX":
            if part:
                yield part
            part = [segment]
        elif part:
            part.append(segment)
    if part:
        yield part


def _line(part: Sequence[Segment], diagnoses: Sequence[str]) -> Line:
    service = _first(part, "SV1")
    first, last = _period(_first(part, "DTP", "472"))
    pointers = [int(service.value(7, n)) for n in range(1, 5) if service.value(7, n)]
    return Line(
        number=int(part[0].value(1)),
        qualifier=service.value(1, 1),
        code=service.value(1, 2),
        modifiers=tuple(service.value(1, n) for n in range(3, 7) if service.value(1, n)),
        charge=Decimal(service.value(2)),
        units=Decimal(service.value(4) or "1"),
        diagnoses=tuple(diagnoses[n - 1] for n in pointers if 0 < n <= len(diagnoses)),
        service_from=first,
        service_to=last,
        control=_first(part, "REF", "6R").value(2),
        authorization=_first(part, "REF", "G1").value(2),
        prior_paid=sum((Decimal(each.value(2)) for each in part if each.id == "SVD"), ZERO),
    )


def inquiries_in(transaction: TransactionSet) -> list[Inquiry]:
    """Every claim status question of a 276 set (005010X212), in file order.

    Raises ValueError or ArithmeticError when a value can't be read as the date or number it should be.
    """
    names: dict[str, Segment] = {}
    asked: list[Inquiry] = []
    question: list[Segment] = []
    for segment in transaction.segments:
        if segment.id in ("HL", "TRN", "SE") and question:
            asked.append(_inquiry(names, question))
            question = []
        if segment.id == "HL" and segment.value(3) == "22":
            names.pop("QC", None)
        elif segment.id == "NM1":
            names[segment.value(1)] = segment
        elif segment.id == "TRN":
            question = [segment]
        elif question:
            question.append(segment)
    return asked


def _inquiry(names: dict[str, Segment], question: Sequence[Segment]) -> Inquiry:
    payer, receiver, provider = (names.get(key, _NOTHING) for key in ("PR", "41", "1P"))
    insured, dependent = names.get("IL", _NOTHING), names.get("QC")
    period = _first(question, "DTP", "472")
    days = _period(period) if period.value(3) else None
    charge = _first(question, "AMT", "T3").value(2)
    return Inquiry(
        payer_id=payer.value(9),
        payer_name=payer.value(3),
        receiver_name=receiver.value(3),
        receiver_id=receiver.value(9),
        provider_name=provider.value(3),
        provider_npi=provider.value(9),
        member_id=insured.value(9),
        subscriber=_person(insured),
        dependent=_person(dependent) if dependent else None,
        trace=question[0].value(2),
        payer_control=_first(question, "REF", "1K").value(2),
        claim_number=_first(question, "REF", "EJ").value(2),
        charge=Decimal(charge) if charge else None,
        first_day=days[0] if days else None,
        last_day=days[1] if days else None,
    )


_NOTHING = Segment((("",),))


def _first(segments: Sequence[Segment], segment_id: str, qualifier: str = "") -> Segment:
    for segment in segments:
        if segment.id == segment_id and (not qualifier or segment.value(1) == qualifier):
            return segment
    return _NOTHING


def _person(segment: Segment) -> Person:
    return Person(segment.value(3), segment.value(4), segment.value(5))


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def _period(segment: Segment) -> tuple[date, date]:
    first, _, last = segment.value(3).partition("-")
    return _day(first), _day(last or first)
