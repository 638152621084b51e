"""Campaigns: fleets that were found, how long they are looked out for, and who belongs to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from actors.corroboration import NOT_LOOKED, Corroboration
from actors.meetings import COLUMNS, LED, Trait
from actors.pairs import Habits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from actors.cohorts import Look
    from actors.meetings import Sizes

TELL = 60  # minutes between two decisions about one campaign


@dataclass(frozen=True, slots=True)
class Fleets:
    """When a cohort that shares no pictures is a fleet; thresholds of science.md 4, number 8."""

    networks: int = 50  # distinct /24 or /48, so that a proxy pool that shares a page out is one
    pairs: int = 150  # (network, picture); fewer are not looked at
    expected: float = 20.0  # meetings that people would have had; fewer show nothing
    fewest: int = 20  # networks that do, if two of them would have met so often, not two pictures
    ratio: float = 0.25  # of meetings to that, at 95 %; where no page or API answer led
    ratio_led: float = 0.15  # … where one did
    ratio_edged: float = 0.2  # … of clients behind a CDN's edges, who are only ever reported
    spans: int = 12  # tens of minutes with pictures, where a page led; a proxy pool has a couple
    lasts: int = 360  # minutes that a campaign is looked out for after it last showed; half-life
    most: int = 64  # campaigns at once; while so many run, no other is opened; 0 looks for none

    def found(self, sizes: Sizes) -> NDArray[np.bool_]:
        """Tell which cohorts (cohorts,) are fleets."""
        led, edged = sizes.has(LED), sizes.has(Habits.EDGED)
        # Behind edges only the Referer tells that a page may have led.
        brief = np.where(edged, sizes.has(Habits.UNREFERRED), ~led)
        # People look at albums, so they meet in several pictures at once; and one person may be
        # many clients behind edges, so few of those prove nothing.
        several = sizes.expected >= self.expected * sizes.each
        few = ~edged & (sizes.networks >= self.fewest) & several
        enough = (sizes.networks >= self.networks) & (sizes.expected >= self.expected)
        enough = (enough | few) & (sizes.pairs >= self.pairs)
        most = np.where(led, self.ratio_led, self.ratio)
        apart = ratio(sizes) < np.where(edged, self.ratio_edged, most)
        found: NDArray[np.bool_] = enough & apart & (brief | (sizes.spans >= self.spans))
        return found


def likely(sizes: Sizes) -> NDArray[np.float64]:
    """Bound how many meetings (cohorts,) were to be expected where so many were seen, at 95 %.

    Meetings are counts, so Poisson's: 1.64 standard deviations more, and three where none was seen
    (the rule of three). Readers of one /16 that met by chance less than usual are no fleet.
    Where pages lead, what is counted are albums: two people who look at one meet in as many
    pictures as either was given, at once.
    """
    led = sizes.has(LED) & ~sizes.has(Habits.EDGED)
    album = np.where(led, np.maximum(sizes.each, 1.0), 1.0)
    seen = sizes.met / album
    return (seen + 1.64 * np.sqrt(seen) + 3.0) * album


def ratio(sizes: Sizes) -> NDArray[np.float64]:
    """Hold what cohorts (cohorts,) may meet, at 95 %, against what ordinary visitors would."""
    return likely(sizes) / np.maximum(sizes.expected, 1e-9)


def people(sizes: Sizes) -> NDArray[np.float64]:
    """Bound the share of people (cohorts,) in cohorts, in [0, 1].

    If a share p are people, who meet as people do, and the rest never meets, the ratio is p
    squared.
    """
    return np.sqrt(np.minimum(ratio(sizes), 1.0))


@dataclass(frozen=True, slots=True)
class Campaign:
    """A fleet that is looked out for: all who come by pictures like this are held to be of it."""

    number: int  # 48 bits, from what it is and since when
    trait: Trait
    habits: int  # Habits
    value: int  # of the trait
    since: int  # minute since 1970 UTC
    until: int  # minute; closed-open
    people: float  # the most of the cohort that may be people
    networks: int  # as of the last look at it
    pairs: int
    met: float  # see Sizes
    expected: float
    told: int = 0  # minute of the last decision about it
    browser: int = 0  # behind edges, which it claims to be: family and major, see PAIR
    corroboration: Corroboration = NOT_LOOKED  # as of that decision

    @property
    def id(self) -> str:
        """Name it: 12 hex digits."""
        return f"{self.number:012x}"

    @property
    def edged(self) -> bool:
        """Tell whether it comes through edges, so that its members cannot be told."""
        return self.habits & Habits.EDGED != 0

    @property
    def key(self) -> tuple[int, int, int]:
        """Tell what its members share."""
        return int(self.trait), self.habits, self.value

    def holds(self, pairs: NDArray[np.void]) -> NDArray[np.bool_]:
        """Tell which pairs (pairs,) are of its members."""
        held: NDArray[np.bool_] = pairs["habit"] == self.habits
        if self.trait in COLUMNS:
            held = held & (pairs[COLUMNS[self.trait]] == self.value)
        return held


class Campaigns:
    """Opens a campaign for each fleet that is found, and ends it some hours after it is gone."""

    def __init__(self, fleets: Fleets) -> None:
        """Know no campaign."""
        self.fleets = fleets
        self.running: Mapping[tuple[int, int, int], Campaign] = {}

    def hear(self, look: Look) -> tuple[Campaign, ...]:
        """Take a look at cohorts; give the campaigns that it found, or found to go on."""
        running = {key: c for key, c in self.running.items() if look.minute < c.until}
        found: dict[tuple[int, int, int], Campaign] = {}
        for cohort in _each(look.sizes, self.fleets):
            whole = (int(Trait.HABIT), cohort.habits, 0)
            if cohort.key != whole and whole in running:
                continue  # its members are that one's
            # Those behind edges are many, for each has one name; they take no others' room.
            alike = sum(c.edged == cohort.edged for c in running.values())
            if cohort.key in running or alike < self.fleets.most:
                seen = found.get(cohort.key, cohort)  # in the other window
                best = min(cohort, seen, key=lambda campaign: campaign.people)
                known = running.get(cohort.key)
                if known and not look.whole:  # an hour is less sure than the day that was seen
                    best = min(best, known, key=lambda campaign: campaign.people)
                found[cohort.key] = self._opened(best, look.minute, known)
                running[cohort.key] = found[cohort.key]
        self.running = running
        return tuple(found.values())

    def _opened(self, cohort: Campaign, minute: int, known: Campaign | None) -> Campaign:
        """Give a campaign its name, its end, and a new decision if the last is old."""
        until = minute + self.fleets.lasts
        if known is None:
            number = _number(cohort, minute)
            return replace(cohort, number=number, since=minute, until=until, told=minute)
        told = minute if minute - known.told >= TELL else known.told
        return replace(cohort, number=known.number, since=known.since, until=until, told=told)


def _each(sizes: Sizes, fleets: Fleets) -> Iterable[Campaign]:
    """List the fleets among cohorts, whole habits first; a day's before an hour's."""
    share = people(sizes)
    for row in np.flatnonzero(fleets.found(sizes)).tolist():
        yield Campaign(
            number=0,
            trait=Trait(int(sizes.trait[row])),
            habits=int(sizes.habits[row]),
            value=int(sizes.value[row]),
            since=0,
            until=0,
            people=float(share[row]),
            networks=int(sizes.networks[row]),
            pairs=int(sizes.pairs[row]),
            met=float(sizes.met[row]),
            expected=float(sizes.expected[row]),
            browser=int(sizes.browser[row]),
        )


def _number(cohort: Campaign, minute: int) -> int:
    told = repr((*cohort.key, minute)).encode()
    return int.from_bytes(blake2b(told, digest_size=6).digest(), "big")
