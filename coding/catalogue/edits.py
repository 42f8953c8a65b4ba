"""NCCI edits of codes that the demo uses: numbers as CMS's practitioner tables have them (third quarter of 2024).

The whole tables come with `manage.py load_codes`. Left out here are pairs and units of which the demo has no use, and
limits of 0, by which Medicare says of a service of other payers that it never covers it.
"""

from coding.domain.codefiles.rows import AddOnRow, PairRow, UnitRow

_OFFICE = "99211 99212 99213 99214 99215"
_NEW = "99202 99203 99204 99205"
_MINOR = (
    "10060 10061 11042 11102 11104 11106 11200 12001 12002 17000 17110 20526 20550 20551 20600 20604 20605 20606 20610 "
    "20611 29125 29515 46221 69210"
)
_PREVENTIVE = "99383 99384 99385 99386 99387 99393 99394 99395 99396 99397"

# Column one, modifier indicator → codes of column two.
_PAIRS: tuple[tuple[str, str, str], ...] = (
    *((procedure, "1", _OFFICE) for procedure in _MINOR.split()),
    ("90471", "1", f"{_NEW} {_OFFICE} {_PREVENTIVE}"),
    ("96372", "0", "99211"),
    ("96372", "1", f"{_NEW} 99212 99213 99214 99215"),
    ("G0008", "1", "99211"),
    ("G0438", "1", f"{_NEW} {_OFFICE}"),
    ("G0439", "1", f"{_NEW} {_OFFICE}"),
    ("11042", "1", "97597"),
    ("11102", "1", "12001 17000"),
    ("17110", "1", "11102 17000"),
    ("20610", "1", "20550"),
    ("20611", "1", "20610"),
    ("43239", "0", "43235"),
    ("45380", "0", "45378"),
    ("45385", "0", "45378"),
    ("45385", "1", "45380"),
    ("80053", "0", "80048"),
    ("93000", "1", "93005 93010"),
    ("93015", "1", "93000"),
    ("94060", "0", "94010"),
)

# Units / adjudication indicator: codes.
_UNITS = """\
1/2: 10060 11102 11104 11200 12001 17000 17110 20526 25600 29125 29515 29881 43239 45380 45385 46221
1/2: 64721 69210 78452 82306 83036 90471 90662 90686 90715 91200 93224 93793 97161 99202 99203 99204
1/2: 99205 99406 G0008 G0121 G0438 G0439
4/2: 84443
13/2: 17003
1/3: 43235 45378 72148 80053 80061 81025 82270 83013 90791 90792 90847 90853 93015 93280 93306 94010
1/3: 94060 96910 99211 99215 99238 99239 J3420
2/3: 20605 20610 20611 36415 71046 72100 73502 81002 82962 85025 87880 90832 90833 90834 90836 90837
2/3: 99212 99213 99214
3/3: 11642 73110 73562 73610 73721 87804 93000 96127 A9500
4/3: 73030 85610 94640 96372 97112 J2785
5/3: 20550
6/3: 11103 97110 97140 97530
8/3: 90472 J1885
16/3: J0696 J3301
90/3: 95044
96/3: J7325
"""

# Add-on code: primaries of which one stands beside it, all of edit type 1.
_VISITS = (
    "99202 99203 99204 99205 99211 99212 99213 99214 99215 99221 99222 99223 99231 99232 99233 99234 99235 99236 99238 "
    "99239 99242 99243 99244 99245 99252 99253 99254 99255 99304 99305 99306 99307 99308 99309 99310 99315 99316 99341 "
    "99342 99344 99345 99347 99348 99349 99350 99441 99442 99443"
)
_ADD_ONS: dict[str, str] = {
    "11103": "11102 11104 11106",
    "17003": "17000",
    "90472": "90460 90471 90473 G0008 G0009 G0010",
    "90833": _VISITS,
    "90836": _VISITS,
    "90838": _VISITS,
}

PAIR_ROWS: tuple[PairRow, ...] = tuple(
    PairRow(one, two, None, None, indicator) for one, indicator, twos in _PAIRS for two in twos.split()
)
UNIT_ROWS: tuple[UnitRow, ...] = tuple(
    UnitRow(code, int(head.partition("/")[0]), head.partition("/")[2])
    for head, _, codes in (line.partition(": ") for line in _UNITS.splitlines())
    for code in codes.split()
)
ADD_ON_ROWS: tuple[AddOnRow, ...] = tuple(
    AddOnRow(add_on, primary, "1") for add_on, primaries in _ADD_ONS.items() for primary in primaries.split()
)
