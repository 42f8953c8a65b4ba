"""From a scenario to a visit: slot values, the note, its evidence, and the coding that the note supports."""

from random import Random

from rcm.demo.facts import CodedLine, Coding, Evidence, Payer, Person, ReferringProvider
from rcm.demo.scenarios import Scenario

Values = dict[str, str]

_VITALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bp", ("116/72", "118/74", "122/76", "124/78", "126/74", "128/80")),
    ("high_bp", ("144/88", "148/90", "152/86", "154/92", "158/94")),
    ("pulse", ("62", "66", "70", "74", "78", "82", "86")),
    ("weight", ("134", "148", "157", "166", "178", "185", "197", "212")),
    ("spo2", ("93", "94", "95", "96")),
)
_NEW = {"3": "99203", "4": "99204"}
_KNOWN = {"3": "99213", "4": "99214"}
_PREVENTIVE = ((11, "99383", "99393"), (17, "99384", "99394"), (39, "99385", "99395"), (64, "99386", "99396"))


def draw_values(rng: Random, scenario: Scenario, person: Person, age: int) -> Values:
    """One value for every slot of the scenario, with vitals, age and words for the person."""
    values = {name: rng.choice(options) for name, options in _VITALS}
    for name, slots in scenario.slots.items():
        chosen = rng.choice(slots)
        values.update({name: chosen} if isinstance(chosen, str) else chosen)
    words = ("boy", "girl") if age < 18 else ("man", "woman")
    values |= {"age": str(age), "person": words[person.sex == "F"]}
    for name, value in list(values.items()):
        values.setdefault(name[0].upper() + name[1:], value[:1].upper() + value[1:])
    return values


def write_note(scenario: Scenario, values: Values, *, is_new: bool, referring: ReferringProvider | None) -> str:
    """The note, one heading a section, as the provider signed it."""
    known = "New to the practice." if is_new else "Seen here before."
    sent = f" Sent by {referring.first_name} {referring.last_name}, {referring.credentials}." if referring else ""
    plan = "\n".join(f"{n}. {item}" for n, item in enumerate(scenario.plan, 1))
    sections = [
        ("Reason for visit", scenario.reason),
        ("History", f"{scenario.history} {known}{sent}"),
        ("Exam", scenario.exam),
        ("Results reviewed", scenario.results),
        ("Assessment and plan", plan),
    ]
    return "\n\n".join(f"{title}\n{text}" for title, text in sections if text).format_map(values)


def evidence_of(scenario: Scenario, values: Values, coding: Coding) -> tuple[Evidence, ...]:
    """For each code, the words of the note it rests on. `coding` is what the note supports."""
    found = [
        Evidence(code, tuple(words.format_map(values) for words in one.says))
        for code, one in zip(coding.diagnoses, scenario.dx, strict=True)
    ]
    for line, template in zip(coding.lines, scenario.lines, strict=True):
        if template.says:
            found.append(Evidence(line.code, (template.says.format_map(values),)))
    return tuple(found)


def right_coding(scenario: Scenario, values: Values, payer: Payer, *, age: int, is_new: bool) -> Coding:
    """The coding that the note supports and the payer pays, pair modifiers included."""
    lines = tuple(
        CodedLine(
            code=_settled(line.code, age=age, is_new=is_new),
            modifiers=tuple(line.modifiers.format_map(values).split()),
            units=int(line.units.format_map(values)),
            pointers=line.dx,
        )
        for line in scenario.lines
    )
    diagnoses = tuple(one.code.format_map(values) for one in scenario.dx)
    return Coding(diagnoses, with_pair_modifiers(lines, payer))


def preventive_code(age: int, *, is_new: bool) -> str:
    """The preventive visit for an age in years."""
    for last_age, new, known in _PREVENTIVE:
        if age <= last_age:
            return new if is_new else known
    return "99387" if is_new else "99397"


def with_pair_modifiers(lines: tuple[CodedLine, ...], payer: Payer) -> tuple[CodedLine, ...]:
    """The lines, with the modifiers 25 and 59 that the payer's pair edits ask for, first in place."""
    codes = {line.code for line in lines}
    wanted: dict[str, str] = {}
    for pair in payer.bundles:
        if pair.modifier and pair.column_two in codes and pair.column_one in codes:
            wanted[pair.column_two] = pair.modifier
    return tuple(
        CodedLine(line.code, (wanted[line.code], *line.modifiers), line.units, line.pointers)
        if line.code in wanted and wanted[line.code] not in line.modifiers
        else line
        for line in lines
    )


def _settled(code: str, *, age: int, is_new: bool) -> str:
    if code == "PREVENTIVE":
        return preventive_code(age, is_new=is_new)
    if code.startswith("OFFICE"):
        return (_NEW if is_new else _KNOWN)[code[-1]]
    return code
