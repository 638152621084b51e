"""Galleries: does it tell harvesters from people how deep into galleries they go? See docs.

    python -m benchmarks.galleries [SEED]

On a made-up platform of each address scheme, of which all is known: whole galleries that each
visitor took (four fifths of an owner's pictures, ten at least), how many pictures it had by its
third, and how often the next picture of a gallery was the next by upload, either way.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tests.cast.roster import EVERYBODY_ELSE, HARVESTERS
from tests.cast.schemes import Scheme
from tests.cast.world import World

if TYPE_CHECKING:
    from numpy.typing import NDArray

WHOLE = 0.8  # share of an owner's pictures
LEAST = 10  # pictures of a gallery that is looked at
SEVERAL = 3  # galleries


class Depth(NamedTuple):
    """What each visitor took, (visitors,)."""

    role: NDArray[np.int64]  # of Truth.names
    pictures: NDArray[np.int64]  # different ones
    whole: NDArray[np.int64]  # galleries
    third: NDArray[np.float64]  # different pictures by its third gallery; nan without
    ordered: NDArray[np.float64]  # share of steps within galleries; nan without


def depth(world: World) -> Depth:
    """Follow everybody of a world."""
    asked = world.columns()
    asked = asked.where(asked.pictures)
    key = asked.visitor << np.int64(40) | asked.slot
    first = np.sort(np.unique(key, return_index=True)[1])  # in order of time
    visitor, slot = asked.visitor[first], asked.slot[first]
    owner, visitors = world.owner_of(slot), len(world.truth.role)
    order = np.lexsort((np.arange(len(slot)), owner, visitor))
    pair = visitor[order] << np.int64(32) | owner[order]
    had = rank(visitor)
    nth = np.empty_like(had)
    nth[order] = rank_sorted(pair)
    size = np.bincount(world.catalogue.owner[world.catalogue.shown])[owner]
    done = (nth == np.ceil(WHOLE * size)) & (size >= LEAST)
    third = np.full(visitors, np.nan)
    ends = np.flatnonzero(done)
    reached = ends[rank(visitor[ends]) == SEVERAL]
    third[visitor[reached]] = had[reached]
    joined = pair[1:] == pair[:-1]
    steps = np.abs(np.diff(np.searchsorted(world.catalogue.shown, slot[order]))) == 1
    of = visitor[order][1:][joined]
    with np.errstate(invalid="ignore"):
        ordered = np.bincount(of, steps[joined], visitors) / np.bincount(of, minlength=visitors)
    return Depth(
        role=world.truth.role,
        pictures=np.bincount(visitor, minlength=visitors),
        whole=np.bincount(visitor[ends], minlength=visitors),
        third=third,
        ordered=ordered,
    )


def rank(who: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tell of each row, how many of the same value there were with it: from 1 on."""
    order = np.argsort(who, kind="stable")
    ranks = np.empty(len(who), np.int64)
    ranks[order] = rank_sorted(who[order])
    return ranks


def rank_sorted(who: NDArray[np.int64]) -> NDArray[np.int64]:
    """Do so where equal values stand together."""
    begins = np.flatnonzero(np.r_[True, who[1:] != who[:-1]])
    return np.arange(len(who)) - np.repeat(begins, np.diff(np.r_[begins, len(who)])) + 1


def main() -> None:
    """Print a row for each class that takes whole galleries, or ten pictures and more."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 20_261
    print(f"{'scheme':9}{'who':22}{'came':>6}{'1':>7}{'3':>7}{'10':>7}{'third at':>10}{'order':>7}")
    for scheme in Scheme:
        world = World(
            seed, scheme=scheme, people=3_000, hours=30, harvesters=tuple(HARVESTERS),
            passersby=EVERYBODY_ELSE,
        )  # fmt: skip
        found = depth(world)
        for role, name in enumerate(world.truth.names):
            these = (found.role == role) & (found.pictures >= LEAST)
            if not these.any():
                continue
            whole = found.whole[these]
            shares = "".join(f"{(whole >= n).mean():7.0%}" for n in (1, SEVERAL, 10))
            third, ordered = (
                np.median(told[~np.isnan(told)]) if (~np.isnan(told)).any() else np.nan
                for told in (found.third[these], found.ordered[these])
            )
            harvests = "*" if world.truth.harvests[role] else " "
            print(
                f"{scheme:9}{harvests}{name:21}{these.sum():6}{shares}{third:10.0f}{ordered:7.0%}"
            )


if __name__ == "__main__":
    main()
