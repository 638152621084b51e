"""What the tests of streams share: a small platform with people and harvesters, and its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.warming import warm
from tests.cast.world import World

if TYPE_CHECKING:
    from pathlib import Path

CLOSING = (  # a minute later, so that a guard, too, has judged everything before it
    b'198.51.100.1 - - [24/Nov/2026:13:31:00 +0000] "GET / HTTP/1.1" 200 5 "-" "Mozilla/5.0"\n'
)


@pytest.fixture(scope="session")
def compiled() -> int:
    """Compile now what programs that a test starts would wait for, while it waits for them."""
    return warm()


@pytest.fixture(scope="session")
def world() -> World:
    return World(3, people=150, hours=1.5, harvesters=("img2dataset", "enumerator"), pictures=4_000)


@pytest.fixture(scope="session")
def written(world: World) -> bytes:
    return b"".join(world.lines()) + b"no log line \xff\n" + CLOSING


@pytest.fixture(scope="session")
def log(written: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "access.log"
    path.write_bytes(written)
    return path
