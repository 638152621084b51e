"""People: the classes that look at pictures, each with its taste and its share of everybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from tests.cast.agents import APP, DESKTOP, PHONE, TEXT
from tests.cast.draft import HTTP_1, HTTP_2, Draft
from tests.cast.reading import Sitting
from tests.cast.stage import Role, Stage
from tests.cast.taste import Taste


@dataclass(frozen=True, slots=True)
class Crowd:
    """People of one class."""

    name: str
    share: float  # of all people
    taste: Taste
    agents: tuple[tuple[float, str], ...] = DESKTOP
    together: int = 1  # so many share one address
    logged_in: float = 0.4  # share with an account
    protocol: int = HTTP_2

    def act(self, stage: Stage, busier: float) -> Draft:
        """Let their share of the people look around, *busier* times as often as usual."""
        together = min(self.together, max(1, stage.people // 20))
        groups = max(1, round(stage.people * self.share / together))
        count = groups * together
        known = stage.rng.random(count) < self.logged_in
        seats = stage.seats(
            count,
            address=np.repeat(stage.addresses.take(groups, v6=0.3), together),
            agent=stage.agents.draw(stage.rng, count, self.agents),
            session=np.arange(count) + 1,
            account=np.where(known, np.arange(count) + 1, 0),
            protocol=self.protocol,
        )
        taste = replace(self.taste, visits=self.taste.visits * busier)
        return Sitting.of(stage, taste, seats).requests()


CROWDS = (
    Crowd("reader", 0.47, Taste(), DESKTOP),
    Crowd("phone reader", 0.15, Taste(grid=12, pause=5), PHONE),
    Crowd("app user", 0.16, Taste(app=True, grid=18, depth=6, breadth=1.1), APP, logged_in=0.95),
    Crowd("referrer stripper", 0.03, Taste(referers=False), DESKTOP),
    Crowd(
        "scroller",
        0.008,
        Taste(
            visits=1.2, depth=190, breadth=0.4, least=100, most=400, album=0.1, pause=9, opens=0.02
        ),
        PHONE,
    ),
    Crowd(
        "flipper",
        0.008,
        Taste(visits=1.3, depth=25, breadth=0.6, most=90, album=1, opens=0.9, originals=1),
    ),
    Crowd(
        "text browser",
        0.002,
        Taste(thumbs=False, depth=12, breadth=0.8, opens=0.3),
        TEXT,
        protocol=HTTP_1,
    ),
    Crowd("office", 0.008, Taste(visits=2.5), together=12, protocol=HTTP_1),
    Crowd("carrier", 0.0267, Taste(grid=12, pause=5), PHONE, together=200),
    Crowd(
        "power user",
        0.0007,
        Taste(
            visits=1, depth=540, breadth=0.1, least=480, most=700, album=0, opens=0.12, pause=150
        ),
        logged_in=1,
    ),
)


def crowd_roles(busier: float) -> list[Role]:
    """Let all classes of people come *busier* times as often as usual."""
    return [Role(c.name, guilty=False, act=partial(c.act, busier=busier)) for c in CROWDS]
