"""Programs: shapes as the arrays of numbers that `access.kernels.patterns` runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from access.kernels.captures import ANY, CODE, COLUMNS, HOST, HOST_END, QUERY, REST, SEGMENTS
from access.kernels.targets import respell
from access.site.shapes import GROUPS, Segment, Shape, read_pattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from access.site.file import Rule


@dataclass(slots=True)
class Program:
    """The arrays while they are written."""

    rules: list[NDArray[np.int32]] = field(default_factory=list)
    heads: list[tuple[int, int, int, int]] = field(default_factory=list)
    code: list[int] = field(default_factory=list)
    text: bytearray = field(default_factory=bytearray)

    def add(self, rule: Rule, row: NDArray[np.int32]) -> None:
        """Write every shape of a pattern; *row* holds what they share."""
        for shape in read_pattern(rule.pattern):
            twice = set(shape.groups) & set(rule.query.values())
            if twice:
                msg = f"pattern {rule.pattern!r}: the query gives {min(twice)!r} a second time"
                raise ValueError(msg)
            self._add_shape(rule, shape, row.copy())

    def arrays(self) -> tuple[NDArray[Any], ...]:
        """Return rules, heads, code and text."""
        return (
            np.array(self.rules, np.int32).reshape(-1, COLUMNS),
            np.array(self.heads, np.uint64).reshape(-1, 4),
            np.array(self.code, np.int32),
            np.frombuffer(bytes(self.text), np.uint8).copy(),
        )

    def _add_shape(self, rule: Rule, shape: Shape, row: NDArray[np.int32]) -> None:
        row[SEGMENTS], row[REST], row[CODE] = len(shape.segments), shape.rest, len(self.code)
        for segment in shape.segments:
            self._add_segment(segment)
        row[QUERY] = len(self.code)
        self.code.append(len(rule.query))
        for parameter, group in rule.query.items():
            self.code += [GROUPS.index(group), *self._literal(parameter)]
        row[HOST], row[HOST_END] = self._literal(rule.host.lower())
        self.rules.append(row)
        self.heads.append((*_first(shape), *_last(shape)))

    def _add_segment(self, segment: Segment) -> None:
        self.code += [len(segment.groups), *self._literal(segment.literals[0])]
        for group, literal in zip(segment.groups, segment.literals[1:], strict=True):
            number = GROUPS.index(group) if group in GROUPS else ANY
            self.code += [number, *self._literal(literal)]

    def _literal(self, text: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += spelled(text)
        return start, len(self.text)


def spelled(text: str) -> bytes:
    """Spell a literal as the kernel spells targets before it compares."""
    raw = np.frombuffer(text.encode(), np.uint8)
    out = np.zeros(len(raw), np.uint8)
    return out[: respell(raw, 0, len(raw), out)].tobytes()


def _first(shape: Shape) -> tuple[int, int]:
    """Return the literal bytes every fitting path begins with, as a word and its mask."""
    known = b""
    for k, segment in enumerate(shape.segments):
        known += spelled(segment.literals[0])
        if segment.groups:
            break
        if k + 1 < len(shape.segments) or shape.rest:
            known += b"/"
    known = known[:8]
    return int.from_bytes(known, "little"), (1 << 8 * len(known)) - 1


def _last(shape: Shape) -> tuple[int, int]:
    """Return the literal bytes every fitting path ends with, at the high end of a word."""
    known = b"" if shape.rest else spelled(shape.segments[-1].literals[-1])[-8:]
    mask = (1 << 64) - (1 << 8 * (8 - len(known)))
    return int.from_bytes(known.rjust(8, b"\0"), "little"), mask
