"""Roster: every class of the cast that is not a crowd, by name."""

from __future__ import annotations

from tests.cast.careless import CARELESS
from tests.cast.fleets import FLEETS
from tests.cast.harvesters import BLIND
from tests.cast.known import KNOWN
from tests.cast.letters import LETTERS
from tests.cast.machines import MACHINES
from tests.cast.members import MEMBERS
from tests.cast.passersby import PASSERSBY
from tests.cast.patient import PATIENT
from tests.cast.spiders import SPIDERS
from tests.cast.swarms import SWARMS
from tests.cast.tempted import FOLLOWERS, TEMPTED
from tests.cast.together import TOGETHER
from tests.cast.watchers import WATCHERS

GUILTY = (*BLIND, *SPIDERS, *FLEETS, *PATIENT, *MEMBERS, *SWARMS, *FOLLOWERS, *CARELESS)
HARVESTERS = {role.name: role for role in GUILTY}
MORE_PASSERSBY = (*TOGETHER, *LETTERS, *KNOWN)  # who comes only to worlds that ask for them
STILL_MORE_PASSERSBY = (*MACHINES, *WATCHERS, *TEMPTED)  # likewise
EVERYBODY_ELSE = (*PASSERSBY, *MORE_PASSERSBY, *STILL_MORE_PASSERSBY)
SINGLE_SOURCE = (  # who comes from one address as one visitor: each must be found, all the time
    *(role.name for role in (*BLIND, *SPIDERS, *PATIENT, *FOLLOWERS, *CARELESS)),
    "forged gptbot",
    "cursor walker",
)
FIRST_SEVEN = (
    "img2dataset",
    "scrapy",
    "gallery-dl",
    "instaloader",
    "video thumbnails",
    "enumerator",
    "rotation",
)
