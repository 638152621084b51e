"""Take an nginx `log_format` string apart: its variables, and the text in front of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from access.event import Field
from access.variables import RAWS, Part, Says, Shape, is_theirs, may_hold_spaces, variable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOKEN = re.compile(
    r'"\$(?:(?P<in_quotes>\w+)|\{(?P<in_both>\w+)\})"'
    r"|\$(?:(?P<bare>\w+)|\{(?P<in_braces>\w+)\})"
    r'|(?P<text>"|[^$"\r\n]+)',
    re.ASCII,
)
# A full address is read like the target in it; the host it names is the one that was asked.
URL = re.compile(r"\$scheme://\$(?:http_)?host(?=\$(?:request_)?uri\b)")
NUMBERS = range(Shape.CLF_TIME, Shape.WORD)
OWN_QUOTES = (*NUMBERS, Shape.LIST, *RAWS)  # shapes that quotes around them don't change


@dataclass(frozen=True, slots=True)
class Token:
    """A variable and the text in front of it, or the text behind the last one."""

    at: int  # where in the pattern
    name: str  # without `$`, in small letters
    lead: str
    shape: Shape
    says: Says | None = None

    @property
    def is_number(self) -> bool:
        """Tell whether it can be known by its digits."""
        return self.shape in NUMBERS

    @property
    def is_theirs(self) -> bool:
        """Tell whether a visitor decides what it says."""
        return is_theirs(self.name)


def tokens_of(pattern: str) -> list[Token]:
    """Cut *pattern*; each thing is said by one token. ValueError shows what is not understood."""
    if pattern.lstrip().startswith("{"):
        message = "JSON needs none: it is read by its keys"
        raise ValueError(message)
    if "$is_args" in pattern:
        message = "$uri$is_args$args cannot be told from a path: log $request_uri instead"
        raise ValueError(message)
    pattern = URL.sub("", pattern)
    tokens = list(_cut(pattern))
    chosen = _chosen(tokens)
    return [t for i, token in enumerate(tokens) for t in _settled(token, says=i in chosen)]


def _cut(pattern: str) -> Iterator[Token]:
    at, lead, open_ = 0, "", True
    while at < len(pattern):
        found = TOKEN.match(pattern, at)
        touching = not (open_ or lead or pattern[at] == '"')
        if found is None or (touching and found["text"] is None):
            message = f"no separator or name at {at}: {pattern[at : at + 20]!r} of {pattern!r}"
            raise ValueError(message)
        if found["text"]:
            lead += found["text"]
        else:
            quoted = pattern[at] == '"'
            name = next(filter(None, found.groups())).lower()
            shape = _shape(name, quoted=quoted)
            yield Token(at, name, lead + '"' * quoted, shape, variable(name).says)
            lead, open_ = '"' * (quoted and shape < Shape.QUOTED), False
        at = found.end()
    if lead:
        yield Token(at, "", lead, Shape.NOTHING)


def _shape(name: str, *, quoted: bool) -> Shape:
    """Say how a variable is written."""
    shape = variable(name).shape
    if shape is not None and (shape in OWN_QUOTES or not quoted):
        return shape
    return Shape.QUOTED if quoted else _bare(name)


def _bare(name: str) -> Shape:
    return Shape.WORDS if may_hold_spaces(name) else Shape.WORD


def _chosen(tokens: Sequence[Token]) -> set[int]:
    """Choose the token that says each thing best; a whole request, or target, needs no parts."""
    best: dict[Says, int] = {}
    for i, token in enumerate(tokens):
        if token.says is not None:
            before = best.setdefault(token.says, i)
            if variable(token.name).rank > variable(tokens[before].name).rank:
                best[token.says] = i
    if Part.REQUEST in best:
        spare: tuple[Says, ...] = (Field.TARGET, Part.METHOD, Part.QUERY)
    else:
        whole = Field.TARGET in best and tokens[best[Field.TARGET]].name == "request_uri"
        spare = (Part.QUERY,) if whole else ()
    return {i for says, i in best.items() if says not in spare}


def _settled(token: Token, *, says: bool) -> Iterator[Token]:
    """Read over what another token says better: it is some text then, a CLF time two words."""
    if says or token.says is None:
        yield token
        return
    silent = replace(token, says=None)
    yield replace(silent, shape=Shape.WORD) if token.is_number else silent
    if token.shape is Shape.CLF_TIME:
        yield replace(silent, shape=Shape.WORD, lead=" ")
