"""The page of a run depends on the log alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.site import Site
from streams.pipeline import Pipeline
from streams.run import Run
from streams.settings import Settings
from streams.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streams.pipeline import Step


def page(log: Path, report: Path, piece: int) -> bytes:
    """Judge a log in pieces of so many bytes, and write its page."""
    source, site, settings = open_source(str(log)), Site.default(), Settings()
    run = Run([source], site, settings, report=report)

    def steps() -> Iterator[Step]:
        pipeline = Pipeline(site, settings)
        pipeline.expect(0)
        for chunk in source.chunks(0, piece):
            yield pipeline.feed(chunk)
        yield pipeline.end(0)

    for _ in run.recorded(steps()):
        pass
    return report.read_bytes()


def test_how_the_log_is_cut_changes_no_byte_of_the_page(log: Path, tmp_path: Path) -> None:
    whole, cut = (page(log, tmp_path / "page.html", piece) for piece in (8 << 20, 50_000))

    assert b"blocked</span>" in whole
    assert cut == whole
