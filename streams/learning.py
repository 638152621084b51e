"""Learning: a judge who, while judging, takes down what visitors do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.leftout import LeftOut
from evidence.survey import Survey
from streams.judging import Judge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from access.batch import Batch
    from access.site import Site
    from enforcement.decision import Decision, Signal
    from evidence.pictures import Pictures
    from streams.settings import Settings


class Learning:
    """Judges as `Judge` does; `survey` holds what was seen."""

    def __init__(self, site: Site, settings: Settings) -> None:
        """Judge a platform's requests as *settings* say, to know whom not to learn from."""
        self._judge = Judge(site, settings)
        self.left_out = LeftOut(self._judge.docket.pardons, settings.policy)
        self.survey = Survey(self.left_out)

    def judge(
        self, batch: Batch, tick: NDArray[np.int64], over: int
    ) -> tuple[Sequence[Signal], Sequence[Decision]]:
        """Judge a batch as Judge does, and take down its frames."""
        frames, found = self._judge.observe(batch, tick, over)
        signals, decisions = self._judge.decided(frames, found, batch)
        self.survey.see(frames, batch)
        self.left_out.hear(decisions, batch)
        return signals, decisions

    @property
    def forgotten(self) -> int:
        """Count the actors forgotten so far for want of room."""
        return self._judge.forgotten

    def pictures(self, batch: Batch, counted: NDArray[np.bool_]) -> Pictures:
        """See what came of requests for pictures."""
        return self._judge.pictures(batch, counted)

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what judges; what was learned is not kept."""
        return self._judge.state()

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self._judge.restore(state)
