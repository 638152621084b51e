"""OTLP: lay the log records of an OpenTelemetry export out as one flat JSON line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ENCODER = msgspec.json.Encoder()


class Record(NamedTuple):
    """A log record, out of its wrapping; a tuple, for there are as many as lines."""

    at: int  # nanoseconds since 1970 UTC at which it happened, 0 where it does not say
    observed: int  # … at which the collector saw it
    attributes: Mapping[str, Any]
    body: Any
    resource: Mapping[str, Any]  # what is true of the machine or program that wrote it


def flattened(records: Iterable[Record], most: int) -> bytes:
    """Lay records out, a line each; ValueError for none, or more than *most* bytes.

    What an export says once of its resource is said again in every line, so a small export can
    unfold to much.
    """
    lines, used = [], 0
    for record in records:
        line = ENCODER.encode(flat(record))
        used += len(line) + 1
        if used > most:
            msg = f"unfolds to more than {most} bytes"
            raise ValueError(msg)
        lines.append(line)
    if not lines:
        msg = "no log record"
        raise ValueError(msg)
    return b"\n".join(lines)


def flat(record: Record) -> dict[str, Any]:
    """Put all that is known of a record side by side; what is nearer to it wins.

    A time of its own goes to `timeUnixNano`. When it was observed is less than any other time it
    may have, so that goes to `timestamp`, which those outrank in `access.aliases`.
    """
    body = record.body
    said = body if isinstance(body, dict) else {} if body is None else {"body": body}
    line = {**record.resource, **said, **record.attributes}
    if record.at:
        line["timeUnixNano"] = str(record.at)
    elif record.observed:
        line.setdefault("timestamp", str(record.observed))
    return line
