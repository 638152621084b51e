"""Packings: every known format of log in every way that shippers pack lines into messages."""

from __future__ import annotations

import gzip
import json
from itertools import chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from access.formats import (
    alb_json,
    caddy_json,
    cloudflare_json,
    cloudfront_json,
    envoy_json,
    fastly_json,
    haproxy_json,
    nginx_json,
    traefik_json,
)
from tests.access.formats.test_every_format import SAMPLES, TEXT_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from access.formats.sample import Sample

# What servers write themselves: a shipper may carry any of it inside its own envelope.
SERVERS = (
    *(alb_json, caddy_json, cloudflare_json, cloudfront_json, envoy_json),
    *(fastly_json, haproxy_json, nginx_json, traefik_json),
)
WRITTEN = [*TEXT_SAMPLES, *(s for f in SERVERS for s in f.SAMPLES if s.line.isascii())]
JSON = [s for s in SAMPLES if s.line.startswith(b"{")]
ODD = (  # lines that nobody can read, whatever they come in
    b"no log line",
    b"\xff\xfe\x00 bytes \x80",
    b'{"remote_addr":"203.0.113.5"',
    b"#Fields: date time c-ip",
    b'203.0.113.5 - - [23/Nov/2026:22:24:26 +0000] "GET /a',
    b"[1,2]",
    b"null",
    b" ".join(b"%d" % number for number in range(2000)),
)
WRONG = (b'{"a":"\xff"}', b'{"a":"\\ud800"}', b'{"a":nothing}', b"7")  # in an array
LONG = bytes(byte for byte in range(256) if byte != 10) * 7451  # 1.9 MB
CUT = (  # they look packed, and are not
    gzip.compress(b"abc", mtime=0)[:-1],
    gzip.compress(b"0" * (1 << 22), mtime=0),  # a bomb
    b'[{"a":1},\n{"b":2}',
    b'{"resourceLogs":[{"scopeLogs":7}]}',
    b"\n\x80\x80",
)


class Packing(NamedTuple):
    """A value of a Kafka record, and what has to come of it."""

    value: bytes | None
    events: tuple[tuple[str, int], ...] = ()  # format, milliseconds since 1970 UTC
    rejects: tuple[bytes, ...] = ()


def packings() -> list[Packing]:
    """Pack all there is, in all ways."""
    plain = [*one_by_one(), *together(), *telemetry()]
    zipped = [p._replace(value=gzip.compress(p.value or b"")) for p in plain if p.value]
    broken = [Packing(value, (), tuple(value.split(b"\n"))) for value in (*CUT, LONG)]
    return [*plain, *zipped, *broken, Packing(None), Packing(b"")]


def one_by_one() -> Iterator[Packing]:
    """Give a message to each line, with or without its newline, or laid out over many."""
    for sample in SAMPLES:
        yield Packing(sample.line, stated([sample]))
        yield Packing(sample.line + b"\r\n", stated([sample]))
    for line in ODD:
        yield Packing(line, (), (line,))
    for sample in (s for s in JSON if s.line.isascii()):
        spread = json.dumps(json.loads(sample.line), indent=1).encode()
        yield Packing(spread, stated([sample]))


def together() -> Iterator[Packing]:
    """Put all lines into one message, and all objects into one array."""
    mixed = chain.from_iterable(zip(ODD, (s.line for s in SAMPLES), strict=False))
    rest = (sample.line for sample in SAMPLES[len(ODD) :])
    yield Packing(b"\n".join([*mixed, *rest, b"", b"end"]), stated(SAMPLES), (*ODD, b"", b"end"))
    objects = [*WRONG[:2], *(sample.line for sample in JSON), *WRONG[2:]]
    yield Packing(b"[" + b",".join(objects) + b"]", stated(JSON), WRONG)


def telemetry() -> Iterator[Packing]:
    """Carry lines as bodies of OpenTelemetry's log records, in JSON and in protobuf."""
    lines = [sample.line for sample in WRITTEN]
    told = tuple(zip(repeat("json"), (sample.at for sample in WRITTEN), strict=False))
    bodies = [{"body": {"stringValue": line.decode()}} for line in (*lines, b"odd")]
    tree = {"resourceLogs": [{"scopeLogs": [{"logRecords": bodies}]}]}
    odd = (b'{"body":"odd"}',)
    yield Packing(json.dumps(tree).encode(), told, odd)
    yield Packing(json.dumps(tree, indent=1).encode(), told, odd)
    records = b"".join(field(2, field(5, field(1, line))) for line in (*lines, b"odd"))
    yield Packing(field(1, field(2, records)), told, odd)


def stated(samples: Sequence[Sample]) -> tuple[tuple[str, int], ...]:
    """Say in which format lines are, and when each was written."""
    return tuple(("json" if s.line.startswith(b"{") else "text", s.at) for s in samples)


def field(number: int, content: bytes) -> bytes:
    """Write a field of protobuf that holds bytes."""
    size, length = bytearray(), len(content)
    while length > 127:
        size.append(length & 127 | 128)
        length >>= 7
    return bytes([number << 3 | 2, *size, length]) + content
