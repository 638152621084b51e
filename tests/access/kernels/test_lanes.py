"""Comparing many bytes at once says what comparing them one by one says."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from access.kernels.compiled import lean_kernel
from access.kernels.lanes import LANES, alike, below, lowest


@lean_kernel
def masks(buffer, p, byte):  # type: ignore[no-untyped-def]  # numba infers the types
    # numba, not the caller, hands the typing context over
    return alike(buffer, p, byte), below(buffer, p, byte), lowest(alike(buffer, p, byte))  # type: ignore[call-arg]


@given(data=st.binary(min_size=3 * LANES, max_size=3 * LANES), p=st.integers(0, 2 * LANES))
def test_every_lane_is_compared_with_the_byte(data: bytes, p: int) -> None:
    for byte in (0, 32, 200, data[0]):
        same, smaller, first = masks(np.frombuffer(data, np.uint8), p, byte)

        lanes = data[p : p + LANES]
        assert sum(1 << i for i in range(LANES) if lanes[i] == byte) == same
        assert sum(1 << i for i in range(LANES) if lanes[i] < byte) == smaller
        assert first == (lanes.index(byte) if byte in lanes else 64)
