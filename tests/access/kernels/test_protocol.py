"""The protocol of a request, and its plain twin."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.batch import PAD
from access.event import Protocol
from access.kernels.protocol import protocol_behind, protocol_of

VERSION = re.compile(rb"(?:HTTP/)?([1-3])(?:\.[^ ]?)?", re.DOTALL)
KNOWN = {b"1": Protocol.HTTP_1, b"2": Protocol.HTTP_2, b"3": Protocol.HTTP_2}


def alone(text: bytes) -> int:
    buffer = np.zeros(len(text) + PAD, np.uint8)
    buffer[: len(text)] = np.frombuffer(text, np.uint8)
    return int(protocol_of(buffer, 0, len(text)))


def behind(text: bytes) -> int:
    buffer = np.zeros(len(text) + PAD, np.uint8)
    buffer[: len(text)] = np.frombuffer(text, np.uint8)
    return int(protocol_behind(buffer, 0, len(text)))


def twin(text: bytes) -> int:
    found = VERSION.fullmatch(text)
    return KNOWN[found[1]] if found else Protocol.UNKNOWN


def twin_behind(text: bytes) -> int:
    _, space, last = text.rpartition(b" ")
    return twin(last) if space and last.startswith(b"HTTP/") else Protocol.UNKNOWN


pieces = st.lists(st.sampled_from([b"HTTP/", b"1", b"2", b"3", b".", b" ", b"0", b"h", b"GET /"]))


@given(pieces.map(b"".join))
def test_it_reads_as_its_twin(text: bytes) -> None:
    assert twin(text) == alone(text)
    assert twin_behind(text) == behind(text)


@pytest.mark.parametrize(
    ("request_line", "protocol"),
    [
        (b"GET /i/7.jpg HTTP/1.1", Protocol.HTTP_1),
        (b"GET /i/7.jpg HTTP/1.0", Protocol.HTTP_1),
        (b"GET /i/7.jpg HTTP/2.0", Protocol.HTTP_2),
        (b"GET /i/7.jpg HTTP/3", Protocol.HTTP_2),
        (b"GET /HTTP/1.1", Protocol.UNKNOWN),
        (b"HTTP/1.1", Protocol.UNKNOWN),
        (b"\x16\x03\x01", Protocol.UNKNOWN),
    ],
)
def test_a_request_line_ends_with_its_protocol(request_line: bytes, protocol: Protocol) -> None:
    assert protocol == behind(request_line)
