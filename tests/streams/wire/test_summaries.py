"""Summaries come back from the wire as they were, or are refused."""

from __future__ import annotations

import numpy as np
import pytest

from actors.baseline import COUNTS
from actors.meetings import Trait
from actors.warmth import GIVEN
from enforcement.finding import Found
from enforcement.trails import TRAIL
from streams.wire.summaries import SITE, Summary, read_summary, together
from tests.actors.given import NOON, pairs
from tests.enforcement.looks import campaign

ONE = Summary(3, 70, (68, 70), (tuple(range(COUNTS)), tuple(range(7, COUNTS + 7))))


def test_a_summary_comes_back_as_it_was() -> None:
    assert ONE == read_summary(ONE.encoded())
    assert Summary(SITE, 5) == read_summary(Summary(SITE, 5).encoded())


def test_pairs_survive_the_wire() -> None:
    more = {"wide": 3, "browser": 4, "agent": 2**32 - 5, "handshake": 2**32 - 6}
    met = pairs([NOON, NOON + 1], [7, 2**32 - 1], [1, 2], **more)
    said = Summary(3, NOON + 1, pairs=met.tobytes())

    heard = read_summary(said.encoded())

    assert (said, met.tolist()) == (heard, heard.met.tolist())


def test_campaigns_survive_the_wire() -> None:
    number = 2**48 - 1
    found = Found(NOON, (campaign(number=number, trait=Trait.WIDE, people=0.1 + 0.2), campaign()))
    said = Summary(SITE, NOON + 1, found=(found, Found(NOON + 1, (campaign(),))))

    heard = read_summary(said.encoded())

    assert said == heard
    assert heard.found[0].campaigns[0].trait is Trait.WIDE


def test_campaigns_said_twice_are_said_at_once_once() -> None:
    first = Found(NOON, (campaign(),))
    later = Found(NOON + 2, (campaign(people=0.3),))
    said = [Summary(SITE, NOON, found=(first,)), Summary(SITE, NOON + 2, found=(first, later))]

    assert together(said).found == (first, later)


def trails(*minutes: int) -> bytes:
    told = np.zeros(len(minutes), TRAIL)
    told["said"], told["trail"] = minutes, 2**64 - 1
    return told.tobytes()


def test_trails_survive_the_wire() -> None:
    said = Summary(3, NOON + 1, trails=trails(NOON, NOON + 1))

    heard = read_summary(said.encoded())

    assert (said, heard.followed["said"].tolist()) == (heard, [NOON, NOON + 1])


def test_trails_said_twice_are_said_at_once_once() -> None:
    first, later = trails(NOON), trails(NOON, NOON + 2)
    said = together([Summary(SITE, NOON, trails=first), Summary(SITE, NOON + 2, trails=later)])

    assert said.followed["said"].tolist() == [NOON, NOON + 2]


@pytest.mark.parametrize("broken", [trails(NOON)[:-1], trails(NOON + 2)])
def test_trails_that_are_not_whole_or_not_over_are_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="no summary"):
        read_summary(Summary(3, NOON + 1, trails=broken).encoded())


def test_what_was_said_one_after_the_other_can_be_said_at_once() -> None:
    later = Summary(3, 72, (72,), (tuple(range(COUNTS)),))

    said = together([ONE, later])

    assert (said.shard, said.closed, said.minutes) == (3, 72, (68, 70, 72))
    assert said.columns[1].tolist() == [*ONE.columns[1].tolist(), *later.columns[1].tolist()]


def test_no_newcomers_are_columns_without_rows() -> None:
    minutes, counts = Summary(SITE, 5).columns

    assert (minutes.shape, counts.shape) == ((0,), (0, COUNTS))


@pytest.mark.parametrize(
    "message",
    [b"", b"\xff\x00", b"[]", b'{"shard":1}', ONE.encoded()[:-1], ONE.encoded() + b"x"],
)
def test_what_is_no_summary_is_refused(message: bytes) -> None:
    with pytest.raises(ValueError, match="no summary: "):
        read_summary(message)


@pytest.mark.parametrize(
    ("odd", "seen"),
    [
        (Summary(3, NOON, pairs=b"12345"), "whole pairs of 34 bytes, saw 5 bytes"),
        (
            Summary(3, NOON - 1, pairs=pairs([NOON], 1, 1).tobytes()),
            f"campaigns of minute {NOON}, but {NOON - 1} is",
        ),
        (
            Summary(SITE, NOON, found=(Found(NOON + 1, ()),)),
            f"campaigns of minute {NOON + 1}, but {NOON} is",
        ),
    ],
    ids=["torn pairs", "pairs too early", "campaigns too early"],
)
def test_pairs_and_campaigns_that_cannot_be_are_refused_by_what_was_seen(
    odd: Summary, seen: str
) -> None:
    with pytest.raises(ValueError, match=seen):
        read_summary(odd.encoded())


def given(*rows: tuple[int, int]) -> bytes:
    """Write down pictures that were given: minute, picture."""
    return np.array([*rows], GIVEN).tobytes()


def test_pictures_given_are_said_at_once_and_those_said_twice_once() -> None:
    said = [Summary(SITE, 70, warmed=given((69, 1), (70, 2)))]
    said += [Summary(SITE, 71, warmed=given((70, 2), (71, 3)))]

    assert read_summary(together(said).encoded()).given.tolist() == [(69, 1), (70, 2), (71, 3)]


@pytest.mark.parametrize(
    ("warmed", "seen"),
    [
        (b"12345", "pictures of 8 bytes, saw 5"),
        (given((71, 1)), "do not rise to 70"),
        (given((70, 1), (69, 1)), "do not rise to 70"),
    ],
)
def test_pictures_that_cannot_have_been_given_are_refused(warmed: bytes, seen: str) -> None:
    with pytest.raises(ValueError, match=seen):
        read_summary(Summary(3, 70, warmed=warmed).encoded())


@pytest.mark.parametrize(
    "odd",
    [
        Summary(3, 70, (68,), ()),
        Summary(3, 70, (), (tuple(range(COUNTS)),)),
        Summary(3, 70, (68,), ((1, 2),)),
        Summary(3, 70, (70, 68), (tuple(range(COUNTS)),) * 2),
        Summary(3, 70, (71,), (tuple(range(COUNTS)),)),
    ],
)
def test_a_summary_that_does_not_fit_together_is_refused(odd: Summary) -> None:
    with pytest.raises(ValueError, match="no summary: "):
        read_summary(odd.encoded())
