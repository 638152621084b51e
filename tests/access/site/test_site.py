"""A platform describes itself, and mistakes in it are named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from access.event import Kind, Rendition
from access.kernels.hashing import hash_bytes
from access.site import Site
from access.site.text import RULES, TABLES, read_site_text
from tests.access.rows import named

EXAMPLE = (Path(__file__).parents[3] / "deploy/site.example.toml").read_text()


def load(name: str) -> pa.Table | list[str]:
    """Stand in for the edge that reads files."""
    return {
        "owners.csv": pa.table({"picture": ["a1"], "owner": ["ann"]}),
        "accounts.csv": pa.table({"account": ["7"], "owner": ["ann"]}),
        "examplebot.txt": ["2001:db8:1::/48"],
    }[name]


def test_the_default_site_needs_nothing() -> None:
    site = Site.default()

    assert (site.trusted_proxies, site.crawlers, site.split_hosts) == ((), (), False)
    assert named(site, [b"/i/orig/1.jpg"]).kind.tolist() == [255]


def test_the_example_shows_every_key() -> None:
    file = read_site_text(EXAMPLE)

    unsaid = [name for name in (*TABLES, "trusted_proxies", "own_machines") if name not in EXAMPLE]
    rules = [rule for table in RULES for rule in getattr(file, table)]
    said = [any(getattr(r, key) for r in rules) for key in ("regex", "query", "host", "unique")]
    assert (unsaid, said) == ([], [True] * 4)


def test_the_example_is_read() -> None:
    site = Site.from_toml(EXAMPLE, load=load)

    got = named(
        site,
        [b"/i/orig/0.jpg", b"/i/orig/5.webp", b"/v1/a/b/x1?w=90", b"/archive/2014/5-90x90.jpg"],
    )

    assert got.kind.tolist() == [Kind.TRAP, Kind.PICTURE, Kind.PICTURE, Kind.PICTURE]
    assert got.rendition.tolist()[1:] == [Rendition.ORIGINAL] + [Rendition.THUMBNAIL] * 2
    assert site.crawlers[0].ranges == ("203.0.113.0/28", "2001:db8:1::/48")
    assert site.researchers[0].ends == 1956528000000
    assert (site.split_hosts, len(site.owners), len(site.accounts)) == (True, 1, 1)


def test_a_format_is_a_string_or_has_a_name() -> None:
    pattern = '$remote_addr [$time_local] "$request"'

    for formats in (f"['{pattern}']", f"[{{name = 'edge', pattern = '{pattern}'}}]"):
        assert Site.from_toml(f"formats = {formats}").formats[0].pattern == pattern


@pytest.mark.parametrize(
    ("formats", "complaint"),
    [
        ("['$remote_addr']", r"formats\[0\]: log format '\$remote_addr': needs \$time_local"),
        ("[{name = 'edge', pattern = '%h'}]", r"formats\[0\]: log format 'edge': needs"),
        ("[{name = 'edge', patern = '%h'}]", r"unknown key formats\[0\].patern, perhaps pattern"),
        ("[{name = 'edge'}]", r"missing required field `pattern` - at `\$.formats\[0\]`"),
    ],
)
def test_a_format_that_says_too_little_is_named(formats: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Site.from_toml(f"formats = {formats}")


def test_a_named_picture_finds_its_owner() -> None:
    site = Site.from_toml(EXAMPLE, load=load)

    got = named(site, [b"/v1/x/y/a1", b"/v1/x/y/a2", b"/avatar/bob/1.png"])

    assert got.owner.tolist() == [hash_bytes(b"ann", site.key), 0, hash_bytes(b"bob", site.key)]
    own = site.accounts.owner_of(np.array([hash_bytes(b"7", site.key)], np.uint64))
    assert own[0] == got.owner[0]


def test_frames_and_pictures_of_albums_find_their_owner() -> None:
    patterns = """
        [lookups]
        owners = "owners.csv"
        [[pictures]]
        pattern = "/film/{picture}"
        query = { n = "frame" }
        [[pictures]]
        pattern = "/album/{album}/{picture}"
        """
    site = Site.from_toml(patterns, load=load)

    got = named(site, [b"/film/a1?n=1", b"/film/a1?n=2", b"/film/a1", b"/album/x/a1", b"/film/a2"])

    assert len(set(got.picture.tolist())) == 5
    assert got.owner.tolist() == [hash_bytes(b"ann", site.key)] * 4 + [0]


def test_the_secret_keys_every_hash() -> None:
    keys = {
        Site.from_toml(text).key
        for text in ("", 'name = "a"', 'name = "b"', 'name = "a"\nsecret = "x"')
    }

    assert len(keys) == 4


def test_the_key_of_a_secret_never_changes() -> None:
    assert Site.from_toml('secret = "frozen"').key == 16252015552029133384


def test_a_host_that_serves_both_is_not_split() -> None:
    both = '[hosts]\npages = ["a.example"]\npictures = ["a.example", "b.example"]'

    assert not Site.from_toml(both).split_hosts


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "trusted_proxy = []",
            "unknown key trusted_proxy, perhaps trusted_proxies; known: api, as",
        ),
        ("order = []", "unknown key order"),
        ('[[pictures]]\npatern = "/"', r"unknown key pictures\[0\].patern, perhaps pattern; known"),
        ("[renditions]\nbig = []", "unknown key renditions.big"),
        ("hosts = 3", r"Expected `object`, got `int` - at `\$.hosts`"),
        ("pictures = [1]", r"Expected `object`, got `int` - at `\$.pictures\[0\]`"),
        ('[[crawlers]]\nname = "x"', "missing required field `agent`"),
        ('trusted_proxies = ["10.0.0.0/33"]', "trusted_proxies: neither an address nor a CIDR: '1"),
        ('[[crawlers]]\nname = "x"\nagent = "x"\nranges = ["x"]', r"crawlers\[0\].ranges: neither"),
        ('[[researchers]]\nname = "x"\npictures_a_day = 1\nuntil = 2030-01-01', "says who it is"),
        ('[renditions]\nmedium = ["o"]', "renditions.medium: 'o' already means another rendition"),
        ("name = ", "site.toml is not TOML: Invalid value"),
        ('[lookups]\nowners = "o.csv"', "names the file 'o.csv', but files cannot be read here"),
    ],
)
def test_a_mistake_is_named(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Site.from_toml(text)


def test_a_list_is_no_table() -> None:
    with pytest.raises(ValueError, match=r"a table was expected in 'o.csv', not a list"):
        Site.from_toml('[lookups]\nowners = "o.csv"', load=lambda _: ["x"])
