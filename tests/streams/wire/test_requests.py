"""Rows of requests come back from the wire as they were sent, or are refused."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest

from access.batch import COLUMNS
from access.event import Field
from access.lines import Chunk
from access.parser import Parser
from access.site import Site
from access.waiting import Part
from streams.wire.requests import LEFT_OUT, SENT, TEXTS, Passage, Requests

PASSAGES = [Passage(0, 5, 9, 17, 3), Passage(4, 0, 0, -1, -1, 2_500)]


def line(number: int) -> str:
    named = {"cookie_session": f"s{number}" * (number % 3)} if number % 2 else {"user": "änna"}
    return json.dumps(
        {
            "time": f"2026-11-24T12:00:{number:02}Z",
            "remote_addr": f"203.0.113.{number}",
            "request_uri": f"/i/{number}.jpg",
            "request_method": "GET",
            "status": 200,
            **named,
        }
    )


@cache
def sent(rows: int = 40) -> Requests:
    log = "".join(f"{line(number)}\n" for number in range(rows)).encode()
    batch, rejects = Parser(Site.default()).parse(Chunk(np.frombuffer(log, np.uint8), 0, 1))
    assert rejects == []
    return Requests(PASSAGES, Part(batch, np.arange(len(batch), dtype=np.int64) * 3))


def texts(requests: Requests) -> list[list[bytes]]:
    batch = requests.part.batch
    return [[batch.text(row, field) for row in range(len(batch))] for field in TEXTS.values()]


def test_what_is_judged_comes_back_as_it_was() -> None:
    came = Requests.decoded(sent().encoded())

    assert came.passages == PASSAGES
    assert came.part.due.tolist() == sent().part.due.tolist()
    assert texts(came) == texts(sent())
    for name in SENT:
        expected, column = getattr(sent().part.batch, name), getattr(came.part.batch, name)
        assert (name, expected.dtype, expected.tolist()) == (name, column.dtype, column.tolist())


@pytest.mark.parametrize("rows", [1, 40])
def test_all_columns_are_arrays_of_one_kind_whatever_was_left_out(rows: int) -> None:
    """Else kernels are compiled anew, and nobody is judged meanwhile."""
    part = Requests.decoded(sent(rows).encoded()).part
    columns = [getattr(part.batch, name) for name in COLUMNS]

    assert {c.any() for c in columns} == {True, False}
    assert {(c.flags.writeable, c.flags.c_contiguous) for c in (*columns, part.due)} == {
        (True,) * 2
    }


def test_what_nobody_judges_by_does_not_travel() -> None:
    came = Requests.decoded(sent().encoded()).part.batch

    assert [getattr(came, name).any() for name in LEFT_OUT] == [False] * len(LEFT_OUT)
    assert came.text(0, Field.TARGET) == came.text(0, Field.LINE) == b""
    assert b".jpg" not in sent().encoded()


def test_a_message_may_hold_no_rows_and_still_say_how_far_inputs_are() -> None:
    batch, due = sent().part.batch, sent().part.due
    bare = Requests(PASSAGES, Part(batch.take(slice(0, 0)), due[:0]))

    came = Requests.decoded(bare.encoded())

    assert (came.passages, len(came.part.batch)) == (PASSAGES, 0)


def test_rows_picked_anywhere_bring_their_own_texts() -> None:
    rows = np.array([33, 2, 7, 8], np.intp)
    picked = Requests(PASSAGES, Part(sent().part.batch.take(rows), sent().part.due[rows]))

    came = Requests.decoded(picked.encoded())

    assert texts(came) == [[column[row] for row in rows] for column in texts(sent())]


def test_a_message_that_is_cut_anywhere_is_refused() -> None:
    message = sent().encoded()
    for end in range(0, len(message) - 16, 37):
        with pytest.raises(ValueError, match="no message of requests"):
            Requests.decoded(message[:end])


@pytest.mark.parametrize("seed", range(4))
def test_a_message_with_any_byte_flipped_is_refused_or_read(seed: int) -> None:
    message, random = sent().encoded(), np.random.default_rng(seed)
    refused = 0
    for place in random.integers(0, len(message), 400).tolist():
        flipped = bytearray(message)
        flipped[place] ^= 1 << int(random.integers(8))
        try:
            came = Requests.decoded(bytes(flipped))
        except ValueError:
            refused += 1
            continue
        assert (came.part.batch.spans >= 0).all()
        assert (came.part.batch.spans <= len(came.part.batch.buffer)).all()
    assert 0 < refused < 400
