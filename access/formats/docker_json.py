"""Docker's json-file: what a container wrote to its output, a line with its newline in `log`."""

from __future__ import annotations

from access.formats import combined, nginx_json
from access.formats.carriage import carried

_BEHIND = rb'\n","stream":"stdout","time":"2026-11-23T22:24:27.123456789Z"}'
SAMPLES = tuple(
    carried(sample, b'{"log":"', _BEHIND) for sample in (*combined.SAMPLES, *nginx_json.SAMPLES)
)
