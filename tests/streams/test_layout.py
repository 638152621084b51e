"""What is there is compared with what should be, and only what is missing or different is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from streams.infrastructure import Broker
from streams.layout import Layout, layout, plan
from streams.topics import TOPICS

BROKER = Broker(partitions=6, shards=12)
WELL = {topic.name: layout(topic, BROKER) for topic in TOPICS}


def told(existing: dict[str, Layout], broker: Broker = BROKER) -> list[str]:
    return [str(difference) for difference in plan(broker, existing)]


def test_nothing_differs_from_itself() -> None:
    assert told(WELL) == []


def test_every_topic_is_missed() -> None:
    assert told({}) == [f"{topic.name}: missing" for topic in TOPICS]


def test_topics_of_others_are_no_matter() -> None:
    assert told({**WELL, "made-up": Layout(1, 1, {})}) == []


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("what", ["cleanup.policy", "max.message.bytes", "min.insync.replicas"])
def test_a_setting_that_differs_is_told(topic: object, what: str) -> None:
    name = topic.name  # type: ignore[attr-defined]  # pytest knows no types
    lies = WELL[name]
    other = replace(lies, settings={**lies.settings, what: "made up"})

    assert told({**WELL, name: other}) == [
        f"{name}: {what} made up, expected {lies.settings[what]}"
    ]


def test_a_setting_that_nobody_told_is_not_taken_for_right() -> None:
    lies = WELL["orders"]
    settings = {key: value for key, value in lies.settings.items() if key != "cleanup.policy"}

    assert told({**WELL, "orders": replace(lies, settings=settings)}) == [
        "orders: cleanup.policy ?, expected compact"
    ]


def test_only_what_no_key_depends_on_grows_and_nothing_shrinks() -> None:
    more = plan(replace(BROKER, partitions=24, shards=13), WELL)
    fewer = plan(replace(BROKER, partitions=3, shards=4), WELL)

    grown = [difference.topic.name for difference in more if difference.grows]
    fixed = [difference.topic.name for difference in more if not difference.grows]
    assert grown == ["access-log", "rejects", "checkpoints"]
    assert fixed == ["requests", "signals"]
    assert not any(difference.grows for difference in fewer)
    assert len(fewer) == 5


def test_what_is_acknowledged_outlives_a_broker_where_there_are_three() -> None:
    least = {
        layout(topic, Broker(replication=3)).settings["min.insync.replicas"] for topic in TOPICS
    }

    assert least == {"2"}


def test_what_is_in_force_and_what_people_decided_is_kept_for_ever() -> None:
    kept = [topic.name for topic in TOPICS if topic.settings["cleanup.policy"] == "compact"]

    assert kept == ["blocklist", "orders", "checkpoints"]
    assert not any("retention.ms" in t.settings for t in TOPICS if t.name in kept)


def test_what_must_stay_in_one_order_has_one_partition() -> None:
    single = [topic.name for topic in TOPICS if topic.partitions(BROKER) == 1]

    assert single == ["summaries", "decisions", "blocklist", "orders", "audit", "appeals"]
