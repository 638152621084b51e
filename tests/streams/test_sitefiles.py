"""A site's files are found beside it and read as what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet

from streams.sitefiles import load, read_site

if TYPE_CHECKING:
    from pathlib import Path

OWNERS = '[lookups]\nowners = "{}"\n'


def test_numbers_in_tables_stay_texts(tmp_path: Path) -> None:
    (tmp_path / "owners.csv").write_text("picture,owner,extra\n0012,7,1\n")
    table = load(tmp_path / "owners.csv")

    assert isinstance(table, pa.Table)
    assert table.to_pylist() == [{"picture": "0012", "owner": "7", "extra": 1}]


@pytest.mark.parametrize("name", ["owners.csv", "owners.parquet"])
def test_tables_are_found_beside_the_site(tmp_path: Path, name: str) -> None:
    (tmp_path / "owners.csv").write_text("picture,owner\n12,7\n")
    parquet.write_table(pa.table({"picture": ["12"], "owner": ["7"]}), tmp_path / "owners.parquet")
    (tmp_path / "site.toml").write_text(OWNERS.format(name))

    assert len(read_site(tmp_path / "site.toml").owners) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "bot.json",
            '{"prefixes": [{"ipv4Prefix": "192.0.2.0/24"}, {"ipv6Prefix": "2001:db8::/32"}]}',
        ),
        ("bot.txt", "# ours\n192.0.2.0/24\n\n2001:db8::/32  # and this\n"),
    ],
)
def test_ranges_are_read_as_they_are_published(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)

    assert load(tmp_path / name) == ["192.0.2.0/24", "2001:db8::/32"]


def test_a_list_that_is_none_is_shown(tmp_path: Path) -> None:
    (tmp_path / "bot.json").write_text("[1, 2]")

    with pytest.raises(ValueError, match=r"bot.json: expected .* saw '\[1, 2\]'"):
        load(tmp_path / "bot.json")


def test_a_wrong_site_is_named(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("nam = 1\n")

    with pytest.raises(ValueError, match=r"site\.toml: "):
        read_site(tmp_path / "site.toml")
