"""Run: a replay that is written down and counted while it goes."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enforcement.blocklist import BlockList
from streams.listing import listing
from streams.outputs import Outputs, replace_file
from streams.records import ENCODER
from streams.replay import replay
from streams.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from access.site import Site
    from streams.pipeline import Step
    from streams.settings import Settings
    from streams.sources import Source


@dataclass(slots=True)
class Run:
    """Several inputs, merged by event time; iterate over `steps`, then look at the rest."""

    sources: Sequence[Source]
    site: Site
    settings: Settings
    out: Path | None = None  # the folder to write to, None for nowhere
    tally: Tally = field(default_factory=Tally)
    blocks: BlockList = field(default_factory=BlockList)

    def steps(self) -> Iterator[Step]:
        """Go through the inputs; each step is written before it is handed on."""
        with ExitStack() as stack:
            outputs = None
            if self.out:
                names = [source.name for source in self.sources]
                outputs = stack.enter_context(Outputs.open(self.out, names))
            for step in replay(self.sources, self.site, self.settings):
                if outputs:
                    outputs.write(step.rejects, step.signals, step.decisions)
                for decision in step.decisions:
                    self.blocks.apply(decision)
                self.tally.add(step)
                self.blocks.expire(self.tally.end)
                yield step
        if self.out:
            self._close(self.out)

    def _close(self, out: Path) -> None:
        """Write what is known only at the end."""
        replace_file(out / "blocklist.txt", listing(self.blocks, self.tally.end))
        replace_file(out / "summary.json", ENCODER.encode(self.tally.summary()) + b"\n")

    @property
    def troubles(self) -> list[str]:
        """Say which inputs ended early, and why."""
        return [f"{source.name}: {source.trouble}" for source in self.sources if source.trouble]
