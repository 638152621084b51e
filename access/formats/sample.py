"""Sample: a line of a format and what must be read in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from access.event import Field, Method


@dataclass(frozen=True, slots=True)
class Sample:
    """One line without its newline, and the values its row must have."""

    line: bytes
    at: int  # milliseconds since 1970 UTC
    method: Method
    status: int
    size: int  # bytes of the answer
    texts: Mapping[Field, bytes]  # every field that is there but LINE
