"""Requests of one moment are put in one order, whichever way they arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.event import Kind
from access.ties import ORDER, Tied, settled
from tests.actors.traffic import START, batch_of, crowd

if TYPE_CHECKING:
    from access.batch import Batch


def in_order(batch: Batch) -> Batch:
    by_time = batch.take(np.argsort(batch.at, kind="stable"))
    return by_time.take(settled(by_time, by_time.at))


def told(batch: Batch) -> list[tuple[int, ...]]:
    """Tell all that is judged of each row."""
    columns = (getattr(batch, name).tolist() for name in Tied._fields[:-1])
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("second", [100, 10_000, 10_000_000])
def test_arrival_changes_nothing(seed: int, second: int) -> None:
    """However many rows a moment holds, some of them equal."""
    rng = np.random.default_rng(seed)
    batch = crowd(seed, 700)
    rows = rng.integers(0, len(batch), 900)
    batch = batch.take(rows)
    moments = batch.at // second * second
    batch = type(batch)(
        **{
            **{name: getattr(batch, name) for name in batch.__dataclass_fields__},
            "at": moments,
        }
    )
    shuffled = batch.take(rng.permutation(len(batch)))

    assert told(in_order(batch)) == told(in_order(shuffled))
    assert sorted(told(batch)) == sorted(told(in_order(batch)))


def test_a_page_comes_before_what_is_on_it() -> None:
    kinds = [Kind.PICTURE, Kind.ASSET, Kind.API, Kind.PAGE, Kind.OTHER]
    batch = batch_of({"at": [START] * 5, "kind": kinds})

    assert in_order(batch).kind.tolist() == sorted(kinds, key=ORDER.index)


def test_pictures_follow_by_number() -> None:
    serials = [7, 3, 9, 1, 5]
    batch = batch_of({"at": [START] * 5, "kind": Kind.PICTURE, "serial": serials})

    assert in_order(batch).serial.tolist() == sorted(serials)


def test_what_is_in_order_is_left_alone() -> None:
    batch = batch_of({"at": START + np.arange(5), "kind": Kind.PICTURE, "serial": [5, 4, 3, 2, 1]})

    assert settled(batch, batch.at).tolist() == [0, 1, 2, 3, 4]
