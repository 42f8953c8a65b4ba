"""The official files of code sets, as CMS, CDC and NUCC publish them: text lines in, frozen rows out.

Each module reads one family of files. A reader is a generator that raises `WrongFile` with one clear sentence at the
first line that does not belong; `formats.FORMATS` lists them all with what each looks like.
"""

from coding.domain.codefiles.formats import FORMATS, FileFormat, format_of, looks_like
from coding.domain.codefiles.kinds import KIND_LABELS, ReleaseKind
from coding.domain.codefiles.naming import release_named
from coding.domain.codefiles.rows import Row
from coding.domain.codefiles.wrong import WrongFile

__all__ = [
    "FORMATS",
    "KIND_LABELS",
    "FileFormat",
    "ReleaseKind",
    "Row",
    "WrongFile",
    "format_of",
    "looks_like",
    "release_named",
]
