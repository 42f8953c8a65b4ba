"""Which claim and which lines of ours a remittance speaks of. Certain or not at all: a guess is only a suggestion."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OurLine:
    """A line of our claim, as far as matching and pricing need it. Dollars."""

    id: int
    number: int
    code: str
    modifiers: tuple[str, ...] = ()
    service_date: date
    charge: Decimal
    units: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OurClaim:
    """A claim of ours that a remittance may speak of."""

    id: int
    number: str
    payer_control_number: str = ""
    payer_id: int | None = None
    patient_id: int | None = None
    patient_name: str = ""
    last_name: str = ""
    member_id: str = ""
    service_date: date
    charge: Decimal
    contract_id: int | None = None  # the price list of its payer's contract
    lines: tuple[OurLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentClaim:
    """What the remittance says about whose claim it is."""

    number: str  # CLP01
    control_number: str = ""  # CLP07
    payer_id: int | None = None  # our payer, when the remittance's is known
    last_name: str = ""
    member_id: str = ""
    service_date: date | None = None
    charge: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLine:
    """What the remittance says about which line: the code as billed when the payer changed it (SVC06)."""

    control: str = ""  # REF*6R
    code: str
    modifiers: tuple[str, ...] = ()
    service_date: date | None = None
    charge: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMatch:
    """The claim, or why there is none and which one a person should look at."""

    claim: OurClaim | None = None
    suggestion: OurClaim | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Our claims that a chunk of remittance claims may mean, by each thing that could name them."""

    by_number: Mapping[str, OurClaim] = field(default_factory=dict)
    by_control: Mapping[str, Sequence[OurClaim]] = field(default_factory=dict)
    lookalikes: Sequence[OurClaim] = ()


def match_claim(sent: SentClaim, ours: Candidates) -> ClaimMatch:
    """Our claim number exactly; else the payer's number when it names one claim; else nothing but a suggestion."""
    found = ours.by_number.get(sent.number)
    if found:
        if _contradicts(sent, found):
            return ClaimMatch(
                suggestion=found,
                problem=f"Claim {found.number} has another patient, member ID and charge",
            )
        return ClaimMatch(claim=found)
    held = [
        each
        for each in ours.by_control.get(sent.control_number, ())
        if sent.payer_id is None or each.payer_id == sent.payer_id
    ]
    if len(held) == 1 and not _contradicts(sent, held[0]):
        return ClaimMatch(claim=held[0])
    likely, why = suggest(sent, [*held, *ours.lookalikes])
    says = f"No claim {sent.number}" if sent.number else "The payer named no claim"
    return ClaimMatch(suggestion=likely, problem=f"{says}; same {why} as {likely.number}" if likely else f"{says} here")


def suggest(sent: SentClaim, candidates: Iterable[OurClaim]) -> tuple[OurClaim | None, str]:
    """The claim that agrees with most of patient, date, amount and the start of the number, and in what it agrees.

    Two agreements at least, and no other claim that agrees as well: a coin toss is no suggestion.
    """
    ranked: dict[int, tuple[int, list[str], OurClaim]] = {}
    for each in candidates:
        words, rank = _agreement(sent, each)
        if rank >= 2:
            ranked[each.id] = (rank, words, each)
    best = sorted(ranked.values(), key=lambda one: (-one[0], one[2].id))
    if not best or (len(best) > 1 and best[1][0] == best[0][0]):
        return None, ""
    _, words, claim = best[0]
    return claim, " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _agreement(sent: SentClaim, claim: OurClaim) -> tuple[list[str], int]:
    words = []
    if _same_patient(sent, claim):
        words.append("patient")
    if sent.service_date and sent.service_date == claim.service_date:
        words.append("date")
    if sent.charge and abs(sent.charge) == claim.charge:
        words.append("amount")
    return words, len(words) + _number_starts(sent.number, claim.number)


def _same_patient(sent: SentClaim, claim: OurClaim) -> bool:
    if sent.member_id and sent.member_id == claim.member_id:
        return True
    return bool(sent.last_name) and sent.last_name.casefold() == claim.last_name.casefold()


def _number_starts(sent: str, ours: str) -> bool:
    shorter, longer = sorted((sent, ours), key=len)
    return len(shorter) >= 5 and longer.startswith(shorter)


def _contradicts(sent: SentClaim, claim: OurClaim) -> bool:
    """The number is ours but nothing else is: another system's number, not an answer to us."""
    if not (sent.member_id or sent.last_name):
        return False
    return not _same_patient(sent, claim) and abs(sent.charge) != claim.charge


def match_lines(sent: Sequence[SentLine], ours: Sequence[OurLine], claim_number: str) -> list[OurLine | None]:
    """For each line of the remittance ours: by our own control number, else code, modifiers, date and charge, else
    code and charge. A control number may come back on several lines (the payer split one); the rest pair off."""
    by_number = {line.number: line for line in ours}
    found: list[OurLine | None] = [by_number.get(_line_number(each.control, claim_number)) for each in sent]
    free = [line for line in ours if line not in found]
    for same in (_same_service, _same_code):
        for at, each in enumerate(sent):
            if found[at] is None:
                match = next((line for line in free if same(each, line)), None)
                if match:
                    free.remove(match)
                    found[at] = match
    return found


def _line_number(control: str, claim_number: str) -> int:
    """Our line number from REF*6R, which is the number alone or claim number and number."""
    rest = control.removeprefix(claim_number).lstrip("-./ ") if claim_number else control
    return int(rest) if rest.isdecimal() and rest.isascii() and len(rest) < 5 else 0


def _same_service(sent: SentLine, line: OurLine) -> bool:
    return (
        _same_code(sent, line)
        and Counter(sent.modifiers) == Counter(line.modifiers)
        and sent.service_date in (None, line.service_date)
    )


def _same_code(sent: SentLine, line: OurLine) -> bool:
    return sent.code == line.code and abs(sent.charge) == line.charge


_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
LONG_ENOUGH = 9  # characters that name a claim even inside a longer reference


def _cuts_digits(text: str, at: int) -> bool:
    """Whether a cut at this place would make a shorter number out of a longer one."""
    return 0 < at < len(text) and text[at - 1].isdigit() and text[at].isdigit()


def reference_keys(reference: str) -> set[str]:
    """Every text inside a PLB reference that could be a claim number or a payer's claim number."""
    keys = {reference.strip()}
    for token in _TOKEN.findall(reference):
        keys |= {token, *token.split("-")}
        keys |= {
            token[at : at + size]
            for size in range(LONG_ENOUGH, len(token))
            for at in range(len(token) - size + 1)
            if not _cuts_digits(token, at) and not _cuts_digits(token, at + size)
        }
    return {key for key in keys if len(key) > 3}


def claim_named(reference: str, claims: Iterable[OurClaim], *, payer_id: int | None = None) -> OurClaim | None:
    """The one claim that a PLB reference names: our number before the payer's, the longest text before a shorter."""
    keys = reference_keys(reference)
    of_payer = [each for each in claims if payer_id is None or each.payer_id == payer_id]
    for name in ("number", "payer_control_number"):
        named = [(len(getattr(each, name)), each) for each in of_payer if getattr(each, name) in keys]
        longest = max((length for length, _ in named), default=0)
        best = [each for length, each in named if length == longest]
        if best:
            return best[0] if len(best) == 1 else None
    return None
