"""nginx `limit_req`: a leaky bucket an address; requests that overfill it are answered 503.

As in ngx_http_limit_req_module: a request is refused if more than *burst* are ahead of the rate,
and a refused one is not counted. With `nodelay`, so that nothing is held back, only refused.
Rates: the example of nginx's own page on rate limiting (10r/s, burst=20), and one of half.
Approximation: on everything a site serves; many operators spare pictures, which spares harvesters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.quality.peers.buckets import refused
from tests.cast.effects import NEVER
from tests.cast.outcome import Outcome

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.quality.peers.traffic import Traffic

SECOND = 1000  # milliseconds


@dataclass(frozen=True, slots=True)
class LimitReq:
    """limit_req_zone $binary_remote_addr rate=…r/s; limit_req burst=… nodelay."""

    rate: int = 10  # requests a second
    burst: int = 20  # requests

    @property
    def name(self) -> str:
        """Say it as in nginx.conf."""
        return f"limit_req {self.rate}r/s"

    def refuses(self, traffic: Traffic, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Tell which of the rows, by address and time, are answered 503."""
        period = SECOND // self.rate
        requests = traffic.requests
        return refused(requests.address[rows], requests.at[rows], period, period * (self.burst + 1))

    def outcome(self, traffic: Traffic) -> Outcome:
        """Slow down whoever is refused a request; what is refused is saved, nobody is blocked."""
        at = traffic.requests.at
        covered = np.zeros(len(at), bool)
        covered[traffic.rows[self.refuses(traffic, traffic.rows)]] = True
        slowed = traffic.effect(np.where(covered, at, NEVER), covered)
        nobody = traffic.effect(np.full(len(at), NEVER), np.zeros(len(at), bool))
        refuses = traffic.effect(np.full(len(at), NEVER), covered)
        return Outcome(slowed, slowed, challenges=nobody, blocks=refuses, found=slowed)
