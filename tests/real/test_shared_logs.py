"""Real logs are read but for the few lines that nobody can read."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from access.lines import Chunk
from access.scanner import Scanner

SHARED = Path(__file__).parents[2] / "../shared/data"
LOGS = sorted(Path(os.environ.get("HEDGEROW_DATA", SHARED), "logs").glob("*.log.gz"))


@pytest.mark.skipif(not LOGS, reason="the shared logs are not here (HEDGEROW_DATA)")
@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.name)
def test_nearly_every_line_of_a_real_log_is_read(log: Path) -> None:
    data = gzip.decompress(log.read_bytes())

    lines, rejects = Scanner().scan(Chunk(np.frombuffer(data, np.uint8), 0, 1))

    for reject in rejects:
        print(reject.number, reject.reason, reject.line)  # noqa: T201  # seen with pytest -rP
    assert data.count(b"\n") == len(lines.at) + len(rejects)
    assert len(lines.at) >= 0.999 * data.count(b"\n")
