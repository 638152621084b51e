"""Summaries: what shards say of each minute, and what all of them say together."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from actors.baseline import COUNTS
from actors.pairs import PAIR
from actors.turnout import BITS, Attended
from actors.warmth import GIVEN
from enforcement.finding import Found  # noqa: TC001 - `msgspec` reads the annotation of Summary
from enforcement.trails import TRAIL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SITE = -1  # who speaks for all shards


class Summary(msgspec.Struct, frozen=True):
    """What is said of some minutes: by one shard of its visitors, or of the whole site."""

    shard: int  # SITE for all
    closed: int  # minute since 1970 UTC; up to here, and with it, nothing will change
    minutes: tuple[int, ...] = ()  # those that had newcomers, rising; after those said before
    counts: tuple[tuple[int, ...], ...] = ()  # (minutes, COUNTS) of newcomers
    pairs: bytes = b""  # PAIR, a shard's of these minutes; the site says what they show instead:
    found: tuple[Found, ...] = ()  # campaigns, by minute
    turnout: tuple[Attended, ...] = ()  # who came, by minute, rising
    trails: bytes = b""  # TRAIL: where whoever is challenged or blocked was, as of these minutes
    warmed: bytes = b""  # GIVEN, by minute, rising: pictures that were given, if not all that day's

    @property
    def met(self) -> NDArray[np.void]:
        """Give the pairs (pairs,) PAIR."""
        return np.frombuffer(self.pairs, PAIR)

    @property
    def followed(self) -> NDArray[np.void]:
        """Give the trails (rows,) TRAIL, rising by minute."""
        return np.frombuffer(self.trails, TRAIL)

    @property
    def given(self) -> NDArray[np.void]:
        """Give what was given (rows,) GIVEN."""
        return np.frombuffer(self.warmed, GIVEN)

    @property
    def columns(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give what a Baseline adds."""
        minutes = np.array(self.minutes, np.int64)
        return minutes, np.array(self.counts, np.int64).reshape(-1, COUNTS)

    def encoded(self) -> bytes:
        """Write it down."""
        return msgspec.json.encode(self)


def together(summaries: Sequence[Summary]) -> Summary:
    """Say at once what the site said one after the other; what was said before is left out."""
    last = summaries[0]
    minutes, counts, found = list(last.minutes), list(last.counts), list(last.found)
    turnout, trails, warmed = list(last.turnout), [last.followed], [last.given]
    for summary in summaries[1:]:
        if summary.closed > last.closed:
            spoken = zip(summary.minutes, summary.counts, strict=True)
            new = [(minute, count) for minute, count in spoken if minute > last.closed]
            minutes += [minute for minute, _ in new]
            counts += [count for _, count in new]
            found += [each for each in summary.found if each.minute > last.closed]
            turnout += [each for each in summary.turnout if each.minute > last.closed]
            trails.append(summary.followed[summary.followed["said"] > last.closed])
            warmed.append(summary.given[summary.given["minute"] > last.closed])
            last = summary
    said = tuple(minutes), tuple(counts)
    whole = Summary(last.shard, last.closed, *said, found=tuple(found), turnout=tuple(turnout))
    followed, given = np.concatenate(trails).tobytes(), np.concatenate(warmed).tobytes()
    return msgspec.structs.replace(whole, trails=followed, warmed=given)


def read_summary(message: bytes | None) -> Summary:
    """Read one; ValueError says what is wrong with it."""
    try:
        summary = msgspec.json.decode(message or b"", type=Summary)
        check(summary)
    except ValueError as error:
        msg = f"no summary: {error}; it begins with {(message or b'')[:24]!r}"
        raise ValueError(msg) from None
    return summary


def check(summary: Summary) -> None:
    """Refuse what is not of minutes that rise up to the one that is closed, or is not whole."""
    rising = [*summary.minutes, summary.closed + 1]
    if any(later <= minute for minute, later in pairwise(rising)):
        msg = f"minutes {summary.minutes} do not rise to {summary.closed}"
        raise ValueError(msg)
    if [COUNTS] * len(summary.minutes) != [len(counts) for counts in summary.counts]:
        msg = f"expected {len(summary.minutes)} times {COUNTS} counts"
        raise ValueError(msg)
    if len(summary.pairs) % PAIR.itemsize:
        msg = f"expected whole pairs of {PAIR.itemsize} bytes, saw {len(summary.pairs)} bytes"
        raise ValueError(msg)
    check_turnout(summary)
    check_trails(summary)
    check_given(summary)
    minutes = *np.unique(summary.met["minute"]).tolist(), *(each.minute for each in summary.found)
    if early := [minute for minute in minutes if minute > summary.closed]:
        msg = f"pairs or campaigns of minute {early[0]}, but {summary.closed} is the last one over"
        raise ValueError(msg)


def check_trails(summary: Summary) -> None:
    """Refuse trails that are not whole, or of minutes that are not over."""
    if len(summary.trails) % TRAIL.itemsize:
        msg = f"expected whole rows of {TRAIL.itemsize} bytes, saw {len(summary.trails)} bytes"
        raise ValueError(msg)
    if len(summary.trails) and int(summary.followed["said"].max()) > summary.closed:
        msg = f"trails of minute {summary.followed['said'].max()}, after {summary.closed}"
        raise ValueError(msg)


def check_given(summary: Summary) -> None:
    """Refuse pictures of minutes that are not over, or do not rise, and pieces of pictures."""
    if len(summary.warmed) % GIVEN.itemsize:
        msg = f"expected pictures of {GIVEN.itemsize} bytes, saw {len(summary.warmed)} bytes"
        raise ValueError(msg)
    minutes = np.append(summary.given["minute"], summary.closed)
    if (np.diff(minutes) < 0).any():
        msg = f"pictures of minutes that do not rise to {summary.closed}"
        raise ValueError(msg)


def check_turnout(summary: Summary) -> None:
    """Refuse minutes that are not over, and bitmaps of another size."""
    sizes = {len(each.people) for each in summary.turnout} - {0, BITS // 8}
    if sizes or any(each.minute > summary.closed for each in summary.turnout):
        msg = f"turnout of {len(summary.turnout)} minutes up to {summary.closed}, sizes {sizes}"
        raise ValueError(msg)
