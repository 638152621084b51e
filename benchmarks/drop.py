"""Drop: how long after the line that decides it the kernel drops, by a guard and its nftables.

All of it stands in a network namespace of its own, so it takes root, iproute2 and nftables.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.finding import Finding
from enforcement.moments import moment
from streams.folder import Order, add_order
from tests.services.ports import until
from tests.services.programs import found
from tests.services.town import town
from tests.streams.bouncing.crowd import harvest, look_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.bench import Bench
    from tests.services.town import Town

ROUNDS = 20
PICTURES = 450  # that decide it, all of them at once
OFTEN = 0.02  # seconds between two lines of others
HOME = Path(__file__).parents[1]
STAMPS = {
    "whole seconds": False,
    "milliseconds": True,
}  # of the log: how long others are waited for


def measure(bench: Bench) -> Iterator[Finding]:
    """Let twenty harvesters come, one after the other, and pardon each once it is dropped."""
    if os.geteuid() or not (found("ip") and found("nft")):
        yield Finding("line to drop", "not measured", "", "needs root, iproute2, nftables")
        return
    for name, fine in STAMPS.items():
        folder = bench.folder / f"drop-{name.partition(' ')[0]}"
        folder.mkdir()
        with town() as built, guarded(built, folder, fine=fine) as log:
            rounds = [measured(built, folder, log, number, fine=fine) for number in range(ROUNDS)]
        for what, taken in zip(
            ("line to drop", "pardon to release"), np.transpose(rounds), strict=True
        ):
            half, most = np.percentile(taken, (50, 99))
            yield Finding(f"{what}, a log of {name}", f"p50 {half:.2f} s, p99 {most:.2f} s")


def measured(
    built: Town, folder: Path, log: Path, number: int, *, fine: bool
) -> tuple[float, float]:
    """Tell in how many seconds one is dropped, and then let go."""
    address = f"198.18.{number}.7"
    time.sleep(np.random.default_rng(number).uniform(0, 1))  # anywhere in a second

    def dropped() -> bool:
        asked = ("nft", "get", "element", "inet", "hedgerow", "block4", f"{{ {address} }}")
        done = subprocess.run(built.at_firewall(*asked), capture_output=True, check=False)
        return done.returncode == 0

    harvest(log, address, PICTURES, time.time(), 0.0, fine=fine)
    taken = seconds_until(dropped)
    add_order(folder / "guard", Order(moment(int(time.time())), "bench", address, "it was us"))
    return taken, seconds_until(lambda: not dropped())


def seconds_until(true: Callable[[], bool]) -> float:
    """Wait until something is true; tell for how long."""
    began = time.monotonic()
    until(true, "a change in the kernel", 30)
    return time.monotonic() - began


@contextmanager
def guarded(built: Town, folder: Path, *, fine: bool) -> Iterator[Path]:
    """Run a guard with a bouncer, while others look around; give the log."""
    log, over = folder / "access.log", Event()
    look_in(log, time.time(), fine=fine)

    def others() -> None:
        while not over.wait(OFTEN):
            look_in(log, time.time(), fine=fine)

    words = ["guard", str(log), "--out", str(folder / "guard"), "--bouncer", "nftables"]
    program = ["env", f"PYTHONPATH={HOME}", sys.executable, "-m", "streams.commands", *words]
    thread = Thread(target=others)
    with (folder / "said").open("wb") as said:
        guard = subprocess.Popen(built.at_firewall(*program), stdout=said, stderr=said)
        thread.start()
        try:
            until((folder / "guard/bouncer-nftables.json").exists, "a guard", 30)
            yield log
        finally:
            over.set()
            thread.join()
            guard.terminate()
            guard.wait(15)
