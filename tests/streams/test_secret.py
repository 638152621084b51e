"""A password is read from a file, or the file and the setting that names it are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.secret import exposed, secret

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("held", [b"made up", b"made up\n", b"made up\r\n"])
def test_the_line_end_of_an_editor_is_no_part_of_a_password(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "password"
    path.write_bytes(held)

    assert secret(str(path), "broker.password_file") == "made up"


@pytest.mark.parametrize("held", [b"", b"\n", b"two\nlines\n", b"x" * 5000, b"\xff\xfe"])
def test_what_holds_no_password_is_told_without_telling_what_it_holds(
    tmp_path: Path, held: bytes
) -> None:
    path = tmp_path / "password"
    path.write_bytes(held)

    with pytest.raises(ValueError, match=r"^redis.password_file: .*/password ") as raised:
        secret(str(path), "redis.password_file")
    assert len(str(raised.value)) < len(str(path)) + 80


@pytest.mark.parametrize(("path", "said"), [("", "names no file"), ("/no/file", "cannot read")])
def test_a_file_that_is_not_there_is_told(path: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^broker.password_file: {said}"):
        secret(path, "broker.password_file")


def test_a_file_that_anybody_can_read_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.touch()

    path.chmod(0o640)
    assert not exposed(str(path))
    path.chmod(0o644)
    assert exposed(str(path))
    assert not exposed("")
    assert not exposed("/no/file")
