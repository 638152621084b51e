"""A state that was kept is found again, whole, by whoever comes next."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import pytest
from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from streams.agents.checkpoints import PIECE, TOPIC, Checkpoints, Manifest, Snapshot
from streams.agents.outbox import Message, Outbox
from streams.columns import packed, unpacked
from tests.services.ports import until
from tests.services.topics import led
from tests.streams.agents.desk import desk, standing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from tests.services.kafka import KafkaBroker

PARTITIONS = 12


class Killed(Exception):  # noqa: N818 - what happened, not what went wrong
    """The worker ends here."""


class Mortal(Outbox):
    """An outbox whose worker is killed before it sends a manifest."""

    async def put(self, messages: Sequence[Message]) -> list[int]:
        """Send pieces, and no manifest."""
        if len(messages) == 1 and b"/" not in (messages[0].key or b""):
            raise Killed
        return await super().put(messages)


@pytest.fixture(scope="module")
def kept(broker: KafkaBroker) -> KafkaBroker:
    admin = KafkaAdminClient(bootstrap_servers=broker.open_bootstrap)
    settings = {"cleanup.policy": "compact", "max.message.bytes": str(2 << 20)}
    admin.create_topics([NewTopic(TOPIC, PARTITIONS, 1, topic_configs=settings)])
    until(lambda: led(admin, TOPIC) == PARTITIONS, "leaders")
    admin.close()
    return broker


@pytest.fixture(scope="module")
def partitions() -> Iterator[int]:
    """Deal out partitions that no other test uses."""
    return iter(range(PARTITIONS))


def state(seed: int, rows: int = 1000) -> dict[str, NDArray[Any]]:
    random = np.random.default_rng(seed)
    return {
        "counts": random.integers(0, 1 << 60, (rows, 3)),
        "none": np.zeros((0, 4), np.uint32),
        "text": random.integers(0, 256, rows, np.uint8),
        "flag": random.random(rows) < 0.5,
        "one": np.array(seed, np.int64),
    }


def same(a: dict[str, NDArray[Any]], b: dict[str, NDArray[Any]]) -> bool:
    return list(a) == list(b) and all(
        (a[n].dtype, a[n].shape, a[n].tobytes()) == (b[n].dtype, b[n].shape, b[n].tobytes())
        for n in a
    )


def run(broker: KafkaBroker, does: Callable[[Checkpoints], Awaitable[Any]], form: str = "f") -> Any:  # noqa: ANN401 - whatever it gives
    """Let one worker do something with its checkpoints."""

    async def work() -> Any:  # noqa: ANN401
        async with desk(broker) as at:
            return await does(Checkpoints(at.outbox, at.place, form))

    return asyncio.run(work())


def load(broker: KafkaBroker, partition: int, form: str = "f") -> Snapshot | None:
    found: Snapshot | None = run(broker, lambda kept: kept.load(partition, "detecting"), form)
    return found


def test_columns_come_back_as_they_were() -> None:
    assert same(state(1), unpacked(packed(state(1))))
    assert unpacked(packed({})) == {}


def test_a_state_is_found_with_the_offsets_it_covers(
    kept: KafkaBroker, partitions: Iterator[int]
) -> None:
    partition, rows = next(partitions), PIECE // 8

    async def save(checkpoints: Checkpoints) -> int:
        return await checkpoints.save(partition, "detecting", {"requests": 7}, state(1, rows))

    size = run(kept, save)
    found = load(kept, partition)

    assert found
    assert (found.offsets, found.size) == ({"requests": 7}, size)
    assert size > 2 * PIECE
    assert same(state(1, rows), found.columns)


def test_nothing_is_found_where_nothing_was_kept_or_of_another_form_or_name(
    kept: KafkaBroker, partitions: Iterator[int]
) -> None:
    partition = next(partitions)
    before = load(kept, partition)

    async def save(checkpoints: Checkpoints) -> None:
        await checkpoints.save(partition, "detecting", {"requests": 7}, state(1))
        assert await checkpoints.load(partition, "detect") is None

    run(kept, save)

    assert (before, load(kept, partition, "other")) == (None, None)


def test_the_newest_of_many_is_found_among_those_of_others(
    kept: KafkaBroker, partitions: Iterator[int]
) -> None:
    partition = next(partitions)

    async def save(checkpoints: Checkpoints) -> None:
        for turn in range(3):
            await checkpoints.save(partition, "detecting", {"requests": turn}, state(turn))
        for turn in range(30):
            await checkpoints.save(partition, "parsing", {"access-log": turn}, state(turn, 1))

    run(kept, save)
    found = load(kept, partition)

    assert found
    assert found.offsets == {"requests": 2}
    assert same(state(2), found.columns)


def test_a_worker_that_is_killed_before_the_manifest_leaves_the_former_state_whole(
    kept: KafkaBroker, partitions: Iterator[int]
) -> None:
    partition = next(partitions)

    async def save(checkpoints: Checkpoints) -> None:
        await checkpoints.save(partition, "detecting", {"requests": 1}, state(1))

    async def die(checkpoints: Checkpoints) -> None:
        await checkpoints.load(partition, "detecting")
        checkpoints._outbox.__class__ = Mortal  # noqa: SLF001
        with pytest.raises(Killed):
            await checkpoints.save(partition, "detecting", {"requests": 2}, state(2))

    run(kept, save)
    run(kept, die)
    run(kept, die)
    records = standing(kept, TOPIC, partition)
    newest = {record.key: record.offset for record in records}
    found = load(kept, partition)

    assert found
    assert found.offsets == {"requests": 1}
    assert same(state(1), found.columns)
    assert newest[b"detecting/1/0"] == 0  # so compaction keeps it


@pytest.mark.parametrize(
    ("pieces", "left"),
    [((0,), None), ((1 << 40,), None), ((), None), (None, {"requests": 1})],
    ids=["of something else", "never written", "none", "no manifest"],
)
def test_a_worker_begins_anew_where_its_state_is_broken(
    kept: KafkaBroker,
    partitions: Iterator[int],
    pieces: tuple[int, ...] | None,
    left: dict[str, int] | None,
) -> None:
    partition = next(partitions)
    manifest = Manifest("f", {"requests": 2}, 0, pieces or ())
    value = b"odd" if pieces is None else msgspec.msgpack.encode(manifest)

    async def save(checkpoints: Checkpoints) -> None:
        await checkpoints._outbox.put([Message(TOPIC, b"x/0/0", b"odd", partition)])  # noqa: SLF001
        await checkpoints.save(partition, "detecting", {"requests": 1}, state(1))
        await checkpoints._outbox.put([Message(TOPIC, b"detecting", value, partition)])  # noqa: SLF001

    run(kept, save)
    found = load(kept, partition)

    assert left == (found and found.offsets)


def test_two_snapshots_in_turn_have_other_keys(
    kept: KafkaBroker, partitions: Iterator[int]
) -> None:
    partition = next(partitions)

    async def save(checkpoints: Checkpoints) -> None:
        await checkpoints.load(partition, "detecting")
        for turn in range(3):
            await checkpoints.save(partition, "detecting", {"requests": turn}, state(turn))

    run(kept, save)
    run(kept, save)

    pieces = [r.key for r in standing(kept, TOPIC, partition) if b"/" in r.key]
    assert pieces == [b"detecting/1/0", b"detecting/0/0"] * 3
