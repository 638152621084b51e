"""Pardons: who is never touched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.addresses import key_of, network_of
from access.bearing import Bearing
from actors.frame import Scope
from enforcement.decision import Action
from enforcement.pardons import CLAIM, QUOTA, SIGNATURE, Pardon, Pardons
from enforcement.policy import NOTHING
from tests.actors.traffic import batch_of
from tests.scene import covers, frame

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from actors.features import Feature
    from tests.scene import Column


BOT = 1 << 24  # the claim to be the site's first crawler
HOME = key_of("192.0.2.10")
AWAY = key_of("198.51.100.10")
VERIFIED = Pardon("SearchBot, verified", ("192.0.2.0/26",), crawler=1)


def network(text: str) -> int:
    return int(network_of(np.array([key_of(text)], np.uint64))[0])


def test_a_crawler_from_its_published_ranges_is_verified() -> None:
    assert covers(Pardons([VERIFIED]), Scope.ADDRESS, HOME, BOT, 0) == "SearchBot, verified"


def test_its_name_from_elsewhere_pardons_nobody() -> None:
    assert covers(Pardons([VERIFIED]), Scope.ADDRESS, AWAY, BOT, 0) is None


def test_another_agent_from_its_ranges_is_not_the_crawler() -> None:
    assert covers(Pardons([VERIFIED]), Scope.ADDRESS, HOME, 2 << 24, 0) is None


def test_a_network_is_pardoned_only_as_a_whole() -> None:
    part, whole = Pardon("part", ("192.0.2.0/25",)), Pardon("whole", ("192.0.2.0/23",))
    key = network("192.0.2.0")

    assert covers(Pardons([part]), Scope.NETWORK, key, 0, 0) is None
    assert covers(Pardons([whole]), Scope.NETWORK, key, 0, 0) == "whole"


def test_an_ipv6_network_is_pardoned_by_its_48() -> None:
    pardons = Pardons([Pardon("six", ("2001:db8:1::/48",))])

    assert covers(pardons, Scope.NETWORK, network("2001:db8:1::"), 0, 0) == "six"
    assert covers(pardons, Scope.ADDRESS, key_of("2001:db8:2::1"), 0, 0) is None


def asking(*pardons: Pardon, **columns: ArrayLike) -> list[bool]:
    spared: list[bool] = Pardons(pardons).asking(batch_of({"at": 0} | columns)).tolist()
    return spared


def test_requests_of_a_verified_crawler_are_known_one_by_one() -> None:
    told = {"address": [HOME, HOME, AWAY], "claim": [BOT, 2 << 24, BOT], "at": [0, 0, 0]}

    assert asking(VERIFIED, **told) == [True, False, False]


def test_requests_of_own_machines_and_accounts_are_known_until_the_pardon_ends() -> None:
    own = Pardon("own", ("192.0.2.10",), until=7)
    study = Pardon("study", scope=Scope.ACCOUNT, key=5)
    told = {"address": [HOME, HOME, AWAY], "account": [0, 0, 5], "at": [6_999, 7_000, 0]}

    assert asking(own, study, **told) == [True, False, True]


def test_a_researcher_is_known_whatever_is_left_of_the_quota() -> None:
    study = Pardon("study", ("192.0.2.10",), pictures=1)

    assert asking(study, address=[HOME] * 3, at=[0] * 3) == [True, True, True]


def test_a_pardon_ends() -> None:
    pardons = Pardons([Pardon("a week", ("192.0.2.10",), until=700)])

    assert covers(pardons, Scope.ADDRESS, HOME, 0, 699) == "a week"
    assert covers(pardons, Scope.ADDRESS, HOME, 0, 700) is None


def test_a_researcher_is_spared_up_to_the_quota() -> None:
    pardons = Pardons([Pardon("study", scope=Scope.ACCOUNT, key=77, pictures=1000)])

    assert covers(pardons, Scope.ACCOUNT, 77, 0, 0, pictures=1000) == "study"
    assert covers(pardons, Scope.ACCOUNT, 77, 0, 0, pictures=1001) is None
    assert covers(pardons, Scope.SESSION, 77, 0, 0) is None


def test_a_pardon_for_everybody_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody in particular"):
        Pardon("oops")


def test_a_bad_address_is_shown() -> None:
    with pytest.raises(ValueError, match=r"192\.0\.2\.300"):
        Pardons([Pardon("typo", ("192.0.2.300",))])


def test_many_rows_are_answered_as_one_is() -> None:
    pardons = Pardons(
        [VERIFIED, Pardon("study", ("198.51.100.0/24",), until=50, pictures=10), VERIFIED]
    )
    dice = np.random.default_rng(5)
    keys = dice.choice([HOME, AWAY, key_of("203.0.113.1")], 200).tolist()
    claims, taken = dice.choice([0, BOT], 200), dice.integers(0, 20, 200)
    values: dict[Feature, Column] = {
        CLAIM: claims.astype(np.float64),
        QUOTA: taken.astype(np.float64),
    }
    rows = frame(values, at=list(range(200)), actor=keys)
    found = pardons.which(rows, np.arange(200))
    reasons = [None, *(p.reason for p in pardons.pardons)]

    assert [reasons[number] for number in found] == [
        covers(pardons, Scope.ADDRESS, key, int(claim), at, pictures=count)
        for at, (key, claim, count) in enumerate(zip(keys, claims, taken.tolist(), strict=True))
    ]


def most(pardon: Pardon, pictures: int, scope: Scope = Scope.ADDRESS) -> int:
    key = network("192.0.2.0") if scope is Scope.NETWORK else HOME
    one = frame({CLAIM: BOT, QUOTA: pictures}, scope=scope, actor=key)
    return int(Pardons([pardon]).most(one, np.arange(1))[0])


def test_beyond_its_budget_a_crawler_is_slowed_down_at_most() -> None:
    crawler = Pardon("bot", ("192.0.2.0/24",), 1, pictures=10, beyond=Action.THROTTLE)

    assert most(crawler, 10) == NOTHING
    assert most(crawler, 11) == Action.THROTTLE
    assert most(replace(crawler, crawler=2), 11) == Action.BLOCK


def test_beyond_the_quota_a_researcher_is_judged_as_anyone() -> None:
    assert most(Pardon("study", ("192.0.2.0/24",), pictures=10), 11) == Action.BLOCK


def test_a_network_of_a_crawlers_own_adds_up_the_budgets_of_many() -> None:
    crawler = Pardon("bot", ("192.0.2.0/24",), 1, pictures=10, beyond=Action.THROTTLE)

    assert most(crawler, 999, Scope.NETWORK) == NOTHING


def test_block_lists_spare_who_has_no_quota() -> None:
    pardons = Pardons([VERIFIED, Pardon("study", ("198.51.100.0/24",), pictures=10)])

    assert pardons.spared(0) == ("192.0.2.0/26",)


def test_block_lists_spare_who_is_only_ever_slowed_down() -> None:
    crawler = Pardon("bot", ("192.0.2.0/24",), 1, pictures=10, beyond=Action.THROTTLE)

    assert Pardons([crawler]).spared(0) == ("192.0.2.0/24",)


SIGNS = Pardon("SearchBot, signed", crawler=1, signed=True)


def test_a_crawler_that_signs_is_verified_wherever_it_comes_from() -> None:
    pardons = Pardons([SIGNS])
    seen: dict[Feature, Column] = {CLAIM: BOT, QUOTA: 0, SIGNATURE: [1, 0, 2]}

    which = pardons.which(frame(seen, actor=[HOME, HOME, AWAY]), np.arange(3))

    assert which.tolist() == [1, 0, 0]


def test_whoever_asks_is_a_crawler_that_signed_by_each_request_alone() -> None:
    claim, bearing = [BOT, BOT, 2 << 24], [Bearing.SIGNED, 0, Bearing.SIGNED]
    batch = batch_of({"at": [0, 0, 0], "claim": claim, "bearing": bearing})

    assert Pardons([SIGNS]).asking(batch).tolist() == [True, False, False]
