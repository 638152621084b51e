"""The parsing agent waits where shards hold enough of an input, and never where they need more."""

from __future__ import annotations

from access.lateness import Lateness
from access.site import Site
from streams.agents.parsing import AHEAD, is_ahead, needed
from streams.parsing import Parsing, Records
from streams.settings import Settings

CLOSED = 29_000_000  # minute
HALF = AHEAD // 2 + 1  # rows


def test_an_input_with_few_rows_is_not_ahead_however_far_it_has_come() -> None:
    assert not is_ahead([(CLOSED + 500, AHEAD)], CLOSED)


def test_an_input_with_many_rows_is_ahead_once_it_is_past_what_shards_need() -> None:
    flight = [(CLOSED + 3, HALF), (CLOSED + 5, HALF)]

    assert (True, False) == (is_ahead(flight, CLOSED + 4), is_ahead(flight, CLOSED + 5))


def test_a_busy_input_is_read_on_until_the_next_minute_can_be_closed() -> None:
    busy = [(CLOSED + minute, 10 * AHEAD) for minute in range(1, 5)]

    assert not is_ahead(busy, CLOSED + needed(Lateness()))


def test_what_shards_need_grows_with_the_lateness() -> None:
    assert needed(Lateness()) + 3 == needed(Lateness(whole_seconds=180_000))


def test_an_input_that_gave_nothing_is_not_ahead() -> None:
    assert not is_ahead([], CLOSED)


def test_what_is_left_of_an_input_that_is_held_holds_up_no_other() -> None:
    parsing = Parsing(Site.from_toml(""), Settings(), shards=2)
    for source in range(2):
        parsing.open(source, 0, None)
        parsing.feeds[source].take(Records.of([0], [b"x" * (source + 1)]))

    assert (3, 2) == (parsing.unread(), parsing.unread({0}))
