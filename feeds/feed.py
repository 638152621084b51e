"""Feed: one format in which firewalls, proxies and programs are told what is in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from enforcement.standing import Standing


@dataclass(frozen=True, slots=True)
class Feed:
    """A format by name; the same standing gives the same bytes."""

    name: str  # also its file's, and the path under which it is served
    media: str  # MIME type
    render: Callable[[Standing], bytes]
    about: str  # one sentence for whoever has to choose
