"""Packing: give rows a text buffer of their own, and put batches together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from access.batch import COLUMNS, PAD, Batch
from access.kernels.packing import pack, packed_size


def packed(batch: Batch) -> Batch:
    """Copy a batch's text into a buffer of its own, no larger than needed."""
    buffer = np.zeros(int(packed_size(batch.spans)) + PAD, np.uint8)
    spans = np.zeros_like(batch.spans)
    pack(batch.buffer, batch.spans, buffer, spans, 0)
    return replace(batch, buffer=buffer, spans=spans)


def join(*batches: Batch) -> Batch:
    """Put the rows of batches into one, in the order in which they are given."""
    filled = [batch for batch in batches if len(batch)]
    if len(filled) < 2:
        return filled[0] if filled else Batch.empty()
    texts = [batch.buffer[: len(batch.buffer) - PAD] for batch in filled]
    shifts = np.cumsum([0, *map(len, texts[:-1])]).astype(np.int32)
    pairs = zip(filled, shifts, strict=True)
    columns = {name: np.concatenate([getattr(batch, name) for batch in filled]) for name in COLUMNS}
    return Batch(
        buffer=np.concatenate([*texts, filled[-1].buffer[-PAD:]]),
        spans=np.concatenate([batch.spans + shift for batch, shift in pairs]),
        **columns,
    )
