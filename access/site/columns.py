"""Turn the columns of a platform's table into hashes, codes and dates, without a step per row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.batch import PAD
from access.kernels.arrow_texts import hash_texts
from access.kernels.hashing import words_of

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

FIRST_MILLISECONDS = 100_000_000_000  # larger integers count milliseconds, smaller ones seconds


def column(table: pa.Table, name: str) -> pa.Array | None:
    """Get one column in one piece; None where the table has none of that name."""
    import pyarrow as pa  # noqa: PLC0415 - 0.15 s that only platforms with look-ups pay

    if name not in table.column_names:
        return None
    values = table.column(name).combine_chunks()
    return pa.concat_arrays(values.chunks) if isinstance(values, pa.ChunkedArray) else values


def needed(table: pa.Table, name: str) -> None:
    """Refuse a table without the column *name*."""
    if name not in table.column_names:
        msg = f"a column {name!r} is needed; the table has {', '.join(table.column_names)}"
        raise ValueError(msg)


def hashes_of(table: pa.Table, name: str, key: int) -> NDArray[np.uint64]:
    """Hash a column's texts with *key*; 0 where empty, null or without such a column.

    Numbers are hashed as they are written in decimal.
    """
    import pyarrow as pa  # noqa: PLC0415 - as above

    values = column(table, name)
    hashes = np.zeros(table.num_rows, np.uint64)
    if values is None or len(values) == 0:
        return hashes
    if not pa.types.is_binary(values.type):
        values = values.cast(pa.string() if values.nbytes < 2**30 else pa.large_string())
    wide = pa.types.is_large_string(values.type)
    _, ends, text = values.fill_null(b"" if pa.types.is_binary(values.type) else "").buffers()
    offsets = np.frombuffer(ends, np.int64 if wide else np.int32)[values.offset :]
    buffer = np.zeros((text.size if text else 0) + PAD, np.uint8)
    if text:
        buffer[: text.size] = np.frombuffer(text, np.uint8)
    hash_texts(buffer, words_of(buffer), offsets, np.uint64(key), hashes)
    return hashes


def codes_of(table: pa.Table, name: str) -> tuple[NDArray[np.int16], tuple[str, ...]]:
    """Replace a column's few words by numbers; -1 where empty, null or without such a column."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.compute as pc  # noqa: PLC0415 - as above

    values = column(table, name)
    if values is None or len(values) == 0:
        return np.full(table.num_rows, -1, np.int16), ()
    texts = values.cast(pa.string())
    coded = pc.if_else(pc.equal(texts, ""), None, texts).dictionary_encode()
    codes = coded.indices.fill_null(-1).to_numpy().astype(np.int16)
    return codes, tuple(coded.dictionary.to_pylist())


def dates_of(table: pa.Table, name: str) -> NDArray[np.int64]:
    """Read a column of times as milliseconds since 1970 UTC; -1 where it is not said.

    Dates, timestamps, ISO 8601 texts, and seconds or milliseconds since 1970 are understood.
    """
    import pyarrow as pa  # noqa: PLC0415 - as above

    values = column(table, name)
    if values is None or len(values) == 0:
        return np.full(table.num_rows, -1, np.int64)
    if pa.types.is_integer(values.type) or pa.types.is_floating(values.type):
        numbers = np.nan_to_num(values.to_numpy(zero_copy_only=False).astype(np.float64), nan=-1)
        scale = np.where((numbers >= 0) & (numbers < FIRST_MILLISECONDS), 1000, 1)
        return np.asarray(numbers * scale, np.int64)
    times = _instants(values).cast(pa.int64()).fill_null(-1)
    return np.asarray(times, np.int64)


def _instants(values: pa.Array) -> pa.Array:
    """Cast dates, times or ISO 8601 texts to milliseconds; a text without a zone is UTC."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    try:
        return values.cast(pa.timestamp("ms"), safe=False)
    except pa.ArrowInvalid:
        return values.cast(pa.timestamp("ms", "UTC"), safe=False)


def numbers_of(table: pa.Table, name: str) -> NDArray[np.float64]:
    """Read a column of numbers; NaN where it is not said."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    values = column(table, name)
    if values is None or len(values) == 0:
        return np.full(table.num_rows, np.nan)
    return np.asarray(values.cast(pa.float64()), np.float64)
