"""Roster: every class of the cast that is not a crowd, by name."""

from __future__ import annotations

from tests.cast.careless import CARELESS
from tests.cast.fleets import FLEETS
from tests.cast.harvesters import BLIND
from tests.cast.known import KNOWN
from tests.cast.letters import LETTERS
from tests.cast.members import MEMBERS
from tests.cast.patient import PATIENT
from tests.cast.spiders import SPIDERS
from tests.cast.swarms import SWARMS
from tests.cast.together import TOGETHER

ROLES = (*BLIND, *SPIDERS, *FLEETS, *PATIENT, *MEMBERS, *SWARMS, *CARELESS)
HARVESTERS = {role.name: role for role in ROLES}
MORE_PASSERSBY = (*TOGETHER, *LETTERS, *KNOWN)  # who comes only to worlds that ask for them
FIRST_SEVEN = (
    "img2dataset",
    "scrapy",
    "gallery-dl",
    "instaloader",
    "video thumbnails",
    "enumerator",
    "rotation",
)
