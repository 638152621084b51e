"""The alias table as a kernel reads it: one open-addressing table of steps from key to key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.aliases import RANKS, Meaning
from access.kernels.hashing import words_of
from access.kernels.json_keys import CHILD, COLUMNS, LONGEST, ROOT, SLOT, TAG, home

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


def key_table(aliases: Mapping[Meaning, tuple[str, ...]]) -> NDArray[np.uint64]:
    """Compile *aliases* to (places, COLUMNS) words, one step a row; less than half is filled.

    Raises ValueError where a name stands twice or a meaning has more than RANKS names.
    """
    slots = _slots(aliases)
    nodes = {"": ROOT}
    for name in slots:
        for part in _prefixes(name):
            nodes.setdefault(part, ROOT + len(nodes))
    steps = [step for name in nodes if name for step in _steps(name)]
    table = np.zeros((1 << (2 * len(steps)).bit_length(), COLUMNS), np.uint64)
    for parent, key, child in steps:
        _insert(table, nodes[parent], key, (nodes[child], slots.get(child, -1) + 1))
    return table


def _slots(aliases: Mapping[Meaning, tuple[str, ...]]) -> dict[str, int]:
    slots: dict[str, int] = {}
    for meaning, names in aliases.items():
        if len(names) > RANKS:
            msg = f"{meaning.name} has {len(names)} names, at most {RANKS} fit"
            raise ValueError(msg)
        for rank, name in enumerate(map(str.lower, names)):
            if name in slots:
                msg = f"{name!r} stands twice among the aliases"
                raise ValueError(msg)
            slots[name] = meaning * RANKS + rank
    return slots


def _prefixes(name: str) -> list[str]:
    """List "a", "a.b" and "a.b.c" for "a.b.c"."""
    parts = name.split(".")
    return [".".join(parts[: n + 1]) for n in range(len(parts))]


def _steps(name: str) -> list[tuple[str, str, str]]:
    """List every (parent, key, child) that ends at *name*, a key being any run of its parts."""
    return [("", name, name)] + [
        (parent, name[len(parent) + 1 :], name) for parent in _prefixes(name)[:-1]
    ]


def _insert(table: NDArray[np.uint64], node: int, key: str, answer: tuple[int, int]) -> None:
    text = key.encode()
    if len(text) > LONGEST:
        msg = f"{key!r} is longer than {LONGEST} bytes"
        raise ValueError(msg)
    padded = np.zeros(LONGEST + 8, np.uint8)
    padded[: len(text)] = np.frombuffer(text, np.uint8)
    place = int(home(words_of(padded), table, node, 0, len(text)))
    while table[place, TAG]:
        place = (place + 1) % len(table)
    table[place, :TAG] = padded[:LONGEST].view(np.uint64)
    table[place, TAG] = node << 8 | len(text)
    table[place, CHILD], table[place, SLOT] = answer
