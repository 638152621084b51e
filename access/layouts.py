"""Say how a text log is laid out: a layout is an nginx `log_format` string, taken into pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum, unique
from typing import Self

from access.event import Field


@unique
class Shape(IntEnum):
    """How a piece of a line is written, and so how it is read."""

    NOTHING = 0  # only the separator in front of it
    TIME = 1  # 23/Nov/2026:22:24:26 +0000
    STATUS = 2  # three digits, or `-`
    SIZE = 3  # bytes of the answer, or `-`
    COUNT = 4  # digits nobody needs
    WORD = 5  # text without spaces
    WORDS = 6  # text in which anybody may write a space: a user name in front of the time
    QUOTED = 7  # text in double quotes


SHAPES = {
    "time_local": Shape.TIME,
    "status": Shape.STATUS,
    "body_bytes_sent": Shape.SIZE,
    "bytes_sent": Shape.SIZE,
    "server_port": Shape.COUNT,
    "remote_user": Shape.WORDS,
}
FIELDS_OF = {
    "remote_addr": Field.CLIENT,
    "remote_user": Field.ACCOUNT,
    "request": Field.TARGET,
    "http_referer": Field.REFERER,
    "http_user_agent": Field.AGENT,
    "http_x_forwarded_for": Field.FORWARDED,
    "host": Field.HOST,
    "server_name": Field.HOST,
    "http_host": Field.HOST,
    "sent_http_content_type": Field.TYPE,
}
NEEDED = "$remote_addr, $time_local and $request"  # without these nobody asked for anything
ONCE = (Shape.STATUS, Shape.SIZE)
LEAD_MOST = 8  # bytes of a separator a kernel compares at once; a longer one is several pieces
TOKEN = re.compile(
    r'"\$(?:(?P<in_quotes>\w+)|\{(?P<in_both>\w+)\})"'
    r"|\$(?:(?P<bare>\w+)|\{(?P<in_braces>\w+)\})"
    r'|(?P<text>"|[^$"\r\n]+)',
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One value of a line and the separator in front of it."""

    lead: bytes
    shape: Shape
    field: Field | None = None  # where text goes; None = read over


@dataclass(frozen=True, slots=True)
class Layout:
    """The pieces of a line, in order; a line may go on behind the last one after a space."""

    name: str
    pattern: str  # as in nginx.conf
    example: str  # one line of it, made up
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, name: str, pattern: str, example: str) -> Self:
        """Compile *pattern*; ValueError says what in it could not be understood, and where."""
        pieces = tuple(_pieces(name, pattern))
        fields, shapes = {piece.field for piece in pieces}, {piece.shape for piece in pieces}
        if not {Field.CLIENT, Field.TARGET} <= fields or Shape.TIME not in shapes:
            message = f"log format {name}: needs {NEEDED}: {pattern!r}"
            raise ValueError(message)
        return cls(name, pattern, example, pieces)


def _pieces(name: str, pattern: str) -> list[Piece]:
    pieces: list[Piece] = []
    at, lead = 0, ""
    while at < len(pattern):
        token = TOKEN.match(pattern, at)
        if token is None or (token["text"] is None and pieces and not lead and pattern[at] != '"'):
            message = f"log format {name}: no separator or name at {at}: {pattern[at : at + 20]!r}"
            raise ValueError(message)
        at = token.end()
        if token["text"]:
            lead += token["text"]
            continue
        text = Shape.QUOTED if token["in_quotes"] or token["in_both"] else Shape.WORD
        lead += '"' if text is Shape.QUOTED else ""
        variable = next(filter(None, token.groups())).lower()
        piece = _piece(variable, lead, text, pieces)
        pieces += _short(piece)
        lead = '"' if text is Shape.QUOTED is not piece.shape else ""
    return pieces + _short(Piece(lead.encode(), Shape.NOTHING)) if lead else pieces


def _short(piece: Piece) -> list[Piece]:
    """Cut a long separator off in front of *piece*, LEAD_MOST bytes a time."""
    if len(piece.lead) <= LEAD_MOST:
        return [piece]
    lead, rest = piece.lead[:LEAD_MOST], replace(piece, lead=piece.lead[LEAD_MOST:])
    return [Piece(lead, Shape.NOTHING), *_short(rest)]


def _piece(variable: str, lead: str, text: Shape, before: list[Piece]) -> Piece:
    """Say what *variable* is; a field or number that stood *before* is not read a second time."""
    shape = SHAPES.get(variable, text)
    field = Field.SESSION if variable.startswith("cookie_") else FIELDS_OF.get(variable)
    if shape is Shape.WORDS and text is Shape.QUOTED:
        shape = text
    if shape in ONCE and any(piece.shape is shape for piece in before):
        shape = text
    if any(piece.field is field for piece in before):
        field = None
    return Piece(lead.encode(), shape, field)
