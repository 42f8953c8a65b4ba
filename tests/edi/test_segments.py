"""The tokenizer: delimiters, line ends, chunks, places."""

from io import BytesIO

import pytest

from edi.claim_837p import write_claims
from edi.errors import X12Error
from edi.remit_835 import write_remit
from edi.segments import Delimiters, write_segment
from edi.tokenizer import CHUNK, read_segments
from tests.edi.samples import HEADER, PIPES, batch, claim, remit

FILE = write_claims(batch(claim())).content


def parts(content: bytes) -> list[list[str]]:
    return [each.parts for each in read_segments(content)]


def with_terminator(mark: str) -> bytes:
    return FILE.replace(b"~", mark.encode())


@pytest.mark.parametrize("mark", ["|", "\n", "\r", "\x1d"])
def test_any_terminator_of_the_isa_is_used(mark: str) -> None:
    assert parts(with_terminator(mark)) == parts(FILE)


@pytest.mark.parametrize("after", ["\n", "\r\n", "\r\n\r\n", "  \n"])
def test_line_ends_after_the_terminator_are_no_data(after: str) -> None:
    assert parts(with_terminator("~" + after)) == parts(FILE)


def test_carriage_return_before_a_line_feed_terminator_is_no_data() -> None:
    content = with_terminator("\r\n")
    assert parts(content[:105] + b"\n" + content[107:]) == parts(FILE)


@pytest.mark.parametrize("before", [b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \r\n"])
def test_blank_lines_and_a_byte_order_mark_may_stand_in_front(before: bytes) -> None:
    assert parts(before + FILE) == parts(FILE)


def test_records_wrapped_at_eighty_columns_read_the_same() -> None:
    body = FILE[106:]
    wrapped = FILE[:106] + b"\r\n".join(body[start : start + 80] for start in range(0, len(body), 80))
    assert parts(wrapped) == parts(FILE)


def test_each_interchange_has_its_own_delimiters() -> None:
    other = write_remit(HEADER, [remit()]).replace(b"~", b"\n").replace(b"*", b"|")
    assert parts(FILE + b"\r\n" + other + b"\x1a") == parts(FILE) + parts(other)


def test_numbers_and_offsets_point_at_the_segments() -> None:
    content = b"\r\n" + FILE.replace(b"~", b"~\r\n")
    for number, segment in enumerate(read_segments(content), 1):
        assert segment.number == number
        assert content[segment.offset :].startswith(segment.text.encode())


def test_offsets_stay_right_after_letters_of_two_bytes() -> None:
    content = FILE.replace(b"June", "Jüné".encode())
    for segment in read_segments(content):
        assert content[segment.offset :].startswith(segment.text.encode())
    latin = FILE.replace(b"June", "Jüné".encode("latin-1"))
    assert parts(latin) == parts(content)


class Dripping(BytesIO):
    """A stream that gives a few bytes at a time, as a pipe may."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(7)


def test_the_size_of_the_chunks_does_not_matter() -> None:
    content = write_claims(batch(*(claim(number=f"C{each}") for each in range(600)))).content
    assert len(content) > CHUNK
    whole = parts(content)
    assert [each.parts for each in read_segments(BytesIO(content))] == whole
    small = FILE + FILE
    assert [each.parts for each in read_segments(Dripping(small))] == parts(small)


def test_the_last_terminator_may_be_missing() -> None:
    assert parts(FILE.rstrip(b"~")) == parts(FILE)


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n", b"hello", b"ISA", b"ISA*00*", FILE[3:], FILE[:-40], FILE + b"more", FILE.replace(b":", b"*", 1)],
)
def test_what_is_not_x12_is_refused_with_a_place(content: bytes) -> None:
    with pytest.raises(X12Error) as caught:
        list(read_segments(content))
    assert caught.value.byte_offset is not None


def test_a_segment_without_end_is_refused_before_it_fills_the_memory() -> None:
    class Endless(BytesIO):
        given = 0

        def read(self, size: int | None = -1, /) -> bytes:
            if not self.given:
                self.given = 1
                return FILE[:200]
            self.given += 1
            return b"x" * CHUNK

    stream = Endless()
    with pytest.raises(X12Error, match="no end"):
        list(read_segments(stream))
    assert stream.given < 40


def test_elements_components_and_repeats() -> None:
    segment = next(each for each in read_segments(FILE) if each.id == "CLM")
    assert segment[1] == "26-000001"
    assert segment[99] == ""
    assert segment.components(5) == ["11", "B", "1"]
    assert segment.components(99) == [""]
    assert segment.repeats(1) == ["26-000001"]


def test_trailing_empty_elements_and_components_are_not_written() -> None:
    assert write_segment(["CLM", "A", "", ["11", "", ""], "", ""]) == "CLM*A**11~"
    assert write_segment(["SVC", ["HC", "99213", "25"]], PIPES) == "SVC|HC>99213>25\n"


@pytest.mark.parametrize("value", ["a*b", "a~b", "a:b", "a^b", "a\nb", "é"])
def test_a_delimiter_inside_a_value_is_refused(value: str) -> None:
    with pytest.raises(X12Error):
        write_segment(["REF", "EA", value])
    with pytest.raises(X12Error):
        write_segment(["SV1", ["HC", value]])


def test_a_file_without_repetition_separator_has_none() -> None:
    content = FILE[:82] + b"U" + FILE[83:]
    assert next(read_segments(content)).delimiters == Delimiters(repetition="")


@pytest.mark.parametrize("lead", [" ", "\t", "~"])
def test_what_stands_before_one_segment_alone_is_not_part_of_it(lead: str) -> None:
    start, middle, end = FILE.decode().partition("CLM*")
    segments = list(read_segments(f"{start}{lead}{middle}{end}".encode()))
    assert [each.bare for each in segments] == [each.bare for each in read_segments(FILE)]
    [moved] = [each for each in segments if each.id == "CLM"]
    assert moved.offset == len(start) + 1
