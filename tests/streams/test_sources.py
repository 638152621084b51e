"""Every byte of an input comes out, in whole lines, however it is packed and cut."""

from __future__ import annotations

import gzip
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from access.lines import Chunk

LOG = b"".join(b"line %d of a log\n" % i for i in range(3000))


def joined(chunks: list[Chunk]) -> bytes:
    return b"".join(chunk.data.tobytes() for chunk in chunks)


def read(path: Path, size: int = 1000, longest: int = 4000) -> list[Chunk]:
    return list(open_source(str(path)).chunks(0, size, longest))


def write(folder: Path, data: bytes) -> Path:
    path = folder / "access.log"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "pack",
    [
        bytes,
        gzip.compress,
        zstandard.ZstdCompressor().compress,
        lambda data: gzip.compress(data[:999]) + bytes(512) + gzip.compress(data[999:]),
    ],
    ids=["plain", "gzip", "zstandard", "gzip in two padded members"],
)
def test_a_log_is_read_however_it_is_packed(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    assert joined(read(write(tmp_path, pack(LOG)))) == LOG


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text("ab\n\r", max_size=200), size=st.integers(1, 60))
def test_chunks_hold_whole_lines_and_know_their_numbers(
    tmp_path: Path, text: str, size: int
) -> None:
    data = text.encode()
    whole = data if data.endswith(b"\n") or not data else data + b"\n"
    lines = whole.split(b"\n")

    for chunk in read(write(tmp_path, data), size):
        cut = chunk.data.tobytes()
        count = cut.count(b"\n")
        assert cut.endswith(b"\n")
        assert cut.split(b"\n")[:-1] == lines[chunk.first - 1 : chunk.first - 1 + count]
    assert joined(read(write(tmp_path, data), size)) == whole


def test_a_line_that_is_too_long_comes_in_long_parts_with_one_number(tmp_path: Path) -> None:
    giant = b"g" * 10_000
    chunks = read(write(tmp_path, b"first\n" + giant + b"\nthird\n"), size=100, longest=4000)
    parts = [chunk.data.tobytes() for chunk in chunks if chunk.first == 2]

    assert b"".join(part[:-1] for part in parts).startswith(giant)
    assert all(len(part) > 2000 for part in parts)
    assert len(parts) > 2
    assert joined(chunks).endswith(b"third\n")


def test_a_line_below_the_bound_is_never_parted(tmp_path: Path) -> None:
    data = b"first\n" + b"g" * 3900 + b"\nthird\n"

    assert joined(read(write(tmp_path, data), size=100, longest=4000)) == data


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_a_cut_archive_gives_what_it_holds_and_says_where_it_broke(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    noise = b"".join(b"%x\n" % hash((i, i * 7)) for i in range(20_000))
    packed = pack(noise)
    source = open_source(str(write(tmp_path, packed[:-100])))
    chunks = list(source.chunks(0))

    assert source.trouble is not None
    assert f"cut off at byte {len(packed) - 100}" in source.trouble
    assert len(joined(chunks)) > len(noise) // 4


def test_a_damaged_archive_says_between_which_bytes(tmp_path: Path) -> None:
    noise = b"".join(b"%x\n" % hash((i, i * 7)) for i in range(20_000))
    packed = bytearray(gzip.compress(noise))
    packed[50_000:50_100] = bytes(100)
    source = open_source(str(write(tmp_path, bytes(packed))))
    chunks = list(source.chunks(0))

    assert source.trouble is not None
    assert "of the compressed data" in source.trouble
    assert joined(chunks)[:60_000] == noise[:60_000]


def test_the_position_ends_at_the_size_on_disk(tmp_path: Path) -> None:
    source = open_source(str(write(tmp_path, gzip.compress(LOG))))
    list(source.chunks(0))

    assert source.position == source.size


def test_an_empty_input_has_no_chunks(tmp_path: Path) -> None:
    assert read(write(tmp_path, b"")) == []


def test_standard_input_is_called_minus() -> None:
    program = (
        "from streams.sources import open_source; import sys\n"
        "s = open_source('-')\n"
        "[sys.stdout.buffer.write(c.data.tobytes()) for c in s.chunks(0, 100)]"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=gzip.compress(LOG), capture_output=True, check=True
    )

    assert done.stdout == LOG
