"""A campaign is opened by what science says of fleets, kept while it shows, and then ended."""

from __future__ import annotations

import numpy as np
import pytest

from actors.meetings import Trait, measured
from actors.pairs import Habits
from enforcement.campaigns import Campaign, Campaigns, Fleets, likely, people
from tests.actors.given import BARE, NOON, pairs
from tests.enforcement.looks import FLEET, campaign, look, sizes

LED = {"habits": BARE | int(Habits.PAGED), "spans": 12, "expected": 100.0}
CALLED = {**LED, "habits": BARE | int(Habits.CALLED)}


def found(**cohort: float) -> bool:
    return bool(Fleets().found(sizes(cohort))[0])


def heard(*looks: tuple[int, dict[str, float]]) -> list[Campaign]:
    campaigns = Campaigns(Fleets())
    return [changed for minute, cohort in looks for changed in campaigns.hear(look(minute, cohort))]


@pytest.mark.parametrize(
    ("enough", "short"),
    [
        ({"networks": 50}, {"networks": 49}),
        ({"pairs": 150}, {"pairs": 149}),
        ({"expected": 20.0}, {"expected": 19.9}),
        ({"expected": 100.0, "met": 15.0}, {"expected": 100.0, "met": 16.0}),
        ({**LED, "met": 1.0}, {**LED, "met": 2.0}),
        ({**CALLED, "met": 1.0}, {**CALLED, "met": 2.0}),
        ({**LED, "spans": 12}, {**LED, "spans": 11}),
        ({**LED, "expected": 67.0}, {**LED, "expected": 66.0}),
        ({**LED, "pairs": 299}, {**LED, "pairs": 300}),
        ({"networks": 20, "expected": 200.0}, {"networks": 19, "expected": 900.0}),
        ({"networks": 25, "expected": 160.0}, {"networks": 25, "expected": 159.0}),
    ],
    ids=lambda cohort: " ".join(f"{name}={value}" for name, value in cohort.items()),
)
def test_a_cohort_is_a_fleet_from_a_bound_on(
    enough: dict[str, float], short: dict[str, float]
) -> None:
    assert (found(**enough), found(**short)) == (True, False)


def test_few_networks_are_a_fleet_only_if_two_of_them_would_have_met_so_often() -> None:
    """Of 20 networks with ten pictures each, ten times the meetings are expected."""
    assert found(networks=20, pairs=200, expected=200.0)
    assert not found(networks=20, pairs=400, expected=200.0)


def test_a_proxy_pool_of_one_network_is_no_fleet() -> None:
    """Its addresses share one page out, and each picture goes to one of them."""
    pool = pairs(NOON, 7, np.arange(400))
    pools = pairs(NOON, np.arange(400) // 20, np.arange(400))  # a page each through 20 pools

    assert [len(table) for table in measured(pool, 0.01)] == [0] * 4
    assert not any(Fleets().found(table).any() for table in measured(pools, 0.001))


def test_the_share_of_people_is_bounded_by_what_was_not_met() -> None:
    share = people(sizes({"expected": 300.0}, {"met": 100.0, "expected": 477.6}, {"expected": 1.0}))

    assert share.tolist() == pytest.approx([0.1, 0.5, 1.0])


@pytest.mark.parametrize("rate", [0.5, 3.0, 20.0, 400.0])
def test_chance_meetings_stay_below_the_bound_in_nineteen_of_twenty_cases(rate: float) -> None:
    met = np.random.default_rng(1).poisson(rate, 20_000)

    assert (likely(sizes(*({"met": float(m)} for m in met))) < rate).mean() <= 0.05


@pytest.mark.parametrize("albums", [0.5, 3.0, 20.0, 400.0])
def test_so_do_those_of_people_who_meet_in_whole_albums(albums: float) -> None:
    met = 8 * np.random.default_rng(1).poisson(albums, 20_000)
    seen = {**LED, "networks": 60, "pairs": 480}

    assert (likely(sizes(*({**seen, "met": float(m)} for m in met))) < 8 * albums).mean() <= 0.05


def test_people_who_are_a_known_share_of_a_cohort_are_within_the_bound() -> None:
    """If half are people, a quarter of the meetings are left."""
    assert people(sizes({"met": 25.0, "expected": 100.0}))[0] >= 0.5


def test_a_fleet_is_a_campaign_while_it_shows_and_six_hours_longer() -> None:
    campaigns = Campaigns(Fleets())
    (opened,) = campaigns.hear(look(10, FLEET))
    running = []
    for minute in (369, 370):
        campaigns.hear(look(minute))
        running.append(list(campaigns.running.values()))

    assert (opened.since, opened.until) == (NOON + 10, NOON + 370)
    assert running == [[opened], []]


def test_a_campaign_that_shows_again_keeps_its_name_and_lasts_from_there() -> None:
    first, again = heard((10, FLEET), (100, FLEET))

    assert (first.number, first.since) == (again.number, again.since)
    assert again.until == NOON + 100 + Fleets().lasts


def test_a_campaign_that_comes_back_after_its_end_has_another_name() -> None:
    first, again = heard((10, FLEET), (370, FLEET))

    assert first.number != again.number
    assert again.since == NOON + 370


def test_a_campaign_tells_what_the_last_look_at_it_saw() -> None:
    large = {**FLEET, "networks": 90, "pairs": 300, "expected": 300.0}
    _, grown, shrunk = heard((1, FLEET), (2, large), (3, {**FLEET, "expected": 75.0}))

    assert [(c.networks, c.pairs) for c in (grown, shrunk)] == [(90, 300), (60, 200)]
    assert [c.people for c in (grown, shrunk)] == pytest.approx([0.1, 0.2])


def test_of_a_days_and_an_hours_look_the_surer_one_counts() -> None:
    campaigns = Campaigns(Fleets())
    (told,) = campaigns.hear(look(5, {"expected": 300.0}, {"expected": 75.0}))

    assert told.people == pytest.approx(0.1)


def test_members_of_a_whole_habit_need_no_campaign_of_their_browser() -> None:
    browser = {**FLEET, "trait": int(Trait.BROWSER), "value": 7}
    campaigns = Campaigns(Fleets())

    assert [c.trait for c in campaigns.hear(look(5, FLEET, browser))] == [Trait.HABIT]
    assert [c.trait for c in Campaigns(Fleets()).hear(look(5, browser))] == [Trait.BROWSER]


def test_no_more_campaigns_than_are_allowed_run_at_once() -> None:
    campaigns = Campaigns(Fleets(most=2))
    agents = [{**FLEET, "trait": int(Trait.AGENT), "value": value} for value in range(1, 5)]

    opened = campaigns.hear(look(5, *agents))

    assert [c.value for c in opened] == [1, 2]
    assert [c.value for c in campaigns.hear(look(6, *reversed(agents)))] == [2, 1]


def test_different_fleets_and_different_beginnings_have_different_names() -> None:
    names = [c.id for m in (1, 2) for c in heard((m, FLEET)) + heard((m, {**FLEET, **LED}))]

    assert len(set(names)) == 4
    assert all(len(name) == 12 for name in names)


@pytest.mark.parametrize(
    ("trait", "held"),
    [
        (Trait.HABIT, [True, True, True, False]),
        (Trait.BROWSER, [True, False, False, False]),
        (Trait.AGENT, [False, True, False, False]),
        (Trait.WIDE, [False, False, True, False]),
        (Trait.SYSTEM, [False, True, True, False]),
        (Trait.HANDSHAKE, [True, False, True, False]),
    ],
)
def test_a_campaign_holds_who_shares_its_habit_and_its_trait(
    trait: Trait, held: list[bool]
) -> None:
    rows = pairs(
        NOON,
        1,
        1,
        habit=BARE,
        browser=[7, 0, 0, 7],
        agent=[0, 7, 0, 7],
        wide=[0, 0, 7, 7],
        system=[0, 7, 7, 7],
        handshake=[7, 0, 7, 7],
    )
    rows["habit"][3] = BARE | Habits.PAGED

    assert campaign(trait=trait, value=7).holds(rows).tolist() == held


def test_an_hour_that_shows_less_does_not_unsay_a_day() -> None:
    campaigns = Campaigns(Fleets())
    (day,) = campaigns.hear(look(5, {"expected": 300.0}))
    (hour,) = campaigns.hear(look(6, {"expected": 75.0})._replace(whole=False))
    (later,) = campaigns.hear(look(7, {"expected": 75.0}))

    assert [c.people for c in (day, hour, later)] == pytest.approx([0.1, 0.1, 0.2])


FRONTED = {"habits": int(Habits.EDGED | Habits.UNREFERRED), "trait": int(Trait.AGENT), "value": 9}


@pytest.mark.parametrize(
    ("cohort", "found"),
    [
        ({}, True),
        ({"networks": 49}, False),
        ({"networks": 30, "expected": 3_000.0}, False),  # one person is that many clients
        ({"met": 10.0, "expected": 91.0}, True),  # 18.2 at most
        ({"met": 10.0, "expected": 90.0}, False),
        ({"habits": int(Habits.EDGED), "spans": 12}, True),
        ({"habits": int(Habits.EDGED), "spans": 11}, False),  # with a page as Referer, soon over
    ],
    ids=str,
)
def test_behind_edges_fifty_clients_hardly_meet(cohort: dict[str, float], *, found: bool) -> None:
    assert Fleets().found(sizes({**FRONTED, **cohort})).tolist() == [found]


def test_names_behind_edges_take_no_room_of_others() -> None:
    campaigns = Campaigns(Fleets(most=1))

    found = [
        *campaigns.hear(look(1, FRONTED, {**FRONTED, "value": 8})),
        *campaigns.hear(look(2, FLEET)),
    ]

    assert [c.edged for c in found] == [True, False]
