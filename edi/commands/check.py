"""`validate FILE`: what is wrong with it. `acknowledge FILE`: what its receiver would answer."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

from edi.commands.streams import Streams, Wrong
from edi.validate import Finding
from edi.validate import validate as findings_of
from edi.validate.acknowledge import acknowledge as answer_to
from edi.validate.finding import ERROR


def validate(arguments: list[str], streams: Streams) -> int:
    """Print the findings of a file, a line each; 1 when one of them is an error (with --strict: any)."""
    names = [each for each in arguments if each == "-" or not each.startswith("--")]
    options = {each for each in arguments if each not in names}
    if len(names) != 1 or options - {"--json", "--strict"}:
        raise Wrong("usage: python -m edi validate FILE [--json] [--strict]")
    errors = warnings = 0
    with streams.reading(names[0]) as stream:
        for finding in findings_of(stream):
            if finding.severity == ERROR:
                errors += 1
            else:
                warnings += 1
            streams.line(_as_json(finding) if "--json" in options else _as_text(finding))
    if "--json" not in options:
        streams.stdout.write(f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}\n")
    return int(bool(errors or (warnings and "--strict" in options)))


def acknowledge(arguments: list[str], streams: Streams) -> int:
    """Print the TA1 or 999; 1 when it refuses something."""
    if len(arguments) != 1:
        raise Wrong("usage: python -m edi acknowledge FILE")
    with streams.reading(arguments[0], twice=True) as stream:
        answer = answer_to(stream, now=datetime.now(UTC))
    streams.stdout.write(answer.content.decode("ascii"))
    return int(not answer.accepted)


def _as_json(finding: Finding) -> str:
    return json.dumps({name: value for name, value in asdict(finding).items() if value is not None})


def _as_text(finding: Finding) -> str:
    place = finding.segment or ""
    if finding.element:
        place += f"{finding.element:02d}" + (f"-{finding.component}" if finding.component else "")
    where = [f"segment {finding.segment_number}"] if finding.segment_number else []
    where += [f"byte {finding.byte_offset}"] if finding.byte_offset is not None else []
    where += [each for each in (finding.loop, place) if each]
    return f"{finding.severity} SNIP {finding.level} {', '.join(where) or 'file'}: {finding.says} [{finding.code}]"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
