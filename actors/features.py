"""Features: what can be remembered of an actor. A feature is a value: declare it, read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique

SECOND = 1
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

WINDOWS = (MINUTE, 10 * MINUTE, HOUR, DAY, 30 * DAY)  # seconds, the only spans remembered
PANES = 6  # a window is five whole panes and the running one, so it never reaches too far back


@unique
class Statistic(IntEnum):
    """What is counted per actor in every window; closed list, one column each."""

    REQUESTS = 0  # anything at all
    PAGES = 1  # pages delivered
    CALLS = 2  # API answers delivered
    ASSETS = 3  # css, js, fonts … delivered (304 counts)
    ASKED = 4  # pictures asked for, whatever came of it
    TAKEN = 5  # pictures delivered, repeats included
    MISSING = 6  # pictures that are not there
    REFUSED = 7  # pictures refused
    ORIGINALS = 8  # originals delivered
    BARE = 9  # … of which: no thumbnail of it before, no page within the last minute
    THUMBNAILS = 10  # thumbnails, posters and frames delivered
    UNREFERRED = 11  # pictures asked for without a Referer
    ROOTED = 12  # … with only a host as Referer
    STEPS = 13  # … whose number is within 10 of one of the last four of the same series
    NUMBERED = 14  # … whose address holds a number at all
    GAPS = 15  # gaps of up to four minutes between two pictures asked for
    GAP_SUM = 16  # their sum, quarter seconds
    GAP_SQUARES = 17  # the sum of their squares, quarter seconds squared
    PICTURES = 18  # distinct pictures delivered
    OWNERS = 19  # distinct owners of them
    AGENTS = 20  # distinct user agents that loaded pages or assets: people behind one address
    MEMBERS = 21  # distinct addresses (of a network, session or account)
    TRAPS = 22  # distinct traps touched
    BROWSERS = (
        23  # distinct sessions that loaded pages or assets; without one, see `kernels.things`
    )
    COLD = 24  # pictures delivered that were cold when the actor first had them: `actors.warmth`
    GALLERIES = 25  # galleries of owners, most of which came as bare files: `actors.galleries`


@dataclass(frozen=True, slots=True)
class Count:
    """How often something happened in the last `over` seconds."""

    of: Statistic
    over: int

    def __post_init__(self) -> None:
        """Refuse a window that nobody remembers."""
        if self.over not in WINDOWS:
            msg = f"no window of {self.over} s: choose one of {WINDOWS}"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Name the feature for people: `pictures_10min`."""
        return f"{self.of.name.lower()}_{SPANS[self.over]}"


SPANS = {MINUTE: "1min", 10 * MINUTE: "10min", HOUR: "1h", DAY: "24h", 30 * DAY: "30d"}


@unique
class Fact(IntEnum):
    """What is known of an actor now, without a window."""

    CLAIM = 0  # what the agent that last asked for a picture claims, see `access.claims`
    RUN = 1  # length of the current unbroken walk through numbers
    AGE = 2  # seconds since the actor was first seen (this visit)
    LULL = 3  # pictures asked for in the quietest of the day's five whole panes, four hours each
    TURNS = 4  # how often, without an hour's pause, a browser and something else took turns
    # What headers show, where a log tells them (`access.bearing`). Pictures in a row, at most 255:
    UNFETCHED = 5  # … asked for without what the browser that is claimed adds to every request
    UNPICTURED = 6  # … not as it asks for pictures
    CONTRADICTED = 7  # … with hints that contradict the user agent
    ENGINES = 8  # engines and libraries claimed over the handshake that is in use now
    SIGNATURE = 9  # of the last picture asked for: 1 = the edge found it good, 2 = bad, 0 = none
    HANDSHAKE = 10  # the one in use now: 48 bits of its keyed hash; 0 = no log told any


@dataclass(frozen=True, slots=True)
class Latest:
    """A fact as of the actor's last request."""

    of: Fact

    def __str__(self) -> str:
        """Name the feature for people."""
        return self.of.name.lower()


@unique
class Habit(IntEnum):
    """What a newcomer had done by the time it took its fourth picture."""

    OPENED_PAGE = 0  # a page or an API answer
    LOADED_ASSET = 1
    SENT_REFERRER = 2
    SPOKE_HTTP_2 = 3  # or claimed no browser, which would
    WENT_COLD = 4  # its fourth picture was one that nobody had been given for days
    FETCHED = 5  # sent all that browsers add to a request, or claimed none
    PICTURED = 6  # asked for a picture as browsers do, or claimed none


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Share, in [0, 1], of the last day's newcomers to the whole site who had a habit.

    It is the site's own baseline: each actor counts once, so one harvester cannot move it. It
    starts at 1 (as if twenty newcomers had the habit) and follows what is seen; that of HTTP/2 and
    those of headers start at 0, so that nobody stands out on a site that has not been seen to speak
    it, or to log them. That all is cold is believed until newcomers show otherwise, so nobody
    stands out in a log that begins.
    """

    habit: Habit

    def __str__(self) -> str:
        """Name the feature for people."""
        return f"newcomers_{self.habit.name.lower()}"


@unique
class Bond(IntEnum):
    """What is known of an actor as one of a fleet that was found, as of the tick's new pictures."""

    FLEET = 0  # the least of its cohort that are no people, a share in [0, 1]; 0 where it has none
    LED = 1  # 1 where a page or an API answer came before a picture
    ELSEWHERE = 2  # 1 where it was given pictures of two owners, or of nobody known
    CAMPAIGN = 3  # number of the campaign, 48 bits; 0 = none


@dataclass(frozen=True, slots=True)
class Bound:
    """A bond of an address to a fleet; whoever is in none has zeros."""

    to: Bond

    def __str__(self) -> str:
        """Name the feature for people."""
        return f"cohort_{self.to.name.lower()}"


@unique
class Handover(IntEnum):
    """How an address's first pictures go on where somebody stopped who is challenged or blocked."""

    STEPS = 0  # leading ones whose numbers go on from the last, in its direction
    RETRIED = 1  # ones that the other was refused
    KIN = 2  # ones of the owner it was at, which it had not taken
    GAP = 3  # seconds from its last picture to the first here
    AFTER = 4  # seconds from the decision about it to the first picture here


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a link to somebody's work list rests on; whoever goes on from nobody has zeros."""

    by: Handover

    def __str__(self) -> str:
        """Name the feature for people."""
        return f"resumed_{self.by.name.lower()}"


Feature = Count | Latest | Newcomers | Bound | Resumed
