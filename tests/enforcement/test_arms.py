"""A share of actors is drawn the same everywhere, and grows without changing sides."""

from __future__ import annotations

import numpy as np
import pytest

from access.addresses import key_of
from actors.frame import Scope
from enforcement.arms import Arms
from tests.scene import count, frame

MANY = np.arange(1, 20_001, dtype=np.uint64) << np.uint64(8)  # networks of IPv4


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_a_share_is_as_large_as_it_says(share: float) -> None:
    tried = Arms(share, 7).tried(Scope.ACCOUNT, MANY)

    assert tried.mean() == pytest.approx(share, abs=0.02)


def test_whoever_is_in_a_share_is_in_every_larger_one() -> None:
    few, more = (Arms(share, 7).tried(Scope.SESSION, MANY) for share in (0.1, 0.3))

    assert few.sum() > 0
    assert not (few & ~more).any()


def test_all_addresses_of_a_network_and_the_network_are_on_one_side() -> None:
    arms = Arms(0.5, 7)
    for third in range(40):
        network = np.array([key_of(f"198.18.{third}.0")], np.uint64)
        inside = np.array([key_of(f"198.18.{third}.{n}") for n in range(256)], np.uint64)
        sides = {*arms.tried(Scope.ADDRESS, inside).tolist()}

        assert sides == {bool(arms.tried(Scope.NETWORK, network)[0])}


def test_another_site_draws_others() -> None:
    one, other = (Arms(0.5, key).tried(Scope.ACCOUNT, MANY) for key in (7, 8))

    assert (one != other).mean() == pytest.approx(0.5, abs=0.02)


def test_frames_are_parted_without_loss() -> None:
    actors = [key_of(f"198.18.{third}.1") for third in range(50)]
    whole = frame({count("PICTURES", 600): np.arange(50.0)}, actor=actors)

    ([stay], [tried]) = Arms(0.5, 7).split([whole])

    assert 0 < len(tried) < 50
    assert sorted([*stay.actor.tolist(), *tried.actor.tolist()]) == sorted(actors)
    parts = {
        actor: value
        for part in (stay, tried)
        for actor, value in zip(part.actor.tolist(), part[count("PICTURES", 600)], strict=True)
    }
    assert [parts[actor] for actor in actors] == list(range(50))
