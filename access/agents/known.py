"""Known: a crawler by its name, what it is for, and how it can be told to be real."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Category(StrEnum):
    """What a crawler wants the pictures for."""

    SEARCH = "search"  # an index that leads people to the page
    AI_TRAINING = "ai_training"  # models, and data sets that others train on
    AI_USER = "ai_user"  # one page, because a person has just asked an assistant
    ARCHIVE = "archive"
    PREVIEW = "preview"  # somebody shared a link
    FACE_SEARCH = "face_search"
    TOOL = "tool"  # software that anybody can run
    SEO = "seo"  # links, rankings and advertisements
    MONITOR = "monitor"  # whether the site is up
    FEED = "feed"  # a reader's subscriptions


@dataclass(frozen=True, slots=True)
class Known:
    """A crawler by the token that its user agent holds.

    One without lists and names publishes nothing to tell it by: nobody under its name is ever
    called forged.
    """

    token: str
    operator: str
    category: Category
    lists: tuple[str, ...] = ()  # where it publishes its ranges; whoever is outside is forged
    names: tuple[str, ...] = ()  # domains that its addresses have names in, there and back
