"""What a coder types becomes codes, or says which field cannot be read."""

import pytest
from django.http import QueryDict

from coding.domain.codes import CaseCodes, Service
from coding.forms import Act, CodesForm, as_typed

PAGE = "revision=3&dx=M17.11&dx=i10&px=99213&modifiers=25&pointers=b+a&units=1"


def form(query: str = PAGE, **changed: str) -> CodesForm:
    data = QueryDict(query, mutable=True)
    for name, value in changed.items():
        data[name] = value
    return CodesForm(data)


def test_the_page_is_read_as_codes() -> None:
    read = form()
    assert read.is_valid()
    assert read.revision == 3
    service = Service(code="99213", modifiers=("25",), units=1, pointers=(2, 1))
    assert read.codes() == CaseCodes(("M17.11", "I10"), (service,))
    assert as_typed(read.codes())[0].pointers == "B A"


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("modifiers", "2", "A modifier has two letters or digits, as 25 or RT."),
        ("modifiers", "25 25", "The same modifier stands twice."),
        ("modifiers", "25 59 RT LT GA", "A line carries 4 modifiers."),
        ("pointers", "C", "Point at the letters A to B."),
        ("pointers", "AA", "The same letter stands twice."),
        ("units", "0", "Units are a number from 1 to 999."),
        ("units", "1.5", "Units are a number from 1 to 999."),
        ("units", "", "Units are a number from 1 to 999."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(field: str, typed: str, says: str) -> None:
    read = form(**{field: typed})
    assert not read.is_valid()
    assert read.lines[0].errors == {field: says}
    assert getattr(read.lines[0], field) == typed


@pytest.mark.parametrize("typed", ["25,rt", " 25  RT ", "25 rt"])
def test_modifiers_are_read_as_people_write_them(typed: str) -> None:
    assert form(modifiers=typed).codes().services[0].modifiers == ("25", "RT")


@pytest.mark.parametrize(
    "query", ["", "revision=x&dx=I10", "revision=1&px=99213", "revision=99999999999&dx=I10", PAGE + "&px=99214"]
)
def test_a_page_that_lacks_fields_is_not_taken_for_an_empty_one(query: str) -> None:
    read = CodesForm(QueryDict(query))
    assert not read.whole
    assert not read.is_valid()


@pytest.mark.parametrize(
    ("extra", "act"),
    [
        ("", None),
        ("&add=20610", Act("add", code="20610")),
        ("&add=<b>", None),
        ("&drop_diagnosis=2", Act("drop_diagnosis", position=2)),
        ("&drop_service=1", Act("drop_service", position=1)),
        ("&first=2", Act("first", position=2)),
        ("&fix=DX04@claim.diagnoses.1@M17.11", Act("fix", code="DX04@claim.diagnoses.1@M17.11")),
        ("&fix=DROP TABLE", None),
        ("&first=two", None),
    ],
)
def test_one_act_of_a_button(extra: str, act: Act | None) -> None:
    assert form(PAGE + extra).act == act
