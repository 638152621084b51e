"""Shaken: a fleet that changes its name with every picture, and people who come as it does.

They have all habits in common, so that neither habit nor browser tells them apart: only how the
fleet's one library begins TLS does, and not even that where it begins as the commonest browser.
"""

from __future__ import annotations

from tests.cast.agents import DESKTOP, PHONE
from tests.cast.draft import HTTP_2, Draft, spread
from tests.cast.links import Cut, picture
from tests.cast.stage import SECOND, Role, Stage

HOMES = 68  # in some sixty networks
LIKE_A_BROWSER = "impersonating fleet"  # `tests.cast.headers` knows it by its name


def rotating_fleet(stage: Stage) -> Draft:
    """Take originals from its homes, whose turn it is now and then, each under another name."""
    return _homes(stage, (*DESKTOP, *PHONE))


def impersonating_fleet(stage: Stage) -> Draft:
    """Do the same with Chrome's names only, and begin TLS as Chrome does."""
    return _homes(stage, tuple(each for each in DESKTOP if "Chrome" in each[1]))


def linked_people(stage: Stage) -> Draft:
    """Open bare links to two or three of what everybody looks at, as friends send them."""
    people = stage.people // 2
    seats = stage.seats(people, agent=stage.agents.draw(stage.rng, people, (*DESKTOP, *PHONE)))
    seat, rank = spread(stage.rng.integers(2, 4, people))
    at = stage.moments(people)[seat] + rank * 40 * SECOND
    slots = stage.catalogue.popular(stage.rng, len(seat))
    return Draft.of(seats, seat, at, picture(slots, Cut.ORIGINAL))


def _homes(stage: Stage, names: tuple[tuple[float, str], ...]) -> Draft:
    rng = stage.rng
    address = stage.addresses.take(HOMES)
    seats = stage.seats(HOMES, visitor=0, address=address, protocol=HTTP_2)
    seat, _ = spread(rng.integers(5, 8, HOMES))
    at = stage.moments(len(seat))
    slots = rng.permutation(stage.catalogue.shown)[: len(seat)]
    agent = stage.agents.draw(rng, len(seat), names)
    return Draft.of(seats, seat, at, picture(slots, Cut.ORIGINAL), agent=agent)


ROTATING = Role("rotating fleet", guilty=True, act=rotating_fleet)
IMPERSONATING = Role(LIKE_A_BROWSER, guilty=True, act=impersonating_fleet)
LINKED = Role("linked person", guilty=False, act=linked_people)
