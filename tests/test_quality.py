"""The hard promises hold on a small platform of each address scheme to which everybody comes.

`make quality` tells much more, of larger platforms, with other seeds at every run.
"""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from benchmarks.quality.summary import Summary
from benchmarks.quality.trial import Trial
from benchmarks.quality.verdict import verdict
from streams.settings import Settings
from tests.cast.roster import SINGLE_SOURCE
from tests.cast.schemes import Scheme

SMALL = {"people": 800, "hours": 24}  # a day, for some are only known by never sleeping
TRIALS = [  # seeds are dates, taken as they came
    Trial(20_261_130, Scheme.NUMBERED, "combined", **SMALL),
    Trial(20_261_201, Scheme.OWNED, "json", **SMALL),
    Trial(20_261_202, Scheme.OPAQUE, "json", **SMALL),
]


def printed(summary: Summary) -> str:
    text = StringIO()
    Console(width=150, file=text).print(*summary.tables())
    return text.getvalue()


@pytest.mark.parametrize("trial", TRIALS, ids=str)
def test_each_single_source_is_found_and_nobody_innocent_is_blocked(trial: Trial) -> None:
    judged = verdict(trial, Settings(), ablated=False)
    found = {s.name for s in judged.hedgerow if s.found == s.visitors}
    harmed = [s.name for s in judged.hedgerow if s.blocked and not s.guilty]

    assert (sorted(set(SINGLE_SOURCE) - found), harmed) == ([], []), printed(Summary.of([judged]))
