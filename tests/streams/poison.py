"""Poison: messages that nobody can read, for every topic; each has to be got past."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from kafka import KafkaProducer

if TYPE_CHECKING:
    from random import Random  # noqa: TID251 - from a seed, to be had again

FAR = '198.51.100.77 - - [{}] "GET /robots.txt HTTP/1.1" 200 9 "-" "-"\n'
WHEN = ("01/Jan/2031:00:00:00 +0000", "01/Jan/1999:00:00:00 +0000")
JUMPS = [FAR.format(when).encode() for when in WHEN]
BROKEN_OTLP = b'{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":'
BROKEN_ARRAY = b'[{"remote_addr":"198.51.100.78","status":20'

UNKNOWN = (
    b'{"id":"1","at":"2026-11-24T12:00:00Z","action":"none","scope":"address",'
    b'"target":"203.0.113.9","until":"2026-11-24T12:00:00Z","campaign":null,"members":[],'
    b'"score":0,"families":[],"signals":[],"pictures":0,"owners":0,"rules":"","settings":""}'
)
ENDLESS = (
    b'{"id":"1","at":"2026-11-24T12:00:00.000Z","by":"nobody","verb":"block","scope":"address",'
    b'"target":"203.0.113.9","reason":"","lasts":1000000000000000000,"action":"block"}'
)

LINES: tuple[bytes | None, ...] = (
    None,
    b"",
    b"\x00\xff\xfe garbage \x80",
    b"x" * 1_900_000,
    b"\xff" * 1_000,
    gzip.compress(b"no line")[:-6],
    gzip.compress(b"a line that is none\n"),
    BROKEN_OTLP,
    BROKEN_ARRAY,
    b"\x0a\xff\xff\xff\xff\x0f protobuf",
    b"\n\n\n",
    b'{"message":null}',
)
RECORDS: dict[str, tuple[tuple[bytes | None, bytes | None], ...]] = {
    "requests": ((None, b""), (None, b"no arrow"), (None, b"\xff\xff\xff\xff" * 9)),
    "summaries": (
        (None, b""),
        (b"site", None),
        (b"site", b"{"),
        (b"0", b'{"shard":99,"closed":1}'),
        (b"site", b'{"shard":-1,"closed":1,"minutes":[1],"counts":[[1]]}'),
        (b"0", b'{"shard":0,"closed":1,"minutes":[1],"counts":[[1]]}'),
    ),
    "decisions": (
        (None, b""),
        (b"x", b"\xff"),
        (b"x", b"[]"),
        (b"203.0.113.9", UNKNOWN),
    ),
    "orders": ((b"x", None), (b"x", b"{}"), (b"x", b'{"id":"1"}'), (b"x", ENDLESS)),
    "blocklist": ((b"x", None), (b"\xff", b"{"), (b"203.0.113.10", b"{}")),
    "checkpoints": ((b"detecting", b"?"), (b"parsing", b""), (b"deciding", None)),
}


def put_lines(bootstrap: str, chance: Random, partitions: int) -> None:
    """Put one of LINES, and clocks that jump, each by itself, into partitions by chance."""
    producer = KafkaProducer(bootstrap_servers=bootstrap, max_request_size=2 << 20)
    for value in (chance.choice(LINES), *JUMPS):
        producer.send("access-log", value, partition=chance.randrange(partitions))
    producer.close()


def put_records(bootstrap: str, chance: Random) -> str:
    """Put one of RECORDS into a topic by chance; tell which."""
    topic = chance.choice(sorted(RECORDS))
    key, value = chance.choice(RECORDS[topic])
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    producer.send(topic, value, key, partition=0)
    producer.close()
    return f"{topic}: {key!r} {value!r:.60}"
