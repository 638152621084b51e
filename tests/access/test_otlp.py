"""OpenTelemetry's log records become flat lines, the same from JSON and from protobuf."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import Any

import pytest

from access.payloads import unfold

# An export of two records of one resource, as the protocol's own classes write it.
WIRE = b64decode(
    b"Cp4DCjEKFgoMc2VydmljZS5uYW1lEgYKBGVkZ2UKFwoIdXJsLnBhdGgSCwoJb3ZlcnJ1bGVkEugCCgoK"
    b"BW5naW54EgExEpgCCYA5hrTgzOoYEAkaBElORk8qGQoXMTk4LjUxLjEwMC43IHNhaWQgImhpIgoyIAoO"
    b"Y2xpZW50LmFkZHJlc3MSDgoMMTk4LjUxLjEwMC43MhgKCHVybC5wYXRoEgwKCi9pbWcvMS5qcGcyIAoZ"
    b"aHR0cC5yZXNwb25zZS5zdGF0dXNfY29kZRIDGMgBMjkKG2h0dHAucmVxdWVzdC5oZWFkZXIucmVmZXJl"
    b"chIaKhgKFgoUaHR0cHM6Ly9leGFtcGxlLmNvbS8yCwoFZW1wdHkSAgoAMgkKA293bhICEAAyFAoHc2Vj"
    b"b25kcxIJIQAAAAAAANA/MgsKA3JhdxIEOgL/ADIICgRub25lEgBFAQAAAFkATnW44MzqGBI/KjQyMgoN"
    b"CgZzdGF0dXMSAxiUAwohCgRodHRwEhkyFwoVCgRob3N0Eg0KC2V4YW1wbGUuY29tWQAYEPTgzOoY"
)
TREE: dict[str, Any] = {
    "resourceLogs": [
        {
            "resource": {
                "attributes": [
                    {"key": "service.name", "value": {"stringValue": "edge"}},
                    {"key": "url.path", "value": {"stringValue": "overruled"}},
                ]
            },
            "scopeLogs": [
                {
                    "scope": {"name": "nginx", "version": "1"},
                    "logRecords": [
                        {
                            "timeUnixNano": "1795472666934000000",
                            "observedTimeUnixNano": "1795472667000000000",
                            "severityNumber": 9,
                            "severityText": "INFO",
                            "traceId": "",
                            "flags": 1,
                            "body": {"stringValue": '198.51.100.7 said "hi"\n'},
                            "attributes": [
                                {"key": "client.address", "value": {"stringValue": "198.51.100.7"}},
                                {"key": "url.path", "value": {"stringValue": "/img/1.jpg"}},
                                {"key": "http.response.status_code", "value": {"intValue": "200"}},
                                {
                                    "key": "http.request.header.referer",
                                    "value": {
                                        "arrayValue": {
                                            "values": [{"stringValue": "https://example.com/"}]
                                        }
                                    },
                                },
                                {"key": "empty", "value": {"stringValue": ""}},
                                {"key": "own", "value": {"boolValue": False}},
                                {"key": "seconds", "value": {"doubleValue": 0.25}},
                                {"key": "raw", "value": {"bytesValue": "/wA="}},
                                {"key": "none", "value": {}},
                            ],
                        },
                        {
                            "observedTimeUnixNano": "1795472668000000000",
                            "body": {
                                "kvlistValue": {
                                    "values": [
                                        {"key": "status", "value": {"intValue": "404"}},
                                        {
                                            "key": "http",
                                            "value": {
                                                "kvlistValue": {
                                                    "values": [
                                                        {
                                                            "key": "host",
                                                            "value": {"stringValue": "example.com"},
                                                        }
                                                    ]
                                                }
                                            },
                                        },
                                    ]
                                }
                            },
                        },
                    ],
                }
            ],
        }
    ]
}
FIRST = {
    "service.name": "edge",
    "url.path": "/img/1.jpg",
    "body": '198.51.100.7 said "hi"\n',
    "client.address": "198.51.100.7",
    "http.response.status_code": 200,
    "http.request.header.referer": ["https://example.com/"],
    "empty": "",
    "own": False,
    "seconds": 0.25,
    "raw": "/wA=",
    "none": None,
    "timeUnixNano": "1795472666934000000",
}
SECOND = {
    "service.name": "edge",
    "url.path": "overruled",
    "status": 404,
    "http": {"host": "example.com"},
    "timestamp": "1795472668000000000",
}


def flat(value: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in unfold([value]).data.tobytes().splitlines()]


def export(**record: object) -> bytes:
    logs = [{"scopeLogs": [{"logRecords": [record]}]}]
    return json.dumps({"schema": "x", "resourceLogs": logs}).encode()


@pytest.mark.parametrize(
    "value", [WIRE, json.dumps(TREE).encode(), json.dumps(TREE, indent=1).encode()]
)
def test_records_become_flat_lines_in_order(value: bytes) -> None:
    assert [FIRST, SECOND] == flat(value)


def test_json_and_protobuf_give_the_same_bytes() -> None:
    assert unfold([WIRE]).data.tobytes() == unfold([json.dumps(TREE).encode()]).data.tobytes()


def test_what_is_nearer_to_the_record_wins() -> None:
    (line,) = flat(
        export(
            timeUnixNano=7,
            body={"kvlistValue": {"values": [pair("a", "body"), pair("timeUnixNano", "body")]}},
            attributes=[pair("a", "attribute")],
        )
    )

    assert {"a": "attribute", "timeUnixNano": "7"} == line


def test_when_it_was_observed_counts_only_where_no_other_time_is_said() -> None:
    seen = {"observedTimeUnixNano": "9"}

    assert [{"timestamp": "9"}] == flat(export(**seen))
    assert [{"timeUnixNano": "7"}] == flat(export(timeUnixNano="7", **seen))
    assert [{"timestamp": "own"}] == flat(export(attributes=[pair("timestamp", "own")], **seen))


def test_a_record_that_says_nothing_is_a_line_too() -> None:
    assert [{}] == flat(export())


def test_bytes_that_are_no_text_cost_their_own_place_only() -> None:
    broken = WIRE.replace(b"example.com/", b"example.co\xff/")

    assert ["https://example.co\ufffd/"] == flat(broken)[0]["http.request.header.referer"]
    assert SECOND == flat(broken)[1]


def test_exports_may_be_joined_as_protobuf_allows() -> None:
    assert [FIRST, SECOND, FIRST, SECOND] == flat(WIRE + WIRE)


def pair(key: str, value: str) -> dict[str, Any]:
    return {"key": key, "value": {"stringValue": value}}
