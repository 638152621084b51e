"""Hashes that are kept are the specified ones."""

from __future__ import annotations

import numpy as np
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from access.kernels.hashing import hash_bytes


@given(text=st.binary(max_size=200), seed=st.integers(0, 2**64 - 1))
def test_a_hash_is_the_one_of_the_specification(text: bytes, seed: int) -> None:
    assert xxhash.xxh64_intdigest(text, seed) == hash_bytes(text, seed)


def test_every_short_length_is_the_one_of_the_specification() -> None:
    text = np.random.default_rng(1).bytes(130)

    for length in range(130):
        assert xxhash.xxh64_intdigest(text[:length], 7) == hash_bytes(text[:length], 7)
