"""Look a piece of text up in a fixed table of words, whatever its case: one probe, no copying."""

from __future__ import annotations

import numpy as np

from access.kernels.compiled import lean_kernel

LOWER = np.uint64(0x2020202020202020)  # sets the bit that tells "a" from "A" in eight bytes
FULL = np.uint64(0xFFFFFFFFFFFFFFFF)
HEAD = np.uint64(0x9E3779B185EBCA87)
TAIL = np.uint64(0xC2B2AE3D27D4EB4F)
SLOTS = 2048  # of the table, a power of two; the words fill an eighth of it
SHIFT = np.uint64(53)  # 64 bits less the 11 that number the slots


@lean_kernel
def word_key(words, start, stop):
    """Fingerprint a piece by its first and last eight bytes and its length (uint64)."""
    length = stop - start
    if length <= 0:
        return np.uint64(1)
    head, tail = words[start] | LOWER, np.uint64(0)
    if length < 8:
        head &= FULL >> np.uint64(64 - 8 * length)
    elif length > 8:
        tail = words[stop - 8] | LOWER
    return ((head * HEAD) ^ (tail * TAIL) ^ (tail >> np.uint64(29))) * TAIL + np.uint64(length)


@lean_kernel
def look_up(words, start, stop, vocabulary):
    """Read what a piece means: the bits of the table `(keys, meanings)`, 0 for an unknown word."""
    keys, meanings = vocabulary
    key = word_key(words, start, stop)
    slot = np.int64(key >> SHIFT)
    while keys[slot] != 0:
        if keys[slot] == key:
            return np.int64(meanings[slot])
        slot = (slot + 1) % SLOTS
    return np.int64(0)


@lean_kernel
def enter(words, ends, bits, keys, meanings):
    """Fill the table: word i ends at `ends[i]`, the next begins there, and means `bits[i]`."""
    start = 0
    for i in range(len(ends)):
        key = word_key(words, start, ends[i])
        slot = np.int64(key >> SHIFT)
        while keys[slot] != 0:
            slot = (slot + 1) % SLOTS
        keys[slot], meanings[slot] = key, bits[i]
        start = ends[i]
