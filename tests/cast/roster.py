"""Roster: every class of the cast that is not a crowd, by name."""

from __future__ import annotations

from tests.cast.fleets import FLEETS
from tests.cast.harvesters import BLIND
from tests.cast.patient import PATIENT
from tests.cast.spiders import SPIDERS

HARVESTERS = {role.name: role for role in (*BLIND, *SPIDERS, *FLEETS, *PATIENT)}
FIRST_SEVEN = (
    "img2dataset",
    "scrapy",
    "gallery-dl",
    "instaloader",
    "video thumbnails",
    "enumerator",
    "rotation",
)
