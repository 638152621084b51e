"""Telling: write a column of a table as the members of JSON objects, `"name":value`, a row each."""

from __future__ import annotations

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

TEXT = pa.large_binary()
CONTROLS = "[\\x00-\\x1f]"
ISO = "%Y-%m-%dT%H:%M:%S"


def told(name: str, column: pa.ChunkedArray, *, utc: bool) -> pa.ChunkedArray:
    """Write a column (rows,); what is null is said to be null.

    *utc* says that times without a zone are in UTC; of others nobody knows the zone, and none is
    written.
    """
    key = msgspec.json.encode(name) + b":"
    value, quoted = _value(column, utc=utc)
    mark = b'"' if quoted else b""
    text = pc.binary_join_element_wise(every(key + mark), value, every(mark), every(b""))
    return pc.fill_null(text, pa.scalar(key + b"null", TEXT))


def every(text: bytes) -> pa.Scalar:
    """Let a text stand in every row."""
    return pa.scalar(text, TEXT)


def _value(column: pa.ChunkedArray, *, utc: bool) -> tuple[pa.ChunkedArray, bool]:
    """Write the values, and say whether they are texts."""
    kind, types = column.type, pa.types
    if types.is_dictionary(kind):
        return _value(pc.cast(column, kind.value_type), utc=utc)
    if types.is_timestamp(kind):
        return _moment(column, utc=utc), True
    if types.is_time(kind):
        return _written(pc.cast(column, pa.time32("s"), safe=False)), True
    if types.is_floating(kind):
        return _written(pc.if_else(pc.is_finite(column), column, None)), False
    if types.is_integer(kind) or types.is_boolean(kind) or types.is_decimal(kind):
        return _written(column), False
    return _escaped(column), True


def _written(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(pc.cast(column, pa.large_string()), TEXT)


def _moment(column: pa.ChunkedArray, *, utc: bool) -> pa.ChunkedArray:
    """Write times as ISO 8601, those with a zone in UTC."""
    if column.type.tz:
        column, utc = pc.cast(column, pa.timestamp(column.type.unit, "UTC")), True
    return _written(pc.strftime(column, f"{ISO}Z" if utc else ISO))


def _joined(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Join lists of texts as headers are, by comma; of other lists nothing is known."""
    inner = column.type.value_type
    if not (pa.types.is_string(inner) or pa.types.is_large_string(inner)):
        return pa.chunked_array([pa.nulls(len(column), pa.large_string())])
    return pc.binary_join(column, ", ")


def _escaped(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write quotes, backslashes and control bytes as JSON has them; all other bytes stay."""
    text = _texts(column)
    for byte, escape in ((b"\\", b"\\\\"), (b'"', b'\\"')):
        text = pc.replace_substring(text, byte, escape)
    if pc.any(pc.match_substring_regex(text, CONTROLS)).as_py():
        for code in range(32):
            text = pc.replace_substring(text, bytes([code]), b"\\u%04x" % code)
    return text


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Take texts as they are, write out what can be written, such as dates, and nothing else."""
    kind, types = column.type, pa.types
    if types.is_list(kind) or types.is_large_list(kind):
        return pc.cast(_joined(column), TEXT)
    if types.is_nested(kind) or types.is_null(kind):
        return pa.chunked_array([pa.nulls(len(column), TEXT)])
    known = (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary)
    return pc.cast(column, TEXT) if any(is_(kind) for is_ in known) else _written(column)
