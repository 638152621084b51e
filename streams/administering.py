"""Administering: look at Kafka's topics and make those that are missing; none is ever deleted."""

from __future__ import annotations

import logging  # noqa: TID251 - kafka-python says only there why it cannot connect
import re
from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType, NewPartitions, NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError

from streams.broker import kafka_python
from streams.layout import Layout, layout
from streams.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.infrastructure import Broker
    from streams.layout import Difference
    from streams.topics import Topic

WITHIN = 5  # seconds for the first answer; a broker that starts is asked again by who started us
CAUSE = re.compile(r"Bootstrap \w+ to \S+ failed: (?:\[Error \d+\] |\w+Error: )*(.*) \(backoff")
# All that is seen of most refusals; it never replaces a better reason.
VAGUE = re.compile("socket disconnected|Invalid frame length|timed out|Unable to bootstrap")
LED_WITHIN = 30  # seconds


class Overheard(logging.Handler):
    """The best reason why no connection was made; the exception that is raised has none."""

    def __init__(self) -> None:
        """Hear warnings, and what is worse."""
        super().__init__(logging.WARNING)
        self.reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a reason."""
        found = CAUSE.search(record.getMessage())
        if found and not (self.reason and VAGUE.search(found[1])):
            self.reason = found[1]


@contextmanager
def administering(broker: Broker) -> Iterator[KafkaAdminClient]:
    """Connect as administrator.

    ValueError: a setting is wrong. ConnectionError: it says in one line what Kafka refused, or that
    there is none.
    """
    options = kafka_python(broker)
    overheard, log = Overheard(), logging.getLogger("kafka")
    log.addHandler(overheard)
    try:
        admin = KafkaAdminClient(**options, bootstrap_timeout_ms=WITHIN * 1000)
        try:
            yield admin
        finally:
            admin.close()
    except KafkaError as error:
        raise ConnectionError(refused(broker, overheard.reason or str(error))) from None
    finally:
        log.removeHandler(overheard)


def refused(broker: Broker, reason: str) -> str:
    """Say what went wrong, and what to look at where Kafka does not say it."""
    vague = VAGUE.search(reason)
    hint = "; does it expect another broker.protocol or mechanism?" if vague else ""
    return f"Kafka at {broker.bootstrap} ({broker.protocol}): {reason[:300]}{hint}"


def existing(admin: KafkaAdminClient) -> dict[str, Layout]:
    """See how those of Hedgerow's topics lie that are there."""
    there = set(admin.list_topics())
    names = [topic.name for topic in TOPICS if topic.name in there]
    if not names:
        return {}
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    settings = admin.describe_configs(asked, config_filter="all")["topic"]
    return {
        topic["name"]: Layout(
            len(topic["partitions"]),
            min((len(p["replica_nodes"]) for p in topic["partitions"]), default=0),
            {key: told["value"] for key, told in settings[topic["name"]].items()},
        )
        for topic in admin.describe_topics(names)
    }


def mend(
    admin: KafkaAdminClient, broker: Broker, differences: Iterable[Difference]
) -> Iterator[str]:
    """Make what is missing, add partitions where nothing depends on their number; say each.

    What else differs is left alone: it may be meant so, and to shrink is to delete.
    """
    for difference in differences:
        topic = difference.topic
        if difference.missing:
            if make(admin, topic, layout(topic, broker)):
                yield f"{topic.name}: created"
        elif difference.grows:
            admin.create_partitions({topic.name: NewPartitions(int(difference.wanted))})
            yield f"{topic.name}: {difference.seen} partitions, now {difference.wanted}"


def make(admin: KafkaAdminClient, topic: Topic, wanted: Layout) -> bool:
    """Create one topic; False where somebody else just did, which is as good."""
    new = NewTopic(
        topic.name, wanted.partitions, wanted.replication, topic_configs=dict(wanted.settings)
    )
    answer = admin.create_topics([new], raise_errors=False)["topics"][0]
    if answer["error_code"] not in {0, TopicAlreadyExistsError.errno}:
        msg = f"{topic.name} cannot be created: {answer['error_message']}"
        raise ConnectionError(msg)
    return bool(answer["error_code"] == 0)


def await_leaders(admin: KafkaAdminClient) -> None:
    """Wait until every partition can be written to; ConnectionError names those that cannot."""
    names = [topic.name for topic in TOPICS]
    for _ in range(LED_WITHIN * 10):
        topics = admin.describe_topics(names)
        waiting = [t["name"] for t in topics if not t["partitions"] or not led(t["partitions"])]
        if not waiting:
            return
        sleep(0.1)
    msg = f"no broker leads all partitions of {', '.join(waiting)} after {LED_WITHIN} s"
    raise ConnectionError(msg)


def led(partitions: list[dict[str, int]]) -> bool:
    """Tell whether every partition has a leader."""
    return all(partition["leader_id"] >= 0 for partition in partitions)
