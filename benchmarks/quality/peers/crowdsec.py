"""CrowdSec: leaky buckets of its hub; the one that overflows bans the address for four hours.

From crowdsecurity/hub: scenarios http-crawl-non_statics (40, one out each 0.5 s, different file
names), http-probing (10, each 10 s, different paths with 400, 403, 404), http-bad-user-agent (1,
each minute); all but the last skip what http-logs calls static, .jpg and .webp among it. A ban
lasts 4h, profiles.yaml. Of bad_user_agents.regex.txt (crowdsecurity/sec-lists) the cast bears one.
Approximations: a name counts again when its bucket has been idle long enough to be gone; and one
bucket for each of the two hosts, whether or not the log says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.quality.peers.bans import banned, outcome
from benchmarks.quality.peers.buckets import levels
from tests.cast.links import Thing
from tests.cast.schemes import Scheme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.quality.peers.traffic import Traffic
    from tests.cast.outcome import Outcome

    Rows = NDArray[np.intp]
    Mask = NDArray[np.bool_]

BAN = 4 * 3_600_000  # milliseconds
BAD_AGENT = "Scrapy"


@dataclass(frozen=True, slots=True)
class Bucket:
    """One scenario's bucket."""

    capacity: int
    leak: int  # milliseconds for each that runs out

    def overflows(self, key: NDArray[np.int64], at: NDArray[np.int64]) -> Mask:
        """Tell which rows, key after key by time, are one too many."""
        return levels(key, at, self.leak) > self.capacity * self.leak

    def different(
        self, key: NDArray[np.int64], at: NDArray[np.int64], name: NDArray[np.int64]
    ) -> Mask:
        """Tell which rows, key after key by time, are the first with their name in a bucket."""
        idle = np.diff(at, prepend=at[:1]) > (self.capacity + 1) * self.leak
        life = np.cumsum(idle | (np.diff(key, prepend=key[:1]) != 0))
        order = np.lexsort((np.arange(len(at)), name, life))
        new = (np.diff(life[order]) != 0) | (np.diff(name[order]) != 0)
        first = np.zeros(len(at), bool)
        first[order] = np.r_[True, new][: len(at)]
        return first


CRAWL, PROBING, AGENT = Bucket(40, 500), Bucket(10, 10_000), Bucket(1, 60_000)


@dataclass(frozen=True, slots=True)
class Hub:
    """Three scenarios of the hub."""

    @property
    def name(self) -> str:
        """Say which."""
        return "CrowdSec"

    def outcome(self, traffic: Traffic) -> Outcome:
        """Ban whoever trips one of them."""
        return outcome(traffic, *banned(traffic, tripped, BAN))


def tripped(traffic: Traffic, rows: Rows) -> Mask:
    """Tell which of the rows, by address and time, overflow a bucket."""
    requests = traffic.requests
    plain = ~traffic.resources[rows]
    missing = plain & np.isin(requests.status[rows], (400, 403, 404))
    bad = np.array([BAD_AGENT in word for word in traffic.agents], bool)[requests.agent[rows]]
    away = (requests.things == Thing.PICTURE) & (traffic.scheme is Scheme.OPAQUE)
    host = requests.address * 2 + away
    answer = poured(CRAWL, host, traffic, rows[plain], traffic.files)
    answer |= poured(PROBING, host, traffic, rows[missing], requests.link)
    answer |= poured(AGENT, requests.address, traffic, rows[bad], None)
    return answer[rows]


def poured(
    bucket: Bucket,
    key: NDArray[np.int64],
    traffic: Traffic,
    rows: Rows,
    name: NDArray[np.int64] | None,
) -> Mask:
    """Pour some rows, if there is a *name* only different ones; tell which lines overflow."""
    at = traffic.requests.at
    rows = rows[np.lexsort((rows, key[rows]))]
    if name is not None:
        rows = rows[bucket.different(key[rows], at[rows], name[rows])]
    answer = np.zeros(len(at), bool)
    answer[rows[bucket.overflows(key[rows], at[rows])]] = True
    return answer
