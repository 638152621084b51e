"""No line is ever lost: what goes in comes out as an event or as a reject, byte for byte.

HEDGEROW_FUZZ_LINES says how many lines to mangle; two million take some minutes.
"""

from __future__ import annotations

import os

import numpy as np
import pytest

from tests.access.formats.test_every_format import SAMPLES
from tests.access.mangling import mangled
from tests.access.scanning import account_for, scan

CHUNK = 10_000
LINES = int(os.environ.get("HEDGEROW_FUZZ_LINES", "20000"))


@pytest.mark.parametrize("chunk", range(-(-LINES // CHUNK)))
def test_mangled_lines_are_all_accounted_for(chunk: int) -> None:
    lines = mangled([s.line for s in SAMPLES], CHUNK, np.random.default_rng([7, chunk]))

    found, rejects = scan(*lines)

    sent = [line.removesuffix(b"\r") for line in lines]
    got = [line.removesuffix(b"\r") for line in account_for(lines, found, rejects)]
    assert (len(lines), sent) == (len(found.at) + len(rejects), got)
