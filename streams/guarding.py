"""Guarding: follow logs, judge what comes, keep the block list current, survive being killed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from enforcement.blocklist import BlockList
from enforcement.railing import Railing
from streams.folder import decided_after
from streams.follow import Follower, Position
from streams.outputs import Outputs
from streams.pipeline import Pipeline
from streams.publishing import Published
from streams.run import spared_by
from streams.snapshot import Bookmark, check, load, next_at, save

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from access.site import Site
    from enforcement.decision import Decision
    from streams.pipeline import Step
    from streams.settings import Settings

OFTEN = 2.0  # seconds; what was read since is read again after a kill, in a blink
STATE = "state.npz.zst"


@dataclass(slots=True)
class Guard:
    """Logs that are followed, and the folder that says what came of it."""

    folder: Path
    site: Site
    pipeline: Pipeline
    followers: list[Follower]
    outputs: Outputs
    published: Published
    bookmark: Bookmark
    told: frozenset[str]  # ids of decisions written after the snapshot that one goes on from
    due: float = 0.0  # when the next snapshot may be taken
    fresh: bool = False  # something was read since the last one

    @classmethod
    def start(cls, logs: Sequence[Path], site: Site, settings: Settings, folder: Path) -> Self:
        """Begin, or go on where the folder's last snapshot was taken.

        Raises OSError, and ValueError where the snapshot was made of other logs or settings.
        """
        names, spared = tuple(map(str, logs)), spared_by(site, settings)
        bookmark = Bookmark(settings.regime, site.key, names, tuple(Position() for _ in logs))
        pipeline, blocks = Pipeline(site, settings), BlockList(spared)
        railing = Railing(settings.rails)
        for number in range(len(logs)):
            pipeline.expect(number)
        if found := load(folder / STATE):
            check(found[0], bookmark)
            bookmark = found[0]
            pipeline.restore(found[1])
            blocks.restore(bookmark.blocks)
            railing.restore(bookmark.railing)
        followers = [Follower(*pair) for pair in zip(logs, bookmark.positions, strict=True)]
        told = decided_after(folder, bookmark.lengths.get("decisions.ndjson", 0))
        outputs = Outputs.open(folder, names, bookmark.lengths)
        published = Published(folder, blocks, spared, railing, bookmark.newest, bookmark.obeyed)
        published.begin()
        return cls(folder, site, pipeline, followers, outputs, published, bookmark, told)

    def look(self) -> Step | None:
        """Take the next lines of the log that is furthest behind; None if no log has grown.

        A log that is being rotated is waited for: what it has still to give may be old.
        """
        for number in sorted(range(len(self.followers)), key=self.pipeline.open_from):
            follower = self.followers[number]
            if chunk := follower.take(number):
                step = self.pipeline.feed(chunk)
                self._act(step)
                return step
            if follower.turning:
                return None
        return None

    def news(self, step: Step) -> list[Decision]:
        """Leave out the decisions that were made before one was killed, and are made again."""
        return [decision for decision in step.decisions if decision.id not in self.told]

    def _act(self, step: Step) -> None:
        """Write down what was decided, then tell the firewall."""
        self.outputs.write(step.rejects, step.signals, step.decisions)
        self.outputs.flush()
        self.published.add(step.decisions, newest_of(step))
        self.fresh = True

    def snapshot(self) -> None:
        """Keep everything that is needed to go on from here."""
        self.bookmark = replace(
            self.bookmark,
            positions=tuple(follower.position for follower in self.followers),
            lengths=self.outputs.lengths(),
            newest=self.published.newest,
            blocks=self.published.blocks.state(),
            railing=self.published.railing.state(),
            obeyed=self.published.obeyed,
        )
        save(self.folder / STATE, self.bookmark, self.pipeline.state())
        self.fresh = False

    def keep(self, now: Callable[[], float]) -> None:
        """Take a snapshot if there is news and the last is long enough ago; *now* in seconds."""
        began = now()
        if not self.fresh or began < self.due:
            return
        self.snapshot()
        self.due = next_at(began, now(), OFTEN)

    def close(self) -> None:
        """Stop in good order."""
        self.snapshot()
        for follower in self.followers:
            follower.close()
        self.outputs.__exit__()

    def troubles(self) -> list[str]:
        """Say, once, which lines are known to be missing, and why."""
        said = [follower.trouble for follower in self.followers if follower.trouble]
        for follower in self.followers:
            follower.trouble = None
        return said


def newest_of(step: Step) -> int:
    """Tell how far a step brought event time: a decision holds from the end of its tick on."""
    seen = int(step.batch.at.max()) // 1000 if len(step.batch) else 0
    return max([seen, *(decision.at for decision in step.decisions)])
