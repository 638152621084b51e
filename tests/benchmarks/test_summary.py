"""The report says what happened on all platforms together, and repeats a run when asked to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.bench import Bench
from benchmarks.quality.record import records, totals
from benchmarks.quality.report import trials
from benchmarks.quality.summary import Summary, missed
from benchmarks.quality.trial import Trial
from benchmarks.quality.verdict import Verdict
from benchmarks.quality.witness import Witness
from tests.cast.schemes import Scheme
from tests.cast.score import Standing

CAUGHT = Standing(
    name="scrapy",
    guilty=True,
    visitors=1,
    blocked=1,
    challenged=1,
    throttled=1,
    degraded=1,
    found=1,
    seconds=9.0,
    waited=5.0,
    lost=30,
    slipped=20,
    saved=70,
    unseen=10.0,
    unchallenged=20.0,
    unblocked=30.0,
    owners=3,
    addresses=1,
    reached=1,
)
MISSED = replace(CAUGHT, found=0, blocked=0, lost=100, saved=0, waited=None, unseen=100.0)
READER = replace(MISSED, name="reader", guilty=False, visitors=50, lost=900, throttled=2)


@pytest.fixture
def summary() -> Summary:
    verdicts = [
        Verdict(
            Trial(5, Scheme.OWNED),
            [one, READER],
            {"volume": [MISSED, READER]},
            {"cold": [CAUGHT, replace(READER, challenged=1)]},
            {"nginx": [MISSED, READER]},
            [Witness("volume", 1, 1, 2, 1)],
        )
        for one in (CAUGHT, MISSED)
    ]
    return Summary.of(verdicts)


def test_what_is_lost_is_weighed_by_pictures_of_harvesters_alone(summary: Summary) -> None:
    guilty, others = totals(summary.hedgerow)

    assert guilty.share == pytest.approx(130 / 200)
    assert (guilty.sum("found"), others.sum("visitors")) == (1, 100)


def test_medians_leave_out_who_was_never_found(summary: Summary) -> None:
    assert summary.hedgerow[0].median("waited") == 5.0
    assert summary.hedgerow[0].median("unseen") == 55.0


def test_a_detector_is_needed_by_classes_that_only_it_finds(summary: Summary) -> None:
    assert summary.needed == {"volume": {"scrapy": 1}}


def test_only_platforms_where_it_is_missed_count() -> None:
    assert missed(records([[CAUGHT], [CAUGHT]]), records([[CAUGHT], [MISSED]])) == {"scrapy": 1}


def test_classes_that_nobody_found_need_no_detector() -> None:
    assert missed(records([[MISSED]]), records([[MISSED]])) == {}


def test_testimonies_of_all_platforms_are_added_up(summary: Summary) -> None:
    (told,) = summary.witnesses

    assert (told.recall, told.precision) == (1.0, 0.5)


def test_programs_are_told_the_same(summary: Summary) -> None:
    told = json.loads(json.dumps(summary.as_json()))

    assert told["platforms"] == ["owned 5 (combined)"] * 2
    assert told["judged"]["Hedgerow"]["scrapy"]["found"] == 1
    assert told["judged"]["nginx"]["all harvesters"]["lost"] == 200
    assert told["believed"]["cold"]["all others"]["challenged"] == 2
    assert told["detectors"]["volume"]["no_longer_found_without"] == {"scrapy": 1}


def test_every_class_stands_in_its_table(summary: Summary) -> None:
    guilty, innocent, detectors, believed, peers, classes = summary.tables()

    rows = [table.row_count for table in (guilty, innocent, detectors, believed, peers, classes)]
    assert rows == [2, 2, 1, 2, 2, 1]


def test_given_seeds_are_taken_and_others_drawn_afresh() -> None:
    given = trials(Bench(Path(), 1.0, seeds=(3, 4)))
    one, other = (trials(Bench(Path(), 1.0)) for _ in range(2))

    assert [trial.seed for trial in given] == [3, 4] * 3
    assert len(one) == 15
    assert one != other
