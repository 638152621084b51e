"""Cohorts are measured by how far they meet, against people, however their minutes come."""

from __future__ import annotations

import tracemalloc
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.cohorts import CohortLedger, is_ordinary
from actors.features import DAY, MINUTE
from actors.kept import KEPT
from actors.meetings import FEWEST, LEAST, SPAN, Meetings, Met, Sizes, Trait, measured
from actors.pairs import PAIR, Habits
from tests.actors.given import BARE, NOON, READING, pairs, people, queue
from tests.actors.meeting_twin import met, usual

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from actors.cohorts import Look

    Rows = NDArray[np.void]

LED = BARE | int(Habits.PAGED)
COLUMNS = "habit", "browser", "agent", "wide", "system", "handshake"


def drawn(seed: int, rows: int, networks: int = 40) -> Rows:
    """Draw different pairs without any rule."""
    rng = np.random.default_rng(seed)
    both = rng.permutation(networks * 30)[:rows]
    minute = NOON + np.sort(rng.integers(0, 300, rows))
    more = {"browser": rng.integers(0, 3, rows), "agent": rng.integers(0, 5, rows)}
    more |= {"system": rng.integers(0, 3, rows), "handshake": rng.integers(0, 3, rows)}
    return pairs(minute, both // 30, both % 30, BARE, wide=both // 30 % 4, **more)


def mixed(seed: int) -> Rows:
    """Mix people with a fleet, and with others who look at bare pictures, over five hours."""
    rng = np.random.default_rng(seed)
    return np.concatenate(
        [people(rng, 150, 300), queue(rng, 80, 300), people(rng, 60, 300, LED, first=500)]
    )


def table(sizes: Sizes) -> list[tuple[float, ...]]:
    columns = (getattr(sizes, f.name).tolist() for f in fields(Sizes))
    return list(zip(*columns, strict=True))


def words(looks: Iterable[Look]) -> list[tuple[int, list[tuple[float, ...]]]]:
    return [(look.minute, table(look.sizes)) for look in looks]


def ratio(sizes: Sizes, habit: int) -> float:
    """Give the last ratio of everybody with a habit."""
    row = np.flatnonzero((sizes.trait == Trait.HABIT) & (sizes.habits == habit))[-1]
    return float(sizes.met[row] / sizes.expected[row])


def last(rows: Rows, habit: int) -> Sizes:
    """Give the last look at a habit."""
    looks = [look.sizes for look in CohortLedger().look(rows)]
    return [sizes for sizes in looks if habit in sizes.habits.tolist()][-1]


@pytest.mark.parametrize("seed", range(3))
def test_meetings_are_what_looking_at_every_two_pairs_says(seed: int) -> None:
    rows = drawn(seed, 240)
    group = np.random.default_rng(seed).integers(0, 3, len(rows)).astype(np.int32)

    meetings = Meetings.of(Met.of(rows), group, np.bincount(group))

    parts = [rows[group == number] for number in range(3)]
    assert [met(part)[0] for part in parts] == meetings.met.tolist()
    assert [met(part)[1] for part in parts] == meetings.chances.tolist()
    assert [len(np.unique(p["network"])) for p in parts] == meetings.networks.tolist()


@pytest.mark.parametrize("seed", range(3))
def test_every_cohort_that_is_large_enough_is_measured(seed: int) -> None:
    rows = drawn(seed, 1_000)
    rows["habit"] = LED
    expected: list[tuple[float, ...]] = []
    for trait, column in enumerate(COLUMNS):
        for value in np.unique(rows[column]).tolist():
            part = rows[rows[column] == value]
            networks = len(np.unique(part["network"]))
            known = value > 0 or column not in {"system", "handshake"}
            if len(part) >= FEWEST and networks >= LEAST and known:
                together, chances = met(part)
                spans = len(np.unique(part["minute"] // SPAN))
                named = (trait, LED, value if trait else 0)
                counted = (len(part), networks, spans, together, 0.25 * chances, 0)
                expected.append((*named, *counted))

    assert expected == [row for sizes in measured(rows, 0.25) for row in table(sizes)]
    assert len(expected) > 5


def test_spans_are_counted_where_something_led() -> None:
    rows = drawn(1, 330)

    assert [0] == next(measured(rows, 0.25)).spans.tolist()


def test_people_are_the_yardstick_of_everybody_else() -> None:
    rng = np.random.default_rng(5)
    yardstick = people(rng, 60, 1)
    rows = np.concatenate([yardstick, queue(rng, 30, 1)])

    (look,) = CohortLedger().look(rows)

    chances = met(rows[rows["habit"] == BARE])[1]
    assert look.sizes.expected[0] == pytest.approx(usual(yardstick) * chances)


def test_a_work_queue_never_meets() -> None:
    sizes = last(mixed(1), BARE)

    assert (sizes.met.max(), sizes.expected.min() > 20) == (0, True)


@pytest.mark.parametrize("seed", range(3))
def test_people_who_come_in_another_way_meet_as_people_do(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = np.concatenate([people(rng, 400, 60), people(rng, 200, 60, BARE, first=400)])

    assert ratio(last(rows, BARE), BARE) == pytest.approx(1.0, abs=0.25)


def test_ordinary_visitors_are_no_cohort() -> None:
    looks = list(CohortLedger().look(mixed(2)))

    found = {habit for look in looks for habit in look.sizes.habits.tolist()}
    assert found == {BARE, LED}
    assert is_ordinary(np.array([READING, BARE, LED, READING | Habits.ROOTED], np.uint8)).tolist() \
        == [True, False, False, False]  # fmt: skip


def test_whose_handshake_no_log_tells_is_no_cohort_by_it() -> None:
    rows = mixed(3)
    untold, shared = ([*CohortLedger().look(given)] for given in (rows, _shaken(rows)))

    found = [set(look.sizes.trait.tolist()) for look in (*untold, *shared)]
    half = len(untold)
    assert not any(Trait.HANDSHAKE in traits for traits in found[:half])
    assert all(Trait.HANDSHAKE in traits for traits in found[half:])


def _shaken(rows: Rows) -> Rows:
    told = rows.copy()
    told["handshake"] = 7
    return told


def test_a_network_that_takes_all_alone_is_no_cohort() -> None:
    rows = pairs(NOON + np.arange(500) // 10, 7, 1 + np.arange(500))

    assert [table(look.sizes) for look in CohortLedger().look(rows) if len(look.sizes)] == []


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 99), cuts=st.lists(st.integers(1, 299), max_size=8))
def test_any_cut_of_minutes_in_any_order_gives_the_same_looks(seed: int, cuts: list[int]) -> None:
    rows, held = mixed(seed), CohortLedger()
    shuffled = np.random.default_rng(seed).permutation(rows)
    part = np.searchsorted(np.sort(cuts), shuffled["minute"] - NOON, side="right")

    pieces = [look for n in range(len(cuts) + 1) for look in words(held.look(shuffled[part == n]))]

    assert words(CohortLedger().look(rows)) == pieces
    assert len(pieces) > 5


@pytest.mark.parametrize("minute", [1, 60, 170])
def test_cohorts_survive_a_restart(minute: int) -> None:
    rows, before, after = mixed(3), CohortLedger(), CohortLedger()
    early = rows["minute"] < NOON + minute

    looks = words(before.look(rows[early]))
    after.restore(before.state())
    looks += words(after.look(rows[~early]))

    assert words(CohortLedger().look(rows)) == looks


def test_what_was_given_a_day_ago_is_forgotten() -> None:
    rng, day = np.random.default_rng(4), DAY // MINUTE
    older, newer = queue(rng, 40, 1), queue(rng, 30, 1)
    newer["minute"] += day

    *_, look = CohortLedger().look(np.concatenate([people(rng, 60, 1), older, newer]))

    assert (look.minute, look.sizes.pairs.max()) == (NOON + day, len(newer))


def test_the_newest_pairs_are_kept_and_no_more() -> None:
    rows, held = np.arange(3 * KEPT // 2), CohortLedger()
    many = pairs(NOON + rows // 20_000, rows // 3, rows)

    *_, look = held.look(many)

    assert look.sizes.pairs.max() == KEPT
    assert len(held.state()["pairs"]) < 1.5 * KEPT


def test_cohorts_are_looked_at_again_once_they_grew() -> None:
    """A look costs as much as the cohort is large, so it is taken each time a share is new."""
    rows = np.arange(2_000)
    slowly = pairs(NOON + rows // 10, rows // 3, rows)

    looks = list(CohortLedger().look(slowly))

    assert 10 < len(looks) < 60


def test_whoever_came_once_is_forgotten_after_a_day_and_an_hour() -> None:
    """Others go on, and nothing else comes in the way in which it came."""
    hours, held = NOON + 60 * np.arange(30), CohortLedger()

    list(held.look(np.concatenate([pairs(NOON, 5, 5), pairs(hours, 1, hours, LED)])))

    kept = held.state()["pairs"].astype(PAIR)["minute"]
    assert kept.min() >= NOON + 60 * (29 - 25)
    assert len(kept) > 20


def test_a_pair_that_nobody_looks_at_holds_no_more_memory_than_its_own() -> None:
    held = CohortLedger()
    tracemalloc.start()
    for minute in range(12):
        rows = np.arange(20_000)
        busy = pairs(NOON + minute, rows // 3, 20_000 * minute + rows)
        list(held.look(np.append(busy, pairs(NOON + minute, 5, minute, LED))))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert taken < 2 * KEPT * PAIR.itemsize
    assert len(held.state()["pairs"]) >= KEPT
