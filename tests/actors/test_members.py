"""Members of fleets are added to who is known anyway, or come behind them in their tick."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from actors.features import DAY, HOUR, Bond, Bound, Count, Fact, Latest, Statistic
from actors.frame import Frame, Scope
from actors.members import Members, joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from actors.features import Feature

PICTURES, ASKED = Count(Statistic.PICTURES, DAY), Count(Statistic.ASKED, HOUR)
CLAIM, FLEET, NUMBER = Latest(Fact.CLAIM), Bound(Bond.FLEET), Bound(Bond.CAMPAIGN)
FEATURES = PICTURES, ASKED, CLAIM, FLEET, NUMBER


def known(at: list[int], actor: list[int], scope: Scope = Scope.ADDRESS) -> Frame:
    """Make a frame of actors who asked for ten times their number."""
    who = np.array(actor, np.uint64)
    number = who.astype(np.float64)
    columns: dict[Feature, NDArray[np.float64]] = {
        PICTURES: 2 * number, ASKED: 10 * number, CLAIM: 100 + number,
    }  # fmt: skip
    return Frame(
        scope=scope,
        at=np.array(at, np.int64),
        actor=who,
        row=np.array(at, np.int64) * 10,
        columns=columns,
    )


def members(at: list[int], actor: list[int]) -> Members:
    """Make members of a campaign that is named like the actor."""
    who = np.array(actor, np.float64)
    bonds = {bond: np.full(len(at), 0.5) for bond in Bond} | {Bond.CAMPAIGN: who}
    return Members(
        at=np.array(at, np.int64),
        actor=np.array(actor, np.uint64),
        row=np.array(at, np.int64) * 10 + 3,
        claim=200.0 + who,
        handshake=300.0 + who,
        pictures=np.full(len(at), 4.0),
        bonds=bonds,
    )


def table(frame: Frame) -> list[tuple[float, ...]]:
    columns = [frame.at, frame.actor, frame.row, *(frame[feature] for feature in FEATURES)]
    return list(zip(*(column.tolist() for column in columns), strict=True))


def told(frames: list[Frame]) -> list[tuple[float, ...]]:
    return [row for frame in frames for row in table(frame)]


def test_who_is_known_is_told_in_its_own_row_that_it_is_a_member() -> None:
    (frame,) = joined([known([1, 1, 2], [7, 8, 7])], members([1], [8]), FEATURES)

    assert table(frame) == [
        (1, 7, 10, 14, 70, 107, 0, 0),
        (1, 8, 13, 16, 80, 108, 0.5, 8),
        (2, 7, 20, 14, 70, 107, 0, 0),
    ]


def test_who_is_known_for_nothing_else_comes_at_the_end_of_its_tick() -> None:
    (frame,) = joined([known([1, 3], [7, 7])], members([1, 2], [5, 6]), FEATURES)

    assert table(frame) == [
        (1, 7, 10, 14, 70, 107, 0, 0),
        (1, 5, 13, 4, 0, 205, 0.5, 5),
        (2, 6, 23, 4, 0, 206, 0.5, 6),
        (3, 7, 30, 14, 70, 107, 0, 0),
    ]


def test_of_who_is_known_for_nothing_else_the_claim_and_the_handshake_are_told() -> None:
    named = (Latest(Fact.HANDSHAKE), Latest(Fact.CLAIM), *FEATURES)

    (frame,) = joined([], members([1], [5]), named)

    assert [frame[feature].tolist() for feature in named[:2]] == [[305.0], [205.0]]


def test_a_member_known_in_another_tick_is_new_in_its_own() -> None:
    (frame,) = joined([known([1, 5], [7, 7])], members([3], [7]), FEATURES)

    assert (frame.at.tolist(), frame[FLEET].tolist()) == ([1, 3, 5], [0, 0.5, 0])


def test_members_of_a_batch_in_which_nobody_is_known_are_a_frame() -> None:
    assert told(joined([], members([1], [5]), FEATURES)) == [(1, 5, 13, 4, 0, 205, 0.5, 5)]


def test_a_network_is_no_member_whatever_its_number() -> None:
    network = known([1], [7], Scope.NETWORK)

    frames = joined([network, known([1], [8])], members([1], [7]), FEATURES)

    assert [frame for frame in frames if frame.scope is Scope.NETWORK] == [network]
    assert [f.actor.tolist() for f in frames if f.scope is Scope.ADDRESS] == [[8, 7]]


def test_without_members_frames_stay_as_they_are() -> None:
    frames = [known([1], [7]), known([1], [7], Scope.NETWORK)]

    assert joined(frames, Members.none(), FEATURES) == frames


WHO = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 6)), st.sampled_from(["known", "member", "both"])
)


@given(who=WHO, cuts=st.sets(st.integers(2, 9)), seed=st.integers(0, 99))
def test_any_cut_gives_the_same_rows(
    who: dict[tuple[int, int], str], cuts: set[int], seed: int
) -> None:
    there = [key for key, how in who.items() if how != "member"]
    there = [there[i] for i in np.random.default_rng(seed).permutation(len(there))]
    there.sort(key=lambda key: key[0])
    fleet = sorted(key for key, how in who.items() if how != "known")

    def piece(first: int, end: int) -> list[tuple[float, ...]]:
        some, more = ([k for k in keys if first <= k[0] < end] for keys in (there, fleet))
        frames = [known([at for at, _ in some], [actor for _, actor in some])]
        found = members([at for at, _ in more], [actor for _, actor in more])
        columns = {**frames[0].columns, FLEET: np.zeros(len(some)), NUMBER: np.zeros(len(some))}
        plain = replace(frames[0], columns=columns)
        return told(joined(frames, found, FEATURES) if more else [plain])

    pieces = [row for a, b in pairwise([1, *sorted(cuts), 10]) for row in piece(a, b)]

    assert piece(1, 10) == pieces
    assert sorted((row[0], row[1]) for row in pieces) == sorted(who)
