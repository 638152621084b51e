"""Read an address pattern: `/media/{owner}/{album}/{picture}_{rendition}.{jpg|webp}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import NoReturn

from access.kernels.targets import LIMIT

GROUPS = ("picture", "owner", "album", "rendition", "frame")
ANY, REST = "*", "**"
ALTERNATIVES = 64  # shapes one pattern may stand for; each costs every row a few instructions
TOKEN = re.compile(r"\{([^{}]*)\}|([^{}]+)")


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two slashes: literals around captures."""

    literals: tuple[str, ...]  # one more than groups; those between two captures are not empty
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One pattern with its alternatives chosen."""

    segments: tuple[Segment, ...]
    rest: bool  # anything may follow behind one more slash

    @property
    def groups(self) -> tuple[str, ...]:
        """List the captures from left to right."""
        return tuple(group for segment in self.segments for group in segment.groups)


@dataclass(frozen=True, slots=True)
class _Piece:
    at: int  # where it stands in the pattern
    text: str
    braced: bool


def read_pattern(text: str) -> list[Shape]:
    """Read *text* as shapes, in the order they are tried; ValueError says where and what is wrong.

    Captures never cross a slash and are never empty; where a segment can be cut in several ways
    its literals are found from the right. `{*}` is any text, `{a|b}` one of two, `{**}` the rest.
    """
    if not text.startswith("/"):
        _fail(text, 0, "a path begins with '/'")
    pieces = _pieces(text)
    choices = [p.text.split("|") if p.braced and "|" in p.text else [p.text] for p in pieces]
    for piece in pieces:
        _check(text, piece)
    shapes = [_shape(text, pieces, chosen) for chosen in product(*choices)]
    if len(shapes) > ALTERNATIVES:
        _fail(text, 0, f"{len(shapes)} alternatives are more than {ALTERNATIVES}")
    return shapes


def _pieces(text: str) -> list[_Piece]:
    """Cut a pattern into literals and braces."""
    pieces, at = [], 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            _fail(text, at, f"a brace without its partner: {text[at : at + 12]!r}")
        braced = found[1] is not None
        pieces.append(_Piece(at, found[1] if braced else found[2], braced))
        at = found.end()
    return pieces


def _check(text: str, piece: _Piece) -> None:
    """Refuse unknown groups, and what belongs elsewhere."""
    known = (*GROUPS, ANY, REST)
    if piece.braced and "|" not in piece.text and piece.text not in known:
        _fail(text, piece.at, f"unknown group {piece.text!r}; known: {', '.join(known)}")
    for mark, advice in (("?", "say query = { … } instead"), ("#", "no server sees it")):
        if mark in piece.text:
            _fail(
                text, piece.at + piece.text.index(mark), f"{mark!r} is not part of a path: {advice}"
            )
    if piece.braced and "|" in piece.text and "/" in piece.text:
        _fail(text, piece.at, f"an alternative stays inside a segment: {piece.text!r}")


def _shape(text: str, pieces: list[_Piece], chosen: tuple[str, ...]) -> Shape:
    """Put the pieces of one choice of alternatives into segments."""
    segments: list[tuple[list[str], list[str]]] = []
    rest = False
    for piece, literal in zip(pieces, chosen, strict=True):
        if rest:
            _fail(text, piece.at, f"nothing can follow {{**}}: {literal!r}")
        if not piece.braced or "|" in piece.text:
            _add_literal(text, piece.at, segments, literal)
        elif piece.text == REST:
            rest = True
            if segments.pop() != ([""], []):
                _fail(text, piece.at, "{**} stands for whole segments: '/{**}'")
        else:
            _add_group(text, piece, segments)
    if len(segments) > LIMIT:
        _fail(text, 0, f"{len(segments)} segments are more than {LIMIT}")
    return Shape(tuple(Segment(tuple(a), tuple(b)) for a, b in segments), rest)


def _add_literal(text: str, at: int, segments: list[tuple[list[str], list[str]]], new: str) -> None:
    """Go on with the last segment, and open one at each slash."""
    parts = new.split("/")
    if segments:
        segments[-1][0][-1] += parts[0]
    for part in parts[1:]:
        if segments and segments[-1] == ([""], []):
            _fail(text, at, "an empty segment: '//'")
        segments.append(([part], []))


def _add_group(text: str, piece: _Piece, segments: list[tuple[list[str], list[str]]]) -> None:
    """Open a capture in the last segment."""
    literals, groups = segments[-1]
    if groups and not literals[-1]:
        _fail(text, piece.at, f"nothing stands between {{{groups[-1]}}} and {{{piece.text}}}")
    if piece.text != ANY and any(piece.text in taken for _, taken in segments):
        _fail(text, piece.at, f"the group {piece.text!r} stands twice")
    literals.append("")
    groups.append(piece.text)


def _fail(text: str, at: int, problem: str) -> NoReturn:
    """Raise with the pattern and the position."""
    msg = f"pattern {text!r} at {at}: {problem}"
    raise ValueError(msg)
