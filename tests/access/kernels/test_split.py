"""Lines end at newlines and nowhere else."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from access.batch import PAD
from access.kernels.hashing import words_of
from access.kernels.split import newlines, split

MARK = b"\xef\xbb\xbf"
PARTS = (b"\n", b"\n", b"\r", b" ", b"\t", b"{", b"a", b"\x8a", b"\x0b", b"\x00", b"\xef", MARK)
texts = st.lists(st.sampled_from(PARTS), max_size=60).map(b"".join)


@given(data=texts)
def test_lines_are_cut_as_python_cuts_them(data: bytes) -> None:
    data += b"\n"
    buffer = np.zeros(len(data) + PAD, np.uint8)
    buffer[: len(data)] = np.frombuffer(data, np.uint8)
    ends = np.empty(len(data), np.int64)

    count = newlines(buffer, len(data), ends)
    starts, stops, opens = split(buffer, words_of(buffer), ends[:count])

    marked = [line.removeprefix(MARK) for line in data.split(b"\n")[:-1]]
    lines = [line.removesuffix(b"\r") for line in marked]
    assert lines == [data[a:b] for a, b in zip(starts, stops, strict=True)]
    assert [(line.lstrip(b" \t") or b"\0")[0] for line in lines] == opens.tolist()


def test_more_newlines_than_there_is_room_for_are_counted() -> None:
    buffer = np.full(100, 10, np.uint8)

    assert newlines(buffer, 90, np.empty(3, np.int64)) > 3
