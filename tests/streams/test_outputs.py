"""What is written can be read back, byte for byte, and taken up where a snapshot left it."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.lines import Reject
from access.problems import WHOLE
from actors.frame import Scope
from enforcement.decision import Action, Decision, Signal
from streams.outputs import Outputs, replace_file
from streams.records import ENCODER, decision_record, reject_record

if TYPE_CHECKING:
    from pathlib import Path

AT, EMPTY = 1_795_521_600, min(WHOLE)  # some code
SIGNAL = Signal(
    AT, Scope.ADDRESS, "192.0.2.1", "volume", "volume", 0.1 + 0.2, 8.4, {"b": 2.0, "a": 1.0}
)
DECISION = Decision(
    id="0123456789abcdef",
    at=AT,
    action=Action.BLOCK,
    scope=Scope.ADDRESS,
    key=1,
    target="192.0.2.1",
    until=AT + 3600,
    score=12.25,
    families=("shape", "volume"),
    signals=(SIGNAL,),
    pictures=700,
    owners=12,
    rules="r",
    settings="s",
)


def test_a_decision_has_the_promised_keys_in_the_promised_order() -> None:
    keys = (
        "id at action scope target until campaign members score families signals "
        "pictures owners rules settings reach quiet agent continues ja4"
    )
    record = json.loads(ENCODER.encode(decision_record(DECISION)))

    assert list(record) == keys.split()
    assert record["at"] == "2026-11-24T12:00:00Z"
    assert record["action"] == "block"
    assert record["campaign"] is None
    assert record["signals"] == [
        {"detector": "volume", "score": 0.1 + 0.2, "evidence": {"a": 1.0, "b": 2.0}}
    ]


def test_evidence_is_written_in_one_order() -> None:
    assert b'{"a":1.0,"b":2.0}' in ENCODER.encode(decision_record(DECISION))


@given(line=st.binary(max_size=60))
def test_a_reject_keeps_its_line_byte_for_byte(line: bytes) -> None:
    record = json.loads(ENCODER.encode(reject_record(Reject(0, 7, EMPTY, 0, line), ["a.log"])))
    kept = record["text"].encode() if "text" in record else base64.b64decode(record["base64"])

    assert kept == line
    assert record["source"] == "a.log"
    assert record["line"] == 7


def test_writing_goes_on_where_the_snapshot_was_taken(tmp_path: Path) -> None:
    with Outputs.open(tmp_path, ["a.log"]) as outputs:
        outputs.write([Reject(0, 1, EMPTY, 0, b"x")], [SIGNAL], [DECISION])
        lengths = outputs.lengths()
        outputs.write([Reject(0, 2, EMPTY, 0, b"y")], [SIGNAL], [DECISION])
    whole = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with Outputs.open(tmp_path, ["a.log"], lengths) as outputs:
        outputs.write([Reject(0, 2, EMPTY, 0, b"y")], [SIGNAL], [DECISION])

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == whole


def test_without_a_snapshot_the_files_are_begun_anew(tmp_path: Path) -> None:
    for _ in range(2):
        with Outputs.open(tmp_path, ["a.log"]) as outputs:
            outputs.write([], [], [DECISION])

    assert (tmp_path / "decisions.ndjson").read_bytes().count(b"\n") == 1


def test_a_folder_that_does_not_fit_the_snapshot_is_refused(tmp_path: Path) -> None:
    with Outputs.open(tmp_path, ["a.log"]):
        pass
    with pytest.raises(OSError, match="has 0 bytes, but 10 were written"):
        Outputs.open(tmp_path, ["a.log"], {"decisions.ndjson": 10})


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "blocklist.txt"
    for text in (b"old", b"new"):
        replace_file(path, text)

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
