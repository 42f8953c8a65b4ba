"""Services and modifiers that the rules about pairs know by number. The pairs themselves are in the NCCI tables."""

from coding.domain.edits.code_numbers import numbers

SEPARATE = frozenset({"59", "XE", "XP", "XS", "XU"})

# A visit on the same day is part of these unless it carries 25.
TAKES_IN_VISIT = numbers(
    "10060 10061 11042 11102 11104 11106 11200 12001 12002 17000 17110 20526 20550 20551 20600 20604 20605 20606 "
    "20610 20611 29125 29515 46221 69210 90471 96372 G0008 G0438 G0439"
)

# (first, second): pairs that NCCI has dropped and payers' own software still asks a modifier for.
PAYERS_BUNDLE = frozenset({("97530", "97140"), ("97530", "97112")})

# Modifiers that name a part of the body: two lines with different ones are two places.
ANATOMY = numbers("E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI")
