"""What a request adds is said here once more, in words, so that the table cannot say otherwise."""

from __future__ import annotations

import pytest

from access.event import Kind, Outcome, Referrer, Rendition
from actors.features import Statistic
from actors.marks import MARKS, codes
from tests.actors.traffic import START, batch_of

S, OK = Statistic, Outcome.DELIVERED
PAGE = Referrer.PAGE
ASKED = [S.REQUESTS, S.ASKED]


def added(**columns: int) -> list[int]:
    """List what one request of the columns given adds one to."""
    (code,) = codes(batch_of({"at": [START], **columns}))
    return [statistic for statistic in S if MARKS[code, statistic]]


@pytest.mark.parametrize(
    ("kind", "statistics"),
    [
        (Kind.OTHER, [S.REQUESTS]),
        (Kind.PAGE, [S.REQUESTS, S.PAGES]),
        (Kind.API, [S.REQUESTS, S.CALLS]),
        (Kind.ASSET, [S.REQUESTS, S.ASSETS]),
        (Kind.PICTURE, [*ASKED, S.TAKEN]),
        (Kind.AVATAR, [S.REQUESTS]),
        (Kind.TRAP, [S.REQUESTS, S.TRAPS]),
    ],
)
def test_what_is_delivered_counts_by_its_kind(kind: Kind, statistics: list[Statistic]) -> None:
    assert sorted(statistics) == added(kind=kind, referrer=PAGE)


@pytest.mark.parametrize("kind", [Kind.PAGE, Kind.API, Kind.ASSET])
def test_what_is_not_delivered_leads_nowhere(kind: Kind) -> None:
    assert [S.REQUESTS] == added(kind=kind, outcome=Outcome.MISSING)


@pytest.mark.parametrize(
    ("outcome", "statistics"),
    [(Outcome.OTHER, []), (Outcome.REFUSED, [S.REFUSED]), (Outcome.MISSING, [S.MISSING])],
)
def test_a_picture_asked_for_is_not_a_picture_taken(
    outcome: Outcome, statistics: list[Statistic]
) -> None:
    asked = added(kind=Kind.PICTURE, outcome=outcome, rendition=Rendition.ORIGINAL, referrer=PAGE)

    assert [*ASKED, *statistics] == asked


@pytest.mark.parametrize(
    ("rendition", "statistics"),
    [
        (Rendition.UNKNOWN, []),
        (Rendition.THUMBNAIL, [S.THUMBNAILS]),
        (Rendition.MEDIUM, []),
        (Rendition.ORIGINAL, [S.ORIGINALS]),
        (Rendition.POSTER, [S.THUMBNAILS]),
        (Rendition.FRAME, [S.THUMBNAILS]),
    ],
)
def test_originals_and_small_ones_are_counted_apart(
    rendition: Rendition, statistics: list[Statistic]
) -> None:
    taken = added(kind=Kind.PICTURE, rendition=rendition, referrer=PAGE)

    assert [*ASKED, S.TAKEN, *statistics] == taken


@pytest.mark.parametrize(
    ("referrer", "statistics"),
    [
        (Referrer.NONE, [S.UNREFERRED]),
        (Referrer.ROOT, [S.ROOTED]),
        (Referrer.PAGE, []),
        (Referrer.PICTURE, []),
    ],
)
def test_the_shape_of_the_referer_counts_on_pictures(
    referrer: Referrer, statistics: list[Statistic]
) -> None:
    assert [*ASKED, S.TAKEN, *statistics] == added(kind=Kind.PICTURE, referrer=referrer)


def test_the_own_picture_counts_for_nothing() -> None:
    assert [S.REQUESTS] == added(kind=Kind.PICTURE, rendition=Rendition.ORIGINAL, own=True)
