"""Cohorts: merges what shards say of each minute into what the whole site says.

A minute of the site is closed once every shard has closed it. What is said twice is heard once,
for a shard that is taken up again repeats itself.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from actors.baseline import COUNTS
from actors.turnout import Turnout
from actors.warmth import GIVEN, distinct
from enforcement.finding import Finding
from enforcement.trails import TRAIL
from streams.wire.summaries import SITE, Summary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enforcement.campaigns import Fleets

NOTHING = -(1 << 40)  # minutes; before all time


class Cohorts:
    """Remembers the minutes that some shards have closed and others have not."""

    def __init__(self, shards: int, fleets: Fleets) -> None:
        """Wait for so many shards; find *fleets* in what they say."""
        self._finding = Finding(fleets)
        self._closed = dict.fromkeys(range(shards), NOTHING)
        self._open: dict[int, NDArray[np.int64]] = defaultdict(lambda: np.zeros(COUNTS, np.int64))
        self._turnout = Turnout()
        self._trails = np.zeros(0, TRAIL)  # of minutes that some shards have not closed
        self._given = np.zeros(0, GIVEN)
        self._told = NOTHING  # the minute up to which the site was told
        self._heard = NOTHING  # … and up to which that was heard again

    def hear(self, summary: Summary) -> Summary | None:
        """Take what one shard says; give what the site says of minutes that this closed."""
        if summary.shard == SITE:  # said by ourselves, or by whoever did this before
            self._heard = max(self._heard, summary.closed)
            return None
        if summary.closed <= self._closed.get(summary.shard, summary.closed):
            return None
        known = self._closed[summary.shard]
        for minute, counts in zip(summary.minutes, summary.counts, strict=True):
            if minute > known:
                self._open[minute] += np.array(counts, np.int64)
        self._turnout.add(each for each in summary.turnout if each.minute > known)
        pairs = summary.met
        self._finding.add(pairs[pairs["minute"] > known])
        trails = summary.followed
        self._trails = np.concatenate([self._trails, trails[trails["said"] > known]])
        given = summary.given
        self._given = np.append(self._given, given[given["minute"] > known])
        self._closed[summary.shard] = summary.closed
        return self._merged(min(self._closed.values()))

    def was_told(self, summary: Summary) -> bool:
        """Tell whether the site's word was heard already, from whoever did this before."""
        return summary.closed <= self._heard

    def _merged(self, closed: int) -> Summary | None:
        ready = sorted(minute for minute in self._open if minute <= closed)
        counts = {minute: self._open.pop(minute) for minute in ready}
        found, turnout = self._finding.close(closed), self._turnout.take(closed)
        over = self._trails["said"] <= closed
        trails, self._trails = self._trails[over], self._trails[~over]
        over = self._given["minute"] <= closed
        given, self._given = distinct(self._given[over]), self._given[~over]
        if closed <= self._told:
            return None
        new = [minute for minute in ready if minute > self._told]
        came = tuple(each for each in turnout if each.minute > self._told)
        trails = trails[trails["said"] > self._told]
        trails = trails[np.argsort(trails["said"], kind="stable")]
        warmed = given[given["minute"] > self._told].tobytes()
        self._told = closed
        return Summary(
            SITE,
            closed,
            tuple(new),
            tuple(tuple(counts[minute].tolist()) for minute in new),
            found=tuple(found),
            turnout=came,
            trails=trails.tobytes(),
            warmed=warmed,
        )
