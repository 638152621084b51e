"""Halts on the wire: the record of `blocklist` that says its emptiness is meant, by which order."""

from __future__ import annotations

import msgspec

from streams.records import ENCODER

HALT = "halt"  # the key; no target is named so. No value: nothing is halted


class HaltRecord(msgspec.Struct, frozen=True):
    """Nothing is in force until this is taken back; the keys are promised to readers."""

    halted: str  # id of the order


def halt_record(order: str) -> bytes:
    """Write down that an order has emptied the list."""
    return ENCODER.encode(HaltRecord(order))


def read_halt(value: bytes | None) -> str:
    """Read which order emptied the list; "" where none did. ValueError shows what is neither."""
    return "" if value is None else msgspec.json.decode(value, type=HaltRecord).halted
