"""The turnout says who came in an hour, the same whoever counted which part of it."""

from __future__ import annotations

import numpy as np

from actors.baseline import LAG
from actors.features import HOUR, MINUTE
from actors.turnout import Turnout, turned_out

START = 1_000 * MINUTE
DICE = np.random.default_rng(3)
AT = np.sort(DICE.integers(START + 1, START + 2 * HOUR, 40_000))
NAMES = DICE.integers(1, 1 << 64, 9_000, np.uint64)  # as hashes are: any bits
ACCOUNT = np.where(DICE.random(40_000) < 0.9, DICE.choice(NAMES, 40_000), np.uint64(0))
HERE = DICE.random(40_000) < 0.7


def test_an_hour_counts_requests_exactly_and_people_within_three_per_cent() -> None:
    turnout = Turnout()
    turnout.add(turned_out(AT, HERE, ACCOUNT))
    now = START + 90 * MINUTE + 7
    last = now - 7 - LAG * MINUTE + MINUTE  # the end of the newest minute that is told of
    rows = (AT > last - HOUR) & (AT <= last)

    requests, people = turnout.before(now)

    assert requests == np.count_nonzero(rows & HERE)
    assert abs(people / len(np.unique(ACCOUNT[rows & (ACCOUNT != 0)])) - 1) < 0.03


def test_parts_that_are_told_apart_and_twice_add_up_to_the_whole() -> None:
    whole, parts, merged = Turnout(), [Turnout(), Turnout()], Turnout()
    whole.add(turned_out(AT, HERE, ACCOUNT))
    for number, part in enumerate(parts):
        part.add(turned_out(AT, HERE & (ACCOUNT % 2 == number), ACCOUNT))
        merged.add(part.take(START // MINUTE + 200))

    assert merged.before(START + HOUR) == whole.before(START + HOUR)
    assert [part.before(START + HOUR) for part in parts] == [(0, 0), (0, 0)]


def test_it_forgets_what_no_hour_reaches_and_survives_a_restart() -> None:
    turnout, again = Turnout(), Turnout()
    turnout.add(turned_out(AT, HERE, ACCOUNT))
    before = turnout.before(START + 2 * HOUR)
    turnout.forget((START + 2 * HOUR) // MINUTE)
    again.restore(turnout.state())

    assert turnout.before(START + 2 * HOUR) == again.before(START + 2 * HOUR) == before
    assert turnout.before(START + 30 * MINUTE) == (0, 0)


def test_nobody_logged_in_is_nobody() -> None:
    turnout = Turnout()
    turnout.add(turned_out(AT, HERE, np.zeros(len(AT), np.uint64)))

    assert turnout.before(START + HOUR)[1] == 0
