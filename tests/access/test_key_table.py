"""The table of keys holds every way to write a name, and refuses tables that make no sense."""

from __future__ import annotations

import numpy as np
import pytest

from access.aliases import ALIASES, RANKS, Meaning
from access.kernels.hashing import words_of
from access.kernels.json_keys import ROOT, UNKNOWN, follow
from access.key_table import key_table


def walk(table: np.ndarray[tuple[int, int], np.dtype[np.uint64]], keys: list[str]) -> int:
    """Follow *keys* from the root; return the slot of the last."""
    node, slot = ROOT, -1
    for key in keys:
        buffer = np.frombuffer(key.encode() + bytes(64), np.uint8).copy()
        node, slot = follow(words_of(buffer), table, node, 0, len(key))
    return slot


def test_every_cut_of_a_name_leads_to_its_slot() -> None:
    table = key_table(ALIASES)

    for meaning, names in ALIASES.items():
        for rank, name in enumerate(names):
            for dots in range(1 << name.count(".")):
                keys = [""]
                for n, part in enumerate(name.split(".")):
                    keys += (
                        [part] if n and dots >> (n - 1) & 1 else [f"{keys.pop()}.{part}".strip(".")]
                    )

                assert meaning * RANKS + rank == walk(table, keys), keys


def test_a_key_that_differs_in_one_bit_is_unknown() -> None:
    table = key_table({Meaning.HOST: ("http.request.header.host",), Meaning.AGENT: ("agent",)})

    for key in ("agent", "http.request.header.host"):
        for bit in range(8 * len(key)):
            odd = bytearray(key.encode())
            odd[bit // 8] ^= 1 << bit % 8
            buffer = np.frombuffer(bytes(odd) + bytes(64), np.uint8).copy()
            known = follow(words_of(buffer), table, ROOT, 0, len(key))

            assert (known == (UNKNOWN, -1)) == (odd.lower() != key.encode()), odd


def test_a_crowded_table_still_finds_everything() -> None:
    names = tuple(f"key{n}.x{n}" for n in range(RANKS))
    table = key_table({meaning: tuple(f"{meaning}{n}" for n in names) for meaning in Meaning})

    assert all(
        meaning * RANKS + rank == walk(table, f"{meaning}{name}".split("."))
        for meaning in Meaning
        for rank, name in enumerate(names)
    )


def test_a_name_stands_only_once() -> None:
    with pytest.raises(ValueError, match="'host' stands twice"):
        key_table({Meaning.HOST: ("host",), Meaning.CLIENT: ("Host",)})


def test_a_meaning_has_only_so_many_names() -> None:
    with pytest.raises(ValueError, match="at most 32 fit"):
        key_table({Meaning.HOST: tuple(str(n) for n in range(RANKS + 1))})


def test_a_name_is_only_so_long() -> None:
    with pytest.raises(ValueError, match="longer than 40 bytes"):
        key_table({Meaning.HOST: ("x" * 41,)})
