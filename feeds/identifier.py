"""Identifier: a UUID that follows from what it names (RFC 9562, version 5)."""

from __future__ import annotations

from hashlib import sha1

SPACE = bytes.fromhex("8b5c2f5e6d2f5c0f9a3e4f1d7a60c2b9")  # drawn once; it is Hedgerow's own


def identifier(*parts: object) -> str:
    """Name something: equal parts, equal UUIDs."""
    text = "\0".join(map(str, parts)).encode()
    raw = bytearray(sha1(SPACE + text, usedforsecurity=False).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x50  # version 5
    raw[8] = raw[8] & 0x3F | 0x80  # of the RFC's variant
    digits = raw.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
