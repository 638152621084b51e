"""Make lines as broken, odd and hostile as lines get."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

PARTS = (
    *(b'"', b"\\", b" ", b"-", b'""', b'\\"', b"\\\\", rb"\x22", b"\r", b"\t", b"\x00", b"\xff"),
    *(b"[", b"] ", b" [", b'] "', b'" "', b'" 200 ', b":80 ", b"::", b"{", b"}", b",", b"%0a"),
    *(b"23/Nov/2026:22:24:26 +0000", b"29/Feb/2027:22:24:26 -0930", b"+0000", b" HTTP/1.1"),
    *(b"\xef\xbb\xbf", b"http://a.example", b"192.0.2.7 ", b"a.example "),
    *(b"|", b'} "', b"%22", b"#7C", b"<13>", b"<13>1 ", b" stdout F ", b" stderr P ", b"nginx: "),
    *(b"Nov 23 22:24:26 ", b"2026-11-23T22:24:26.9Z ", b'[a b="]\\]"] ', b"-1", b" 0 "),
    *(b"\x16\x03\x01", b'GET /a"b', b"9" * 19, b"203.0.113.9", b"2001:db8::1", "ü".encode()),
)


def mangled(lines: Sequence[bytes], count: int, random: np.random.Generator) -> list[bytes]:
    """Draw *count* of *lines*, each with up to three wounds; none holds a newline."""
    return [_wounded(lines[int(random.integers(len(lines)))], random) for _ in range(count)]


def _wounded(line: bytes, random: np.random.Generator) -> bytes:
    for _ in range(random.integers(4)):
        a, b = sorted(random.integers(0, len(line) + 1, 2).tolist())
        near = min(b, a + int(random.integers(4)))
        part = PARTS[random.integers(len(PARTS))]
        line = (
            line[:a] + part + line[near:],  # something where it does not belong
            line[:a] + part + line[a:],
            line[:a] + line[b:],  # a piece torn out
            line[:b] + line[a:b] + line[b:],  # a piece twice
            line[:b],  # cut off
            line[:a] + bytes([random.integers(256)]) + line[a + 1 :],
        )[random.integers(6)].replace(b"\n", b"")
    return line
