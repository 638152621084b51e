"""Checkpoints: the state of a partition, kept in Kafka with the offset that it covers.

A snapshot is sent in pieces, and then a manifest that names their offsets; it holds once the
manifest is there. Pieces of two snapshots in turn have the same keys, so that compaction keeps no
more than two. A manifest stands near the end of its partition, so it is looked for from there.
"""

from __future__ import annotations

import asyncio
import logging  # noqa: TID251 - an edge: it runs unattended
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from streams.agents.outbox import Message
from streams.agents.reading import reader
from streams.columns import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from streams.agents.outbox import Outbox
    from streams.agents.reading import Reader
    from streams.columns import Columns
    from streams.infrastructure import Broker

LOG = logging.getLogger("hedgerow")
TOPIC = "checkpoints"
PIECE = 1 << 20  # bytes
NEAR, FURTHER = 16, 8  # records looked through from the end first; then so many times as many


class Manifest(msgspec.Struct, frozen=True):
    """What a snapshot is of, and where its pieces stand."""

    form: str  # what has to be the same for it to be taken up
    offsets: dict[str, int]  # topic → offset of the first record that it does not cover
    turn: int  # 0 or 1
    pieces: tuple[int, ...]  # offsets in this partition


class Snapshot(NamedTuple):
    """A state, and the offsets that it covers."""

    offsets: dict[str, int]
    columns: dict[str, NDArray[Any]]
    size: int  # bytes, packed


class Checkpoints:
    """Keeps and finds snapshots."""

    def __init__(self, outbox: Outbox, broker: Broker, form: str) -> None:
        """Take up only snapshots of the same *form*."""
        self._outbox, self._broker, self._form = outbox, broker, form
        self._turns: dict[tuple[int, str], int] = {}

    async def save(
        self, partition: int, name: str, offsets: Mapping[str, int], columns: Columns
    ) -> int:
        """Keep a state that covers *offsets* by topic; give its size, in bytes, once it is safe."""
        whole = await asyncio.to_thread(packed, columns)
        turn = 1 - self._turns.get((partition, name), 0)
        pieces = [
            Message(
                TOPIC, f"{name}/{turn}/{at // PIECE}".encode(), whole[at : at + PIECE], partition
            )
            for at in range(0, len(whole), PIECE)
        ]
        places = await self._outbox.put(pieces)
        manifest = Manifest(self._form, dict(offsets), turn, tuple(places))
        value = msgspec.msgpack.encode(manifest)
        await self._outbox.put([Message(TOPIC, name.encode(), value, partition)])
        self._turns[partition, name] = turn
        return len(whole)

    async def load(self, partition: int, name: str) -> Snapshot | None:
        """Find the newest state of that name; None where there is none of this form."""
        async with reader(self._broker, TOPIC, partition) as records:
            manifest = await self._newest(records, name)
            if manifest is None or manifest.form != self._form:
                return None
            self._turns[partition, name] = manifest.turn
            wanted = dict.fromkeys(manifest.pieces, b"")
            _, end = await records.ends()
            async for record in records.between(
                min(wanted, default=end), min(max(wanted, default=end) + 1, end)
            ):
                if record.offset in wanted:
                    wanted[record.offset] = record.value or b""
        whole = b"".join(wanted.values())
        try:
            columns = await asyncio.to_thread(unpacked, whole)
        except ValueError as error:
            LOG.error("the state of %s[%d] is broken (%s); begins anew", name, partition, error)  # noqa: TRY400 - the words say all
            return None
        return Snapshot(manifest.offsets, columns, len(whole))

    async def _newest(self, records: Reader, name: str) -> Manifest | None:
        first, last = await records.ends()
        start, stop, near = last, last, NEAR
        while start > first:
            start, stop, near = max(first, stop - near), start, near * FURTHER
            some = [r async for r in records.between(start, stop) if r.key == name.encode()]
            found = [manifest for record in some if (manifest := read_manifest(record.value))]
            if found:
                return found[-1]
        return None


def read_manifest(value: bytes | None) -> Manifest | None:
    """Read a manifest; None for what is none, as if it had not been written."""
    with suppress(msgspec.DecodeError):
        return msgspec.msgpack.decode(value or b"", type=Manifest)
    return None
