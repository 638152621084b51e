"""Parquet is read as the JSON lines that its rows would be."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.parser import Parser
from access.site import Site
from streams import tabled
from streams.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

    from access.batch import Batch
    from access.lines import Reject

AT = datetime(2026, 11, 23, 22, 24, 26, 934_000, tzinfo=UTC)
PLAIN: dict[str, Any] = {
    "timestamp": pa.array([AT], pa.timestamp("ms", "Europe/Berlin")),
    "client_ip": ["203.0.113.7"],
    "request_method": ["GET"],
    "request_uri": ["/i/1.jpg"],
    "status": pa.array([200], pa.int16()),
    "bytes_sent": pa.array([512], pa.int64()),
}
INT96 = {"use_deprecated_int96_timestamps": True}


def lines(
    folder: Path, columns: Mapping[str, Any], size: int = 4096, **written: object
) -> list[bytes]:
    path = folder / "log.parquet"
    pq.write_table(pa.table(dict(columns)), path, **written)
    source = open_source(str(path))
    chunks = list(source.chunks(0, size))
    assert source.trouble is None
    assert source.position == source.size
    return b"".join(chunk.data.tobytes() for chunk in chunks).splitlines()


def parsed(
    folder: Path, columns: Mapping[str, Any], **written: object
) -> tuple[Batch, list[Reject]]:
    path = folder / "log.parquet"
    pq.write_table(pa.table(dict(columns)), path, **written)
    (chunk,) = open_source(str(path)).chunks(0)
    return Parser(Site.default()).parse(chunk)


def test_a_row_is_read_as_a_line_would_be(tmp_path: Path) -> None:
    batch, rejects = parsed(tmp_path, PLAIN)

    assert rejects == []
    assert batch.at.tolist() == [int(AT.timestamp() * 1000)]
    assert (batch.status[0], batch.size[0]) == (200, 512)


def test_nested_columns_are_named_by_their_way(tmp_path: Path) -> None:
    nested = {"request": {"method": "GET", "deep": [{"x": 1}]}, "response": {"status_code": 404}}
    columns = {name: PLAIN[name] for name in ("timestamp", "client_ip", "request_uri")}

    batch, _ = parsed(tmp_path, {**columns, "http": [nested]})

    assert batch.status.tolist() == [404]


def test_a_row_that_cannot_be_read_is_a_reject_with_its_number_and_reason(tmp_path: Path) -> None:
    twice = {name: pa.concat_arrays([pa.array(c)] * 2) for name, c in PLAIN.items()}
    clients = pa.array(["203.0.113.7", None])

    batch, rejects = parsed(tmp_path, {**twice, "client_ip": clients})

    assert batch.number.tolist() == [1]
    assert [reject.number for reject in rejects] == [2]
    assert "no client" in rejects[0].reason
    assert json.loads(rejects[0].line)["request_uri"] == "/i/1.jpg"


def test_a_time_without_zone_is_refused_but_those_that_are_always_utc(tmp_path: Path) -> None:
    naive = {**PLAIN, "timestamp": pa.array([AT.replace(tzinfo=None)], pa.timestamp("us"))}

    _, rejects = parsed(tmp_path, naive)
    batch, _ = parsed(tmp_path, naive, **INT96)

    assert "no zone" in rejects[0].reason
    assert batch.at.tolist() == [int(AT.timestamp() * 1000)]


def test_a_clock_stands_beside_its_day(tmp_path: Path) -> None:
    parts = {"time": pa.array([time(22, 24, 26)]), "date": [date(2026, 11, 23)]}

    batch, _ = parsed(tmp_path, {**PLAIN, **parts, "timestamp": [None]})

    assert batch.at.tolist() == [int(AT.timestamp()) * 1000]


def test_what_is_null_is_told_to_be_absent(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, {**PLAIN, "user_agent": pa.array([None], pa.string())})

    assert json.loads(line)["user_agent"] is None


def test_lists_of_texts_are_joined_and_other_columns_left_out(tmp_path: Path) -> None:
    hops = {"x_forwarded_for": [["198.51.100.7", "192.0.2.1"]], "ua": [[1, 2]], "other": [1]}

    (line,) = lines(tmp_path, hops)

    assert json.loads(line) == {"x_forwarded_for": "198.51.100.7, 192.0.2.1", "ua": None}


def test_numbers_that_are_none_are_null(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, {"status": [float("nan")], "bytes": [1.5]})

    assert json.loads(line) == {"status": None, "bytes": 1.5}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(texts=st.lists(st.none() | st.text(max_size=30), min_size=1, max_size=9))
def test_every_text_comes_out_as_it_went_in(tmp_path: Path, texts: list[str | None]) -> None:
    plain = pa.array(texts, pa.string())

    read = lines(tmp_path, {"url": plain, "agent": plain.dictionary_encode()}, size=64)

    assert [json.loads(line) for line in read] == [{"url": t, "agent": t} for t in texts]


def test_slices_and_row_groups_cut_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabled, "ROWS", 7)
    urls = [f"/i/{n}.jpg" for n in range(100)]

    read = lines(tmp_path, {"url": urls}, size=100, row_group_size=10)

    assert [json.loads(line)["url"] for line in read] == urls


def test_a_file_that_breaks_off_says_so(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table(PLAIN), path)
    path.write_bytes(path.read_bytes()[:-9])

    source = open_source(str(path))

    assert list(source.chunks(0)) == []
    assert "Parquet" in str(source.trouble)


def test_a_table_from_a_pipe_is_refused_in_a_sentence(tmp_path: Path) -> None:
    pq.write_table(pa.table(PLAIN), tmp_path / "log.parquet")
    command = [sys.executable, "-c", "from streams.sources import open_source; open_source('-')"]

    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as reader:
        _, said = reader.communicate((tmp_path / "log.parquet").read_bytes())

    assert b"Parquet cannot be read from a pipe" in said


def test_memory_is_that_of_a_slice(tmp_path: Path) -> None:
    rows = 400_000
    texts = pa.array(np.char.mod("/i/%060d.jpg", np.arange(rows)))
    pq.write_table(pa.table({"url": texts}), tmp_path / "log.parquet", row_group_size=rows)
    before = pa.total_allocated_bytes()
    highest = 0

    for _ in open_source(str(tmp_path / "log.parquet")).chunks(0, 1 << 16):
        highest = max(highest, pa.total_allocated_bytes() - before)

    assert highest < texts.nbytes / 2
