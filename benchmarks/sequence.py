"""Sequence: does the order of resource types tell harvesters from people? It does not; see docs.

    python -m benchmarks.sequence access.log.gz …

A first-order Markov chain over page, asset, picture, API and other (Doran and Gokhale): what
whoever names a browser does, twenty steps each, against a harvester who asks at random.
The running log-likelihood ratio of each address begins anew at 0 and after half an hour's pause.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.claims import browsers
from access.event import Kind
from access.parser import Parser
from access.site import Site
from streams.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from access.batch import Batch

SIZE = 8 << 20  # bytes read at a time
PAUSE = 1_800_000  # milliseconds; a longer silence ends a chain
FIRST = 20  # transitions of each address that make the baseline
ASKED = 10  # pictures below which nobody is judged
KINDS = (Kind.OTHER, Kind.PAGE, Kind.ASSET, Kind.PICTURE, Kind.API)
BARS = 4.6, 11.5  # nats: one in a hundred, and what a block takes


class Chains(NamedTuple):
    """Every address's requests, one after the other, and the ratio of each step."""

    peak: NDArray[np.float64]  # (addresses,) nats, the highest the running ratio came
    mean: NDArray[np.float64]  # (addresses,) nats a transition
    human: NDArray[np.bool_]  # (addresses,) names a browser, opened a page and drew it
    asked: NDArray[np.int64]  # (addresses,) pictures


def chains(batches: Iterable[Batch]) -> Chains:
    """Follow the addresses of a log."""
    whole = list(batches)
    at, address, claim, kind = (
        np.concatenate([getattr(batch, name) for batch in whole])
        for name in ("at", "address", "claim", "kind")
    )
    state = np.array([KINDS.index(k) if k in KINDS else 0 for k in Kind])[kind]
    order = np.lexsort((at, address))
    order = order[address[order] != 0]
    at, address, claim, state = at[order], address[order], claim[order], state[order]
    _, who = np.unique(address, return_inverse=True)
    named = np.bincount(who, browsers(claim)) == np.bincount(who)
    pages, assets, asked = (np.bincount(who, state == n).astype(np.int64) for n in (1, 2, 3))
    joined = (who[1:] == who[:-1]) & (np.diff(at) < PAUSE)
    of, before, after = who[1:][joined], state[:-1][joined], state[1:][joined]
    step = _ratio(of, before, after, named[of])
    count = np.maximum(np.bincount(of, minlength=len(named)), 1)
    mean = np.bincount(of, step, minlength=len(named)) / count
    return Chains(_peaks(of, step, len(named)), mean, named & (pages > 0) & (assets > 0), asked)


def _ratio(
    of: NDArray[np.int64],
    before: NDArray[np.int64],
    after: NDArray[np.int64],
    named: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Weigh each transition: nats for the harvester."""
    begins = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
    rank = np.arange(len(of)) - np.repeat(begins, np.diff(np.r_[begins, len(of)]))
    seen = np.ones((len(KINDS), len(KINDS)))
    used = named & (rank < FIRST)
    np.add.at(seen, (before[used], after[used]), 1)
    ratio: NDArray[np.float64] = -np.log(len(KINDS) * seen / seen.sum(axis=1, keepdims=True))
    return ratio[before, after]


def _peaks(of: NDArray[np.int64], step: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Find how high each running sum came that never falls below 0."""
    peak = np.zeros(count)
    for one in np.unique(of):
        summed = np.concatenate([[0.0], np.cumsum(step[of == one])])
        peak[one] = (summed - np.minimum.accumulate(summed)).max()
    return peak


def main(logs: list[str]) -> None:
    """Say of each log how many of its addresses would be held to be harvesters."""
    for log in logs:
        parser = Parser(Site.from_toml('name = "sequence"\n'))
        found = chains(parser.parse(chunk)[0] for chunk in open_source(log).chunks(0, SIZE))
        for name, group in (("people", found.human), ("others", ~found.human)):
            judged = group & (found.asked >= ASKED)
            above = [int((found.peak[judged] > bar).sum()) for bar in BARS]
            print(f"{log}: {judged.sum()} {name}, above {BARS} nats: {above}")


if __name__ == "__main__":
    main(sys.argv[1:])
