"""A reject stands in its topic byte for byte, with its place and the reason."""

from __future__ import annotations

import base64

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from access.lines import Reject
from access.problems import PROBLEMS
from streams.records import ENCODER
from streams.wire.rejected import Rejected
from tests.access.scanning import scan

REJECT = Reject(0, 1, min(PROBLEMS), 0, b"")


def written(line: bytes) -> dict[str, object]:
    record = Rejected.of(3, (17, 2), REJECT._replace(line=line))
    found: dict[str, object] = msgspec.json.decode(ENCODER.encode(record))
    return found


@given(st.binary(max_size=200) | st.text(max_size=80).map(str.encode))
def test_every_line_comes_back_byte_for_byte(line: bytes) -> None:
    record = written(line)

    text = record.get("text")
    came = text.encode() if isinstance(text, str) else base64.b64decode(str(record["base64"]))
    assert line == came


def test_text_stands_there_as_text_and_its_place_beside_it() -> None:
    _, [reject] = scan(b"no log line")

    record = msgspec.json.decode(ENCODER.encode(Rejected.of(3, (17, 2), reject)))

    assert record == {
        "partition": 3,
        "offset": 17,
        "line": 2,
        "reason": reject.reason,
        "text": "no log line",
    }


def test_what_is_no_text_stands_there_as_base64() -> None:
    record = written(b"\xff\x00")

    assert ("text" in record, record["base64"]) == (False, "/wA=")
