"""Members are looked out for two minutes after a campaign was found, to the minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.claims import Family
from access.event import Kind, Referrer, Rendition
from actors.baseline import LAG
from actors.capacity import Capacity
from actors.census import Census
from actors.features import MINUTE, Bond, Count, Statistic
from actors.meetings import Trait
from actors.pairs import Habits
from actors.shards import Home
from enforcement.lookout import Lookout
from tests.actors.given import BARE, NOON
from tests.actors.traffic import batch_of
from tests.enforcement.looks import campaign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from access.batch import Batch
    from actors.members import Members
    from enforcement.campaigns import Campaign

SMALL = Capacity(512, 64, 64, 64, 64, 64, 1 << 12, 1 << 12, 1 << 14)
HOMES = (0xFFFF << 32) + 0xC6120001
AN_HOUR = np.arange(60)
CHROME_120 = Family.CHROME | 120 << 8


def bare(minute: ArrayLike, **columns: ArrayLike) -> Batch:
    """Have a home in each of these minutes after noon ask for an original that nothing led to."""
    at = (NOON + np.asarray(minute, np.int64)) * MINUTE * 1000 + 500
    rows = np.arange(len(at))
    asked = {"kind": Kind.PICTURE, "rendition": Rendition.ORIGINAL, "referrer": Referrer.NONE}
    asked |= {"claim": Family.CHROME}
    things = {"address": HOMES + 256 * rows, "picture": 1_000 + rows, "owner": 50 + rows}
    return batch_of({"at": at, **asked, **things, **columns})


def members(lookout: Lookout, batch: Batch) -> Members:
    census = Census((Count(Statistic.TAKEN, MINUTE),), SMALL, tick=1, seed=7)
    census.fold(batch, batch.at // 1000, Home.of_all(batch))
    return lookout.members(census.folded, census.noted)


def knowing(minute: int, *campaigns: Campaign) -> Lookout:
    lookout = Lookout()
    lookout.learn(NOON + minute, campaigns)
    return lookout


def when(found: Members) -> list[int]:
    """Tell in which minutes after noon members were found."""
    return [at // MINUTE - NOON for at in (found.at - 1).tolist()]


def shares(found: Members) -> list[float]:
    return [round(share, 6) for share in found.bonds[Bond.FLEET].tolist()]


def table(found: Members) -> list[Sequence[float]]:
    bonds = [found.bonds[bond].tolist() for bond in Bond]
    parts = [found.at, found.actor, found.claim, found.pictures]
    return list(zip(*(part.tolist() for part in parts), *bonds, strict=True))


def test_a_campaign_is_acted_on_two_minutes_after_it_was_found_and_until_it_ends() -> None:
    found = members(knowing(10, campaign(until=NOON + 30)), bare(AN_HOUR))

    assert when(found) == list(range(10 + LAG, 30 + LAG))
    assert LAG == 2


def test_a_member_is_told_by_its_campaign_and_by_who_in_it_is_no_person() -> None:
    shaken = np.array([(1 << 63) + (1 << 47) + 1], np.uint64)
    batch = bare([5], claim=[CHROME_120], handshake=shaken)

    found = members(knowing(0, campaign(people=0.1)), batch)

    bonds = {bond: column.tolist() for bond, column in found.bonds.items()}
    assert bonds == {
        Bond.FLEET: [0.9], Bond.LED: [0.0], Bond.ELSEWHERE: [0.0], Bond.CAMPAIGN: [0xC0FFEE],
    }  # fmt: skip
    assert (found.actor.tolist(), found.claim.tolist()) == ([HOMES], [float(CHROME_120)])
    assert found.handshake.tolist() == [float((1 << 47) + 1)]  # 48 bits, as a frame tells it
    assert (found.row.tolist(), found.pictures.tolist()) == ([0], [1.0])


@pytest.mark.parametrize(
    "other", [{"rendition": Rendition.THUMBNAIL}, {"referrer": Referrer.ROOT}], ids=str
)
def test_who_comes_in_another_way_is_no_member(other: dict[str, int]) -> None:
    assert len(members(knowing(0, campaign()), bare([5], **other))) == 0


def test_a_campaign_of_which_all_may_be_people_has_no_members() -> None:
    assert len(members(knowing(0, campaign(people=1.0)), bare(AN_HOUR))) == 0


def test_versions_of_a_campaign_replace_each_other() -> None:
    lookout = knowing(0, campaign(people=0.1))
    lookout.learn(NOON + 20, [campaign(people=0.4, until=NOON + 380)])

    found = members(lookout, bare(AN_HOUR))

    assert shares(found) == [0.9] * 20 + [0.6] * (60 - LAG - 20)


def test_a_new_version_does_not_revive_what_had_ended() -> None:
    lookout = knowing(0, campaign(until=NOON + 10))
    lookout.learn(NOON + 20, [campaign(until=NOON + 25)])

    assert when(members(lookout, bare(AN_HOUR))) == [*range(2, 12), *range(22, 27)]


def test_of_two_campaigns_the_surer_one_counts() -> None:
    sure = campaign(number=2, trait=Trait.AGENT, value=7, people=0.05)
    lookout = knowing(0, campaign(number=1, people=0.2), sure)

    found = members(lookout, bare([5, 6], agent=[7, 8]))

    assert shares(found) == [0.95, 0.8]
    assert found.bonds[Bond.CAMPAIGN].tolist() == [2.0, 1.0]


def test_a_member_has_one_row_a_tick_with_all_that_it_took_in_it() -> None:
    batch = bare([5, 5, 5, 6], address=HOMES)

    found = members(knowing(0, campaign()), batch)

    assert (found.row.tolist(), found.pictures.tolist()) == ([2, 3], [3.0, 4.0])
    assert found.bonds[Bond.ELSEWHERE].tolist() == [1.0, 1.0]


def test_a_page_that_led_there_is_told() -> None:
    batch = bare([5, 5], address=HOMES, kind=[Kind.PAGE, Kind.PICTURE])

    found = members(knowing(0, campaign(habits=BARE | Habits.PAGED)), batch)

    assert found.bonds[Bond.LED].tolist() == [1.0]


@pytest.mark.parametrize("seed", range(5))
def test_in_which_order_requests_of_one_moment_come_changes_nothing(seed: int) -> None:
    """The user agent of a member is one of several that it sends at once: always the same."""
    batch = bare([5] * 6, address=HOMES + np.arange(6) // 3, claim=np.arange(6))
    order = np.random.default_rng(seed).permutation(6)

    found, shuffled = (members(knowing(0, campaign()), rows) for rows in (batch, batch.take(order)))

    assert table(found) == table(shuffled)


def test_what_has_ended_is_forgotten_and_nothing_else() -> None:
    lookout = knowing(0, campaign(number=1, until=NOON + 10), campaign(number=2))

    lookout.forget(NOON + 10 + LAG)

    assert [warrant.campaign.number for warrant in lookout.warrants] == [2]


def test_who_is_looked_out_for_survives_a_restart() -> None:
    before, after = knowing(0, campaign(trait=Trait.BROWSER), campaign(number=2)), Lookout()

    after.restore(before.state())

    assert after.warrants == before.warrants
    assert table(members(after, bare(AN_HOUR))) == table(members(before, bare(AN_HOUR)))


def test_nobody_is_a_member_of_what_came_through_edges() -> None:
    edged = campaign(habits=int(Habits.EDGED))

    assert knowing(0, edged).warrants == []
