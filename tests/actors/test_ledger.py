"""The ledger remembers what happened, no matter how it was delivered, and within its bound."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.claims import Family, Flag
from actors.capacity import Capacity
from actors.census import Asked, Census
from actors.features import (
    DAY,
    HOUR,
    MINUTE,
    WINDOWS,
    Count,
    Fact,
    Habit,
    Latest,
    Newcomers,
    Statistic,
)
from actors.frame import Scope
from actors.ledger import Ledger
from actors.marks import codes
from actors.memory import empty_memory
from tests.actors.traffic import START, batch_of, crowd
from tests.actors.twin import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from access.batch import Batch
    from actors.frame import Frame

S = Statistic
CHROME, OLD = int(Family.CHROME) | 140 << 8, int(Flag.HTTP_1) << 18
COUNTED = [s for s in S if s is not S.MEMBERS]
FEATURES: tuple[Count | Latest, ...] = (
    *(Count(statistic, window) for statistic in COUNTED for window in WINDOWS),
    *(Latest(fact) for fact in Fact),
)
SMALL = Capacity(
    addresses=512, networks=64, sessions=64, accounts=64,
    slots=128, group_slots=64, sights=1 << 14, group_sights=1 << 12,
)  # fmt: skip


def ledger(*, actors: int = 512, slots: int = 128) -> Ledger:
    memory = empty_memory(actors=actors, slots=slots, sights=1 << 14, seed=7)
    return Ledger(Scope.ADDRESS, memory, FEATURES, tick=1)


def frames(held: Ledger, batch: Batch) -> list[Frame]:
    tick = batch.at // 1000
    nobody = np.zeros(len(batch), np.uint64)
    return list(
        held.observe(
            Asked(batch, tick, codes(batch), np.arange(len(batch))).by(batch.address, nobody)
        )
    )


def lines(found: Iterable[Frame]) -> list[tuple[int, int, list[int]]]:
    return [
        (int(f.at[i]), int(f.actor[i]), [int(f[feature][i]) for feature in FEATURES])
        for f in found
        for i in range(len(f))
    ]


@pytest.mark.parametrize("seed", range(4))
def test_the_fold_remembers_what_its_plain_twin_does(seed: int) -> None:
    batch = crowd(seed, 1500, hours=[0.1, 1, 30, 200][seed])

    assert told(batch, batch.at // 1000, FEATURES) == lines(frames(ledger(), batch))


@settings(max_examples=25)
@given(seed=st.integers(0, 999), cuts=st.lists(st.integers(1, 699), max_size=6))
def test_how_the_stream_is_cut_changes_nothing(seed: int, cuts: list[int]) -> None:
    batch = crowd(seed, 700)
    tick = batch.at // 1000
    # Ticks are whole by the time a ledger sees them: move each cut to the start of a tick.
    edges = sorted({0, 700, *(int(np.searchsorted(tick, tick[cut])) for cut in cuts)})
    held = ledger(actors=30, slots=9)

    pieces = [
        line for a, b in pairwise(edges) for line in lines(frames(held, batch.take(slice(a, b))))
    ]

    assert lines(frames(ledger(actors=30, slots=9), batch)) == pieces


def test_memory_is_bounded_and_what_was_forgotten_is_counted() -> None:
    batch = crowd(5, 4000, hours=50, actors=400)
    held = ledger(actors=50, slots=8)

    frames(held, batch)

    assert held.actors <= 50
    assert held.forgotten > 0


def test_the_idle_and_quiet_are_forgotten_first() -> None:
    loud = batch_of({"at": START + np.arange(40) * 1000, "address": 1, "kind": 4, "picture": 1})
    quiet = batch_of(
        {"at": START + 50_000 + np.arange(60) * 10, "address": 10 + np.arange(60), "kind": 1}
    )
    more = batch_of({"at": [START + 60_000], "address": 1, "kind": 4, "picture": 2})
    held = ledger(actors=32, slots=4)

    frames(held, loud)
    frames(held, quiet)
    (frame,) = frames(held, more)

    assert frame[Count(S.ASKED, DAY)][0] == 41


def test_a_late_request_counts_in_the_window_where_it_belongs() -> None:
    on_time = crowd(3, 400, hours=0.2)
    late = replace(on_time, at=on_time.at.copy())
    late.at[200:220] -= 90_000
    tick = on_time.at // 1000
    nobody = np.zeros(len(late), np.uint64)
    held = ledger()

    found = list(
        held.observe(Asked(late, tick, codes(late), np.arange(len(late))).by(late.address, nobody))
    )

    assert told(late, tick, FEATURES[: -len(Fact)]) == [
        (at, key, values[: -len(Fact)]) for at, key, values in lines(found)
    ]


def test_state_survives_a_restart() -> None:
    batch = crowd(8, 900)
    tick = batch.at // 1000
    middle = int(np.searchsorted(tick, tick[450]))
    whole, before, after = (Census(FEATURES, SMALL, tick=1, seed=7) for _ in range(3))

    def see(census: Census, part: slice) -> list[tuple[int, int, list[int]]]:
        return lines(census.observe(batch.take(part), tick[part]))

    expected = see(whole, slice(0, middle)) + see(whole, slice(middle, None))
    first = see(before, slice(0, middle))
    after.restore(before.state())

    assert expected == first + see(after, slice(middle, None))


def test_what_a_site_is_used_to_survives_a_restart() -> None:
    networks = np.repeat(np.arange(40), 12)
    batch = batch_of(
        {
            "at": START + np.arange(480) * 1000,
            "address": (0xFFFF << 32) + 0xC6120000 + 256 * networks,
            "kind": 4,
            "picture": 1,
        }
    )
    tick, feature = batch.at // 1000, Newcomers(Habit.OPENED_PAGE)
    before, after = (Census((feature,), SMALL, tick=1, seed=7) for _ in range(2))

    list(before.observe(batch.take(slice(0, 240)), tick[:240]))
    after.restore(before.state())
    found = list(after.observe(batch.take(slice(240, None)), tick[240:]))

    assert pytest.approx(20 / (20 + 30)) == found[-1][feature][-1]


def test_neighbours_meet_in_their_network_until_one_of_them_is_loud() -> None:
    one = batch_of(
        {
            "at": START + np.arange(300) * 1000,
            "address": (0xFFFF << 32) + 0xC6120001,
            "kind": 4,
            "picture": 1 + np.arange(300),
        }
    )
    census = Census(FEATURES, SMALL, tick=1, seed=7)

    found = [f for f in census.observe(one, one.at // 1000) if f.scope is Scope.NETWORK]

    assert max(f[Count(S.TAKEN, HOUR)].max() for f in found) == 64


def test_a_network_is_one_newcomer_however_many_addresses_it_has() -> None:
    batch = batch_of(
        {
            "at": START + np.arange(800) * 1000,
            "address": (0xFFFF << 32) + 0xC6120000 + np.arange(800) // 8,
            "kind": 4,
            "picture": 1 + np.arange(800),
        }
    )
    feature = Newcomers(Habit.OPENED_PAGE)
    census = Census((Count(S.TAKEN, MINUTE), feature), SMALL, tick=1, seed=7)

    (frame,) = census.observe(batch, batch.at // 1000)

    assert pytest.approx(20 / 21) == frame[feature][-1]


def test_newcomers_tell_what_a_site_is_used_to() -> None:
    rows = 8 * 100
    batch = batch_of(
        {
            "at": START + np.arange(rows) * 100,
            "address": (0xFFFF << 32) + 0xC6120000 + 256 * (np.arange(rows) // 8),
            "kind": np.where((np.arange(rows) % 8 == 0) & (np.arange(rows) < 240), 1, 4),
            "picture": 1 + np.arange(rows) % 9,
        }
    )
    feature = Newcomers(Habit.OPENED_PAGE)
    census = Census((Count(S.TAKEN, MINUTE), feature), SMALL, tick=1, seed=7)
    more = batch_of(
        {"at": START + 300_000 + np.arange(12) * 10, "address": 5, "kind": 4, "picture": 1}
    )

    list(census.observe(batch, batch.at // 1000))
    (frame,) = census.observe(more, more.at // 1000)

    assert pytest.approx((20 + 30) / (20 + 100)) == frame[feature][0]


@pytest.mark.parametrize(
    ("claim", "spoke"), [(CHROME, 1), (CHROME | OLD, 0), (Family.APP | OLD, 1), (Family.ANDROID, 1)]
)
def test_newcomers_speak_http_2_or_claim_no_browser(claim: int, spoke: int) -> None:
    network = (0xFFFF << 32) + 0xC6120000 + 256 * (np.arange(400) // 4)
    batch = batch_of(
        {"at": START + np.arange(400), "address": network, "kind": 4, "claim": claim, "picture": 1}
    )
    census = Census((Newcomers(Habit.SPOKE_HTTP_2),), SMALL, tick=1, seed=7)

    list(census.observe(batch, batch.at // 1000))

    _, counts = census.newcomers()
    assert [100, 100 * spoke] == counts.sum(axis=0)[[0, 1 + Habit.SPOKE_HTTP_2]].tolist()
