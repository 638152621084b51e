"""The same lines give the same answers, however they are cut, spread over files or interrupted."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.lines import Chunk
from access.site import Site
from streams.pipeline import Pipeline
from streams.replay import replay
from streams.settings import Settings
from streams.sources import open_source
from tests.cast.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from enforcement.decision import Decision, Signal
    from streams.pipeline import Step


@cache
def world() -> tuple[bytes, Site]:
    """Write a small platform's log: a few hundred people, the first seven harvesters."""
    made = World(20_261, people=400, hours=2)
    return b"".join(made.lines()), Site.from_toml(made.site_toml())


def chunks(log: bytes, seed: int | None) -> list[Chunk]:
    """Cut a log between lines: in one piece, or at random places."""
    lines = log.splitlines(keepends=True)
    edges = [0, len(lines)]
    if seed is not None:
        rng = np.random.default_rng(seed)
        edges = sorted({0, len(lines), *rng.integers(0, len(lines), 30).tolist()})
    return [
        Chunk(np.frombuffer(b"".join(lines[a:b]), np.uint8), 0, a + 1) for a, b in pairwise(edges)
    ]


def said(steps: list[Step]) -> tuple[list[Signal], list[Decision], int]:
    return (
        [signal for step in steps for signal in step.signals],
        [decision for step in steps for decision in step.decisions],
        sum(step.late for step in steps),
    )


def whole() -> list[Step]:
    log, site = world()
    pipeline = Pipeline(site, Settings())
    return [pipeline.feed(chunk) for chunk in chunks(log, None)] + [pipeline.end(0)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_how_a_log_is_cut_changes_nothing(seed: int) -> None:
    log, site = world()
    pipeline = Pipeline(site, Settings())
    pieces = [pipeline.feed(chunk) for chunk in chunks(log, seed)] + [pipeline.end(0)]

    assert said(whole()) == said(pieces)
    assert said(pieces)[1]


def test_every_line_is_an_event_or_a_reject() -> None:
    log, site = world()
    broken = log.replace(b'HTTP/1.1" 200', b'HTTP/1.1" 2x0')
    pipeline = Pipeline(site, Settings())

    steps = [pipeline.feed(chunk) for chunk in chunks(broken, 4)] + [pipeline.end(0)]

    rejects = sum(len(step.rejects) for step in steps)
    assert broken.count(b"\n") == rejects + sum(len(step.batch) for step in steps)
    assert rejects == log.count(b'HTTP/1.1" 200')


def test_a_pipeline_taken_up_again_goes_on_as_if_nothing_had_happened() -> None:
    log, site = world()
    first, *rest = chunks(log, 9)
    before, after = Pipeline(site, Settings()), Pipeline(site, Settings())
    steps = [before.feed(first), before.feed(rest[0])]

    after.restore(before.state())
    steps += [after.feed(chunk) for chunk in rest[1:]] + [after.end(0)]

    assert said(whole()) == said(steps)


def test_rotated_files_in_any_order_are_one_log(tmp_path: Path) -> None:
    log, site = world()
    lines = log.splitlines(keepends=True)
    third = len(lines) // 3
    parts = (lines[:third], lines[third : 2 * third], lines[2 * third :])
    for name, part in zip("cab", parts, strict=True):
        (tmp_path / name).write_bytes(b"".join(part))
    sources = [open_source(str(tmp_path / name)) for name in "abc"]

    split = list(replay(sources, site, Settings()))

    assert said(whole())[1] == said(split)[1]
