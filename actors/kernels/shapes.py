"""The arrays that kernels share: their fields, and the numbers that give them their size."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from actors import features
from actors.features import Statistic

PANES = features.PANES
WINDOWS = len(features.WINDOWS)
STATISTICS = 28  # Statistic, filled up to whole 16-byte vectors
WIDTHS = np.array([window // PANES for window in features.WINDOWS], np.int64)  # seconds a pane

COUNTS = 1 + len(features.Habit)  # of newcomers: all, and those with each habit
PROMOTE = 4  # pictures asked for in one visit before an actor gets a slot (fewer prove nothing)
VISIT = features.DAY  # seconds of silence after which an actor without a slot starts afresh
PAGE_LEADS = 60  # seconds for which a page explains an original
LONGEST_GAP = 240_000  # milliseconds; a longer silence is a pause, not a gap
REACH = 10  # how far a step through numbers may reach
RECENT = 4  # numbers remembered to step from

SOON = 10  # seconds within which two names take turns; chosen: one list, not two people's
PAUSE = 3600  # seconds of silence after which turns are counted anew

LISTEN = 10  # pictures asked for in a day below which no detector has anything to say

ROW = np.dtype(  # one for every actor
    [
        ("key", "u8"),
        ("last", "u4"),  # seconds
        ("page", "u4"),  # second of the last page
        ("slot", "u4"),  # 1-based; 0 = none
        ("asked", "u2"),  # pictures asked for in this visit
        ("pages", "u2"),
        ("assets", "u2"),
        ("calls", "u2"),
        ("taken", "u1"),  # from `pages` on only until there is a slot
        ("unreferred", "u1"),
        ("rooted", "u1"),
        ("originals", "u1"),
    ],
)

SLOT = np.dtype(  # one for every actor that takes pictures
    [
        ("last", "i8"),  # milliseconds, last picture asked for
        ("row", "u4"),  # its row, 1-based; 0 = free
        ("born", "u4"),  # second of promotion
        ("claim", "u4"),
        ("run", "u4"),  # unbroken steps through numbers
        ("touched", "i4"),  # last row of the batch in the running tick, -1 = none
        ("cursor", "u4"),  # which of the recent numbers is the oldest
        ("anchored", "u4"),  # second in which the anchor last came whole
        ("unfetched", "u1"),  # pictures in a row, see Fact
        ("unpictured", "u1"),
        ("contradicted", "u1"),
        ("engines", "u1"),  # a bit for each Engine under the handshake, and two of SIGNATURES
        ("turns", "u2"),  # between a browser and something else, see `fold`
        ("named", "u1"),  # which of them came last, BROWSER or ELSE; 0 = nobody yet
        ("padding", "u1", (5,)),
        ("anchor", "u8"),  # the asset by which browsers without a session are counted
        ("handshake", "u8"),  # the last one told
    ],
)

# Why a fold stopped.
DONE, ACTORS_FULL, SLOTS_FULL, FRAME_FULL = range(4)

# Statistics as plain numbers, since numba knows no enum by attribute.
REQUESTS = int(Statistic.REQUESTS)
PAGES = int(Statistic.PAGES)
CALLS = int(Statistic.CALLS)
ASSETS = int(Statistic.ASSETS)
ASKED = int(Statistic.ASKED)
TAKEN = int(Statistic.TAKEN)
ORIGINALS = int(Statistic.ORIGINALS)
BARE = int(Statistic.BARE)
UNREFERRED = int(Statistic.UNREFERRED)
ROOTED = int(Statistic.ROOTED)
STEPS = int(Statistic.STEPS)
NUMBERED = int(Statistic.NUMBERED)
GAPS = int(Statistic.GAPS)
GAP_SUM = int(Statistic.GAP_SUM)
GAP_SQUARES = int(Statistic.GAP_SQUARES)
PICTURES = int(Statistic.PICTURES)
OWNERS = int(Statistic.OWNERS)
AGENTS = int(Statistic.AGENTS)
MEMBERS = int(Statistic.MEMBERS)
TRAPS = int(Statistic.TRAPS)
BROWSERS = int(Statistic.BROWSERS)
COLD = int(Statistic.COLD)
GALLERIES = int(Statistic.GALLERIES)


class Memory(NamedTuple):
    """What is remembered of one scope's actors. Kernels call the index of a slot its *place*."""

    table: np.ndarray  # uint32 (power of two,), open addressing: row, 1-based; 0 = empty
    rows: np.ndarray  # ROW (capacity,)
    slots: np.ndarray  # SLOT (capacity,)
    counts: np.ndarray  # uint32 (slots, WINDOWS, PANES, STATISTICS)
    totals: np.ndarray  # uint64 (slots, WINDOWS, STATISTICS), the sums of counts over the panes
    pending: np.ndarray  # uint32 (slots, STATISTICS), of the running pane, not yet in counts
    panes: np.ndarray  # int64 (slots, WINDOWS), the running pane of each window
    serials: np.ndarray  # int64 (slots, RECENT), the numbers of the last pictures …
    series: np.ndarray  # uint64 (slots, RECENT), … and which series they are of
    free: np.ndarray  # uint32 (slots,), a stack of free slots
    sights: np.ndarray  # uint64 (power of two,), see kernels.sights
    depths: np.ndarray  # uint64 (power of two,), see kernels.depths
    tally: np.ndarray  # int64: see the names below
    seed: np.uint64  # so that nobody can aim at one place of the tables


# Places in Memory.tally.
ROWS_USED, SLOTS_FREE, FORGOTTEN_ROWS, FORGOTTEN_SLOTS = range(4)


class Requests(NamedTuple):
    """The columns a fold reads, and in which order."""

    order: np.ndarray  # int64, rows ordered by tick and time
    tick: np.ndarray  # int64, tick in which the row is judged
    at: np.ndarray  # int64, milliseconds
    key: np.ndarray  # uint64, actor; 0 = nobody
    code: np.ndarray  # int32, row of `marks`
    picture: np.ndarray  # uint64; of a trap or a whole asset, which one
    owner: np.ndarray  # uint64
    agent: np.ndarray  # uint64; 0 = no browser by its own word
    session: np.ndarray  # uint64
    claim: np.ndarray  # uint32
    bearing: np.ndarray  # uint16
    handshake: np.ndarray  # uint64
    member: np.ndarray  # uint64, who of the actor's addresses; 0 = does not matter
    serial: np.ndarray  # int64
    series: np.ndarray  # uint64
    cold: np.ndarray  # uint8: 1 = a picture that nobody had been given for days
    most: np.ndarray  # uint16: pictures that are most of its owner's gallery; 0 = none is looked at


class Sheet(NamedTuple):
    """Where a fold writes what it found, one line per actor and tick."""

    marks: np.ndarray  # uint32 (codes, STATISTICS): what a row of each code adds
    wanted: np.ndarray  # int32 (features, 3): kind of feature, window, statistic or fact
    touched: np.ndarray  # uint32 (slots,): slots asked for in the running tick
    values: np.ndarray  # float64 (features, lines)
    tick: np.ndarray  # int64 (lines,)
    actor: np.ndarray  # uint64 (lines,)
    row: np.ndarray  # int64 (lines,)
    rank: np.ndarray  # uint16 (rows,): pictures the actor had asked for by then, this visit
    habits: np.ndarray  # uint8 (rows,): what the actor had done in this visit; only of pictures
    newcomers: np.ndarray  # int64 (COUNTS,): all, and those with each Habit
    # int64 (ticks, 1 + COUNTS): end of a tick, and its newcomers; only where there are any.
    trace: np.ndarray
    state: np.ndarray  # int64: see the names below
    panes: np.ndarray  # int64 (3, WINDOWS): of the row at hand, of the tick that ends, of a sight
    delta: np.ndarray  # uint32 (STATISTICS,): what the row at hand adds


# Places in Sheet.state.
TOUCHED, LINES, TRACED, OPEN_TICK, TICK_SECONDS = range(5)
NO_TICK = -1

# Bits of Sheet.habits: what an actor did in a visit, the request at hand included.
PAGED, CALLED, DREW, PREVIEWED = 1, 2, 4, 8  # a page, an API answer, an asset, a picture not whole

# Kinds of feature in Sheet.wanted.
COUNTED, FACT = range(2)
