"""The ICD-10-CM tabular list in XML. Source: CDC/NCHS, icd10cm-tabular.

Read for its instructions: codes with a seventh character are not spelled out in it, and which of them exist is said
only by the order file.
"""

from collections.abc import Iterable, Iterator
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from coding.domain.codefiles.rows import NoteRow, Notes
from coding.domain.codefiles.wrong import WrongFile

LINES = {
    "includes": "includes",
    "inclusionTerm": "inclusion_terms",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "notes",
}


def icd10cm_tabular(lines: Iterable[str]) -> Iterator[NoteRow]:
    """The instructions of every category and code that has any."""
    for element in ended(lines, "diag"):
        notes = _notes(element)
        code = (element.findtext("name") or "").strip()
        # A code ends after those below it, which must not be read again with it.
        for below in element.findall("diag"):
            element.remove(below)
        if code and notes:
            yield NoteRow(code, notes)


def ended(lines: Iterable[str], tag: str) -> Iterator[Element]:
    """Each element of this name when it is complete. Raises WrongFile where the XML is broken or ends too early."""
    parser: XMLPullParser[Any] = XMLPullParser(events=("end",))
    try:
        for line in lines:
            parser.feed(line)
            for _, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
                if element.tag == tag:
                    yield element
        parser.close()
    except ParseError as error:
        raise WrongFile(f"The XML is cut short or damaged at line {error.position[0]}.") from None


def _notes(element: Element) -> Notes:
    found: Notes = {}
    for child in element:
        if name := LINES.get(child.tag):
            found.setdefault(name, []).extend(text for note in child.findall("note") if (text := words(note)))
        elif child.tag == "sevenChrDef":
            found["seventh"] = [f"{one.get('char')}: {words(one)}" for one in child.findall("extension")]
    return {name: texts for name, texts in found.items() if texts}


def words(element: Element) -> str:
    """The text of an element and all in it, with single spaces."""
    return " ".join("".join(element.itertext()).split())
