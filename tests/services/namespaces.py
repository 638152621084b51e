"""Network namespaces: a firewall's host and its visitors, out of reach of this machine."""

from __future__ import annotations

import ctypes
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from tests.services.programs import found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

NETWORK = 0x40000000  # CLONE_NEWNET
HERE = "203.0.113.1"  # the firewall's host
VISITORS = ("203.0.113.7", "203.0.113.99")
LIBRARY = ctypes.CDLL(None, use_errno=True)


def namespaced(*programs: str) -> pytest.MarkDecorator:
    """Mark tests that are skipped, by name, without root or one of these programs."""
    missing = [program for program in ("ip", "nft", *programs) if found(program) is None]
    said = "; ".join([f"{name} not installed: make services" for name in missing])
    said = said or ("" if os.geteuid() == 0 else "only root may make network namespaces")
    return pytest.mark.skipif(bool(said), reason=said or "all is there")


@contextmanager
def apart() -> Iterator[tuple[str, str]]:
    """Make a namespace for a firewall's host, and one for visitors, with a wire between them."""
    host, away = (f"hedgerow-{os.getpid()}-{end}" for end in ("host", "away"))
    try:
        for name in (host, away):
            ip("netns", "add", name)
            ip("-n", name, "link", "set", "lo", "up")
        ip("-n", host, "link", "add", "wire", "type", "veth", "peer", "wire", "netns", away)
        for name, addresses in ((host, (HERE,)), (away, VISITORS)):
            for address in addresses:
                ip("-n", name, "address", "add", f"{address}/24", "dev", "wire")
            ip("-n", name, "link", "set", "wire", "up")
        yield host, away
    finally:
        for name in (host, away):
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)


def inside(name: str, do: Callable[[], T]) -> T:
    """Do something in a namespace; a socket that is opened there stays there."""

    def entered() -> T:
        with Path(f"/run/netns/{name}").open("rb") as place:
            if LIBRARY.setns(place.fileno(), NETWORK):
                raise OSError(ctypes.get_errno(), f"cannot enter {name}")
        return do()

    with ThreadPoolExecutor(1) as thread:  # it ends with the namespace that it has entered
        return thread.submit(entered).result()


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
