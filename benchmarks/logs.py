"""Logs: the cast's log lines made odd, nested, or many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.cast.world import World

    Bytes = np.ndarray[Any, np.dtype[np.uint8]]
    Numbers = np.ndarray[Any, np.dtype[np.int64]]

BROKEN = 100  # one line in so many is cut off, and so cannot be read
# An escaped quote of either dialect, and bytes that are no UTF-8, in the Referer and in the agent.
ODD_REFERER, ODD_AGENT = b'?\\"\\x22\xff\xc3" "', b' \\"\\x22\xfe\xe2\x82"\n'
CROWD = (
    b"2001:db8:0000:0000::1 - - [24/Nov/2026:00:00:00 +0000]"
    b' "GET /i/thumb/00000000.jpg HTTP/2.0" 200 9000 "https://bramble.example/"'
    b' "Mozilla/5.0 (X11; Linux x86_64; rv:157.0) Gecko/20100101 Firefox/157.0"\n'
)
SHARED = (  # by many homes: originals that nothing led to
    b"2001:db8:0000:0000::1 - - [24/Nov/2026:00:00:00 +0000]"
    b' "GET /i/orig/00000000.jpg HTTP/2.0" 200 9000 "-"'
    b' "Mozilla/5.0 (X11; Linux x86_64; rv:157.0) Gecko/20100101 Firefox/157.0 like/000"\n'
)
DIGITS = np.frombuffer(b"0123456789abcdef", np.uint8)
SCRAMBLE = 2_654_435_761  # odd, so that no two of 2**32 numbers meet
PIECE = 1 << 17  # lines at a time


def odd(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Make every line of combined logs one that needs care, and some unreadable."""
    for block in blocks:
        lines = block.replace(b'" "', ODD_REFERER).replace(b'"\n', ODD_AGENT).split(b"\n")
        lines[:-1:BROKEN] = [line[: len(line) // 2] for line in lines[:-1:BROKEN]]
        yield b"\n".join(lines)


def nested(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Write the cast's flat JSON as Caddy nests it."""
    decoder, encoder = msgspec.json.Decoder(dict[str, Any]), msgspec.json.Encoder()
    for block in blocks:
        yield encoder.encode_lines(map(_as_caddy, decoder.decode_lines(block)))


def _as_caddy(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "level": "info",
        "ts": float(line["msec"]),
        "logger": "http.log.access",
        "request": {
            "remote_ip": line["remote_addr"],
            "proto": line["server_protocol"],
            "method": line["request_method"],
            "host": line["host"],
            "uri": line["request_uri"],
            "headers": {
                "User-Agent": [line["http_user_agent"]],
                "Referer": [line["http_referer"]],
            },
        },
        "status": line["status"],
        "size": line["body_bytes_sent"],
    }


def days(count: int, world: Callable[[int], World]) -> Iterator[bytes]:
    """Write one day after the other."""
    for day in range(count):
        yield from world(day).lines()


def crowd(count: int, lasts: int = 86_400) -> Iterator[bytes]:
    """Write one line each of *count* different addresses, evenly over *lasts* seconds of a day."""
    for n in _pieces(count):
        yield _homes(CROWD, n, n * lasts // count).tobytes()


def shared(count: int, agents: int, after: int = 3_600) -> Iterator[bytes]:
    """Have *count* addresses share pictures out, by user agents, from a second of a day on."""
    for n in _pieces(count):
        rows = _homes(SHARED, n, after + n * (86_400 - after) // count)
        _print(rows, SHARED, b"e/000", n % agents, 10)
        yield rows.tobytes()


def _pieces(count: int) -> Iterator[Numbers]:
    return (np.arange(first, min(first + PIECE, count)) for first in range(0, count, PIECE))


def _homes(line: bytes, n: Numbers, second: Numbers) -> Bytes:
    """Print a line for the *n*-th (lines,) addresses and pictures, at a *second* of the day."""
    rows = np.tile(np.frombuffer(line, np.uint8), (len(n), 1))
    address = n * SCRAMBLE % (1 << 32)
    _print(rows, line, b":0000:", address >> 16, 16)
    _print(rows, line, b":0000::", address & 0xFFFF, 16)
    for mark, number in ((b":00:", second // 3600), (b":00:00 ", second // 60 % 60)):
        _print(rows, line, mark, number, 10)
    _print(rows, line, b":00 +", second % 60, 10)
    _print(rows, line, b"/00000000", n, 10)
    return rows


def _print(rows: Bytes, line: bytes, mark: bytes, numbers: Numbers, base: int) -> None:
    """Print *numbers* over the zeros that stand in *line* after the first bytes of *mark*."""
    skipped = mark.index(b"0")
    at = line.index(mark) + skipped
    width = len(mark[skipped:]) - len(mark[skipped:].lstrip(b"0"))
    for place in range(width):
        digit = numbers // base ** (width - 1 - place) % base
        rows[:, at + place] = DIGITS[digit]
