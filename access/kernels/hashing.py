"""Hash text to 64 bits: XXH64, keyed per platform, so that what is kept means the same for ever.

The algorithm is the one of the specification (github.com/Cyan4973/xxHash, doc/xxhash_spec.md); the
test compares every length with the `xxhash` package. It is no secret-keeping hash: what leaves the
machine is pseudonymised with HMAC-SHA-256 elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.kernels.compiled import lean_kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

P1 = np.uint64(0x9E3779B185EBCA87)
P2 = np.uint64(0xC2B2AE3D27D4EB4F)
P3 = np.uint64(0x165667B19E3779F9)
P4 = np.uint64(0x85EBCA77C2B2AE63)
P5 = np.uint64(0x27D4EB2F165667C5)


def words_of(buffer: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """View *buffer* as the little-endian 8-byte word that starts at each byte; copies nothing."""
    return np.ndarray((len(buffer) - 7,), "<u8", buffer, 0, (1,))


@lean_kernel
def _rotate(value, bits):
    return (value << np.uint64(bits)) | (value >> np.uint64(64 - bits))


@lean_kernel
def _round(lane, word):
    return _rotate(lane + word * P2, 31) * P1


@lean_kernel
def mix(value):
    """Spread the bits of one 64-bit number over all 64 (the finish of XXH64)."""
    value = (value ^ (value >> np.uint64(33))) * P2
    value = (value ^ (value >> np.uint64(29))) * P3
    return value ^ (value >> np.uint64(32))


@lean_kernel
def _long(words, p, stop, seed):
    """Fold whole 32-byte stripes; return the hash so far and where the rest begins."""
    a, b, c, d = seed + P1 + P2, seed + P2, seed, seed - P1
    while p + 32 <= stop:
        a = _round(a, words[p])
        b = _round(b, words[p + 8])
        c = _round(c, words[p + 16])
        d = _round(d, words[p + 24])
        p += 32
    value = _rotate(a, 1) + _rotate(b, 7) + _rotate(c, 12) + _rotate(d, 18)
    for lane in (a, b, c, d):
        value = (value ^ _round(np.uint64(0), lane)) * P1 + P4
    return value, p


@lean_kernel
def hash_span(buffer, words, start, stop, seed):
    """Hash `buffer[start:stop]` with *seed* (uint64); `words` is `words_of(buffer)`."""
    value, p = seed + P5, start
    if stop - start >= 32:
        value, p = _long(words, start, stop, seed)
    value += np.uint64(stop - start)
    while p + 8 <= stop:
        value = _rotate(value ^ _round(np.uint64(0), words[p]), 27) * P1 + P4
        p += 8
    if p + 4 <= stop:
        value = _rotate(value ^ ((words[p] & np.uint64(0xFFFFFFFF)) * P1), 23) * P2 + P3
        p += 4
    while p < stop:
        value = _rotate(value ^ (np.uint64(buffer[p]) * P5), 11) * P1
        p += 1
    return mix(value)


def hash_bytes(text: bytes, seed: int) -> int:
    """Hash *text* as `hash_span` would; for look-up tables, never per request."""
    buffer = np.zeros(len(text) + 8, np.uint8)
    buffer[: len(text)] = np.frombuffer(text, np.uint8)
    return int(hash_span(buffer, words_of(buffer), 0, len(text), np.uint64(seed)))
