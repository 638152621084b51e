"""Ticks depend on the lines alone: not on how they were delivered, nor from how many inputs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.batch import Batch
from access.clock import UNJUDGED, Reach
from access.event import FIELDS, Field
from access.lateness import Lateness
from access.packing import join, packed
from access.ticks import Sequencer
from access.waiting import NO_TICKS, Part
from tests.actors.traffic import START, batch_of

TIMES = st.lists(st.integers(0, 20_000), min_size=1, max_size=60)


def batch(times: list[int]) -> Batch:
    return batch_of(
        {"at": [START, *(START + t for t in times)], "number": np.arange(len(times) + 1)}
    )


def rows(released: list[tuple[Batch, np.ndarray]]) -> list[tuple[int, int, int, int]]:
    return [
        (int(due[i]), int(b.at[i]), int(b.source[i]), int(b.number[i]))
        for b, due in released
        for i in range(len(b))
    ]


def through(whole: Batch, edges: list[int]) -> tuple[list[tuple[int, int, int, int]], int]:
    sequencer = Sequencer(Lateness())
    released = []
    for a, b in pairwise(edges):
        sequencer.push(0, whole.take(slice(a, b)))
        released.append(sequencer.release())
    sequencer.end(0)
    return rows([*released, sequencer.release()]), int(sequencer.lags.sum())


@given(times=TIMES, cuts=st.lists(st.integers(0, 60), max_size=5))
def test_how_the_stream_is_cut_changes_nothing(times: list[int], cuts: list[int]) -> None:
    whole = batch(times)
    edges = sorted({0, len(whole), *(min(cut, len(whole)) for cut in cuts)})

    assert through(whole, [0, len(whole)]) == through(whole, edges)


@given(times=TIMES)
def test_every_row_comes_out_once_in_order_of_ticks(times: list[int]) -> None:
    released, _ = through(batch(times), [0, len(times) + 1])

    assert sorted(number for *_, number in released) == list(range(len(times) + 1))
    assert [due for due, *_ in released] == sorted(due for due, *_ in released)


@given(times=st.lists(st.integers(0, 1_999), min_size=1, max_size=40))
def test_within_the_lateness_order_of_arrival_does_not_matter(times: list[int]) -> None:
    def ticks(order: list[int]) -> list[tuple[int, int]]:
        return [(due, at) for due, at, *_ in through(batch(order), [0, len(order) + 1])[0]]

    assert ticks(sorted(times)) == ticks(times)


def test_a_line_later_than_the_lateness_is_counted_and_judged_with_the_open_tick() -> None:
    released, late = through(batch([10_000, 1_000]), [0, 3])

    assert 1 == late
    assert [(START + 10_000) // 1000 - 2, START + 1_000] == list(released[1][:2])


def test_inputs_with_milliseconds_wait_a_quarter_of_a_second() -> None:
    sequencer = Sequencer(Lateness())
    sequencer.push(0, batch_of({"at": [START + 1, START + 900, START + 1_260]}))

    released, _ = sequencer.release()

    assert 2 == len(released)


@given(first=TIMES, second=TIMES, cuts=st.lists(st.integers(1, 60), max_size=4))
def test_inputs_are_merged_by_time_however_they_take_turns(
    first: list[int], second: list[int], cuts: list[int]
) -> None:
    def merged(edges: list[int]) -> list[tuple[int, int, int, int]]:
        sequencer = Sequencer(Lateness())
        released = []
        for source in (0, 1):
            sequencer.expect(source)
        for a, b in pairwise(edges):
            for source, times in ((0, first), (1, second)):
                whole = batch_of(
                    {
                        "at": START + np.array(times),
                        "source": source,
                        "number": np.arange(len(times)),
                    }
                )
                sequencer.push(source, whole.take(slice(a, b)))
            released.append(sequencer.release())
        for source in (0, 1):
            sequencer.end(source)
        return rows([*released, sequencer.release()])

    assert merged([0, 60]) == merged(sorted({0, 60, *cuts}))


def test_an_input_without_a_line_yet_holds_everything_back() -> None:
    sequencer = Sequencer(Lateness())
    sequencer.expect(1)
    sequencer.push(0, batch([50_000]))

    assert 0 == len(sequencer.release()[0])


def lines_of(source: int, *seconds: float) -> Batch:
    return batch_of({"at": [START + int(1000 * s) for s in seconds], "source": source})


def two_inputs() -> Sequencer:
    """Two inputs, both read up to their first second."""
    sequencer = Sequencer(Lateness())
    sequencer.expect(0)
    sequencer.expect(1)
    sequencer.push(0, lines_of(0, 0))
    sequencer.push(1, lines_of(1, 0.5, 1))
    return sequencer


def test_a_silent_input_stalls_the_others_no_longer_than_said() -> None:
    sequencer = two_inputs()
    sequencer.push(1, lines_of(1, 50, 70))

    released, _ = sequencer.release()

    assert [START, START + 500, START + 1_000] == sorted(released.at.tolist())


def test_what_a_silent_input_still_gives_is_late_if_its_tick_was_judged() -> None:
    sequencer = two_inputs()
    sequencer.push(1, lines_of(1, 50, 70))
    sequencer.release()
    sequencer.push(0, lines_of(0, 9, 11))
    for source in (0, 1):
        sequencer.end(source)

    released, due = sequencer.release()

    assert 1 == sequencer.lags.sum()
    assert [START + n for n in (9_000, 11_000, 50_000, 70_000)] == released.at.tolist()
    assert [10, 11, 50, 70] == (due - START // 1000).tolist()


def test_an_input_that_is_behind_but_still_read_is_waited_for() -> None:
    sequencer = two_inputs()
    sequencer.push(1, lines_of(1, 50, 70))
    sequencer.push(0, lines_of(0, 5))

    released, _ = sequencer.release()

    assert released.at.max() == START + 1_000


def test_silence_survives_a_restart() -> None:
    before, after = two_inputs(), Sequencer(Lateness())
    before.push(1, lines_of(1, 50, 70))
    before.release()
    after.restore(before.state())
    for sequencer in (before, after):
        sequencer.push(1, lines_of(1, 75))
        sequencer.push(0, lines_of(0, 3, 14))
        sequencer.push(1, lines_of(1, 200))

    assert rows([before.release()]) == rows([after.release()])
    assert before.lags.tolist() == after.lags.tolist()


@given(seed=st.integers(0, 2**32))
def test_turns_change_nothing_while_nobody_is_far_behind(seed: int) -> None:
    """Each of three inputs is read when it likes, but no line comes a minute after newer ones."""
    dice = np.random.default_rng(seed)
    lines = np.sort(dice.integers(0, 400, 60))
    source = dice.integers(0, 3, 60)

    def through_turns(delay: np.ndarray) -> list[tuple[int, int, int, int]]:
        sequencer, released = Sequencer(Lateness()), []
        for number in range(3):
            sequencer.expect(number)
        for row in np.argsort(lines + delay[source], kind="stable"):
            one = batch_of(
                {"at": [START + 1000 * lines[row]], "source": source[row], "number": row}
            )
            sequencer.push(int(source[row]), one)
            released.append(sequencer.release())
        for number in range(3):
            sequencer.end(number)
        return rows([*released, sequencer.release()])

    assert through_turns(np.zeros(3)) == through_turns(dice.integers(0, 59, 3))


def test_rows_that_wait_survive_a_restart() -> None:
    whole = batch([3_000, 900, 5_000, 4_100, 9_000])
    before, after = Sequencer(Lateness()), Sequencer(Lateness())
    before.push(0, whole.take(slice(0, 4)))
    first = before.release()

    after.restore(before.state())
    after.push(0, whole.take(slice(4, None)))
    after.end(0)

    assert through(whole, [0, len(whole)])[0] == rows([first, after.release()])


def test_packed_text_reads_the_same() -> None:
    loose = batch([1_000, 2_000])
    text = b"garbage|GET /a.jpg|GET /b.jpg|unescaped|garbage"
    spans = np.zeros((3, 2 * FIELDS), np.int32)
    spans[1, :4] = 8, 18, 12, 18
    spans[2, :6] = 19, 29, 23, 29, 30, 39
    with_text = join(
        loose.take(slice(0, 0)),
        type(loose)(
            **{
                **{name: getattr(loose, name) for name in loose.__dataclass_fields__},
                "buffer": np.frombuffer(text + bytes(64), np.uint8),
                "spans": spans,
            }
        ),
    )

    small = packed(with_text.take(np.array([1, 2])))

    assert [b"GET /a.jpg", b"GET /b.jpg"] == [small.text(i, Field(0)) for i in (0, 1)]
    assert [b"/a.jpg", b"/b.jpg"] == [small.text(i, Field(1)) for i in (0, 1)]
    assert b"unescaped" == small.text(1, Field(2))
    assert len(small.buffer) == 20 + 9 + 64


HOUR = 3_600_000  # milliseconds
WRONG = 26 * 365 * 24 * HOUR


def judged(times: list[int]) -> list[int]:
    """Say, for lines at these times after START, which are judged in their own tick."""
    sequencer = Sequencer(Lateness())
    sequencer.push(0, batch_of({"at": START + np.array(times)}))
    sequencer.end(0)
    released, due = sequencer.release()
    own = due == released.at // 1000
    return sorted((released.at[own] - START).tolist())


@pytest.mark.parametrize("place", [0, 1, 20, 39])
def test_one_wrong_clock_makes_nobody_else_late(place: int) -> None:
    times = [i * 1000 for i in range(40)]
    wrong = [*times[:place], WRONG, *times[place:]]

    found = judged(wrong)

    # After a wrong first line it takes three to know better.
    assert found == [*(times[2:] if place == 0 else times), WRONG]


def test_a_quiet_night_is_no_wrong_clock() -> None:
    times = [0, 1000, *(9 * HOUR + i * 1000 for i in range(5))]

    assert judged(times) == times


def test_a_line_an_hour_late_is_counted_and_not_judged() -> None:
    sequencer = Sequencer(Lateness())
    later = [HOUR + 1000] * 3
    sequencer.push(0, batch_of({"at": START + np.array([0, 0, *later, 0])}))
    sequencer.end(0)

    released, due = sequencer.release()

    assert len(released) == 6
    assert [START // 1000] == due[due != UNJUDGED][:1].tolist()
    assert np.count_nonzero(due == UNJUDGED) == 1
    assert sequencer.lags.sum() == 1


def test_an_input_whose_rows_were_all_handed_on_still_tells_how_far_it_came() -> None:
    sequencer = Sequencer(Lateness())
    sequencer.accept(0, Part(lines_of(0, 1), np.array([START // 1000 + 1])), Reach(0, 0))
    sequencer.accept(0, Part(Batch.empty(), NO_TICKS), Reach(START + 9_000, START // 1000 + 7))

    assert 1 == len(sequencer.release()[0])
    assert START // 1000 + 7 == sequencer.closing == sequencer.open_from(0)
