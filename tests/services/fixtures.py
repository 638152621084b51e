"""Fixtures of real services; a test that asks for one is skipped, by name, where it is missing."""

from __future__ import annotations

import builtins
import warnings
from typing import TYPE_CHECKING

import pytest

from tests.services.java import LACKING
from tests.services.programs import found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.services.kafka import KafkaBroker
    from tests.services.redis import RedisServer
    from tests.services.shared import SharedKafka

KNOWN = (  # of kafka-python
    # While it is imported it reads its schemas by a way that came back in Python 3.13.
    "ignore:(read|open)_text is deprecated:DeprecationWarning",
    # A socket that got no connection, or no handshake, is left to the garbage collector.
    "ignore:unclosed <ssl.SSLSocket:ResourceWarning",
    r"ignore:unclosed <socket.socket .*laddr=\('0.0.0.0', \d+\)>:ResourceWarning",
)


def pytest_configure(config: pytest.Config) -> None:
    """Forgive a client what is known, in tests and after the last; all else stays an error."""
    for warning in KNOWN:
        config.addinivalue_line("filterwarnings", warning)
        _, message, category = warning.split(":")
        warnings.filterwarnings("ignore", message, getattr(builtins, category))


# What follows is imported by who asks for it: most runs need not wait for Kafka's client.


@pytest.fixture(scope="session")
def kafka(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SharedKafka]:
    """Share one broker with all: take topics by `kafka.fresh(prefix)`, which nobody else has."""
    if LACKING:
        pytest.skip(LACKING)
    from tests.services.shared import shared  # noqa: PLC0415

    base = tmp_path_factory.getbasetemp()
    alone = not hasattr(request.config, "workerinput")  # else one of many, with a folder each
    with shared((base if alone else base.parent) / "kafka") as running:
        yield running


@pytest.fixture
def own_kafka(tmp_path: Path) -> Iterator[KafkaBroker]:
    """Run a broker for one test: to be killed, or to hold Hedgerow's own topics; 3 s to start."""
    if LACKING:
        pytest.skip(LACKING)
    from tests.services.kafka import broker  # noqa: PLC0415

    with broker(tmp_path / "kafka") as running:
        yield running


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """Run a Redis for one test, without a password."""
    if found("redis-server") is None:
        pytest.skip("redis-server not installed: make services")
    from tests.services.redis import redis  # noqa: PLC0415

    with redis(tmp_path / "redis") as running:
        yield running
