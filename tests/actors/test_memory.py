"""What is reserved for actors costs the machine nothing before it is used."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from actors.memory import HUGE, empty_memory, untouched

MIB = 1 << 20


def held() -> int:
    """Tell how much memory of the machine this process has taken, in bytes."""
    said = Path("/proc/self/status").read_text()
    found = re.search(r"^RssAnon:\s+(\d+) kB$", said, re.MULTILINE)
    assert found
    return int(found[1]) * 1024


def test_reserved_memory_takes_nothing_even_where_as_much_was_given_back() -> None:
    given_back = [np.ones(8 * MIB, np.uint8) for _ in range(8)]
    del given_back
    before = held()

    memory = empty_memory(actors=1 << 18, slots=1 << 13, sights=1 << 21, seed=1)

    assert held() - before < MIB
    assert len(memory.rows) == 1 << 18


def test_reserved_memory_is_zeros_of_its_shape_that_can_be_written() -> None:
    table = untouched((3, HUGE // 4), np.uint32)
    table[1, 7] = 5

    assert (3, HUGE // 4) == table.shape
    assert 5 == table.sum()
