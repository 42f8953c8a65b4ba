"""Where the service was given. Source: CMS place of service code set; CPT appendix numbers for telehealth modifiers."""

from collections.abc import Iterator

from coding.domain.edits.code_numbers import numbers
from coding.domain.edits.facts import VisitFacts
from coding.domain.edits.findings import Family, Finding, Fix, FixKind, Severity
from coding.domain.edits.pairs import TAKES_IN_VISIT
from coding.domain.edits.telling import add_modifier
from coding.domain.edits.visit_levels import OFFICE_VISITS, PREVENTIVE_VISITS

PLACES = numbers(
    "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 31 32 33 34 41 42 49 50 51 52 "
    "53 54 55 56 57 58 60 61 62 65 66 71 72 81 99"
)
REMOTE = frozenset({"02", "10"})
REMOTE_MODIFIERS = frozenset({"93", "95", "GQ", "GT"})
BY_VIDEO = OFFICE_VISITS | numbers(
    "90791 90792 90832 90833 90834 90836 90837 90838 90839 90846 90847 90853 96127 97110 97112 97161 97530 99406 "
    "99407 G0438 G0439"
)
NOT_OFFICE = frozenset({"21", "23", "31", "51"})  # inpatient, emergency, skilled nursing, psychiatric inpatient
EMERGENCY_VISITS = frozenset({"99281", "99282", "99283", "99284", "99285"})
EMERGENCY = "23"
HANDS_ON = frozenset({"vaccine", "imaging", "drug"})


def _finding(code: str, at: str, brief: str, says: str, label: str, fix: Fix | None = None) -> Finding:
    return Finding(
        code=code,
        family=Family.PLACE,
        severity=Severity.STOP,
        at=at,
        brief=brief,
        says=says,
        fix_label=label,
        fix=fix,
    )


def exists(facts: VisitFacts) -> Iterator[Finding]:
    """The place of service is one of the code set. Source: CMS place of service codes. The fix takes the location's."""
    place, own = facts.place_of_service, facts.usual_place
    if place not in PLACES:
        fits = own in PLACES
        yield _finding(
            "PS01", "claim.place_of_service", "Place of service is not a code",
            f"Place of service {place or 'nothing'} is not in the CMS code set.",
            f"Use {own}" if fits else "Choose place",
            Fix(kind=FixKind.SET_PLACE, value=own) if fits else None,
        )  # fmt: skip


def video_modifier(facts: VisitFacts) -> Iterator[Finding]:
    """A service at a distance (02, 10) says how: 95 video, 93 sound. Source: CMS telehealth rules. The fix adds 95."""
    if facts.place_of_service not in REMOTE:
        return
    for line in facts.lines:
        if line.code in BY_VIDEO and not REMOTE_MODIFIERS.intersection(line.modifiers):
            yield _finding(
                "PS02", f"line.{line.number}.modifiers", f"{line.code} by video needs 95",
                f"The place of service is {facts.place_of_service}, at a distance; line {line.number} needs 95.",
                "Add 95", add_modifier(line, "95"),
            )  # fmt: skip


def video_place(facts: VisitFacts) -> Iterator[Finding]:
    """A line with a video modifier is not billed from a place of presence. Source: CMS place of service code set."""
    if facts.place_of_service in REMOTE:
        return
    for line in facts.lines:
        if REMOTE_MODIFIERS.intersection(line.modifiers):
            yield _finding(
                "PS03", "claim.place_of_service", f"Video service in place {facts.place_of_service}",
                f"Line {line.number} is marked as video, the place of service says {facts.place_of_service}.",
                "Choose place",
            )  # fmt: skip
            return


def suits_code(facts: VisitFacts) -> Iterator[Finding]:
    """Office visits are not billed from hospitals, emergency visits from nowhere else. Source: CPT."""
    place = facts.place_of_service
    for line in facts.lines:
        office = line.code in OFFICE_VISITS or line.code in PREVENTIVE_VISITS
        if (office and place in NOT_OFFICE) or (line.code in EMERGENCY_VISITS and place != EMERGENCY):
            yield _finding(
                "PS04", f"line.{line.number}.code", f"{line.code} does not fit place {place}",
                f"{line.code} is not billed with place of service {place}.", "Choose place",
            )  # fmt: skip


def possible_at_distance(facts: VisitFacts) -> Iterator[Finding]:
    """What needs hands or a needle is not given at a distance. Source: CMS list of telehealth services (own table)."""
    if facts.place_of_service not in REMOTE:
        return
    for line in facts.lines:
        if line.code not in BY_VIDEO and (line.kind in HANDS_ON or line.code in TAKES_IN_VISIT):
            yield _finding(
                "PS05", f"line.{line.number}.code", f"{line.code} at a distance",
                f"{line.code} needs the patient in the room; place {facts.place_of_service} is at a distance.",
                "Choose place",
            )  # fmt: skip


RULES = (exists, video_modifier, video_place, suits_code, possible_at_distance)
