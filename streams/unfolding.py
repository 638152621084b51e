"""Decompress a log while it is read: gzip and zstandard, told apart by their first bytes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Protocol

import zstandard

if TYPE_CHECKING:
    from collections.abc import Callable

PIECE = 4 << 10  # compressed bytes per step: bounds what a hostile archive unfolds to at once


class Decoder(Protocol):
    """What zlib and zstandard agree on."""

    @property
    def eof(self) -> bool:
        """Whether the end of the member was reached."""

    @property
    def unused_data(self) -> bytes:
        """What follows the end of the member."""

    def decompress(self, data: bytes, /) -> bytes:
        """Unfold the next bytes."""


def gzip_member() -> Decoder:
    """Start reading one gzip member."""
    return zlib.decompressobj(16 + zlib.MAX_WBITS)


def zstd_frame() -> Decoder:
    """Start reading one zstandard frame."""
    decoder: Decoder = zstandard.ZstdDecompressor().decompressobj()
    return decoder


MAGIC: dict[bytes, Callable[[], Decoder]] = {
    b"\x1f\x8b": gzip_member,
    b"\x28\xb5\x2f\xfd": zstd_frame,
}


@dataclass(slots=True)
class Plain:
    """A file as it is."""

    file: BinaryIO
    position: int = 0  # bytes read so far

    def readinto(self, view: memoryview) -> int:
        """Fill some of *view*; 0 is the end."""
        count: int = self.file.readinto(view)  # type: ignore[attr-defined]  # typeshed leaves it out
        self.position += count
        return count


@dataclass(slots=True)
class Unfolded:
    """A compressed file of one or many members, unfolded."""

    file: BinaryIO
    start: Callable[[], Decoder]
    decoder: Decoder | None = None  # of the member that is being read
    position: int = 0  # compressed bytes read so far
    piece: bytes = b""  # compressed, not yet unfolded
    spare: memoryview = field(
        default_factory=lambda: memoryview(b"")
    )  # unfolded, not yet asked for

    def readinto(self, view: memoryview) -> int:
        """Fill some of *view*; 0 is the end. Raises OSError where the data breaks."""
        while not self.spare:
            self.piece = self.piece or self.file.read(PIECE)
            self.position += len(self.piece)
            if not self.piece and self.decoder:
                msg = f"the compressed data is cut off at byte {self.position}"
                raise OSError(msg)
            if not self.piece:
                return 0
            self._unfold()
        count = min(len(view), len(self.spare))
        view[:count], self.spare = self.spare[:count], self.spare[count:]
        return count

    def _unfold(self) -> None:
        """Turn `piece` into `spare`; what follows the end of a member becomes the next `piece`."""
        decoder = self.decoder or self.start()
        try:
            self.spare = memoryview(decoder.decompress(self.piece))
        except (zlib.error, zstandard.ZstdError) as error:
            start = self.position - len(self.piece)
            msg = f"{error} between bytes {start} and {self.position} of the compressed data"
            raise OSError(msg) from None
        # members may be padded with zero bytes (tape blocks), as gzip(1) accepts
        self.piece = decoder.unused_data.lstrip(b"\0") if decoder.eof else b""
        self.position -= len(self.piece)
        self.decoder = None if decoder.eof else decoder
