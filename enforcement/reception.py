"""Reception: how each kind of known crawler is received."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from access.agents.known import Category


@unique
class Manner(StrEnum):
    """What is made of a crawler that says its name."""

    WELCOME = "welcome"  # spared where it is verified, up to its budget; else as anyone
    ANYONE = "anyone"  # judged as everybody is
    UNWELCOME = "unwelcome"  # its name alone speaks against it


@dataclass(frozen=True, slots=True)
class Reception:
    """A manner for each category, and what welcome crawlers may take."""

    search: str = "welcome"  # people find the platform by it
    ai_training: str = "anyone"  # a harvest by another name, unless the platform agreed to it
    ai_user: str = "welcome"  # a person asked for the page; many people share few addresses
    archive: str = "welcome"  # keeps what is public, and takes down what it is asked to
    preview: str = "welcome"  # a person shared a link; many people share few addresses
    face_search: str = "unwelcome"  # finds people by their faces, whom nobody asked
    tool: str = "anyone"  # whoever runs it is who counts
    seo: str = "anyone"  # reads pages; has no use for pictures
    monitor: str = "welcome"  # the operator ordered it
    feed: str = "welcome"  # fetches once for all who subscribed
    # Of one verified address; chosen: one in nine seconds. The busiest crawler's address in the
    # real logs asked for 455 things in a day, 38 of them pictures.
    pictures_a_day: int = 10_000
    # Days around the reading of a published list in which being outside of it is forgery; chosen:
    # lists grow every few weeks.
    fresh: int = 30

    def manner(self, category: Category) -> Manner:
        """Tell how a category is received."""
        return Manner(getattr(self, category.value))


USUAL = Reception()


def check_manners(reception: Reception, place: str) -> None:
    """Refuse a manner that nobody knows."""
    known = ", ".join(Manner)
    for name in reception.__dataclass_fields__:
        value = getattr(reception, name)
        if isinstance(value, str) and value not in set(Manner):
            msg = f"{place}.{name}: expected one of {known}, saw {value!r}"
            raise ValueError(msg)
