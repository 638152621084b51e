"""Say how a text log is laid out: a layout is an nginx `log_format` string, taken into pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from access.event import Field
from access.tokens import tokens_of
from access.variables import RAWS, Part, Says, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from access.tokens import Token

LEAD_MOST = 8  # bytes of a separator a kernel compares at once; a longer one is several pieces
WHO_AND_WHEN = {Field.CLIENT: "$remote_addr", Part.TIME: "$time_local, $time_iso8601 or $msec"}
WHAT = "$request, or $request_method with $request_uri or $uri"
CLOSED = ("", '"')  # what may stand between a value and the space behind it
UNWRITABLE = re.compile(r'["\x00-\x1f\x7f]')  # nginx escapes what clients send of these
# What begins a separator that no visitor can write into a cell of this shape.
UNHELD = {
    Shape.CELL: "\t",
    Shape.PERCENT: ' \t"',
    Shape.HASHED: '"{|}',
}
ESCAPING = (Shape.WORDS, Shape.QUOTED, Shape.LIST)  # their end can be faked by a raw text


@dataclass(frozen=True, slots=True)
class Piece:
    """One value of a line and the separator in front of it."""

    lead: bytes
    shape: Shape
    says: Says | None = None  # None = it is read over


@dataclass(frozen=True, slots=True)
class Layout:
    """The pieces of a line, in order; a line may go on behind the last one after a space.

    An *exact* one, which holds texts in which nothing is escaped, may not: whoever writes a quote
    and a space into such a text adds to the pieces, and can't take one away, so that the line fits
    no more and is refused, and nobody is taken for somebody else.
    """

    name: str
    pattern: str  # as in nginx.conf
    example: str  # one line of it, made up
    pieces: tuple[Piece, ...]
    exact: bool = False

    @classmethod
    def of(cls, name: str, pattern: str, example: str = "") -> Self:
        """Compile *pattern*; ValueError says what in it could not be understood, and where."""
        try:
            tokens = tokens_of(pattern)
            _refuse_lacking({token.says for token in tokens})
            _refuse_forgeable(tokens)
            exact = _is_exact(tokens)
        except ValueError as error:
            message = f"log format {name or pattern!r}: {error}"
            raise ValueError(message) from None
        kept = tokens if exact else _telling(tokens)
        return cls(name, pattern, example, tuple(_pieces(kept)), exact)


def _refuse_lacking(said: set[Says | None]) -> None:
    """Refuse lines that don't say who asked, when, or for what."""
    lacking = [names for says, names in WHO_AND_WHEN.items() if says not in said]
    if not (Part.REQUEST in said or {Part.METHOD, Field.TARGET} <= said):
        lacking.append(WHAT)
    if lacking:
        message = f"needs {'; '.join(lacking)}"
        raise ValueError(message)


def _refuse_forgeable(tokens: Sequence[Token]) -> None:
    """Refuse lines in which a visitor could write what is read as somebody else's."""
    client = next(i for i, token in enumerate(tokens) if token.says is Field.CLIENT)
    for i, token in enumerate(tokens[:-1]):
        behind = tokens[i + 1]
        if _is_open(token, behind, before_client=i < client):
            message = (
                f"a visitor may write {behind.lead!r} into ${token.name} at {token.at} and so "
                f"shift what follows: put it in double quotes"
            )
            raise ValueError(message)


def _is_open(token: Token, behind: Token, *, before_client: bool) -> bool:
    """Tell whether a visitor could write the separator behind *token* into it, and gain by it."""
    if token.shape in UNHELD:
        return behind.lead[0] not in UNHELD[token.shape]
    if token.shape in (Shape.QUOTED, Shape.LIST, *RAWS) or UNWRITABLE.search(
        behind.lead[:LEAD_MOST]
    ):
        return False
    joined = token.says is Field.TARGET and behind.says is Part.QUERY
    shifts = token.shape is Shape.WORDS and not (joined or behind.is_number)
    return token.is_theirs and (before_client or shifts)


def _is_exact(tokens: Sequence[Token]) -> bool:
    """Tell whether there are raw texts; then no other may take a quote for one of its own."""
    if not any(token.shape in RAWS for token in tokens):
        return False
    for token in tokens:
        if token.shape in ESCAPING:
            message = f"${token.name} at {token.at} cannot stand beside texts that are not escaped"
            raise ValueError(message)
    return True


def _telling(tokens: Sequence[Token]) -> Sequence[Token]:
    """Leave out what follows the last token that says something, if it begins with a space.

    It may be anything then, as what a site appends to a format that nobody told us.
    """
    last = max(i for i, token in enumerate(tokens) if token.says is not None)
    if last + 1 == len(tokens) or tokens[last].shape is Shape.WORDS:
        return tokens
    behind = tokens[last + 1]
    shut, space, _ = behind.lead.partition(" ")
    if not space or shut not in CLOSED:
        return tokens
    closing = replace(behind, lead=shut, shape=Shape.NOTHING)
    return [*tokens[: last + 1], *([closing] if shut else [])]


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    for token in tokens:
        yield from _short(Piece(token.lead.encode(), token.shape, token.says))


def _short(piece: Piece) -> Iterator[Piece]:
    """Cut a long separator off in front of *piece*, LEAD_MOST bytes a time."""
    while len(piece.lead) > LEAD_MOST:
        yield Piece(piece.lead[:LEAD_MOST], Shape.NOTHING)
        piece = replace(piece, lead=piece.lead[LEAD_MOST:])
    yield piece
