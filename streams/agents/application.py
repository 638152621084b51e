"""Application: Faust as Hedgerow uses it, for who holds which partition and nothing else."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import faust

from streams.agents.bulk import BulkConsumer
from streams.broker import faust_credentials, faust_urls

if TYPE_CHECKING:
    from streams.settings import Settings

# Measured, in seconds: a killed worker's shards are dealt out anew after a session.
SESSION, HEARTBEAT, REBALANCE = 6.0, 1.0, 20.0
FETCH = 1 << 20  # bytes of a partition at once, packed: up to ten times as many unpacked
LARGEST = 16 << 20  # bytes of a message of requests, at most


def application(settings: Settings) -> faust.App:
    """Make the Faust application: raw bytes, no tables, no web server, no topics of its own."""
    app = faust.App(
        "hedgerow",
        broker=faust_urls(settings.broker),
        broker_credentials=faust_credentials(settings.broker),
        key_serializer="raw",
        value_serializer="raw",
        autodiscover=False,
        datadir=str(Path(gettempdir()) / "hedgerow-faust"),  # nothing is kept there, but it is made
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        web_bind="127.0.0.1",
        web_tables_enabled=False,
        web_router_enabled=False,
        stream_buffer_maxsize=256,  # bulks; `BulkConsumer` keeps it to one a partition
        stream_wait_empty=False,
        table_standby_replicas=1,  # 0 would leave Faust's own assignment of partitions
        consumer_max_fetch_size=FETCH,
        consumer_auto_offset_reset="earliest",
        producer_max_request_size=LARGEST,
        producer_linger=0.0,
        broker_session_timeout=SESSION,
        broker_heartbeat_interval=HEARTBEAT,
        broker_rebalance_timeout=REBALANCE,
        broker_request_timeout=30.0,
        broker_commit_interval=1.0,
        loghandlers=[],
    )
    app.transport.Consumer = BulkConsumer  # type: ignore[misc]  # this application's
    return app
