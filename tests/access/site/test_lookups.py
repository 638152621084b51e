"""Look-ups know what the platform's tables say, and nothing else."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.kernels.hashing import hash_bytes
from access.site.columns import hashes_of
from access.site.directory import Directory
from access.site.lookups import DAY, Accounts, Galleries, Owners

KEY = 7


def hashed(*texts: str) -> np.ndarray:
    return np.array([hash_bytes(t.encode(), KEY) if t else 0 for t in texts], np.uint64)


@given(known=st.lists(st.integers(1, 2**64 - 1)), wanted=st.lists(st.integers(0, 2**64 - 1)))
def test_a_directory_finds_what_a_dictionary_finds(known: list[int], wanted: list[int]) -> None:
    listed = np.sort(np.array(known, np.uint64))
    first = {int(hash_): row for row, hash_ in reversed(list(enumerate(listed)))}
    asked = [*wanted, *known]

    got = Directory.of(listed).find(np.array(asked, np.uint64))

    assert [first.get(hash_, -1) for hash_ in asked] == got.tolist()


def test_nobody_is_never_found() -> None:
    assert Directory.of(np.zeros(3, np.uint64)).find(np.zeros(1, np.uint64)).tolist() == [-1]


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["12", None, "", "é"]),
        pa.array(["x", "12", None, "", "é"]).slice(1),
        pa.array(["12", None, "", "é"], pa.large_string()),
        pa.array([b"12", None, b"", "é".encode()], pa.binary()),
        pa.array(["12", None, "", "é"]).dictionary_encode(),
        pa.chunked_array([["12", None], ["", "é"]]),
    ],
)
def test_a_column_is_hashed_however_it_is_kept(column: pa.Array) -> None:
    table = pa.table({"picture": column})

    assert hashes_of(table, "picture", KEY).tolist() == hashed("12", "", "", "é").tolist()


def test_numbers_are_hashed_as_they_are_written() -> None:
    table = pa.table({"picture": pa.array([12, None, -3], pa.int64())})

    assert hashes_of(table, "picture", KEY).tolist() == hashed("12", "", "-3").tolist()


def test_owners_are_filled_in_where_the_address_named_none() -> None:
    table = pa.table(
        {
            "picture": ["a", "b", "a", "c"],
            "owner": ["ann", "bob", "late", None],
            "album": ["x", None, "y", "z"],
            "visibility": ["public", "friends", "public", ""],
        }
    )
    owners = Owners.of(table, KEY)
    picture, owner, album = (
        hashed("a", "b", "b", "d", ""),
        hashed(*[""] * 2, "eve", "", ""),
        hashed(*["", "", "", "", ""]),
    )

    owners.fill(picture, owner, album)

    assert owner.tolist() == hashed("ann", "bob", "eve", "", "").tolist()
    assert album.tolist() == hashed("x", "", "", "", "").tolist()
    assert owners.visibilities == ("public", "friends")
    assert owners.visibility_of(picture).tolist() == [0, 1, 1, -1, -1]


def test_a_session_tells_its_account_where_the_line_named_none() -> None:
    table = pa.table({"session": ["s1", "s2", None], "account": ["1", "1", "2"]})
    session, account = hashed("s1", "s2", "s3", "s1", ""), hashed("", "", "", "9", "")

    Accounts.of(table, KEY).fill(session, account)

    assert account.tolist() == hashed("1", "1", "", "9", "").tolist()


def test_an_account_is_the_owner_the_table_says_or_else_itself() -> None:
    accounts = Accounts.of(pa.table({"account": ["1", "2"], "owner": ["ann", None]}), KEY)

    got = accounts.owner_of(hashed("1", "2", "3", ""))

    assert got.tolist() == hashed("ann", "2", "3", "").tolist()


@pytest.mark.parametrize(
    "created",
    [
        pa.array([date(2024, 1, 2), None]),
        pa.array([datetime(2024, 1, 2), None]),  # noqa: DTZ001 - a column without a zone is UTC
        pa.array(["2024-01-02", None]),
        pa.array(["2024-01-02T00:00:00Z", None]),
        pa.array([1704153600, None]),
        pa.array([1704153600000, None]),
    ],
)
def test_a_creation_time_becomes_an_age(created: pa.Array) -> None:
    accounts = Accounts.of(pa.table({"account": ["1", "2"], "created": created}), KEY)

    got = accounts.age(hashed("1", "2", "3"), np.full(3, 1704153600000 + 3 * DAY))

    assert np.array_equal(got, [3, np.nan, np.nan], equal_nan=True)


def test_an_age_is_taken_as_it_is_said() -> None:
    accounts = Accounts.of(pa.table({"account": ["1"], "age": [40]}), KEY)

    assert accounts.age(hashed("1"), np.zeros(1, np.int64)).tolist() == [40]


def test_nobodys_tables_change_nothing() -> None:
    picture, owner, album = hashed("a"), hashed(""), hashed("")

    Owners.nobody().fill(picture, owner, album)
    Accounts.nobody().fill(picture, owner)

    assert (owner.tolist(), album.tolist()) == ([0], [0])
    assert Owners.nobody().visibility_of(picture).tolist() == [-1]
    assert np.isnan(Accounts.nobody().age(picture, np.zeros(1, np.int64))).all()


@pytest.mark.parametrize("have", ["picture", "owner"])
def test_a_missing_column_is_named(have: str) -> None:
    with pytest.raises(ValueError, match=f"is needed; the table has {have}"):
        Owners.of(pa.table({have: ["a"]}), KEY)


def test_how_many_pictures_owners_have_is_told_by_a_table() -> None:
    table = pa.table({"owner": ["ann", "bob", "ann", None], "pictures": [12, None, 99, 5]})
    galleries = Galleries.of(table, KEY)

    assert galleries.sizes(hashed("bob", "ann", "eve", "")).tolist() == [0, 12, 0, 0]


@pytest.mark.parametrize("missing", ["owner", "pictures"])
def test_a_table_of_galleries_that_lacks_a_column_is_refused(missing: str) -> None:
    table = pa.table({"owner": ["ann"], "pictures": [12]}).drop([missing])

    with pytest.raises(ValueError, match=f"a column '{missing}' is needed"):
        Galleries.of(table, KEY)


def test_a_table_of_galleries_whose_numbers_are_words_is_refused() -> None:
    with pytest.raises(ValueError, match="many"):
        Galleries.of(pa.table({"owner": ["ann"], "pictures": ["many"]}), KEY)


def test_galleries_are_counted_where_only_pictures_are_listed() -> None:
    table = pa.table(
        {
            "picture": ["a", "b", "c", "b", "d", None],
            "owner": ["ann", "ann", "bob", "bob", "", "ann"],
        }
    )
    galleries = Galleries.counted(Owners.of(table, KEY))

    assert galleries.sizes(hashed("ann", "bob", "")).tolist() == [2, 1, 0]
    assert len(Galleries.counted(Owners.nobody())) == 0
