"""What the writer of its kind makes of a fact, beside the place in the file that the fact was read from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from edi.errors import X12Error
from edi.segments import Delimiters, Element, Repeats

Written = Iterable[Sequence[Element]]
Write = Callable[[Any, Delimiters], Written]
_OF_997 = {"IK3": "AK3", "IK4": "AK4", "IK5": "AK5"}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Consecutive segments of a file and the facts in them, as read and as they shall be.

    `raw` is their text; `elsewhere` names what the facts repeat of other places.
    """

    number: int  # of the first segment, counted from 1 over the whole file
    raw: str
    before: Any
    after: Any
    write: Write
    elsewhere: frozenset[str] = frozenset()
    joined: bool = False  # the writer gives composites as text, which it has checked

    def segments(self, facts: Any, delimiters: Delimiters) -> list[list[str]]:
        """What the writer makes of them, as it would stand in the file. Raises X12Error when it can't be written."""
        return [text_parts(each, delimiters) for each in self.write(facts, delimiters) if each[0] != "SE"]

    def changed(self, before: list[list[str]], delimiters: Delimiters) -> list[list[str]]:
        """The same of the facts as they shall be. Raises X12Error when a part of the change doesn't get written."""
        if self.after is self.before:
            return before
        after = self.segments(self.after, delimiters)
        if after == before and self.after == self.before:
            return after
        if sum(each[0] == "HL" for each in before) != sum(each[0] == "HL" for each in after):
            raise X12Error("A level can't come or go by rewriting: write the batch anew.", segment_id="HL")
        for name in self._differing():
            alone = replace(self.before, **{name: getattr(self.after, name)})
            if _wrote(self.write, alone, delimiters) == before:
                raise X12Error(f"A change of {name!r} can't be written: it doesn't stand in the text of these facts.")
        self._check(before, delimiters)
        return after

    def _check(self, before: list[list[str]], delimiters: Delimiters) -> None:
        """Only what is new must be something that X12 can carry: the file is as it is."""
        known = {value for parts in before for value in parts}
        marks = delimiters.element + delimiters.segment
        inner = "" if self.joined else delimiters.component + delimiters.repetition
        ignored = str.maketrans("", "", delimiters.component + delimiters.repetition if self.joined else "")
        for elements in self.write(self.after, delimiters):
            for position, (each, text) in enumerate(zip(elements, text_parts(elements, delimiters), strict=False)):
                values = (each,) if isinstance(each, str) else each
                if text not in known and not all(_fits(value.translate(ignored), marks + inner) for value in values):
                    says = "A value holds a delimiter or a character that X12 can't carry."
                    raise X12Error(says, segment_id=text_parts(elements, delimiters)[0], element=position)

    def _differing(self) -> Iterator[str]:
        if isinstance(self.before, tuple) or type(self.before) is not type(self.after):
            return
        for each in fields(self.before):
            name = each.name
            told = each.compare and name != "problems" and name not in self.elsewhere
            if told and getattr(self.before, name) != getattr(self.after, name):
                yield name


def _wrote(write: Write, facts: Any, delimiters: Delimiters) -> list[list[str]] | None:
    try:
        return [text_parts(each, delimiters) for each in write(facts, delimiters) if each[0] != "SE"]
    except X12Error:
        return None


def text_parts(elements: Sequence[Element], delimiters: Delimiters) -> list[str]:
    """The elements of a segment as text, without the empty ones at its end."""
    found: list[str] = []
    for each in elements:
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, Repeats):
            found.append(delimiters.repetition.join(each))
        else:
            found.append(delimiters.component.join(each).rstrip(delimiters.component))
    while len(found) > 1 and not found[-1]:
        found.pop()
    return found


def _fits(value: str, marks: str) -> bool:
    return value.isascii() and value.isprintable() and not any(each in value for each in marks)


def places_of(name: str, before: Any, after: Any) -> Iterator[Place]:
    """Where a fact (named as `edi.reading` does) stands in its file, in the order of the file.

    Raises X12Error when `after` is another kind of thing.
    """
    if type(before) is not type(after):
        raise X12Error("A fact can be changed only to one of the same kind.")
    if name in ("claim", "institutional_claim", "dental_claim"):
        yield from _claim(name, before, after)
    elif name == "claim_ack":
        yield from _claim_ack(before, after)
    else:
        if name == "provider_adjustment":  # all of one PLB
            number, raw = before[0].segment_number, ""
        else:
            number, raw = before.segment_number, before.raw
        yield Place(number=number, raw=raw, before=before, after=after, write=_writer(name, before))


_ABOVE_CLAIM = frozenset({"billing", "subscriber", "payer", "patient"})


def _claim(name: str, before: Any, after: Any) -> Iterator[Place]:
    """The levels above a claim come with every claim below them."""
    from edi.claim_837.write_levels import billing_segments, patient_segments

    if (before.patient is None) is not (after.patient is None):
        raise X12Error("A patient level can't come or go by rewriting: write the batch anew.", loop="2000C")
    yield _level(before.billing, before.billing, after.billing, billing_segments)
    insured, insured_now = (before.subscriber, before.payer), (after.subscriber, after.payer)
    yield _level(before.subscriber, insured, insured_now, _insured)
    if before.patient:
        yield _level(before.patient, before.patient, after.patient, patient_segments)
    yield Place(
        number=before.segment_number,
        raw=before.raw,
        before=before,
        after=after,
        write=_writer(name, before),
        elsewhere=_ABOVE_CLAIM,
        joined=True,
    )


def _insured(facts: tuple[Any, Any], delimiters: Delimiters) -> Written:
    from edi.claim_837.write_levels import subscriber_segments

    subscriber, payer = facts
    return subscriber_segments(subscriber, payer, delimiters)


def _level(level: Any, before: Any, after: Any, write: Write) -> Place:
    return Place(number=level.segment_number, raw=level.raw, before=before, after=after, write=write, joined=True)


def _claim_ack(before: Any, after: Any) -> Iterator[Place]:
    from edi.ack_277ca import segments_of

    if len(before.claims) != len(after.claims) or before != replace(after, claims=before.claims):
        raise X12Error("Of a 277CA, only the answers on its claims can be changed, not what stands above them.")
    for old, new in zip(before.claims, after.claims, strict=True):
        yield Place(number=old.segment_number, raw=old.raw, before=old, after=new, write=segments_of)


def _heading(facts: Any, delimiters: Delimiters) -> Written:
    """BHT, loops 1000A and 1000B of an 837. Its ST belongs to the file, and so does the time of day (BHT05)."""
    from edi.elements import date_text
    from edi.parties import Organization, write_contact, write_name

    yield ["BHT", "0019", facts.purpose, facts.reference, date_text(facts.created_on), "", facts.claim_kind]
    yield write_name("41", facts.submitter.name, "46", facts.submitter.id, delimiters=delimiters)
    yield write_contact(facts.submitter.contact, delimiters)
    yield write_name("40", Organization(name=facts.receiver.name), "46", facts.receiver.id, delimiters=delimiters)


def _writer(name: str, facts: Any) -> Write:
    match name:
        case "claim_batch":
            return _heading
        case "claim":
            from edi.claim_837p.write import segments_of as professional

            return professional
        case "institutional_claim":
            from edi.claim_837i.write import segments_of as institutional

            return institutional
        case "dental_claim":
            from edi.claim_837d.write import segments_of as dental

            return dental
        case "remit" | "remit_claim" | "provider_adjustment":
            from edi.remit_835.write import segments_of as remit

            return remit
        case "syntax_ack":
            from edi.ack_999 import segments_of as verdicts

            return lambda ack, marks: _as_sent(facts.raw, verdicts(ack, marks), marks)
        case "interchange_ack":
            from edi.ack_ta1 import segments_of as interchange

            return lambda ack, marks: interchange(ack)
        case "status_answer":
            from edi.status_277 import segments_of as answer

            return answer
        case "status_inquiry":
            from edi.status_276 import segments_of as inquiry

            return inquiry
        case "eligibility_inquiry":
            from edi.eligibility.inquiry_270 import segments_of as question

            return lambda asked, marks: question(asked)
        case "eligibility_answer":
            from edi.eligibility.answer_271 import segments_of as coverage

            return lambda answered, marks: coverage(answered)
        case _:
            from edi.review_278.write import segments_of as review

            return lambda reviewed, marks: review(reviewed)


def _as_sent(raw: str, segments: Written, delimiters: Delimiters) -> Iterator[Sequence[Element]]:
    """A 997 says AK3 to AK5 where a 999 says IK3 to IK5."""
    old = not _OF_997.keys().isdisjoint(f"I{each[1:3]}" for each in raw.split(delimiters.segment) if each[:1] == "A")
    for each in segments:
        yield [_OF_997.get(str(each[0]), each[0]), *each[1:]] if old else each
