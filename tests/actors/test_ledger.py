"""The ledger remembers what happened, no matter how it was delivered, and within its bound."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.bearing import Bearing
from access.claims import Family, Flag
from access.event import Rendition
from actors.baseline import Baseline
from actors.capacity import Capacity
from actors.census import Census
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
from actors.memory import empty_memory
from actors.shards import Home
from tests.actors.traffic import START, asked_of, batch_of, crowd, sized
from tests.actors.twin import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

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
    return list(held.observe(asked_of(batch, batch.at // 1000)))


def lines(found: Iterable[Frame]) -> list[tuple[int, int, list[int]]]:
    return [
        (int(f.at[i]), int(f.actor[i]), [int(f[feature][i]) for feature in FEATURES])
        for f in found
        for i in range(len(f))
    ]


def observed(census: Census, batch: Batch, tick: NDArray[np.int64]) -> list[Frame]:
    found = census.fold(batch, tick, Home.of_all(batch))
    census.baseline.add(*census.newcomers())
    return [census.compared(frame) for frame in found]


@pytest.mark.parametrize("seed", range(4))
def test_the_fold_remembers_what_its_plain_twin_does(seed: int) -> None:
    batch = crowd(seed, 1500, hours=[0.1, 1, 30, 200][seed])

    assert told(batch, batch.at // 1000, FEATURES) == lines(frames(ledger(), batch))


@pytest.mark.parametrize("hours", [0.1, 30, 90])
def test_the_fold_counts_galleries_as_its_plain_twin_does(hours: float) -> None:
    batch = crowd(5, 1500, hours=hours, actors=5)
    batch.owner[:] = batch.picture % np.uint64(12)
    batch.rendition[batch.rendition != Rendition.THUMBNAIL] = Rendition.ORIGINAL
    found = lines(frames(ledger(), batch))

    assert found == told(batch, batch.at // 1000, FEATURES)
    assert any(values[FEATURES.index(Count(S.GALLERIES, 30 * DAY))] for _, _, values in found)


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


def browsers(
    asset: Sequence[int], hours: Sequence[float], *, session: ArrayLike = 0, claim: int = 1
) -> int:
    """Count browsers over 30 days: some pictures, whole assets at some hours, ten pictures."""
    hour = np.array([*[0.0] * 4, *hours, *[hours[-1]] * 10])
    batch = batch_of(
        {
            "at": START + (hour * 3_600_000).astype(np.int64) + np.arange(len(hour)) * 1000,
            "address": 5,
            "kind": [4] * 4 + [3] * len(asset) + [4] * 10,
            "picture": [*range(11, 15), *asset, *range(15, 25)],
            "agent": 1,
            "claim": claim,
        }
    )
    batch.session[4:-10] = session
    return int(frames(ledger(), batch)[-1][Count(S.BROWSERS, 30 * DAY)][-1])


def test_browsers_without_sessions_are_counted_by_one_asset_that_came_whole() -> None:
    asset = [1, 2, 3, 1, 2, 3, 1, 0, 0, 2]

    assert browsers(asset, [0.1] * 10) == 3


def test_an_asset_that_nobody_loaded_for_a_day_counts_browsers_no_more() -> None:
    assert browsers([1, 1, 2, 2, 2, 1, 2], [0.1, 0.2, 23, 25, 26, 26, 27]) == 5


def test_a_session_is_one_browser_however_many_assets_it_loads() -> None:
    assert browsers([1, 2, 1, 2, 1], [0.1] * 5, session=[7, 7, 8, 8, 8]) == 2


def test_a_program_by_its_own_word_is_no_browser() -> None:
    assert browsers([1, 1, 1], [0.1] * 3, claim=11) == 0


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
    held = ledger()

    found = list(held.observe(asked_of(late, tick)))

    assert told(late, tick, FEATURES[: -len(Fact)]) == [
        (at, key, values[: -len(Fact)]) for at, key, values in lines(found)
    ]


def test_state_survives_a_restart() -> None:
    batch = crowd(8, 900)
    tick = batch.at // 1000
    middle = int(np.searchsorted(tick, tick[450]))
    whole, before, after = (Census(FEATURES, SMALL, tick=1, seed=7, sized=sized) for _ in range(3))

    def see(census: Census, part: slice) -> list[tuple[int, int, list[int]]]:
        return lines(observed(census, batch.take(part), tick[part]))

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

    list(observed(before, batch.take(slice(0, 240)), tick[:240]))
    after.restore(before.state())
    found = list(observed(after, batch.take(slice(240, None)), tick[240:]))

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

    found = [f for f in observed(census, one, one.at // 1000) if f.scope is Scope.NETWORK]

    assert max(f[Count(S.TAKEN, HOUR)].max() for f in found) == 64


def test_what_the_pardoned_take_is_not_held_against_their_network() -> None:
    both = batch_of(
        {
            "at": START + np.arange(60) * 1000,
            "address": (0xFFFF << 32) + 0xC6120001 + np.arange(60) % 2,
            "kind": 4,
            "picture": 1 + np.arange(60),
        }
    )
    census = Census(FEATURES, SMALL, tick=1, seed=7, spared=lambda batch: batch.address % 2 == 1)

    found = observed(census, both, both.at // 1000)
    most = {
        scope: max(f[Count(S.TAKEN, HOUR)].max() for f in found if f.scope is scope)
        for scope in (Scope.ADDRESS, Scope.NETWORK)
    }

    assert most == {Scope.ADDRESS: 30, Scope.NETWORK: 30}


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

    (frame,) = observed(census, batch, batch.at // 1000)

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

    list(observed(census, batch, batch.at // 1000))
    (frame,) = observed(census, more, more.at // 1000)

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

    observed(census, batch, batch.at // 1000)

    _, counts = census.newcomers()
    assert [100, 100 * spoke] == counts.sum(axis=0)[[0, 1 + Habit.SPOKE_HTTP_2]].tolist()


@pytest.mark.parametrize("habit", [Habit.FETCHED, Habit.PICTURED])
@pytest.mark.parametrize(
    ("claim", "bearing", "has"),
    [
        (CHROME, Bearing.FETCHED | Bearing.PICTURED, 1),
        (CHROME, Bearing.UNFETCHED | Bearing.UNPICTURED, 0),
        (CHROME, 0, 0),  # of a log that does not tell
        (Family.APP, 0, 1),
    ],
)
def test_newcomers_send_what_browsers_send_or_claim_none(
    habit: Habit, claim: int, bearing: int, has: int
) -> None:
    network = (0xFFFF << 32) + 0xC6120000 + 256 * (np.arange(400) // 4)
    columns: dict[str, ArrayLike] = {"address": network, "kind": 4, "picture": 1}
    batch = batch_of({"at": START + np.arange(400), **columns, "claim": claim, "bearing": bearing})
    census = Census((Newcomers(habit),), SMALL, tick=1, seed=7)

    observed(census, batch, batch.at // 1000)

    _, counts = census.newcomers()
    assert [100, 100 * has] == counts.sum(axis=0)[[0, 1 + habit]].tolist()


def test_a_site_whose_log_tells_of_no_headers_has_no_habit_of_sending_them() -> None:
    at = np.array([START // 1000])

    shares = Baseline().shares(at)[0]

    assert [0.0, 0.0] == shares[[Habit.FETCHED, Habit.PICTURED]].tolist()


def test_one_picture_as_it_should_be_ends_the_row() -> None:
    odd, usual = int(Bearing.UNFETCHED), int(Bearing.FETCHED)
    bearing = [odd] * 14 + [usual] + [odd] * 2 + [0]
    batch = batch_of(
        {"at": START + np.arange(18) * 1000, "address": 7, "kind": 4, "bearing": bearing}
    )

    rows = [f[Latest(Fact.UNFETCHED)] for f in frames(ledger(), batch)]

    assert np.concatenate(rows).tolist() == [7, 8, 9, 10, 11, 0, 1, 2, 2]
