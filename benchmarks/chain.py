"""Chain: how long from the line that decides it, by Kafka, until each firewall refuses.

All of it stands in network namespaces, so it takes root, iproute2 and each firewall's programs.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.finding import Finding
from tests.services.ports import until
from tests.services.programs import found
from tests.streams.bouncing.chain import CHAINS, chain, firewall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.bench import Bench
    from tests.streams.bouncing.chain import Chain
    from tests.streams.bouncing.gated import Gate

ROUNDS = 50
LOOK = 0.05  # seconds a visitor waits for an answer: what is measured is off by as much
BAR = "seconds"


def measure(bench: Bench) -> Iterator[Finding]:
    """Let harvesters come to each firewall, one after the other; release each once refused."""
    if os.geteuid() or not found("ip"):
        yield Finding("line to refusal", "not measured", "", "needs root, iproute2")
        return
    rounds = max(2, round(ROUNDS * bench.size))
    for kind, programs in CHAINS.items():
        if not all(map(found, programs)):
            yield Finding(f"line to refusal, {kind}", "not measured", "", f"needs {programs}")
            continue
        folder = bench.folder / f"chain-{kind}"
        folder.mkdir()
        # A platform for each: harvesters of all four together are more than the rails allow.
        with chain(folder) as made, firewall(kind, made) as (held, _):
            taken = [measured(made, held, number) for number in range(rounds)]
        for what, seconds in zip(("line to refusal", "release"), np.transpose(taken), strict=True):
            half, most = np.percentile(seconds, (50, 99))
            said = f"p50 {half:.2f} s, p99 {most:.2f} s of {rounds}"
            yield Finding(f"{what}, {kind}", said, "", BAR)


def measured(made: Chain, held: Gate, number: int) -> tuple[float, float]:
    """Tell in how many seconds one is refused, and then let in."""
    address = f"198.18.{number}.7"
    made.town.move_in(address)
    until(lambda: held.served(address), "a site")
    time.sleep(np.random.default_rng(number).uniform(0, 1))  # anywhere in a second
    made.come(address)
    refused = seconds_until(lambda: held.refused(address, LOOK))
    made.release(address)
    return refused, seconds_until(lambda: held.served(address, LOOK))


def seconds_until(true: Callable[[], bool]) -> float:
    """Wait until something is true; tell for how long."""
    began = time.monotonic()
    until(true, "an answer of the firewall", 60, rest=0.02)
    return time.monotonic() - began
