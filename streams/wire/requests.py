"""Requests: rows of one shard as they travel from parsing to detecting, in Arrow IPC.

A message holds the rows that some inputs had for one shard, and how far each of those inputs has
come. Only what is judged travels: of the lines' text, sessions and accounts, by which they are
named; no address but as the number that is judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import msgspec
import numpy as np
import pyarrow as pa

from access.batch import COLUMNS, PAD, Batch
from access.event import FIELDS, Field
from access.waiting import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DUE = "due"
LEFT_OUT = ("status", "method", "size", "album")  # nobody judges by them
SENT = tuple(name for name in COLUMNS if name not in LEFT_OUT)
TEXTS = {"session_text": Field.SESSION, "account_text": Field.ACCOUNT}
INPUTS = b"inputs"  # in the schema's metadata
TYPES = {
    **{name: pa.from_numpy_dtype(dtype) for name, dtype in COLUMNS.items()},
    **dict.fromkeys(TEXTS, pa.binary()),
    DUE: pa.int64(),
}
# What Arrow says of bytes that are none of its own, and what its metadata may lack.
TROUBLES = (pa.ArrowException, OSError, StopIteration, KeyError, TypeError, ValueError, MemoryError)


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """How far one input has come with this message."""

    source: int  # partition of access-log
    first: int  # offset there of the first record that went into the message
    after: int  # … and of the first that did not
    newest: int  # see Reach
    open_from: int
    silent: int = -1  # milliseconds for which it has had nothing to give; -1: it gave these rows


@dataclass(frozen=True, slots=True)
class Requests:
    """What one message holds; `number` of a row is the offset of its record in access-log."""

    passages: Sequence[Passage]
    part: Part

    def encoded(self) -> bytes:
        """Write it down; columns that hold nothing but zeros are left out."""
        batch = self.part.batch
        columns = {name: getattr(batch, name) for name in SENT}
        arrays = {name: pa.array(column) for name, column in columns.items() if column.any()}
        arrays[DUE] = pa.array(self.part.due)
        for name, field in TEXTS.items():
            if (texts := _texts(batch, field)) is not None:
                arrays[name] = texts
        metadata = {INPUTS: msgspec.msgpack.encode(self.passages)}
        record = pa.RecordBatch.from_arrays(list(arrays.values()), list(arrays))
        record = record.replace_schema_metadata(metadata)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, record.schema) as writer:
            writer.write_batch(record)
        return bytes(sink.getvalue())

    @classmethod
    def decoded(cls, message: bytes) -> Self:
        """Read it; ValueError says what is wrong with it."""
        try:
            with pa.ipc.open_stream(message) as reader:
                record = reader.read_next_batch()
            check(record)
            passages = msgspec.msgpack.decode(record.schema.metadata[INPUTS], type=list[Passage])
        except TROUBLES as error:
            msg = f"no message of requests: {error}; it begins with {message[:24]!r}"
            raise ValueError(msg) from None
        return cls(passages, Part(_batch(record), _column(record, DUE, np.int64)))


def check(record: pa.RecordBatch) -> None:
    """Refuse columns that are not what they should be: what reads them looks no more."""
    record.validate(full=True)
    for field, column in zip(record.schema, record.columns, strict=True):
        if field.type != TYPES.get(field.name, field.type) or column.null_count:
            msg = f"expected {field.name} of {TYPES[field.name]}, saw {field.type}"
            raise ValueError(msg)


def _texts(batch: Batch, field: Field) -> pa.Array | None:
    """Copy out the text of one field, where any row has it."""
    start, stop = batch.spans[:, 2 * field], batch.spans[:, 2 * field + 1]
    length = stop - start
    if not length.any():
        return None
    ends = np.cumsum(length, dtype=np.int32)
    begins = np.repeat(start - (ends - length), length)
    text = batch.buffer[begins + np.arange(ends[-1], dtype=np.int32)]
    offsets = np.concatenate([np.zeros(1, np.int32), ends])
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    return pa.Array.from_buffers(pa.binary(), len(batch), buffers)


def _column(record: pa.RecordBatch, name: str, dtype: type[np.generic]) -> NDArray[Any]:
    """Take one column out, zeros where it was left out; all can be written to.

    numba tells arrays apart by that, and compiles a kernel anew for every mixture of them: for a
    minute or two nobody would be judged, whenever another column is left out for the first time.
    """
    place = record.schema.get_field_index(name)
    if place < 0:
        return np.zeros(len(record), dtype)
    return np.array(record.column(place).to_numpy(zero_copy_only=False), dtype)


def _batch(record: pa.RecordBatch) -> Batch:
    """Build the rows, with a buffer that holds the texts that came along."""
    buffer, spans = [], np.zeros((len(record), 2 * FIELDS), np.int32)
    used = 0
    for name, field in TEXTS.items():
        place = record.schema.get_field_index(name)
        if place >= 0:
            _, offsets, text = record.column(place).buffers()
            ends = np.frombuffer(offsets, np.int32)[: len(record) + 1] + used
            spans[:, 2 * field], spans[:, 2 * field + 1] = ends[:-1], ends[1:]
            buffer.append(np.frombuffer(text, np.uint8)[: ends[-1] - used])
            used = int(ends[-1])
    columns = {name: _column(record, name, dtype) for name, dtype in COLUMNS.items()}
    text = np.concatenate([*buffer, np.zeros(PAD, np.uint8)])
    return Batch(text, spans, **columns)
