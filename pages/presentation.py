"""Words and formats that every page shares: states, clocks, money, dates. Pure: no database, no clock, no Django.

Source: DESIGN.md, "Words for states", "Clock" and "Table". One word per state across the product; a new
word needs a row in _ROWS and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

DASH = "—"  # unknown
MINUS = "\u2212"
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class StateWord:
    """How a state is shown: `shape` names the sprite (s-…), `tone` its colour class, `word` is the text."""

    shape: str
    tone: str
    word: str


# Shape and tone together say what kind of state it is.
NOT_STARTED = ("idle", "idle")
MOVING = ("move", "move")
PROVEN = ("done", "done")
FINISHED = ("done", "idle")
NEEDS_YOU = ("you", "you")
STOPPED = ("stop", "stop")
PAUSED = ("hold", "idle")

# Every status the product stores and every state a page derives from it.
_ROWS: tuple[tuple[tuple[str, str], str, str], ...] = (
    (NOT_STARTED, "draft", "Draft"),
    (NOT_STARTED, "ready", "Ready"),
    (NOT_STARTED, "stored", "Ready"),
    (NOT_STARTED, "open", "Open"),
    (NOT_STARTED, "new", "New"),
    (NOT_STARTED, "built", "Built"),
    (NOT_STARTED, "scheduled", "Scheduled"),
    (NOT_STARTED, "to_code", "To code"),
    (NOT_STARTED, "to_audit", "To audit"),
    (NOT_STARTED, "unchecked", "Not checked"),
    (MOVING, "sending", "Sending"),
    (MOVING, "submitted", "Sent"),
    (MOVING, "sent", "Sent"),
    (MOVING, "received", "Received"),
    (MOVING, "accepted", "Accepted"),
    (MOVING, "pended", "In review"),
    (MOVING, "forwarded", "Forwarded"),
    (MOVING, "appealed", "Appealed"),
    (MOVING, "corrected", "Corrected"),
    (MOVING, "asked", "Asked"),
    (MOVING, "working", "In progress"),
    (MOVING, "coded", "Coded"),
    (MOVING, "finalized", "Coded"),
    (PROVEN, "paid", "Paid"),
    (PROVEN, "posted", "Posted"),
    (PROVEN, "balanced", "Balanced"),
    (PROVEN, "covered", "Covered"),
    (PROVEN, "overturned", "Won"),
    (PROVEN, "delivered", "Delivered"),
    (PROVEN, "signed", "Signed"),
    (PROVEN, "done", "Done"),
    (FINISHED, "closed", "Closed"),
    (FINISHED, "adjudicated", "Decided"),
    (FINISHED, "billed", "Billed"),
    (FINISHED, "read", "Read"),
    (FINISHED, "patient_owes", "Patient owes"),
    (FINISHED, "patient", "Patient owes"),
    (FINISHED, "replaced", "Replaced"),
    (FINISHED, "void", "Void"),
    (FINISHED, "cancelled", "Cancelled"),
    (FINISHED, "reversed", "Reversed"),
    (FINISHED, "withdrawn", "Withdrawn"),
    (FINISHED, "written_off", "Written off"),
    (FINISHED, "duplicate", "Duplicate"),
    (FINISHED, "repeat", "Came twice"),
    (FINISHED, "set_aside", "Set aside"),
    (FINISHED, "information", "For information"),
    (FINISHED, "moot", "No longer needed"),
    (NEEDS_YOU, "held", "Needs fix"),
    (NEEDS_YOU, "needs_fix", "Needs fix"),
    (NEEDS_YOU, "underpaid", "Underpaid"),
    (NEEDS_YOU, "no_answer", "No answer"),
    (NEEDS_YOU, "paid_in_part", "Paid in part"),
    (NEEDS_YOU, "taken_back", "Taken back"),
    (NEEDS_YOU, "credit", "Credit balance"),
    (NEEDS_YOU, "information_requested", "Payer asks"),
    (NEEDS_YOU, "exception", "Exception"),
    (NEEDS_YOU, "exceptions", "Exceptions"),
    (NEEDS_YOU, "decide", "Decide"),
    (NEEDS_YOU, "provider_answered", "Answered"),
    (NEEDS_YOU, "to_answer", "To answer"),
    (NEEDS_YOU, "education", "To read"),
    (NEEDS_YOU, "disputed", "Disputed"),
    (NEEDS_YOU, "to_explain", "To explain"),
    (NEEDS_YOU, "accepted_in_part", "Accepted in part"),
    (NEEDS_YOU, "failed", "Failed"),
    (STOPPED, "rejected", "Rejected"),
    (STOPPED, "denied", "Denied"),
    (STOPPED, "unmatched", "Unmatched"),
    (STOPPED, "unbalanced", "Unbalanced"),
    (STOPPED, "upheld", "Lost"),
    (STOPPED, "inactive", "Not covered"),
    (STOPPED, "refused", "Refused"),
    (PAUSED, "on_hold", "On hold"),
    (PAUSED, "snoozed", "Not today"),
    (PAUSED, "waiting_provider", "Waiting for provider"),
)
STATES: Mapping[str, StateWord] = {code: StateWord(*kind, word) for kind, code, word in _ROWS}

# What each shape means, for the help page. Source: DESIGN.md, "Words for states".
SHAPE_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("idle", "idle", "Not started"),
    ("move", "move", "Moving: wait"),
    ("done", "done", "Done, proven (in grey: finished without money left to move)"),
    ("you", "you", "Needs you"),
    ("stop", "stop", "Stopped: somebody said no"),
    ("hold", "idle", "Paused on purpose"),
)


def state_word(code: str) -> StateWord:
    """The shape, tone and word of a state. A state without a row shows its own name with a grey ring."""
    found = STATES.get(code)
    return found or StateWord("idle", "idle", code.replace("_", " ").capitalize())


def words_by_shape() -> list[tuple[str, str, list[str]]]:
    """(shape, meaning, the words that carry it) in the order of SHAPE_MEANINGS."""
    return [
        (
            shape,
            meaning,
            list(dict.fromkeys(s.word for s in STATES.values() if s.shape == shape)),
        )
        for shape, _, meaning in SHAPE_MEANINGS
    ]


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline as shown: `tone` is over, due, soon or empty; `figure` is "2 d late", "today" or "9 d"."""

    tone: str
    figure: str
    kind: str
    days: int


def clock(due: date | None, today: date, kind: str = "") -> Clock | None:
    """Days to a deadline: past over, ≤ 3 due, ≤ 14 soon, else plain. `kind` says what for ("file"). None stays None."""
    if due is None:
        return None
    days = (due - today).days
    if days < 0:
        return Clock("over", f"{-days} d late", kind, days)
    tone = "due" if days <= 3 else "soon" if days <= 14 else ""
    return Clock(tone, "today" if days == 0 else f"{days} d", kind, days)


def money(amount: Decimal | int | None) -> str:
    """Dollars and cents with thousands and a true minus, without $: "1,204.00", "−212.40"; unknown is "—".

    Raises TypeError for a float: money is Decimal everywhere.
    """
    if amount is None:
        return DASH
    exact = _exact(amount).quantize(CENT, ROUND_HALF_UP)
    return f"{MINUS if exact < 0 else ''}{abs(exact):,.2f}"


def dollars(amount: Decimal | int | None, decimals: int = 2) -> str:
    """Dollars for prose and sums: "$1,204.00", "−$212.40"; `decimals=0` rounds to whole dollars for a KPI."""
    if amount is None:
        return DASH
    exact = _exact(amount).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{MINUS if exact < 0 else ''}${abs(exact):,.{decimals}f}"


def _exact(amount: Decimal | int) -> Decimal:
    if isinstance(amount, Decimal):
        return amount
    if isinstance(amount, int) and not isinstance(amount, bool):
        return Decimal(amount)
    raise TypeError(f"Money must be Decimal, not {type(amount).__name__}.")


def percent(rate: Decimal | Fraction | float | None, decimals: int = 1) -> str:
    """A rate between 0 and 1 as "8.4 %"; None (nothing to divide by) is "—"."""
    if rate is None:
        return DASH
    share = Decimal(rate.numerator) / rate.denominator if isinstance(rate, Fraction) else Decimal(str(rate))
    shown = (share * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{MINUS if shown < 0 else ''}{abs(shown):,.{decimals}f} %"


def rate(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """part ÷ whole, or None when there is nothing to divide by."""
    return Decimal(part) / Decimal(whole) if whole else None


def count(number: int | None) -> str:
    """A count with thousands: "2,548"; unknown is "—"."""
    return DASH if number is None else f"{number:,}".replace("-", MINUS)


def short_date(day: date | None) -> str:
    """MM/DD/YY for tables; unknown is "—"."""
    return DASH if day is None else f"{day:%m/%d/%y}"


def birth_date(day: date | None) -> str:
    """MM/DD/YYYY: a date of birth needs its century."""
    return DASH if day is None else f"{day:%m/%d/%Y}"


def long_date(day: date | None, today: date | None = None) -> str:
    """ "Nov 2" for prose; with `today` given, another year is named: "Nov 2, 2025"."""
    if day is None:
        return DASH
    year = f", {day.year}" if today is not None and day.year != today.year else ""
    return f"{day:%b} {day.day}{year}"


def full_date(day: date) -> str:
    """ "Wed, Nov 18, 2026"."""
    return f"{day:%a, %b} {day.day}, {day.year}"


def time_of_day(moment: datetime) -> str:
    """ "8:12 am"."""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'am' if moment.hour < 12 else 'pm'}"


def stamp(moment: datetime | None, today: date | None = None) -> str:
    """ "Nov 17, 4:40 pm", or "today, 8:12 am" when `today` says so."""
    if moment is None:
        return DASH
    day = "today" if today is not None and moment.date() == today else long_date(moment.date(), today)
    return f"{day}, {time_of_day(moment)}"


def when(at: date | None, today: date) -> str:
    """The left column of a timeline: "Today 8:12", "Nov 17" this year, "11/17/25" before."""
    if at is None:
        return DASH
    day = at.date() if isinstance(at, datetime) else at
    if day == today:
        return f"Today {at.hour % 12 or 12}:{at:%M}" if isinstance(at, datetime) else "Today"
    return long_date(day) if day.year == today.year else short_date(day)


def person_name(last: str, first: str, middle: str = "") -> str:
    """ "Okafor, Denise" or "Kessler, Ida M"."""
    return f"{last}, {f'{first} {middle}'.strip()}".rstrip(", ")


def initials(name: str) -> str:
    """ "MV" for "Marisol Vega"; empty for nobody."""
    words = name.split()
    return "".join(w[0] for w in (words[:1] + words[1:][-1:])).upper()


def heat(value: int | Decimal, largest: int | Decimal) -> str:
    """The class h0…h5 of a heat-map cell, by its share of the largest cell."""
    if not value or not largest:
        return "h0"
    share = Fraction(value) / Fraction(largest)
    steps = (Fraction(3, 20), Fraction(1, 4), Fraction(2, 5), Fraction(13, 20))
    return f"h{1 + sum(share >= step for step in steps)}"


KeyRow = tuple[str, tuple[str, ...]]

# The key sheet: what a person reads behind "?". Source: DESIGN.md, "Keys".
KEY_SHEET: tuple[tuple[str, tuple[KeyRow, ...]], ...] = (
    (
        "Anywhere",
        (
            ("Search", ("/",)),
            ("This sheet", ("?",)),
            ("My work", ("G", "W")),
            ("Encounters", ("G", "E")),
            ("Coding", ("G", "C")),
            ("Questions", ("G", "U")),
            ("Claims", ("G", "Q")),
            ("Remittances", ("G", "R")),
            ("Denials", ("G", "D")),
            ("Patients", ("G", "P")),
            ("Overview", ("G", "B")),
            ("Compliance", ("G", "A")),
            ("Undo", ("Z",)),
            ("Back, close", ("Esc",)),
        ),
    ),
    (
        "Lists",
        (
            ("Down, up", ("J", "K")),
            ("Pick row", ("X",)),
            ("Pick range", ("Shift", "X")),
            ("Peek", ("Space",)),
            ("Open", ("Enter",)),
            ("Apply fix", ("F",)),
            ("Send", ("S",)),
            ("Assign", ("A",)),
            ("Hold, not today", ("H",)),
            ("Note", ("N",)),
            ("Next view", ("V",)),
            ("Pages", ("]", "[")),
        ),
    ),
    (
        "Records",
        (
            ("Fix, decision", ("1", "–", "9")),
            ("Next, previous", ("J", "K")),
            ("Edit field", ("E",)),
            ("Send", ("S",)),
            ("Note", ("N",)),
            ("Raw X12", ("R",)),
            ("Ask status", ("Q",)),
            ("Post clean", ("P",)),
            ("Lines on or off", ("L",)),
        ),
    ),
    (
        "Coding",
        (
            ("Code", ("J", "K")),
            ("Accept", ("Y",)),
            ("Drop", ("D",)),
            ("First-listed", ("Enter",)),
            ("Why", ("Space",)),
            ("Next evidence", ("E",)),
            ("Modifier", ("M",)),
            ("Pointer", ("P",)),
            ("Units", ("U",)),
            ("Add code", ("C",)),
            ("Ask provider", ("Q",)),
            ("Finish, next", ("Ctrl", "Enter")),
        ),
    ),
)
