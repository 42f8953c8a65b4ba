"""Groups of codes that the rules treat alike: lasting conditions, facts that count anywhere, symptoms, vague words."""

# Conditions that last: said to be in the history, they are still there.
CHRONIC = (
    "I10", "I11", "I12", "I13", "I25.1", "I25.5", "I42", "I48", "I50", "I27", "E10", "E11", "E03", "E05", "E06", "E78",
    "E66", "J44", "J45", "J43", "J84", "N18", "K21", "K50", "K51", "K74", "K70.3", "F20", "F31", "F33", "F90", "F84",
    "G20", "G30", "G35", "G40", "M05", "M06", "M32", "M81", "M10", "L40", "D57", "B18", "B20", "I73.9", "G47.33",
    "F10", "F11", "F12", "F14", "F15", "F3", "F41", "I34", "I35", "K76.0", "E28", "D50.9",
    "N40", "K58", "M17", "M16", "F41.1", "I87.2", "M79.7", "F43.1", "G43", "L20", "F03",
)  # fmt: skip
# Conditions that are expected to last a year or more, beside those.
LASTING = (
    "C", "D5", "D8", "E", "F", "G2", "G3", "G4", "G6", "G7", "I1", "I2", "I3", "I4", "I5", "I7", "J3", "J4",
    "J8", "K2", "K5",
    "K7", "K86", "K90", "L2", "L4", "L5", "L7", "L8", "M05", "M06", "M1", "M3", "M4", "M79.7", "M8",
    "N18", "N3", "N4", "N8", "B20", "Q",
)  # fmt: skip
# Facts of a person's history and care that count wherever they stand.
STATUS = (
    "Z79",
    "Z95",
    "Z94",
    "Z99",
    "Z93",
    "Z89",
    "F17",
    "Z87.891",
    "Z72.0",
    "I25.2",
    "Z96",
    "Z85",
    "Z86.0",
    "Z97",
    "Z90",
    "Z98.84",
    "Z98.61",
    "Z88",
    "Z91.0",
    "W",
    "V",
    "X",
    "Z59",
    "T4",
    "T36",
    "T37",
    "T38",
    "T39",
    "T50",
)
SYMPTOM = (
    "R",
    "M25.5",
    "M79.6",
    "M54.2",
    "M54.5",
    "M54.6",
    "M54.9",
    "H57.1",
    "H92.0",
    "M79.1",
    "N64.4",
    "L29.9",
    "H53.8",
    "I95.9",
)
# Words too general to be a code without more: pain, bleeding, infection, injury.
WEAK = frozenset(
    {
        "R52",
        "R58",
        "I96",
        "B99.9",
        "T14.90XA",
        "T30.0",
        "R69",
        "R23.1",
        "L53.9",
        "R22.9",
        "M12.9",
        "L90.5",
        "F29",
        "Z3A.00",
        "D36.9",
        "D36.7",
        "D48.9",
        "D49.9",
        "C80.1",
        "C80.0",
        "T14.8XXA",
    }
)
# Findings of chapter 18 that stand for themselves, a problem and no symptom of one.
RESULTS = (
    "R73",
    "R87",
    "R91",
    "R92",
    "R93",
    "R94",
    "R97",
    "R31",
    "R55",
    "R07.8",
    "R04",
)
