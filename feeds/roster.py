"""Roster: the closed list of feeds; a new one is one file, one test, one line here."""

from __future__ import annotations

from feeds.entries import ENTRIES
from feeds.listing import LISTING

FEEDS = (LISTING, ENTRIES)
