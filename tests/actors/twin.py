"""What the fold should remember, told plainly: every request is kept and looked through again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from access.bearing import ENGINE, Bearing
from access.claims import browsers
from actors.asked import agents_of
from actors.features import DAY, MINUTE, Count, Fact, Statistic
from actors.galleries import most_of
from actors.kernels.shapes import (
    LISTEN,
    LONGEST_GAP,
    PAGE_LEADS,
    PANES,
    PAUSE,
    PROMOTE,
    REACH,
    RECENT,
    SOON,
    STATISTICS,
    VISIT,
)
from actors.marks import MARKS, codes
from tests.actors.traffic import cold_of, sized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from actors.features import Latest

S = Statistic
# The fact, what makes a run of it longer, and what ends it.
RUNS = (
    (Fact.UNFETCHED, Bearing.UNFETCHED, Bearing.FETCHED),
    (Fact.UNPICTURED, Bearing.UNPICTURED, Bearing.PICTURED),
    (Fact.CONTRADICTED, Bearing.CONTRADICTED, Bearing.AGREED),
)
DISTINCT = (S.PICTURES, S.OWNERS, S.AGENTS, S.MEMBERS, S.TRAPS, S.BROWSERS)
SEEDED = (S.PAGES, S.ASSETS, S.CALLS, S.ASKED, S.TAKEN, S.UNREFERRED, S.ROOTED, S.ORIGINALS)


@dataclass
class Actor:
    """One actor, everything it did, and when."""

    last: int = 0
    page: int = 0
    visit: dict[Statistic, int] = field(default_factory=dict)
    born: int | None = None
    counts: list[tuple[int, list[int]]] = field(default_factory=list)  # second, what was added
    things: dict[tuple[Statistic, int], list[int]] = field(default_factory=dict)
    galleries: dict[int, tuple[int, int]] = field(default_factory=dict)  # pictures, last minute
    seeds: int = 0  # pictures taken before the actor had a slot; when: its birth
    latest: int = -LONGEST_GAP - 1  # milliseconds of the last picture asked for
    recent: list[tuple[int, int]] = field(default_factory=list)
    cursor: int = 0
    run: int = 0
    claim: int = 0
    anchor: int = 0
    anchored: int = 0
    turns: int = 0
    browser: bool | None = None  # whether a browser asked last; None = nobody yet
    runs: dict[Fact, int] = field(
        default_factory=lambda: dict.fromkeys((run[0] for run in RUNS), 0)
    )
    handshake: int = 0
    engines: set[int] = field(default_factory=set)  # over it
    signature: int = 0

    def value(self, feature: Count | Latest, end: int) -> int:
        """Read a feature as of the end of a tick."""
        if not isinstance(feature, Count):
            facts = {
                Fact.CLAIM: self.claim,
                Fact.RUN: self.run,
                Fact.AGE: end - (self.born or 0),
                Fact.LULL: self.lull(end),
                Fact.TURNS: self.turns,
                **self.runs,
                Fact.ENGINES: len(self.engines - {0}),
                Fact.SIGNATURE: self.signature,
                Fact.HANDSHAKE: self.handshake,
            }
            return facts[feature.of]
        width = feature.over // PANES
        oldest = (end - 1) // width - PANES + 1
        added = sum(d[feature.of] for second, d in self.counts if second // width >= oldest)
        if feature.of in DISTINCT:
            seen = [max(t) for (of, _), t in self.things.items() if of is feature.of]
            seeded = self.seeds if feature.of is S.PICTURES else 0
            born = (self.born or 0) // width >= oldest
            whole = added if feature.of is S.BROWSERS else 0
            return sum(second // width >= oldest for second in seen) + seeded * born + whole
        return added

    def lull(self, end: int) -> int:
        """Count what was asked for in the quietest of the five four-hour panes that are over."""
        width = DAY // PANES
        running = (end - 1) // width
        asked = {
            pane: sum(d[S.ASKED] for second, d in self.counts if second // width == pane)
            for pane in range(running - PANES + 1, running)
        }
        return min(asked.values())


def told(
    batch: Batch, tick: NDArray[np.int64], features: Sequence[Count | Latest]
) -> list[tuple[int, int, list[int]]]:
    """Say for each tick and actor: end of tick, key, features; in the order of the fold."""
    actors: dict[int, Actor] = {}
    lines: list[tuple[int, int, list[int]]] = []
    touched: list[int] = []
    code = codes(batch)
    for i in range(len(batch)):
        if i and tick[i] != tick[i - 1]:
            lines += close(actors, touched, int(tick[i - 1]) + 1, features)
            touched = []
        key = int(batch.address[i])
        actor = actors.setdefault(key, Actor(last=int(batch.at[i]) // 1000))
        delta = [int(n) for n in MARKS[code[i]]]
        request(actor, batch, i, delta)
        judged = actor.born is not None and (delta[S.ASKED] or delta[S.TRAPS])
        if judged and key not in touched:
            touched.append(key)
    return lines + close(actors, touched, int(tick[-1]) + 1, features)


def close(
    actors: dict[int, Actor], touched: list[int], end: int, features: Sequence[Count | Latest]
) -> list[tuple[int, int, list[int]]]:
    """Write down who asked for pictures in a tick, if they asked for enough today."""
    return [
        (end, key, [actors[key].value(feature, end) for feature in features])
        for key in touched
        if actors[key].value(Count(S.ASKED, DAY), end) >= LISTEN
        or actors[key].value(Count(S.TRAPS, DAY), end) > 0
    ]


def request(actor: Actor, batch: Batch, i: int, delta: list[int]) -> None:
    """Fold one request."""
    second = int(batch.at[i]) // 1000
    if actor.born is None and second - actor.last > VISIT:
        actor.visit = {}
    asked = actor.visit.get(S.ASKED, 0)
    if actor.born is None and (delta[S.TRAPS] or (delta[S.ASKED] and asked + 1 >= PROMOTE)):
        actor.born = second
        actor.counts.append((second, [actor.visit.get(s, 0) if s in SEEDED else 0 for s in S]))
        actor.seeds = actor.visit.get(S.TAKEN, 0)
    silence, actor.last = second - actor.last, max(actor.last, second)
    if actor.born is not None:
        take_turns(actor, int(batch.claim[i]), silence, delta)
    if delta[S.PAGES]:
        actor.page = max(actor.page, second)
    for statistic in SEEDED:
        actor.visit[statistic] = actor.visit.get(statistic, 0) + delta[statistic]
    if actor.born is not None:
        remember(actor, batch, i, second, delta)


def take_turns(actor: Actor, claim: int, silence: int, delta: list[int]) -> None:
    """Note whether a browser or something else asks, and how often that changes at once."""
    if silence > PAUSE:
        actor.turns, actor.browser = 0, None
    if not (delta[S.PAGES] or delta[S.CALLS] or delta[S.ASKED]):
        return
    plain = bool(browsers(np.array([claim], np.uint32))[0])
    if actor.browser is not None and plain != actor.browser and silence <= SOON:
        actor.turns += 1
    actor.browser = plain


def remember(actor: Actor, batch: Batch, i: int, second: int, delta: list[int]) -> None:
    """Fold one request of an actor that has a slot."""
    if delta[S.ASKED]:
        actor.claim = int(batch.claim[i])
        bear(actor, int(batch.bearing[i]), int(batch.handshake[i]))
        gap = int(batch.at[i]) - actor.latest
        if 0 <= gap <= LONGEST_GAP:
            quarters = (gap + 125) // 250
            delta[S.GAPS], delta[S.GAP_SUM], delta[S.GAP_SQUARES] = 1, quarters, quarters**2
        actor.latest = max(actor.latest, int(batch.at[i]))
        if batch.serial[i] >= 0:
            step(actor, int(batch.serial[i]), int(batch.series[i]), delta)
    if delta[S.TAKEN] and batch.picture[i]:
        new = see(actor, S.PICTURES, int(batch.picture[i]), second)
        delta[S.COLD] = int(new and bool(cold_of(batch)[i]))
        if new and delta[S.ORIGINALS] and second - actor.page > PAGE_LEADS:
            delta[S.BARE] = 1
        most = int(most_of(batch.take(slice(i, i + 1)), sized)[0])
        if new and most:
            delta[S.GALLERIES] = int(deepened(actor, int(batch.owner[i]), second) == most)
    if delta[S.TAKEN] and batch.owner[i]:
        see(actor, S.OWNERS, int(batch.owner[i]), second)
    if (delta[S.PAGES] or delta[S.ASSETS]) and agents_of(batch)[i]:
        see(actor, S.AGENTS, int(batch.agent[i]), second)
        browser(actor, batch, i, second, delta)
    if delta[S.TRAPS]:
        see(actor, S.TRAPS, int(batch.picture[i]), second)
    actor.counts.append((second, delta[:STATISTICS]))


def deepened(actor: Actor, owner: int, second: int) -> int:
    """Count one more picture of a gallery; after a day without one, the first."""
    minute = second // MINUTE
    had, last = actor.galleries.get(owner, (0, minute))
    had = had if minute - last <= DAY // MINUTE else 0
    actor.galleries[owner] = had + 1, max(minute, last)
    return had + 1


def browser(actor: Actor, batch: Batch, i: int, second: int, delta: list[int]) -> None:
    """Note a session; without one, whether the asset by which browsers are counted came whole."""
    if batch.session[i]:
        see(actor, S.BROWSERS, int(batch.session[i]), second)
    elif delta[S.ASSETS] and batch.picture[i]:
        if second - actor.anchored > VISIT:
            actor.anchor = int(batch.picture[i])
        if actor.anchor == batch.picture[i]:
            actor.anchored = max(actor.anchored, second)
            delta[S.BROWSERS] = 1


def see(actor: Actor, of: Statistic, thing: int, second: int) -> bool:
    """Note a thing; tell whether it is new."""
    times = actor.things.setdefault((of, thing), [])
    times.append(second)
    return len(times) == 1


def step(actor: Actor, serial: int, series: int, delta: list[int]) -> None:
    """See whether a number is near one of the last of its series."""
    distances = [abs(serial - known) for known, of in actor.recent if of == series]
    if 0 in distances:
        return
    near = any(distance <= REACH for distance in distances)
    delta[S.NUMBERED], delta[S.STEPS] = 1, int(near)
    actor.run = actor.run + 1 if near else 0
    if len(actor.recent) < RECENT:
        actor.recent.append((serial, series))
    else:
        actor.recent[actor.cursor] = (serial, series)
    actor.cursor = (actor.cursor + 1) % RECENT


def bear(actor: Actor, bearing: int, handshake: int) -> None:
    """Note what the headers of a request for a picture show."""
    for fact, odd, usual in RUNS:
        if bearing & odd:
            actor.runs[fact] = min(actor.runs[fact] + 1, 255)
        elif bearing & usual:
            actor.runs[fact] = 0
    known = bearing or actor.engines or actor.signature
    if handshake and known:
        actor.engines = actor.engines if handshake == actor.handshake else set()
        actor.handshake = handshake
        actor.engines.add(bearing >> ENGINE)
    actor.signature = (bearing & (Bearing.SIGNED | Bearing.REFUSED)) // Bearing.SIGNED
