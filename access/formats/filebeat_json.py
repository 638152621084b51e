"""Filebeat's output.kafka: the line as it came in `message`, for its modules parse elsewhere.

`@timestamp` says when the line was read, and counts only where the line has no time.
"""

from __future__ import annotations

from access.formats import combined, nginx_json
from access.formats.carriage import carried

_BEFORE = (
    b'{"@timestamp":"2026-11-23T22:24:27.000Z","@metadata":{"beat":"filebeat","type":"_doc",'
    b'"version":"8.15.0","pipeline":"filebeat-8.15.0-nginx-access-pipeline"},"agent":{'
    b'"type":"filebeat","name":"web1","version":"8.15.0"},"ecs":{"version":"8.0.0"},"event":{'
    b'"dataset":"nginx.access","module":"nginx","timezone":"+00:00"},"fileset":{"name":"access"},'
    b'"service":{"type":"nginx"},"input":{"type":"log"},"log":{"file":{'
    b'"path":"var/log/nginx/access.log"},"offset":199},"host":{"name":"web1"},"message":"'
)
SAMPLES = tuple(
    carried(sample, _BEFORE, b'"}') for sample in (*combined.SAMPLES, *nginx_json.SAMPLES)
)
