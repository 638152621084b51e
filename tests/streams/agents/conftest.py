"""What the tests of agents share: a broker, with topics of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.services.java import LACKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.services.kafka import KafkaBroker


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaBroker]:
    if LACKING:
        pytest.skip(LACKING)
    from tests.services import kafka  # noqa: PLC0415 - as the fixtures of services do

    with kafka.broker(tmp_path_factory.mktemp("agents") / "kafka") as running:
        yield running
