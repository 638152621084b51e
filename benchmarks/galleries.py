"""Galleries: does it tell harvesters from people how many galleries they take whole? See docs.

    python -m benchmarks.galleries [SEED …]

On made-up platforms, of which all is known: the most galleries that a visitor took within ten
minutes, as `actors.galleries` counts them, and how many pictures it had been given when they were
one, three and six.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from actors.features import MINUTE
from actors.galleries import LEAST, MOST
from tests.cast.links import CUTS, Cut, item_of
from tests.cast.roster import EVERYBODY_ELSE, HARVESTERS
from tests.cast.world import World

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPAN = 10 * MINUTE * 1000  # milliseconds
BOUNDS = (1, 3, 6)  # galleries


class Depth(NamedTuple):
    """What each visitor took."""

    pictures: NDArray[np.int64]  # (visitors,) different ones
    most: NDArray[np.int64]  # (visitors,) galleries within ten minutes
    when: dict[int, NDArray[np.float64]]  # (visitors,) pictures by so many galleries; nan without


def depth(world: World) -> Depth:
    """Follow everybody of a world."""
    asked = world.columns()
    asked = asked.where(asked.pictures)
    key = asked.visitor << np.int64(40) | asked.slot
    first = np.sort(np.unique(key, return_index=True)[1])  # in order of time
    visitor, slot, at = asked.visitor[first], asked.slot[first], asked.at[first]
    had, owner = rank(visitor), world.owner_of(slot)
    bare = np.flatnonzero(item_of(asked.link[first]) % CUTS == Cut.ORIGINAL)
    nth = rank(visitor[bare] << np.int64(32) | owner[bare])
    size = np.bincount(world.catalogue.owner[world.catalogue.shown])[owner[bare]]
    ends = bare[(nth == np.ceil(MOST * size)) & (size >= LEAST)]
    visitors = len(world.truth.role)
    when = {bound: np.full(visitors, np.nan) for bound in BOUNDS}
    most = np.zeros(visitors, np.int64)
    for one in np.unique(visitor[ends]):
        its = ends[visitor[ends] == one]
        within = 1 + np.arange(len(its)) - np.searchsorted(at[its], at[its] - SPAN)
        most[one] = within.max()
        for bound in BOUNDS:
            if most[one] >= bound:
                when[bound][one] = had[its[np.argmax(within >= bound)]]
    return Depth(np.bincount(visitor, minlength=visitors), most, when)


def rank(who: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tell of each row, how many of the same value there were with it: from 1 on."""
    order = np.argsort(who, kind="stable")
    begins = np.flatnonzero(np.r_[True, np.diff(who[order]) != 0])
    ranks = np.empty(len(who), np.int64)
    ranks[order] = np.arange(len(who)) - np.repeat(begins, np.diff(np.r_[begins, len(who)])) + 1
    return ranks


def main() -> None:
    """Print a row for each class of which somebody took a gallery, and one for all others."""
    seeds = [int(text) for text in sys.argv[1:]] or [20_261, 777, 4_242, 99]
    heads = "".join(f"{n:>7}" for n in BOUNDS) + "".join(f"{f'{n} at':>8}" for n in BOUNDS)
    print(f"{'seed':8}{'who':22}{'came':>6}{'most':>6}{heads}")
    for seed in seeds:
        world = World(
            seed, people=3_000, hours=30, harvesters=tuple(HARVESTERS), passersby=EVERYBODY_ELSE
        )
        found = depth(world)
        others = 0
        for role, name in enumerate(world.truth.names):
            these = (world.truth.role == role) & (found.pictures >= LEAST)
            if not found.most[these].any():
                others += int(these.sum())
                continue
            came = "".join(f"{int((found.most[these] >= n).sum()):7}" for n in BOUNDS)
            reached = (found.when[bound][these] for bound in BOUNDS)
            told = [of[~np.isnan(of)] for of in reached]
            at = "".join(f"{np.median(of):8.0f}" if len(of) else f"{'':8}" for of in told)
            mark = "*" if world.truth.harvests[role] else " "
            print(f"{seed:<8}{mark}{name:21}{these.sum():6}{found.most[these].max():6}{came}{at}")
        print(f"{seed:<8} others of ten pictures{others:5}{0:6}")


if __name__ == "__main__":
    main()
