"""Columns: a state in one piece of bytes, and back, for whatever keeps it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
import zstandard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[Any]]

LEVEL = 1  # of zstandard: most counts are zero, so the quickest packs ten to one


def packed(columns: Columns) -> bytes:
    """Put columns into one piece: an .npz in zstandard."""
    whole = BytesIO()
    np.savez(whole, allow_pickle=False, **columns)
    return zstandard.ZstdCompressor(level=LEVEL).compress(whole.getbuffer())


def unpacked(piece: bytes) -> dict[str, NDArray[Any]]:
    """Read back what `packed` wrote; ValueError where it is something else."""
    try:
        whole = zstandard.ZstdDecompressor().decompress(piece)
        with np.load(BytesIO(whole), allow_pickle=False) as entries:
            return {name: entries[name] for name in entries.files}
    except (EOFError, BadZipFile, zstandard.ZstdError) as error:
        raise ValueError(error) from None
