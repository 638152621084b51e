"""Logs are played at the pace of their own times."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from streams.traffic import LARGEST, Pace, Piece, pieces
from tests.cast.world import World

START = 1_795_521_600  # seconds since 1970


def cut(lines: list[bytes], at: list[int], window: int, a_block: int) -> list[Piece]:
    blocks = [b"".join(lines[i : i + a_block]) for i in range(0, len(lines), a_block)]
    return list(pieces(blocks, np.array(at, np.int64), window))


LINES = st.lists(
    st.tuples(st.integers(0, 500), st.sampled_from([0, 10, 200, LARGEST // 2, LARGEST + 5])),
    max_size=12,
)


@given(LINES, st.integers(1, 300), st.integers(1, 5))
def test_pieces_are_the_log_in_whole_lines_none_sent_before_it_is_written(
    drawn: list[tuple[int, int]], window: int, a_block: int
) -> None:
    lines = [b"x" * length + b"\n" for _, length in drawn]
    at = np.cumsum([gap for gap, _ in drawn]).tolist()

    sent = cut(lines, at, window, a_block)

    assert b"".join(lines) == b"".join(piece.lines for piece in sent)
    assert [p for p in sent if not p.lines.endswith(b"\n")] == []
    assert [p for p in sent if len(p.lines) > LARGEST and p.lines.count(b"\n") > 1] == []
    dues = np.repeat([p.due for p in sent], [p.lines.count(b"\n") for p in sent])
    assert all(time < due <= time + window for time, due in zip(at, dues, strict=True))


def test_lines_of_one_window_travel_together() -> None:
    sent = cut([b"a\n", b"b\n", b"c\n"], [1000, 1099, 1100], 100, 3)

    assert [Piece(1100, b"a\nb\n"), Piece(1200, b"c\n")] == sent


def test_what_is_played_in_real_time_is_the_present() -> None:
    pace = Pace.ending_now(START - 0.5, hours=1)

    assert pace == Pace(START, START, 1.0)
    assert pace.wait(1000 * START + 2500, START) == 2.5


def test_what_is_played_faster_begins_in_the_past_and_ends_in_the_present() -> None:
    pace = Pace.ending_now(START - 0.5, hours=6, speed=60)
    ended = pace.begun + 6 * 60

    assert START - 5.9 * 3600 == pace.start
    assert ended == pace.start + 6 * 3600


def test_what_is_overdue_is_sent_at_once() -> None:
    assert Pace(START, START).wait(1000 * START + 10, START + 60) == 0


def test_a_world_is_cut_into_messages_in_order() -> None:
    world = World(1, people=20, hours=0.05, start=START)

    sent = list(pieces(world.lines("json"), world.requests.at, 100))

    assert len(world.requests) == sum(piece.lines.count(b"\n") for piece in sent)
    assert all(one.due <= other.due for one, other in pairwise(sent))
