"""Tabled logs: read a Parquet file as the JSON lines that its rows would be, a slice at a time.

So columns are found by the aliases of JSON keys; a row that cannot be read becomes a reject as any
line does, and its number is the row's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from access.aliases import ALIASES
from streams.telling import every, told

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 16_384  # a slice; at most some tens of megabytes as text, however large row groups are
READ_AHEAD = 1 << 20  # bytes of each column
NAMES = frozenset(name.lower() for names in ALIASES.values() for name in names)
INT96 = "INT96"  # how Spark, Hive and Impala once wrote times: always UTC


@dataclass(slots=True)
class Tabled:
    """A Parquet file, as JSON lines."""

    file: BinaryIO
    size: int  # bytes
    position: int = 0  # bytes, as far as rows were read
    slices: Iterator[bytes] | None = None  # before the first is asked for
    spare: memoryview = field(default_factory=lambda: memoryview(b""))  # not yet asked for

    def readinto(self, view: memoryview) -> int:
        """Fill some of *view*; 0 is the end. Raises OSError where the file breaks."""
        try:
            if self.slices is None:
                self.slices = self._slices()
            while not self.spare:
                lines = next(self.slices, None)
                if lines is None:
                    return 0
                self.spare = memoryview(lines)
        except (pa.ArrowException, ValueError) as error:
            msg = f"no Parquet that can be read: {error}"
            raise OSError(msg) from None
        count = min(len(view), len(self.spare))
        view[:count], self.spare = self.spare[:count], self.spare[count:]
        return count

    def _slices(self) -> Iterator[bytes]:
        """Read on, page by page: neither the file nor a row group has to fit into memory."""
        file = pq.ParquetFile(self.file, buffer_size=READ_AHEAD, pre_buffer=False)
        leaves = [file.schema.column(i) for i in range(len(file.schema))]
        utc = frozenset(leaf.path for leaf in leaves if leaf.physical_type == INT96)
        read, rows = 0, file.metadata.num_rows
        wanted = [leaf.path for leaf in leaves if _name(leaf.path).lower() in NAMES]
        for batch in file.iter_batches(ROWS, columns=wanted, use_threads=False):
            read += len(batch)
            self.position = self.size * read // max(rows, 1)
            yield lines_of(batch, utc)


def lines_of(batch: pa.RecordBatch, utc: frozenset[str] = frozenset()) -> bytes:
    """Write rows as JSON lines; *utc* names columns of times whose zone is not written down."""
    if not batch.num_columns:
        return b"{}\n" * len(batch)
    table = pa.Table.from_batches([batch])
    while any(pa.types.is_struct(column.type) for column in table.schema):
        table = table.flatten()
    columns = zip(table.schema.names, table.combine_chunks().columns, strict=True)
    pieces = [told(name, column, utc=name in utc) for name, column in columns]
    inside = pc.binary_join_element_wise(*pieces, every(b",")) if len(pieces) > 1 else pieces[0]
    lines = pc.binary_join_element_wise(every(b"{"), inside, every(b"}\n"), every(b""))
    return b"".join(_bytes(part) for part in lines.chunks)


def _name(path: str) -> str:
    """Name a column as a key: lists are called by what they are, not by how they are stored."""
    return path.removesuffix(".list.element").removesuffix(".list.item")


def _bytes(texts: pa.Array) -> bytes:
    """Take the bytes of texts that stand one behind the other."""
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return bytes(data[int(ends[0]) : int(ends[-1])])
