"""Services that count as part of each other: our own small table in the manner of the NCCI edits, numbers only."""

from coding.domain.edits.code_numbers import numbers

SEPARATE = frozenset({"59", "XE", "XP", "XS", "XU"})

# A visit on the same day is part of these unless it carries 25.
TAKES_IN_VISIT = numbers(
    "10060 10061 11042 11102 11104 11106 11200 12001 12002 17000 17110 20526 20550 20551 20600 20604 20605 20606 "
    "20610 20611 29125 29515 46221 69210 90471 96372 G0008 G0438 G0439"
)

# (first, second): the second is part of the first unless it carries 59 or an X modifier.
UNLESS_SEPARATE = frozenset(
    {
        ("17000", "11102"),
        ("17110", "11102"),
        ("17110", "17000"),
        ("45385", "45380"),
        ("97530", "97140"),
        ("97530", "97112"),
        ("11042", "97597"),
        ("20610", "20550"),
        ("12001", "11102"),
    }
)

# (first, second): the second is part of the first, whatever modifier it carries.
ALWAYS = frozenset(
    {
        ("43239", "43235"),
        ("45380", "45378"),
        ("45385", "45378"),
        ("20611", "20610"),
        ("93015", "93000"),
        ("93000", "93005"),
        ("93000", "93010"),
        ("94060", "94010"),
        ("80053", "80048"),
        ("87880", "87081"),
    }
)

# Add-on code → codes of which one must stand on the same day.
_VISITS = numbers("99202 99203 99204 99205 99212 99213 99214 99215")
ADD_ONS: dict[str, frozenset[str]] = {
    "90472": frozenset({"90471"}),
    "11103": frozenset({"11102", "11104", "11106"}),
    "17003": frozenset({"17000"}),
    "90833": _VISITS,
    "90836": _VISITS,
    "90838": _VISITS,
}

# Most units of a code on one day.
MOST_UNITS: dict[str, int] = {
    "11103": 6, "17003": 13, "36415": 2, "81002": 2, "83036": 1, "84443": 1, "90472": 8, "95044": 80, "96127": 4,
    "96372": 5, "97110": 6, "97112": 4, "97140": 6, "97161": 1, "97530": 6, "80053": 1, "80061": 1, "82306": 1,
    "82962": 4, "85025": 2, "85610": 2, "87804": 3, "87880": 2, "90662": 1, "90686": 1, "90715": 1, "94010": 1,
    "94640": 4, "99406": 1, "A9500": 3, "J0696": 16, "J1885": 8, "J2785": 4, "J3301": 16, "J3420": 1, "J7325": 96,
    "20526": 1, "20550": 5, "20605": 2, "20610": 2, "20611": 2, "69210": 1, "93000": 1, "93306": 1, "12001": 1,
}  # fmt: skip

BILATERAL = numbers(
    "20526 20550 20600 20604 20605 20606 20610 20611 25600 29125 29515 29881 64721 69210"
)  # code numbers whose two sides are one line with 50

# Modifiers that name a part of the body: two lines with different ones are two places.
ANATOMY = numbers("E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI")
