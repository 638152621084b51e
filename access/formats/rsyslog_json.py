"""rsyslog's omkafka with a JSON template: `message` holds the line, text or JSON once more.

The blank behind the syslog tag stays in front of it, and a newline may stand behind.
"""

from __future__ import annotations

from access.formats import combined, nginx_json
from access.formats.carriage import carried

_BEFORE = (
    b'{"@timestamp":"2026-11-23T22:26:21.674609+00:00", "host":"vm", "severity":"NOTICE", '
    b'"tag":"nginx:", "message":"'
)
_TWICE = carried(nginx_json.SAMPLES[0], _BEFORE, b'"}')
_ODD = carried(nginx_json.SAMPLES[1], _BEFORE + b" ", rb'\r\n"}')
_TEXT = carried(combined.SAMPLES[0], _BEFORE + b" ", rb'\n"}')
SAMPLES = (_TWICE, _ODD, _TEXT)
