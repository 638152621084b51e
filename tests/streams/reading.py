"""Read all that a topic holds, in a test."""

from __future__ import annotations

from kafka import KafkaConsumer, TopicPartition


def held(bootstrap: str, topic: str) -> list[list[bytes]]:
    """List the values of each partition, in order, that are there now."""
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, max_partition_fetch_bytes=1 << 22)
    try:
        known = sorted(consumer.partitions_for_topic(topic))
        partitions = [TopicPartition(topic, number) for number in known]
        consumer.assign(partitions)
        consumer.seek_to_beginning(*partitions)
        ends = consumer.end_offsets(partitions)
        found: dict[TopicPartition, list[bytes]] = {partition: [] for partition in partitions}
        while any(consumer.position(partition) < ends[partition] for partition in partitions):
            for partition, records in consumer.poll(500).items():
                found[partition] += [record.value for record in records]
        return [found[partition] for partition in partitions]
    finally:
        consumer.close()
