"""The codes as a coder typed them: shape and presence, nothing about whether they are right."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import QueryDict

from coding.domain.codes import LETTERS, MAX_MODIFIERS, MAX_POINTERS, MAX_UNITS, PCS_LENGTH, CaseCodes, Service, letters
from coding.domain.merging import FIRST, LINE, Clash, Line

MODIFIER = re.compile(r"[A-Z0-9]{2}")
FIX = re.compile(r"[A-Z0-9]{4}@[a-z_.0-9]{1,24}@[A-Za-z0-9_.]{0,20}")
CODE = re.compile(r"[A-Z0-9][A-Z0-9.]{1,7}")


@dataclass(frozen=True)
class TypedLine:
    """One service line as text, with what is wrong per field."""

    code: str
    modifiers: str = ""
    pointers: str = ""
    units: str = "1"
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_of_stay(self) -> bool:
        """Whether it is an ICD-10-PCS procedure, which has neither modifiers nor pointers nor units."""
        return len(self.code) == PCS_LENGTH


VERBS = (  # each with a position
    "accept_diagnosis", "accept_service", "drop_diagnosis", "drop_service", "first", "mine", "theirs",
)  # fmt: skip


@dataclass(frozen=True)
class Act:
    """What a button of the page asks for besides saving; `position` counts from 1."""

    verb: str  # add, fix, or one of VERBS
    code: str = ""  # of add: the code; of fix: the finding's reference
    position: int = 0


class CodesForm:
    """The whole page's fields: dx (repeated), px, modifiers, pointers, units (one each per line), revision, one act.

    Of a stay also discharge_status.

    `clash` (repeated) carries what two people changed at once until the person at the page has chosen.
    """

    def __init__(self, data: QueryDict) -> None:
        self.diagnoses = tuple(code.strip().upper()[:8] for code in data.getlist("dx")[:60])
        typed = [data.getlist(name) for name in ("px", "modifiers", "pointers", "units")]
        revision = data.get("revision", "")
        self.whole = len({len(column) for column in typed}) == 1 and revision.isdigit() and len(revision) < 10
        self.revision = int(revision) if self.whole else 0
        self.lines = [self._line(*row) for row in zip(*typed, strict=False)] if self.whole else []
        self.act = self._act(data)
        self.discharge_status = data.get("discharge_status", "")[:2]  # of a stay; empty: not said
        read = (read_clash(text) for text in data.getlist("clash")[:60])
        self.clashes = [clash for clash in read if clash is not None]

    def _line(self, code: str, modifiers: str, pointers: str, units: str) -> TypedLine:
        errors = {
            "modifiers": _modifier_error(modifiers),
            "pointers": _pointer_error(pointers, len(self.diagnoses)),
            "units": "" if _units(units) else f"Units are a number from 1 to {MAX_UNITS}.",
        }
        return TypedLine(
            code.strip().upper()[:PCS_LENGTH],
            modifiers[:40],
            pointers[:40],
            units[:8],
            {name: says for name, says in errors.items() if says},
        )

    @staticmethod
    def _act(data: QueryDict) -> Act | None:
        code = data.get("add", "").strip().upper()
        if code and CODE.fullmatch(code):
            return Act("add", code=code)
        if FIX.fullmatch(fix := data.get("fix", "")):
            return Act("fix", code=fix)
        for verb in VERBS:
            given = data.get(verb, "")
            if given.isdigit() and len(given) < 4:
                return Act(verb, position=int(given))
        return None

    def is_valid(self) -> bool:
        """Whether every field can be read; `errors` of the lines say which cannot."""
        return self.whole and not any(line.errors for line in self.lines)

    def codes(self) -> CaseCodes:
        """What was typed, before any act; a field that cannot be read counts as empty, units as one."""
        services = tuple(
            Service(
                code=line.code,
                modifiers=tuple(_modifiers(line.modifiers)),
                units=_units(line.units) or 1,
                pointers=_pointers(line.pointers),
            )
            for line in self.lines
        )
        return CaseCodes(self.diagnoses, services)


def as_typed(codes: CaseCodes) -> list[TypedLine]:
    """Saved services as the text that the page's fields hold."""
    return [
        TypedLine(service.code, " ".join(service.modifiers), letters(service.pointers), str(service.units))
        for service in codes.services
    ]


def _modifiers(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", text.upper()) if word]


def _modifier_error(text: str) -> str:
    given = _modifiers(text)
    if any(not MODIFIER.fullmatch(one) for one in given):
        return "A modifier has two letters or digits, as 25 or RT."
    if len(given) > MAX_MODIFIERS:
        return f"A line carries {MAX_MODIFIERS} modifiers."
    return "The same modifier stands twice." if len(set(given)) < len(given) else ""


def _letters(text: str) -> list[str]:
    return [letter for letter in text.upper() if not letter.isspace() and letter != ","]


def _pointers(text: str) -> tuple[int, ...]:
    return tuple(LETTERS.index(letter) + 1 for letter in _letters(text) if letter in LETTERS)


def _pointer_error(text: str, diagnoses: int) -> str:
    given = _letters(text)
    if any(letter not in LETTERS[:diagnoses] for letter in given):
        last = LETTERS[min(diagnoses, len(LETTERS)) - 1] if diagnoses else ""
        return f"Point at the letters A to {last}." if diagnoses > 1 else "Point at A." if last else "Add a diagnosis."
    if len(given) > MAX_POINTERS:
        return f"A line points at {MAX_POINTERS} diagnoses at most."
    return "The same letter stands twice." if len(set(given)) < len(given) else ""


def _units(text: str) -> int:
    given = text.strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 0


def clash_text(clash: Clash) -> str:
    """A clash as a hidden field carries it."""
    return json.dumps(asdict(clash), separators=(",", ":"))


def read_clash(text: str) -> Clash | None:
    """The clash that a hidden field carries; None for anything else."""
    try:
        data = json.loads(text[:2000])
        clash = Clash(**data | {"mine": _line(data["mine"]), "theirs": _line(data["theirs"])})
    except (ValueError, TypeError, KeyError):
        return None
    sound = clash.kind in (FIRST, LINE) and isinstance(clash.nth, int) and bool(CODE.fullmatch(clash.code))
    return clash if sound else None


def _line(data: Mapping[str, Any] | None) -> Line | None:
    if data is None:
        return None
    line = Line(
        code=str(data["code"]),
        modifiers=tuple(str(one) for one in data["modifiers"]),
        units=int(data["units"]),
        diagnoses=tuple(str(one) for one in data["diagnoses"]),
    )
    named = [line.code, *line.diagnoses]
    if not all(CODE.fullmatch(one) for one in named) or not all(MODIFIER.fullmatch(one) for one in line.modifiers):
        raise ValueError("no code or modifier looks like this")
    return line
