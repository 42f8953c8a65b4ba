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
