"""An index as bytes and back: plain arrays in numpy's own format, nothing that could run."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from coding.lexicon.index import Index

FORMAT = 1  # raise when words, weights or arrays change, so that stored indexes are built again


def to_bytes(index: Index) -> bytes:
    """The index as an uncompressed npz file."""
    buffer = BytesIO()
    np.savez(
        buffer,
        format=np.array([FORMAT]),
        codes=_packed(index.codes),
        billable=index.billable,
        vocabulary=_packed(index.vocabulary),
        starts=index.starts,
        postings=index.postings,
        text_code=index.text_code,
        text_source=index.text_source,
        text_weights=index.text_weights,
    )
    return buffer.getvalue()


def from_bytes(stored: bytes) -> Index:
    """The index again. Raises ValueError for bytes of another format."""
    with np.load(BytesIO(stored), allow_pickle=False) as arrays:
        if arrays["format"].tolist() != [FORMAT]:
            raise ValueError("This search index has another format; build it again.")
        return Index(
            codes=_unpacked(arrays["codes"]),
            billable=arrays["billable"],
            vocabulary=_unpacked(arrays["vocabulary"]),
            starts=arrays["starts"],
            postings=arrays["postings"],
            text_code=arrays["text_code"],
            text_source=arrays["text_source"],
            text_weights=arrays["text_weights"],
        )


def _packed(texts: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode().split("\n") if len(packed) else []
