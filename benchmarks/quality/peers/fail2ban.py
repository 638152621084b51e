"""fail2ban: so many lines that a filter matches, within a time, and the address is banned.

Defaults of config/jail.conf: maxretry 5, findtime 10m, bantime 10m.

- nginx-limit-req: matches what `limit_req` (10r/s, burst=20) refuses; config/filter.d.
- 404: approximation. The filter that comes with it, nginx-botsearch, looks for phpMyAdmin and the
  like, and never matches a picture; operators write their own for any 404, with the same numbers.
- apache-badbots is left out: none of its names of 2007 is borne by anybody in the cast.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.quality.peers.bans import banned, outcome
from benchmarks.quality.peers.buckets import crowded
from benchmarks.quality.peers.nginx import LimitReq

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.quality.peers.traffic import Traffic
    from tests.cast.outcome import Outcome

MINUTE = 60_000  # milliseconds
MAXRETRY, FINDTIME, BANTIME = 5, 10 * MINUTE, 10 * MINUTE


@dataclass(frozen=True, slots=True)
class LimitJail:
    """Jail nginx-limit-req."""

    limit: LimitReq = field(default_factory=LimitReq)

    @property
    def name(self) -> str:
        """Say which jail."""
        return "fail2ban limit"

    def outcome(self, traffic: Traffic) -> Outcome:
        """Ban whom nginx refuses too often; what it refuses before that is refused as well."""
        first, covered = banned(traffic, self._tripped, BANTIME)
        open_rows = traffic.rows[~covered[traffic.rows]]
        covered[open_rows[self.limit.refuses(traffic, open_rows)]] = True
        return outcome(traffic, first, covered)

    def _tripped(self, traffic: Traffic, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        return often(traffic, rows, self.limit.refuses(traffic, rows))


@dataclass(frozen=True, slots=True)
class MissingJail:
    """A jail for whoever asks for what is not there."""

    @property
    def name(self) -> str:
        """Say which jail."""
        return "fail2ban 404"

    def outcome(self, traffic: Traffic) -> Outcome:
        """Ban who meets too many 404."""
        return outcome(traffic, *banned(traffic, self._tripped, BANTIME))

    def _tripped(self, traffic: Traffic, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        return often(traffic, rows, traffic.requests.status[rows] == 404)


def often(
    traffic: Traffic, rows: NDArray[np.intp], matched: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell which of the rows are the match that is one too many."""
    lines = rows[matched]
    tripped = np.zeros(len(rows), bool)
    requests = traffic.requests
    tripped[matched] = crowded(requests.address[lines], requests.at[lines], MAXRETRY, FINDTIME)
    return tripped
