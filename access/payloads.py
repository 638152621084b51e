"""Payloads: unfold the Kafka messages of one partition into lines, whatever a shipper packed."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.batch import PAD
from access.kernels import payloads
from access.otlp_json import json_lines
from access.otlp_wire import wire_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

# Times its own length that a value may unfold to: logs shrink ten- to thirtyfold, a bomb a
# thousandfold. A multiple, so that many small values cannot do together what one may not.
EXPANSION = 64
GZIP = 16 + zlib.MAX_WBITS  # tells zlib to expect the header of gzip


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The lines of some values, end to end, and which value each line is from."""

    room: NDArray[np.uint8]  # the lines, and PAD bytes more that mean nothing
    ends: NDArray[np.int64]  # (values,) number of lines up to and including each value

    @property
    def data(self) -> NDArray[np.uint8]:
        """The lines, each ended by a newline; with `room`, what a Chunk wants."""
        return self.room[: len(self.room) - PAD]

    def value_of(self, lines: NDArray[np.int64]) -> NDArray[np.intp]:
        """Tell which value each of *lines* (numbers from 0) is from."""
        return np.searchsorted(self.ends, lines, "right")


def unfold(values: Sequence[bytes | None]) -> Unfolded:
    """Lay the lines of *values* end to end.

    A value is one line or many, with or without a newline at its end; a JSON array of objects, or
    one object over several lines; OTLP logs in JSON or protobuf; or any of these in gzip. A value
    that looks like one of those and is not, or unfolds to more than EXPANSION times its length,
    is lines as it came: so the parser rejects it, byte for byte. None and b"" hold no line; every
    other value holds at least one, so none is lost unseen.

    No value depends on its neighbours, so they can be handed over in any pieces; it all takes at
    most (EXPANSION + 2) times their bytes of memory.
    """
    joined, stops = _joined(values)
    shapes = payloads.shapes(joined, stops)
    if shapes.any():
        opened = list(values)
        for i in np.flatnonzero(shapes).tolist():
            value = values[i] or b""
            opened[i] = _opened(value, shapes[i], EXPANSION * len(value))
        joined, stops = _joined(opened)
    room = np.empty(len(joined) + len(stops) + PAD, np.uint8)
    ends = np.empty(len(stops), np.int64)
    used = payloads.lay(joined, stops, room, ends)
    return Unfolded(room[: used + PAD], ends)


def _joined(values: Sequence[bytes | None]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Put values end to end; tell where each stops."""
    present: Sequence[bytes] = [value or b"" for value in values] if None in values else values  # type: ignore[assignment]  # mypy cannot follow
    lengths = np.fromiter(map(len, present), np.int64, len(present))
    return np.frombuffer(b"".join(present), np.uint8), np.cumsum(lengths)


def _opened(value: bytes, shape: int, most: int) -> bytes:
    """Turn a value into lines by its shape, or leave it as it is where it proves to be none."""
    try:
        return OPENERS[shape](value, most)
    except ValueError:
        return value


def _array(value: bytes, _: int) -> bytes:
    """Part a JSON array."""
    out = np.empty(len(value), np.uint8)
    used = payloads.part(np.frombuffer(value, np.uint8), out)
    if used == payloads.BROKEN:
        msg = "it does not close"
        raise ValueError(msg)
    return out[:used].tobytes()


def _object(value: bytes, most: int) -> bytes:
    """Lay one object on one line."""
    return _array(b"[%b]" % value, most)


def _gzip(value: bytes, most: int) -> bytes:
    """Unpack gzip, and look at what was in it."""
    member = zlib.decompressobj(GZIP)
    try:
        found = member.decompress(value, most + 1)
    except zlib.error as error:
        raise ValueError(error) from None
    if not member.eof or len(found) > most or member.unused_data or not found:
        msg = f"cut off, empty, not alone, or more than {most} bytes"
        raise ValueError(msg)
    inner = int(payloads.shapes(*_joined([found]))[0])
    return found if inner in {payloads.LINES, payloads.GZIP} else _opened(found, inner, most)


OPENERS: dict[int, Callable[[bytes, int], bytes]] = {
    payloads.ARRAY: _array,
    payloads.OBJECT: _object,
    payloads.OTLP_JSON: json_lines,
    payloads.OTLP_WIRE: wire_lines,
    payloads.GZIP: _gzip,
}
