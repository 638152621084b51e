"""Keys open what their role opens, until they end; what is kept of them opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.serving.keyring import Keyring, changing, made, read, revoke, rotated
from streams.serving.keys import RIGHTS, Key, Keys, Right, Role

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_795_521_600_000  # milliseconds
HOUR = 3_600_000


def keys(*kept: Key, now: int = NOW) -> Keys:
    return Keys(lambda: {key.id: key for key in kept}, lambda: now / 1000)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_rights_and_no_others(role: Role) -> None:
    key, text = made("ann", role, NOW)
    opened = {right for right in Right if keys(key).allows(text, right)}

    assert opened == RIGHTS[role]
    assert len(RIGHTS[role]) < len(Right)


def test_no_two_roles_are_the_same() -> None:
    assert len(set(RIGHTS.values())) == len(Role)


def test_a_secret_is_not_kept() -> None:
    key, text = made("ann", Role.FEED, NOW)
    secret = text.split("_", 2)[2]

    assert len(secret) >= 43
    assert secret not in repr(key)
    assert made("ann", Role.FEED, NOW)[1] != text


@pytest.mark.parametrize("change", ["last", "first", "id", "mark", "more", "empty", "hash"])
def test_what_is_not_the_key_opens_nothing(change: str) -> None:
    key, text = made("ann", Role.FEED, NOW)
    wrong = {
        "last": text[:-1] + ("A" if text[-1] != "A" else "B"),
        "first": text.replace(f"{key.id}_", f"{key.id}_x"),
        "id": text.replace(key.id, "00000000"),
        "mark": text.replace("hr_", "xx_"),
        "more": f"{text}\n",
        "empty": "",
        "hash": f"hr_{key.id}_{key.hash}",
    }

    assert keys(key).find(text) == key
    assert keys(key).find(wrong[change]) is None


def test_a_key_ends_when_it_expires_and_when_it_is_revoked() -> None:
    key, text = made("ann", Role.FEED, NOW, NOW + HOUR)
    held = {key.id: key}
    revoke(held, "ann", NOW)

    assert keys(key, now=NOW + HOUR - 1).find(text)
    assert not keys(key, now=NOW + HOUR).find(text)
    assert not keys(*held.values()).find(text)


def test_after_a_rotation_both_open_until_the_overlap_is_over() -> None:
    key, text = made("ann", Role.ANALYST, NOW)
    held = {key.id: key}
    new, newer = rotated(held, "ann", NOW, HOUR)
    during, after = keys(*held.values(), now=NOW + HOUR - 1), keys(*held.values(), now=NOW + HOUR)

    assert (new.name, new.role) == ("ann", Role.ANALYST)
    assert [bool(during.find(each)) for each in (text, newer)] == [True, True]
    assert [bool(after.find(each)) for each in (text, newer)] == [False, True]


def test_a_rotation_lengthens_no_life() -> None:
    key, _ = made("ann", Role.ANALYST, NOW, NOW + 5)
    held = {key.id: key}
    rotated(held, key.id, NOW, HOUR)

    assert held[key.id].expires == key.expires


def test_who_is_not_there_cannot_be_rotated_or_revoked() -> None:
    for change in (lambda: revoke({}, "ann", NOW), lambda: rotated({}, "ann", NOW, HOUR)):
        with pytest.raises(KeyError):
            change()


@pytest.mark.parametrize("name", ["", "an n", "ann\n", "-ann", "änn", "a" * 65])
def test_a_name_is_plain(name: str) -> None:
    with pytest.raises(ValueError, match="expected a name"):
        made(name, Role.FEED, NOW)


def test_a_change_of_the_file_holds_at_once(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    (key, text), (other, second) = (made(name, Role.FEED, NOW) for name in ("ann", "bob"))
    with changing(path) as held:
        held[key.id] = key
    ring = Keyring(path)
    asked = Keys(ring.keys, lambda: NOW / 1000)
    before = [bool(asked.find(each)) for each in (text, second)]
    with changing(path) as held:
        held[other.id] = other
        revoke(held, "ann", NOW)
    after = [bool(asked.find(each)) for each in (text, second)]

    assert (before, after) == ([True, False], [False, True])
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_becomes_nonsense_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    key, text = made("ann", Role.FEED, NOW)
    with changing(path) as held:
        held[key.id] = key
    asked = Keys(Keyring(path).keys, lambda: NOW / 1000)
    assert asked.find(text)
    path.write_text("nonsense, and longer than before")

    assert asked.find(text) is None


@pytest.mark.parametrize(
    ("text", "mode", "words"),
    [
        ("nonsense", 0o600, "malformed"),
        ('{"id":"a"}', 0o600, "missing required field"),
        ("", 0o666, "other users can write to it"),
        (
            '{"id":"a","name":"b","role":"feed","salt":"00","hash":"","created":""}',
            0o600,
            "a salt of 16 bytes",
        ),
        (
            '{"id":"a","name":"b","role":"king","salt":"00","hash":"","created":""}',
            0o600,
            "Invalid enum value 'king'",
        ),
    ],
)
def test_a_file_that_is_no_keyring_is_said(
    tmp_path: Path, text: str, mode: int, words: str
) -> None:
    path = tmp_path / "keys"
    path.write_text(text)
    path.chmod(mode)

    with pytest.raises(ValueError, match=f"{path}: .*{words}"):
        read(path)
