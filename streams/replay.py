"""Replay: the whole path over files, merged by event time; no broker, no clock, same answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.pipeline import Pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from access.site import Site
    from streams.pipeline import Bench, Step
    from streams.settings import Settings
    from streams.sources import Source

LARGEST, SMALLEST = 8 << 20, 256 << 10  # bytes read at a time from each input
TOGETHER = 64 << 20  # bytes held from all inputs at a time, beyond one smallest chunk of each


def replay(
    sources: Sequence[Source], site: Site, settings: Settings, bench: Bench | None = None
) -> Iterator[Step]:
    """Judge all lines of *sources* in the order of their own time; a *bench* may do the judging.

    The input that is furthest behind is read next, so rotated logs may be given in any order and
    only about one chunk of each is held.
    """
    pipeline = Pipeline(site, settings, bench)
    size = max(SMALLEST, min(LARGEST, TOGETHER // len(sources)))
    running = {number: source.chunks(number, size) for number, source in enumerate(sources)}
    for number in running:
        pipeline.expect(number)
    while running:
        number = min(running, key=pipeline.open_from)
        chunk = next(running[number], None)
        if chunk is None:
            del running[number]
            yield pipeline.end(number)
        else:
            yield pipeline.feed(chunk)
