"""Traffic: the requests of a world as a rule for addresses sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.site import Site
from tests.cast.addresses import codes_inside
from tests.cast.effects import NEVER, Effect
from tests.cast.links import CUTS, Thing, item_of, thing_of
from tests.cast.schemes import Scheme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.cast.platform import Requests
    from tests.cast.world import World

PAGES = (
    Thing.ROOT,
    Thing.FEED,
    Thing.ALBUM,
    Thing.PHOTO,
    Thing.CALL_FEED,
    Thing.CALL_PHOTO,
    Thing.CALL_OWNER,
    Thing.ROBOTS,
    Thing.HEALTH,
    Thing.TRAP,
)
ALIKE = (Thing.ROOT, Thing.FEED, Thing.CALL_FEED, Thing.CALL_OWNER)  # a query tells them apart


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests, and which of them a rule is shown: those of nobody who is spared."""

    requests: Requests
    rows: NDArray[np.intp]  # (shown,) by address, then by time
    agents: list[str]  # by code
    scheme: Scheme

    @classmethod
    def of(cls, world: World) -> Traffic:
        """Leave out whom the platform's own site.toml names."""
        site, requests = Site.from_toml(world.site_toml()), world.columns()
        named = [*site.own_machines, *site.trusted_proxies]
        named += [network for crawler in site.crawlers for network in crawler.ranges]
        named += [address for one in site.researchers for address in one.addresses]
        addresses, place = np.unique(requests.address, return_inverse=True)
        spared = np.any([codes_inside(addresses, target) for target in named], axis=0)
        order = np.argsort(requests.address, kind="stable")
        return cls(requests, order[~spared[place[order]]], world.agents, world.scheme)

    @property
    def resources(self) -> NDArray[np.bool_]:
        """Tell which requests (lines,) are for a file whose extension says picture or asset."""
        static = ~np.isin(self.requests.things, PAGES)
        bare = (self.requests.things == Thing.PICTURE) & (self.scheme is Scheme.OPAQUE)
        resources: NDArray[np.bool_] = static & ~bare
        return resources

    @property
    def files(self) -> NDArray[np.int64]:
        """Number the last part of each path (lines,), without the query."""
        things, item = thing_of(self.requests.link), item_of(self.requests.link)
        slot = np.where(things == Thing.PICTURE, item // CUTS, item)
        numbered = np.isin(things, (Thing.PICTURE, Thing.PHOTO, Thing.CALL_PHOTO))
        kind = np.where(numbered, int(Thing.PHOTO), things)
        return np.where(np.isin(things, ALIKE), 0, slot) * len(Thing) + kind

    def effect(self, first: NDArray[np.int64], covered: NDArray[np.bool_]) -> Effect:
        """Say of each line when its sender was first acted on, and of each if it is refused."""
        visitors = np.full(int(self.requests.visitor.max(initial=-1)) + 1, NEVER)
        np.minimum.at(visitors, self.requests.visitor, first)
        return Effect(visitors, covered, first < NEVER)
