"""Which visit codes are for new, established, younger and older patients. Our own tables of code numbers."""

YEARS_OF_HISTORY = 3  # a patient is new who had no service of the same group and specialty for three years

OFFICE_NEW = {"99202": "99212", "99203": "99213", "99204": "99214", "99205": "99215"}
OFFICE_ESTABLISHED = frozenset({"99211", "99212", "99213", "99214", "99215"})
OFFICE_VISITS = frozenset(OFFICE_NEW) | OFFICE_ESTABLISHED

# (youngest, oldest age in years, code for a new patient, code for an established one)
PREVENTIVE_AGES = (
    (0, 0, "99381", "99391"),
    (1, 4, "99382", "99392"),
    (5, 11, "99383", "99393"),
    (12, 17, "99384", "99394"),
    (18, 39, "99385", "99395"),
    (40, 64, "99386", "99396"),
    (65, 130, "99387", "99397"),
)
PREVENTIVE_NEW = {new: established for _, _, new, established in PREVENTIVE_AGES}
PREVENTIVE_VISITS = frozenset(PREVENTIVE_NEW) | frozenset(PREVENTIVE_NEW.values())

ESTABLISHED_INSTEAD = {**OFFICE_NEW, **PREVENTIVE_NEW}
NEW_PATIENT = frozenset(ESTABLISHED_INSTEAD)


def preventive_code(age: int, *, new: bool) -> str:
    """The preventive visit for an age in whole years."""
    for youngest, oldest, for_new, for_established in PREVENTIVE_AGES:
        if youngest <= age <= oldest:
            return for_new if new else for_established
    raise ValueError(f"no preventive visit for age {age}")


def is_visit(code: str) -> bool:
    """Whether a code is one of evaluation and management, by its number."""
    return (len(code) == 5 and code.isdigit() and 99202 <= int(code) <= 99499) or code in ("G0438", "G0439", "G0402")
