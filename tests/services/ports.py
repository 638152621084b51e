"""Free ports on loopback, and waiting until somebody listens there."""

from __future__ import annotations

import os
import socket
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

HOST = "127.0.0.1"
# Seconds for what has to happen. Whoever is right waits no longer than it takes; a machine that is
# busy with other tests took fifty to start a broker.
PATIENCE = 120.0


def allowed(promised: float) -> float:
    """Say in how many seconds a promise has to be kept here.

    It is made for a machine that has time: where more programs want to run than it has processors,
    each waits for the others, and that is nobody's fault.
    """
    return promised * max(1.0, 2 * os.getloadavg()[0] / (os.cpu_count() or 1))


def free_ports(count: int) -> list[int]:
    """Find ports that nobody listens on, all different."""
    probes = [socket.create_server((HOST, 0)) for _ in range(count)]
    try:
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def free_port() -> int:
    return free_ports(1)[0]


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def until(
    true: Callable[[], bool], what: str, within: float = PATIENCE, rest: float = 0.25
) -> None:
    """Wait until something is *true*; TimeoutError says *what* was waited for, and how long.

    It rests four times as long as a look took, up to *rest* seconds: else whoever reads a topic to
    see how far a worker has come takes the processor from that worker.
    """
    end = time.monotonic() + within  # noqa: TID251 - a test waits for a program
    looked = time.monotonic()  # noqa: TID251
    while not true():
        now = time.monotonic()  # noqa: TID251
        if now > end:
            msg = f"not so within {within:g} s: {what}"
            raise TimeoutError(msg)
        time.sleep(min(max(0.02, 4 * (now - looked)), rest))
        looked = time.monotonic()  # noqa: TID251


def answered(
    port: int, process: subprocess.Popen[bytes] | None = None, within: float = PATIENCE
) -> None:
    """Wait until somebody listens; a *process* that ends instead is a RuntimeError."""

    def there() -> bool:
        if process is not None and process.poll() is not None:
            msg = f"{process.args!r} ended with {process.returncode}"
            raise RuntimeError(msg)
        return listening(port)

    until(there, f"somebody listens on port {port}", within)
