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


def join(first: Batch, second: Batch) -> Batch:
    """Put the rows of two batches into one."""
    if not len(first):
        return second
    if not len(second):
        return first
    text = len(first.buffer) - PAD
    columns = {
        name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in COLUMNS
    }
    return Batch(
        buffer=np.concatenate([first.buffer[:text], second.buffer]),
        spans=np.concatenate([first.spans, second.spans + np.int32(text)]),
        **columns,
    )
